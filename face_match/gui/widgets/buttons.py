"""Buttons of three kinds that show their key and the keyboard focus, and rows of them for dialogs."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialogButtonBox, QPushButton

from face_match.gui import theme
from face_match.gui.translation import key_text

PADDING_PX, GAP_PX, ICON_PX, CHIP_PADDING_PX, CHIP_PX = 12, 8, 18, 5, 18


class Kind(Enum):
    """How a button looks."""

    MAIN = "the main action of a page"
    PLAIN = "another action"
    QUIET = "an action without a frame"


class Button(QPushButton):
    """A push button that paints itself: icon, text, and its key in a small frame."""

    def __init__(self, text: str = "", kind: Kind = Kind.PLAIN, *, keys: str = "", icon: str = "") -> None:
        super().__init__(text)
        self.kind = kind
        self.keys = key_text(keys)
        self.icon_name = icon

    def show_keys(self, keys: str) -> None:
        """Show another key, or none."""
        keys = key_text(keys)
        if keys != self.keys:
            self.keys = keys
            self.updateGeometry()
            self.update()

    def show_kind(self, kind: Kind) -> None:
        if kind is not self.kind:
            self.kind = kind
            self.update()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        metrics = QFontMetrics(self._text_font())
        parts = [self._icon_px()] if self.icon_name else []
        if self.text():
            parts.append(metrics.size(int(Qt.TextFlag.TextShowMnemonic), self.text()).width() + 2)
        if self.keys:
            parts.append(self._chip_width())
        if self.menu() is not None:
            parts.append(self._icon_px() - GAP_PX)
        width = sum(parts) + GAP_PX * max(0, len(parts) - 1) + 2 * PADDING_PX
        return QSize(width, max(theme.CONTROL_PX, metrics.height() + 14))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _text_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(font.bold() or self.kind is Kind.MAIN)
        return font

    def _icon_px(self) -> int:
        return theme.icon_px(self, ICON_PX)

    def _chip_width(self) -> int:
        return QFontMetrics(self._chip_font()).horizontalAdvance(self.keys) + 2 * CHIP_PADDING_PX

    def _chip_height(self) -> int:
        return max(CHIP_PX, QFontMetrics(self._chip_font()).height() + 2)

    def _chip_font(self) -> QFont:
        return theme.resized(QFont(self.font()), 0.8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._paint_ground(painter)
        self._paint_parts(painter, ink)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> QColor:
        """Paint the frame and the focus; returns the colour of what stands in it."""
        c = theme.colours()
        is_main = self.kind is Kind.MAIN and self.isEnabled()
        is_quiet = self.kind is Kind.QUIET
        ground = c.accent if is_main else self.palette().button().color()
        is_pressed = self.isDown() or self.isChecked()
        if self.isEnabled() and (is_pressed or self.underMouse()):
            ground = theme.mixed(
                ground, QColor("#000000") if is_main else c.ink, 0.14 if is_pressed else 0.06
            )
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        is_shown = not is_quiet or (self.isEnabled() and (is_pressed or self.underMouse()))
        painter.setPen(Qt.PenStyle.NoPen if is_main or is_quiet else QPen(c.line, 1))
        painter.setBrush(ground if is_shown else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, theme.RADIUS_PX, theme.RADIUS_PX)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(c.ink if is_main else c.link, 2))
            painter.drawRoundedRect(frame, theme.RADIUS_PX, theme.RADIUS_PX)
        if is_main:
            return c.on_accent
        return self.palette().buttonText().color()

    def _paint_parts(self, painter: QPainter, ink: QColor) -> None:
        from face_match.gui.widgets.icons import paint_icon

        font = self._text_font()
        metrics = QFontMetrics(font)
        flags = int(Qt.TextFlag.TextShowMnemonic)
        icon_px = self._icon_px()
        icon_width = icon_px + (GAP_PX if self.text() else 0) if self.icon_name else 0
        chip = self._chip_width() + GAP_PX if self.keys else 0
        arrow = icon_px if self.menu() is not None else 0
        room = self.width() - 2 * PADDING_PX - icon_width - chip - arrow
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, max(0, room), flags)
        text_width = metrics.size(flags, text).width() if text else 0
        left = (self.width() - icon_width - text_width - chip - arrow) / 2
        middle = self.height() / 2
        if self.icon_name:
            paint_icon(painter, self.icon_name, QRectF(left, middle - icon_px / 2, icon_px, icon_px), ink)
            left += icon_width
        painter.setFont(font)
        painter.setPen(ink)
        flags |= int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(left, 0, text_width + 2, self.height()), flags, text)
        left += text_width + GAP_PX
        if self.keys:
            height = self._chip_height()
            self._paint_keys(painter, QRectF(left, middle - height / 2, chip - GAP_PX, height), ink)
            left += chip
        if arrow:
            side = icon_px - 2
            place = QRectF(left - GAP_PX + 2, middle - side / 2, side, side)
            paint_icon(painter, "chevron-down", place, ink)

    def _paint_keys(self, painter: QPainter, place: QRectF, ink: QColor) -> None:
        painter.setFont(self._chip_font())
        edge = QColor(ink)
        edge.setAlphaF(0.45)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(ink)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.keys)


def button(
    text: str, object_name: str, tip: str, kind: Kind = Kind.PLAIN, *, keys: str = "", icon: str = ""
) -> Button:
    """A button with a tooltip that is also its description for screen readers."""
    made = Button(text, kind, keys=keys, icon=icon)
    made.setObjectName(object_name)
    made.setToolTip(tip)
    made.setAccessibleDescription(tip)
    if not text:
        made.setAccessibleName(tip.split(" (", maxsplit=1)[0])
    return made


def button_box(close_text: str, *, by_enter: bool = True) -> QDialogButtonBox:
    """The buttons of a dialog, with one that closes it, as Escape does.

    Args:
        close_text: "Close" or "Cancel".
        by_enter: whether Enter may press that button, in a dialog without a main action.
    """
    buttons = QDialogButtonBox()
    add_button(buttons, close_text, QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(by_enter)
    return buttons


def add_button(buttons: QDialogButtonBox, text: str, role: QDialogButtonBox.ButtonRole) -> Button:
    """Add a button to those of a dialog."""
    made = Button(text)
    buttons.addButton(made, role)
    return made


def add_action_button(buttons: QDialogButtonBox, action: QAction, object_name: str, tip: str) -> Button:
    """Add a button that triggers an action of the main window, and is enabled when the action is."""
    made = add_button(buttons, action.text(), QDialogButtonBox.ButtonRole.ActionRole)
    made.setObjectName(object_name)
    made.setAutoDefault(False)
    keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    made.setToolTip(f"{tip} ({keys})")
    made.setEnabled(action.isEnabled())
    made.clicked.connect(action.trigger)
    action.enabledChanged.connect(made.setEnabled)
    return made
