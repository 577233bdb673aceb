"""Painting what marks a face in a photo: its box, and its number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from face_match.gui import theme

CORE_PX, PICKED_CORE_PX, CASING_PX = 1.5, 3.0, 2.5
"""Widths of a box's line, of the picked one's, and of the white line around it, beyond the first."""
GAP_PX = 2.0
"""Between a number and the edge of the view."""


def paint_box(painter: QPainter, frame: QRectF, *, is_picked: bool, is_dashed: bool) -> None:
    """Paint a box in the accent colour with a white line around it."""
    core = PICKED_CORE_PX if is_picked else CORE_PX
    radius = min(theme.RADIUS_PX, frame.width() / 6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(theme.ON_PHOTO, core + CASING_PX)
    inner = QPen(theme.colours().accent, core)
    if is_dashed:
        pen.setDashPattern([4 * core / pen.widthF(), 3 * core / pen.widthF()])
        inner.setDashPattern([4, 3])
    for one in (pen, inner):
        one.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(one)
        painter.drawRoundedRect(frame, radius, radius)


def paint_number(painter: QPainter, frame: QRectF, view: QRectF, number: int, *, is_picked: bool) -> None:
    """Paint the number of a face in a disc on the corner of its box, within the view.

    Keys are in frames elsewhere, so that nobody takes the number of a face for one.
    """
    painter.save()
    font = theme.resized(QFont(painter.font()), theme.CAPTION)
    font.setBold(True)
    text, metrics = str(number), QFontMetricsF(font)
    size = max(metrics.height(), metrics.horizontalAdvance(text)) + 5
    left = min(max(frame.left() - size / 2, GAP_PX), view.width() - size - GAP_PX)
    top = min(max(frame.top() - size / 2, GAP_PX), view.height() - size - GAP_PX)
    disc = QRectF(left, top, size, size)
    painter.setPen(QPen(theme.ON_PHOTO, 1.5))
    painter.setBrush(theme.colours().accent if is_picked else theme.PLATE)
    painter.drawEllipse(disc)
    painter.setFont(font)
    painter.setPen(theme.colours().on_accent if is_picked else theme.ON_CANVAS)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
