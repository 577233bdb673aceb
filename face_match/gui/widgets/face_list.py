"""Lists and grids of faces: the model of their rows, and the delegates that paint them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QRect, QSize, QStringListModel, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from face_match.core.records import FaceRecord
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.item_painting import (
    AnyIndex,
    paint_background,
    paint_chosen,
    paint_crop,
    paint_focus,
    text_colour,
)
from face_match.gui.widgets.plain_text import plain, shown

Row = TypeVar("Row")

ROW_ROLE = Qt.ItemDataRole.UserRole
GAP_PX = 8


class FaceListModel(QStringListModel, Generic[Row]):
    """Rows of any type, each with a description for its tooltip and for screen readers.

    A QStringListModel, because views ask for the number of rows once a row, which is slow in Python.
    """

    def __init__(self, describe: Callable[[int], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._describe = describe
        self.rows: Sequence[Row] = ()

    def set_rows(self, rows: Sequence[Row], texts: Sequence[str]) -> None:
        """Replace the rows, and their texts."""
        self.rows = rows
        self.setStringList(texts)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROW_ROLE:
            return self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(self._describe(index.row()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return shown(self._describe(index.row()))
        value = super().data(index, role)
        return shown(value) if role == Qt.ItemDataRole.DisplayRole and value else value


class FaceCell(QStyledItemDelegate):
    """A cell of a grid: the crop of a face, and what a subclass paints on it."""

    def __init__(self, view: CropList, margin_px: int, face_of: Callable[[Any], FaceRecord]) -> None:
        super().__init__(view)
        self._crops = view.crops
        self._crop_px = view.crop_px
        self._margin_px = margin_px
        self._face_of = face_of

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        side = self._crop_px + 2 * self._margin_px
        return QSize(side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        face = self._face_of(index.data(ROW_ROLE))
        left, top = option.rect.left() + self._margin_px, option.rect.top() + self._margin_px
        place = QRect(left, top, self._crop_px, self._crop_px)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_background(painter, option)
        paint_crop(painter, option, place, self._crops.image(face.id, face), self._crops.problem(face.id))
        if option.state & QStyle.StateFlag.State_Selected:
            paint_chosen(painter, place)
        self.paint_marks(painter, option, place, index)
        painter.restore()
        paint_focus(painter, option)

    def paint_marks(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, index: AnyIndex
    ) -> None:
        """Paint on the crop, which is at `place`."""


class FaceRow(QStyledItemDelegate):
    """A row of a list: the crop of a face, and lines of text beside it.

    Args:
        lines_of: the lines of a row, as many as `elide` has modes.
        elide: how each line is shortened.
    """

    def __init__(
        self,
        view: CropList,
        face_of: Callable[[Any], FaceRecord],
        lines_of: Callable[[Any], Sequence[str]],
        elide: Sequence[Qt.TextElideMode],
    ) -> None:
        super().__init__(view)
        self._crops = view.crops
        self._crop_px = view.crop_px
        self._face_of = face_of
        self._lines_of = lines_of
        self._elide = elide

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        text_px = len(self._elide) * option.fontMetrics.lineSpacing()
        return QSize(180, max(self._crop_px, text_px) + GAP_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = index.data(ROW_ROLE)
        face = self._face_of(row)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_background(painter, option)
        top = option.rect.top() + (option.rect.height() - self._crop_px) // 2
        place = QRect(option.rect.left() + GAP_PX // 2, top, self._crop_px, self._crop_px)
        paint_crop(painter, option, place, self._crops.image(face.id, face), self._crops.problem(face.id))
        painter.setPen(text_colour(option))
        left, height = place.right() + GAP_PX, option.fontMetrics.lineSpacing()
        width = option.rect.right() - left - GAP_PX // 2
        first = option.rect.top() + (option.rect.height() - len(self._elide) * height) // 2
        flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
        for number, (text, elide) in enumerate(zip(self._lines_of(row), self._elide, strict=True)):
            short = option.fontMetrics.elidedText(shown(text), elide, width)
            painter.drawText(QRect(left, first + number * height, width, height), flags, short)
        painter.restore()
        paint_focus(painter, option)
