"""Tabs of a page: quiet buttons, of which the chosen one is underlined."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from face_match.gui import theme
from face_match.gui.widgets.buttons import Button, Kind

UNDERLINE_PX = 2


class Tab(Button):
    """A button that is shown as chosen while it is checked."""

    def __init__(self, text: str, object_name: str, tip: str) -> None:
        super().__init__(text, Kind.QUIET)
        self.setObjectName(object_name)
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)
        self.setCheckable(True)

    def _paint_ground(self, painter: QPainter) -> QColor:
        c = theme.colours()
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(c.hover if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, theme.RADIUS_PX, theme.RADIUS_PX)
        if self.isChecked():
            painter.setBrush(c.accent)
            painter.drawRect(QRectF(8, self.height() - UNDERLINE_PX - 1, self.width() - 16, UNDERLINE_PX))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(c.link, 2))
            painter.drawRoundedRect(frame, theme.RADIUS_PX, theme.RADIUS_PX)
        return c.ink if self.isChecked() else c.faint
