"""Painting the rows of a grid of photos: thumbnails with rings around faces, captions, and headings."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from face_match.core.types import Box
from face_match.gui import theme
from face_match.gui.photo_grid.rows import Heading, date_text, file_name
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.covers import paint_rounded
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.face_list import ROW_ROLE
from face_match.gui.widgets.icons import paint_icon
from face_match.gui.widgets.item_painting import AnyIndex
from face_match.gui.widgets.plain_text import shown
from face_match.workflows.photo_search import FoundPhoto

FIRST_PX = 176
PADDING_PX = theme.GRID_PX
RING_PX, HALO_PX = 2.0, 4.0
RING_SIZE = 0.66
"""The radius of a ring, as a share of the longer side of the face's box."""
MIN_RING_PX = 7.0
MOST_RINGS = 500
"""Of a photo; more cannot be told apart, and painting 40,000 stops the window for minutes."""
LARGEST_RING = 0.45
"""The largest radius of a ring, as a share of the side of a photo: a larger one marks nothing."""


class _Cut(NamedTuple):
    """The part of an image that a square cell shows, in pixels of the image."""

    left: float
    top: float
    width: float
    height: float


class PhotoCell(QStyledItemDelegate):
    """Paints rows of a grid of photos.

    Attributes:
        photo_px: width and height of a photo on screen.
        headings: the numbers of the rows that are headings.
        missing: ids of the photos whose files are not where they were.
        as_crop: ids of the photos that are shown by the crop of a face.
    """

    def __init__(self, view: CropList) -> None:
        super().__init__(view)
        self.photo_px = FIRST_PX
        self.headings: frozenset[int] = frozenset()
        self.missing: set[str] = set()
        self.as_crop: set[str] = set()
        self._view = view
        self._sizes: tuple[QSize, QSize] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        sizes = self._sizes
        if sizes is None:
            sizes = self._sizes = self._measure()
        return sizes[index.row() in self.headings]

    def forget_sizes(self) -> None:
        """Measure again: the size of photos, the font or the width of the view has changed."""
        self._sizes = None

    def _measure(self) -> tuple[QSize, QSize]:
        """The sizes of a photo and of a heading, which fills a line."""
        font = self._view.font()
        side = self.photo_px + 2 * PADDING_PX
        heading = QSize(self._view.viewport().width() - 1, _heading_height(font))
        return QSize(side, side + _caption_height(font)), heading

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if isinstance(row, Heading):
            _paint_heading(painter, option, row)
        else:
            self._paint_photo(painter, option, row)
        painter.restore()

    def _paint_photo(self, painter: QPainter, option: QStyleOptionViewItem, row: FoundPhoto) -> None:
        c = theme.colours()
        view, side = self._view, self.photo_px
        place = QRectF(option.rect.left() + PADDING_PX, option.rect.top() + PADDING_PX, side, side)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus) and view.hasFocus()
        is_under_mouse = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if is_selected or is_under_mouse:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.selection if is_selected else c.hover)
            painter.drawRoundedRect(
                QRectF(option.rect).adjusted(1, 1, -1, -1), theme.CARD_RADIUS_PX, theme.CARD_RADIUS_PX
            )
        image = view.crops.image(row.photo.id, row)
        if image is None:
            self._paint_blank(painter, place, is_unreadable=bool(view.crops.problem(row.photo.id)))
        else:
            self._paint_image(painter, place, row, image)
        if is_selected or has_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(c.accent if is_selected else c.ink, 3 if is_selected else 2))
            painter.drawRoundedRect(place.adjusted(-3, -3, 3, 3), theme.RADIUS_PX + 3, theme.RADIUS_PX + 3)
        self._paint_caption(painter, option, place, row)

    def _paint_blank(self, painter: QPainter, place: QRectF, *, is_unreadable: bool) -> None:
        c = theme.colours()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(c.raised)
        painter.drawRoundedRect(place, theme.RADIUS_PX, theme.RADIUS_PX)
        if is_unreadable:
            icon = QRectF(0, 0, 3 * theme.GRID_PX, 3 * theme.GRID_PX)
            icon.moveCenter(place.center())
            paint_icon(painter, "triangle-alert", icon, c.faint)

    def _paint_image(self, painter: QPainter, place: QRectF, row: FoundPhoto, image: QImage) -> None:
        is_whole = row.photo.id not in self.as_crop
        boxes = _boxes_in(row, image) if is_whole else []
        cut = _cut(image, boxes)
        paint_rounded(painter, place, image, part=QRectF(*cut))
        if not is_whole:
            veil = QColor(theme.CANVAS)
            veil.setAlphaF(0.45)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(veil)
            painter.drawRoundedRect(place, theme.RADIUS_PX, theme.RADIUS_PX)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setClipRect(place)
        scale = place.width() / cut.width
        for box in boxes:
            centre = QPointF(
                place.left() + (box.x + box.width / 2 - cut.left) * scale,
                place.top() + (box.y + box.height / 2 - cut.top) * scale,
            )
            radius = max(MIN_RING_PX, RING_SIZE * box.longer_side * scale)
            if radius > LARGEST_RING * place.width():
                continue
            halo = QColor(theme.CANVAS)
            halo.setAlphaF(0.55)
            for colour, width in ((halo, HALO_PX), (theme.RING, RING_PX)):
                painter.setPen(QPen(colour, width))
                painter.drawEllipse(centre, radius, radius)
        painter.setClipping(False)

    def _paint_caption(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRectF, row: FoundPhoto
    ) -> None:
        """The date and the name of the file; where the file is missing, that instead of the date."""
        c = theme.colours()
        is_missing = row.photo.id in self.missing
        name, date = shown(file_name(row)), date_text(row)
        first = tr("File not found") if is_missing else (date or name or tr("Unknown file"))
        second = name if first != name else ""
        faint = c.ink if bool(option.state & QStyle.StateFlag.State_Selected) else c.faint
        small = theme.resized(QFont(option.font), theme.CAPTION)
        lines = (
            (first, option.font, c.maybe if is_missing else c.ink, Qt.TextElideMode.ElideRight),
            (second, small, faint, Qt.TextElideMode.ElideMiddle),
        )
        top = place.bottom() + PADDING_PX / 2
        for text, font, colour, elide in lines:
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(colour)
            line = QRectF(place.left(), top, place.width(), metrics.height())
            short = metrics.elidedText(text, elide, int(place.width()))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine), short)
            top += metrics.height()


def _caption_height(font: QFont) -> int:
    """The height of the two lines below a photo."""
    small = theme.resized(QFont(font), theme.CAPTION)
    return QFontMetrics(font).height() + QFontMetrics(small).height() + PADDING_PX // 2


def _heading_height(font: QFont) -> int:
    return QFontMetrics(font).height() + 3 * theme.GRID_PX


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, heading: Heading) -> None:
    c = theme.colours()
    font = QFont(option.font)
    font.setBold(True)
    metrics = QFontMetrics(font)
    line = QRect(option.rect).adjusted(PADDING_PX, 2 * theme.GRID_PX, -PADDING_PX, 0)
    flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
    painter.setFont(font)
    painter.setPen(c.ink)
    painter.drawText(line, flags, heading.text)
    small = theme.resized(QFont(option.font), theme.CAPTION)
    left = metrics.horizontalAdvance(heading.text) + theme.GRID_PX
    down = metrics.ascent() - QFontMetrics(small).ascent()
    painter.setFont(small)
    painter.setPen(c.faint)
    painter.drawText(
        line.adjusted(left, down, 0, 0), flags, tr_count("{n} photo", "{n} photos", heading.photo_count)
    )


def _boxes_in(row: FoundPhoto, image: QImage) -> list[Box]:
    """The faces of a photo in pixels of its thumbnail."""
    if not row.photo.width or not row.photo.height:
        return []
    wide, high = image.width() / row.photo.width, image.height() / row.photo.height
    return [
        Box(place.x * wide, place.y * high, place.width * wide, place.height * high)
        for face in row.faces[:MOST_RINGS]
        if (place := face.place) is not None
    ]


def _ring_of(box: Box, wide: float, high: float) -> QRectF:
    """The part of an image that the ring around a face needs, in pixels of the image."""
    radius = RING_SIZE * box.longer_side
    ring = QRectF(0, 0, 2 * radius, 2 * radius)
    ring.moveCenter(QPointF(box.x + box.width / 2, box.y + box.height / 2))
    return ring.intersected(QRectF(0, 0, wide, high))


def _cut(image: QImage, boxes: list[Box]) -> _Cut:
    """The square of an image that shows most of it with all faces; more than the image where they are too
    far apart."""
    wide, high = float(image.width()), float(image.height())
    side = min(wide, high)
    if boxes:
        rings = [_ring_of(box, wide, high) for box in boxes]
        left, right = min(ring.left() for ring in rings), max(ring.right() for ring in rings)
        top, bottom = min(ring.top() for ring in rings), max(ring.bottom() for ring in rings)
    else:
        left, right, top, bottom = 0.0, wide, 0.0, high * 0.8  # faces are rarely at the foot of a photo
    if boxes and max(right - left, bottom - top) > side:
        side = max(wide, high)
        return _Cut((wide - side) / 2, (high - side) / 2, side, side)

    def start(low: float, up: float, length: float) -> float:
        return min(max(0.0, (low + up - side) / 2), length - side)

    return _Cut(start(left, right, wide), start(top, bottom, high), side, side)
