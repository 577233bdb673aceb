"""An icon that stands by itself, in a colour of the current scheme."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from face_match.gui import theme
from face_match.gui.widgets.icons import paint_icon


class IconLabel(QWidget):
    """A picture without meaning of its own: what it says is in the text beside it."""

    def __init__(self, name: str, size_px: int, role: str = "accent") -> None:
        """`role` is the name of one of `theme.Colours`."""
        super().__init__()
        self._name = name
        self._role = role
        self.setFixedSize(size_px, size_px)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, role: str) -> None:
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, self._name, QRectF(self.rect()), getattr(theme.colours(), self._role))
        painter.end()
