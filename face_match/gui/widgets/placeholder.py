"""The text of an empty list."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView

from face_match.gui import theme
from face_match.gui.widgets.plain_text import kept_together

MARGIN_PX = theme.WIDE_MARGIN_PX


def paint_placeholder(view: QAbstractItemView, text: str) -> None:
    """Paint a text in the middle of an empty list, in a dotted frame if it has the focus, as items have;
    for its paintEvent."""
    if view.model().rowCount() > 0:
        return
    painter = QPainter(view.viewport())
    painter.setPen(view.palette().color(QPalette.ColorRole.PlaceholderText))
    flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
    room = QRectF(view.viewport().rect()).adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
    text = kept_together(text)
    place = painter.boundingRect(room, flags, text)
    painter.drawText(room, flags, text)
    if view.hasFocus():
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colours().faint, 1.5, Qt.PenStyle.DotLine))
        frame = place.adjusted(-theme.MARGIN_PX, -theme.GRID_PX, theme.MARGIN_PX, theme.GRID_PX)
        painter.drawRoundedRect(frame, theme.RADIUS_PX, theme.RADIUS_PX)
    painter.end()
