"""The key of a field, in a small frame at its right end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from face_match.gui import theme
from face_match.gui.translation import key_text

LEAST_HEIGHT_PX, PADDING_PX, SIZE = 18, 5, 0.8


class KeyChip(QWidget):
    """Shows a key while the field is empty and has not the focus. Mice pass through it."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._keys = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        field.installEventFilter(self)
        field.textChanged.connect(self._place)
        self.hide()

    def show_keys(self, keys: str) -> None:
        """Show a key; "" for none."""
        keys = key_text(keys)
        if keys != self._keys:
            self._keys = keys
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            QTimer.singleShot(0, self, self._place)  # not while the window is being closed
        return False

    def _place(self) -> None:
        field, metrics = self._field, QFontMetrics(self._type())
        width = metrics.horizontalAdvance(self._keys) + 2 * PADDING_PX
        height = max(LEAST_HEIGHT_PX, metrics.height() + 2)
        self.setGeometry(
            field.width() - width - theme.GRID_PX, (field.height() - height) // 2, width + 1, height + 1
        )
        is_shown = bool(self._keys) and not field.text() and not field.hasFocus()
        field.setTextMargins(0, 0, width if is_shown else 0, 0)
        self.setVisible(is_shown)

    def _type(self) -> QFont:
        return theme.resized(QFont(self._field.font()), SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        c, place = theme.colours(), QRectF(self.rect()).adjusted(0.5, 0.5, -1.5, -1.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._type())
        painter.setPen(QPen(theme.mixed(c.page, c.ink, 0.45), 1))
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(c.faint)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._keys)
