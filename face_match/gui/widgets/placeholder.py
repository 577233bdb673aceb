"""The text of an empty list."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView

from face_match.gui import theme

MARGIN_PX, LEAST_LINE_PX = theme.WIDE_MARGIN_PX, 48


def paint_placeholder(view: QAbstractItemView, text: str) -> None:
    """Paint a text in the middle of an empty list, underlined if it has the focus; for its paintEvent."""
    if view.model().rowCount() > 0:
        return
    painter = QPainter(view.viewport())
    painter.setPen(view.palette().color(QPalette.ColorRole.PlaceholderText))
    flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
    room = QRectF(view.viewport().rect()).adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
    place = painter.boundingRect(room, flags, text)
    painter.drawText(room, flags, text)
    if view.hasFocus():
        painter.setPen(QPen(theme.colours().accent, 2))
        line = place.bottom() + theme.GRID_PX // 2
        half = max(place.width(), LEAST_LINE_PX) / 2
        middle = room.center().x()
        painter.drawLine(QPointF(middle - half, line), QPointF(middle + half, line))
    painter.end()
