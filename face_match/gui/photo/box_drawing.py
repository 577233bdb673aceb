"""Drawing a box on the photo, by mouse or by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from face_match.core.types import Box
from face_match.gui.translation import tr
from face_match.gui.widgets.photo_view import PhotoView

STEP_PX = 8.0
"""Screen pixels for each press of an arrow key: fewer photo pixels when zoomed in."""

FIRST_HEIGHT, FIRST_WIDTH = 0.35, 0.27
"""Size of the first box, as shares of the shorter side of the visible part of the photo."""

MIN_BOX_PX = 2.0
"""Photo pixels: the keys make no smaller box."""

DIMMED = QColor(0, 0, 0, 60)
OUTER, INNER = QPen(QColor(0, 0, 0, 220), 6), QPen(QColor(255, 255, 255), 2)
"""A black frame around a white one: visible on any photo."""

_DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ACCEPT = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CANCEL = (Qt.Key.Key_Escape, Qt.Key.Key_B)
_WINDOW_KEYS = "+=-fF"
"""Keys that still zoom. All other letters do nothing: they could name or reject a face."""

_KEEPS_DRAWING = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class BoxDrawing(QWidget):
    """An overlay on a photo view while a box is being drawn.

    Signals:
        accepted: gives the box, in photo pixels.
        cancelled: no box was drawn.
    """

    accepted = Signal(Box)
    cancelled = Signal()

    def __init__(self, view: PhotoView) -> None:
        super().__init__(view)
        self.setObjectName("boxDrawing")
        self.setAccessibleName(tr("Box around a face"))
        self.setToolTip(
            tr(
                "Drag a box around the face, or use the arrow keys (Shift resizes). Enter accepts it, "
                "Escape cancels"
            )
        )
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        self._view = view
        self._box = Box(0, 0, 0, 0)
        self._from: QPointF | None = None
        self._before = self._box
        self._is_active = False

    @property
    def is_active(self) -> bool:
        return self._is_active

    @property
    def box(self) -> Box:
        """The box as it is drawn so far."""
        return self._box

    def start(self) -> None:
        """Begin with a box in the middle of the visible part of the photo."""
        seen = QRectF(self._view.to_photo(QPointF(0, 0)), self._view.to_photo(QPointF(*self._corner())))
        seen &= QRectF(QPointF(0, 0), self._view.photo_size)
        side = min(seen.width(), seen.height())
        width, height = FIRST_WIDTH * side, FIRST_HEIGHT * side
        middle = seen.center()
        self._box = Box(middle.x() - width / 2, middle.y() - height / 2, width, height)
        self._from = None
        self._is_active = True
        self._view.installEventFilter(self)
        self.setGeometry(self._view.rect())
        self.show()
        self.setFocus()
        self._describe()

    def stop(self) -> None:
        """Hide the overlay."""
        if self._is_active:
            self._is_active = False
            self._view.removeEventFilter(self)
            had_focus = self.hasFocus()
            self.hide()
            if had_focus:
                self._view.setFocus()

    def cancel(self) -> None:
        """Draw no box."""
        self.stop()
        self.cancelled.emit()

    def _corner(self) -> tuple[float, float]:
        return float(self._view.width()), float(self._view.height())

    def _describe(self) -> None:
        x, y, width, height = (round(value) for value in self._box)
        self.setAccessibleDescription(
            tr("{width} × {height} pixels at {x}, {y}", width=width, height=height, x=x, y=y)
        )
        self.update()

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self._view.to_widget(self._box)
        beside = QPainterPath()
        beside.addRect(QRectF(self.rect()))
        beside.addRect(frame)
        painter.fillPath(beside, DIMMED)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (OUTER, INNER):
            painter.setPen(pen)
            painter.drawRect(frame)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._view.to_photo(event.position())
            self._before = self._box
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._box = _between(self._from, self._view.to_photo(event.position()))
            self._describe()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None or event.button() != Qt.MouseButton.LeftButton:
            return
        drawn = _between(self._from, self._view.to_photo(event.position()))
        self._from, self._box = None, self._before
        self._describe()
        self.accepted.emit(drawn)

    # The keyboard

    def event(self, event: QEvent) -> bool:
        """Take the keys for the box, and letters, before the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            others = event.modifiers() & ~(
                Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
            )
            is_letter = event.text().isprintable() and event.text() and event.text() not in _WINDOW_KEYS
            if not others.value and (is_letter or event.key() in (*_DIRECTIONS, *_ACCEPT, *_CANCEL)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _DIRECTIONS:
            right, down = _DIRECTIONS[key]
            step = STEP_PX / self._view.scale
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._resize(right * step, down * step)
            else:
                self._move(right * step, down * step)
        elif key in _ACCEPT:
            self.accepted.emit(self._box)
        elif key in _CANCEL:
            self.cancel()
        elif not event.text().isprintable() or not event.text() or event.text() in _WINDOW_KEYS:
            super().keyPressEvent(event)

    def _move(self, right: float, down: float) -> None:
        x, y, width, height = self._box
        size = self._view.photo_size
        x = min(max(x + right, 0.0), max(0.0, size.width() - width))
        y = min(max(y + down, 0.0), max(0.0, size.height() - height))
        self._show(Box(x, y, width, height))

    def _resize(self, wider: float, taller: float) -> None:
        """Resize the box around its centre."""
        x, y, width, height = self._box
        size = self._view.photo_size
        new_width = max(MIN_BOX_PX, width + wider)
        new_height = max(MIN_BOX_PX, height + taller)
        box = Box(x + (width - new_width) / 2, y + (height - new_height) / 2, new_width, new_height)
        self._show(box.clipped_to(size.width(), size.height()))

    def _show(self, box: Box) -> None:
        self._box = box
        self._view.bring_into_sight(box)
        self._describe()

    # Around it

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Cancel when another widget takes the focus."""
        if (
            self._is_active
            and event.reason() not in _KEEPS_DRAWING
            and QApplication.focusWidget() is not None
        ):
            self.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.rect())
        return False


def _between(one: QPointF, other: QPointF) -> Box:
    left, top = min(one.x(), other.x()), min(one.y(), other.y())
    return Box(left, top, abs(one.x() - other.x()), abs(one.y() - other.y()))
