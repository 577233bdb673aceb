"""A soft, rounded ground for what belongs together."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from face_match.gui import theme


class Card(QWidget):
    """A panel in a quiet colour, or, where it calls for something, in that of the selection."""

    def __init__(self, *, is_call: bool = False) -> None:
        super().__init__()
        self._is_call = is_call

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(c.selection if self._is_call else c.raised)
        painter.drawRoundedRect(QRectF(self.rect()), theme.CARD_RADIUS_PX, theme.CARD_RADIUS_PX)
        painter.end()
