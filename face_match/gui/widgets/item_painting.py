"""What the items of our views have in common: ground, crop and focus."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem


def colour_group(option: QStyleOptionViewItem) -> QPalette.ColorGroup:
    """Of the palette; a window in the background may look fainter."""
    is_active = bool(option.state & QStyle.StateFlag.State_Active)
    return QPalette.ColorGroup.Active if is_active else QPalette.ColorGroup.Inactive


def paint_background(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """As the style has it: chosen, under the mouse, or neither."""
    style = option.widget.style() if option.widget is not None else QApplication.style()
    style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)


def paint_crop(
    painter: QPainter, option: QStyleOptionViewItem, place: QRect, image: QImage | None, problem: str
) -> None:
    """A crop, or what stands for one that is not read yet, or cannot be."""
    if image is not None:
        painter.drawImage(place, image)
        return
    group = colour_group(option)
    painter.fillRect(place, option.palette.color(group, QPalette.ColorRole.AlternateBase))
    if problem:
        painter.setPen(option.palette.color(group, QPalette.ColorRole.Text))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(place.adjusted(4, 4, -4, -4), flags, "cannot be read")


def paint_focus(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """A thin line around the item that the keys move from."""
    if not option.state & QStyle.StateFlag.State_HasFocus:
        return
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
    painter.save()
    painter.setPen(option.palette.color(colour_group(option), role))
    painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
    painter.restore()
