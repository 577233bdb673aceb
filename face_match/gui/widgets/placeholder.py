"""The text of an empty list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView


def paint_placeholder(view: QAbstractItemView, text: str) -> None:
    """Paint a text in the middle of an empty list, and a frame if it has the focus; for its paintEvent."""
    if view.model().rowCount() > 0:
        return
    painter = QPainter(view.viewport())
    if view.hasFocus():
        painter.setPen(view.palette().color(QPalette.ColorRole.Text))
        painter.drawRect(view.viewport().rect().adjusted(1, 1, -2, -2))
    painter.setPen(view.palette().color(QPalette.ColorRole.PlaceholderText))
    flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(view.viewport().rect().adjusted(24, 24, -24, -24), flags, text)
    painter.end()
