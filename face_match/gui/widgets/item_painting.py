"""Painting the parts that list items share: background, crop, text colour and focus."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from face_match.gui import theme
from face_match.gui.images import scaled_pixmap
from face_match.gui.translation import number, tr
from face_match.gui.widgets.covers import paint_rounded
from face_match.gui.widgets.icons import paint_icon

RING_PX, CHOSEN_PX = 3, 24
"""The width of the ring around what is chosen, and the size of the tick."""

AnyIndex = QModelIndex | QPersistentModelIndex


def colour_group(option: QStyleOptionViewItem) -> QPalette.ColorGroup:
    """The palette's group for an item: a window in the background may look fainter."""
    is_active = bool(option.state & QStyle.StateFlag.State_Active)
    return QPalette.ColorGroup.Active if is_active else QPalette.ColorGroup.Inactive


def text_colour(option: QStyleOptionViewItem) -> QColor:
    """The colour of an item's text, selected or not."""
    return option.palette.color(colour_group(option), QPalette.ColorRole.Text)


def paint_background(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Paint an item's rounded background: selected, hovered or none."""
    c = theme.colours()
    if option.state & QStyle.StateFlag.State_Selected:
        ground = c.selection
    elif option.state & QStyle.StateFlag.State_MouseOver:
        ground = c.hover
    else:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), theme.RADIUS_PX, theme.RADIUS_PX)
    painter.restore()


def paint_crop(
    painter: QPainter, option: QStyleOptionViewItem, place: QRect, image: QImage | None, problem: str
) -> None:
    """Paint a crop with round corners, or a box in its place while it is not read or where it cannot be."""
    radius = min(theme.CARD_RADIUS_PX, place.width() / 6)
    if image is not None:
        paint_rounded(painter, QRectF(place), image, radius)
        return
    c = theme.colours()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(c.raised)
    painter.drawRoundedRect(QRectF(place), radius, radius)
    if problem:
        painter.setPen(c.ink)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(place.adjusted(4, 4, -4, -4), flags, tr("cannot be read"))
    painter.restore()


def paint_chosen(painter: QPainter, place: QRect) -> None:
    """Paint a ring around a crop that is chosen, and a tick at the middle of its lower edge, where no badge
    is: they can be seen on any crop and page, and do not differ by colour alone."""
    c = theme.colours()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(c.link, RING_PX))
    away = RING_PX / 2
    radius = theme.CARD_RADIUS_PX + away
    painter.drawRoundedRect(QRectF(place).adjusted(-away, -away, away, away), radius, radius)
    left = place.center().x() - CHOSEN_PX / 2
    disc = QRectF(left, place.bottom() - CHOSEN_PX - theme.RADIUS_PX, CHOSEN_PX, CHOSEN_PX)
    painter.setPen(QPen(c.on_accent, 2))
    painter.setBrush(c.accent)
    painter.drawEllipse(disc)
    paint_icon(painter, "check", disc.adjusted(5, 5, -5, -5), c.on_accent)
    painter.restore()


def paint_focus(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Paint a frame around the item that has the keyboard focus; a dotted one where it is not selected."""
    if not option.state & QStyle.StateFlag.State_HasFocus:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    c = theme.colours()
    painter.setPen(QPen(c.link, 2) if is_selected else QPen(c.faint, 1.5, Qt.PenStyle.DotLine))
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), theme.RADIUS_PX, theme.RADIUS_PX)
    painter.restore()


def dragged_pixmap(image: QImage, count: int, side_px: int, ratio: float) -> QPixmap:
    """A picture under the mouse while pictures are dragged, with their number where there are several."""
    made = scaled_pixmap(image, side_px, ratio)
    if count < 2:
        return made
    c, text = theme.colours(), number(count)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    high = painter.fontMetrics().height() + theme.GRID_PX // 2
    wide = max(high, painter.fontMetrics().horizontalAdvance(text) + 2 * theme.GRID_PX)
    plate = QRectF(made.width() / ratio - wide - 2, 2, wide, high)
    painter.setPen(QPen(c.on_accent, 2))
    painter.setBrush(c.accent)
    painter.drawRoundedRect(plate, high / 2, high / 2)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return made


def two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """A text in two lines at most, between its words, or after "_" or "-"; what is too long ends in "…"."""
    words, first = re.findall(r"[^ _-]*[ _-]|[^ _-]+$", text), ""
    if len(words) > 1 and metrics.horizontalAdvance(words[0].strip()) > width:
        first = words.pop(0)
    while words and metrics.horizontalAdvance(f"{first}{words[0]}".strip()) <= width:
        first += words.pop(0)
    lines = [line for line in (first.strip(), "".join(words).strip()) if line]
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]
