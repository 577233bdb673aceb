"""Painting the parts that list items share: background, crop, text colour and focus."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

AnyIndex = QModelIndex | QPersistentModelIndex


def colour_group(option: QStyleOptionViewItem) -> QPalette.ColorGroup:
    """The palette's group for an item: a window in the background may look fainter."""
    is_active = bool(option.state & QStyle.StateFlag.State_Active)
    return QPalette.ColorGroup.Active if is_active else QPalette.ColorGroup.Inactive


def text_colour(option: QStyleOptionViewItem) -> QColor:
    """The colour of an item's text, selected or not."""
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
    return option.palette.color(colour_group(option), role)


def paint_background(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Paint an item's background in the widget's style: selected, hovered or plain."""
    style = option.widget.style() if option.widget is not None else QApplication.style()
    style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)


def paint_crop(
    painter: QPainter, option: QStyleOptionViewItem, place: QRect, image: QImage | None, problem: str
) -> None:
    """Paint a crop, or a box in its place while it is not read or where it cannot be."""
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
    """Paint a thin frame around the item that has the keyboard focus."""
    if not option.state & QStyle.StateFlag.State_HasFocus:
        return
    painter.save()
    painter.setPen(text_colour(option))
    painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
    painter.restore()
