"""Grids whose pictures fill the width: more of them, and larger ones, in a wider window; grids of faces."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Generic

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QImage, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from face_match.core.records import FaceRecord
from face_match.gui import theme
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.face_list import FaceCell, FaceListModel, Row
from face_match.gui.widgets.item_painting import AnyIndex
from face_match.gui.widgets.thumbnails import read_face

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

PAD_PX = theme.GRID_PX
"""Between a picture and the edge of its cell, on each side."""
WIDE_PX = 1200
"""The width of a grid from which its pictures grow with it: as its square root, so that a larger window shows
both more and larger ones."""
ALMOST = 0.25
"""The missing part of a column for which the others become smaller."""
READ_STEP_PX = 16
"""Pictures are read in sizes that are multiples of this, so that not each width of a window needs its own."""


class FilledGrid(CropList):
    """The pictures are squares of about `wanted_px`.

    Args:
        is_growing: whether they are larger in a wide grid.

    Attributes:
        crop_px: the side of a picture now.
        columns: their number in a row now.
    """

    def __init__(
        self,
        tasks: Tasks,
        key: str,
        gallery: Callable[[], Gallery | None],
        read: Callable[[Any, Any], QImage | None],
        wanted_px: int,
        *,
        is_growing: bool = True,
    ) -> None:
        super().__init__(tasks, key, gallery, read, wanted_px)
        self._wanted_px = wanted_px
        self._is_growing = is_growing
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._arrange()

    def text_height(self) -> int:
        """The height of what is below a picture, with the space above it; 0 for nothing."""
        return 0

    def set_crop_px(self, wanted_px: int) -> None:
        """Show larger or smaller pictures."""
        if wanted_px == self._wanted_px:
            return
        self._wanted_px = wanted_px
        self._arrange()
        self.scrollTo(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    @property
    def room_px(self) -> int:
        """The width that the cells fill."""
        return max(self.width() - 2 * PAD_PX, self._wanted_px)

    def columns_for(self, side_px: float) -> int:
        """The number of columns of pictures of about this size."""
        return max(1, int(self.room_px / (side_px + 2 * PAD_PX) + ALMOST))

    def columns_shown(self, side_px: float) -> int:
        """The number of columns now, where pictures of about this size are wanted."""
        return self.columns_for(side_px)

    def _arrange(self) -> None:
        """Make as many columns as fit, of pictures that fill the width, with room for a scroll bar."""
        growth = math.sqrt(max(1.0, self.room_px / WIDE_PX)) if self._is_growing else 1.0
        if self.text_height():  # a name below has more room where text is larger
            growth = max(growth, math.sqrt(theme.text_scale(self)))
        self.columns = self.columns_shown(self._wanted_px * growth)
        cell = self.room_px // self.columns
        self.crop_px = cell - 2 * PAD_PX
        self.setGridSize(QSize(cell, cell + self.text_height()))
        # scaled in the background, as that takes most of the time of a frame
        self.crops.fit(math.ceil(self.crop_px * self.devicePixelRatioF() / READ_STEP_PX) * READ_STEP_PX)


class FilledCell(FaceCell):
    """A crop of the size that the grid has now."""

    def __init__(self, grid: FilledGrid, face_of: Callable[[Any], FaceRecord]) -> None:
        super().__init__(grid, PAD_PX, face_of)
        self._filled = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return self._filled.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        self._crop_px = self._filled.crop_px
        super().paint(painter, option, index)


class FaceGrid(FilledGrid, Generic[Row]):
    """A grid of faces. The selection is kept while other faces come and go.

    Args:
        face_of: the face of a row.
        describe: a row, by its number, in words for its tooltip and for screen readers.
    """

    def __init__(
        self,
        tasks: Tasks,
        key: str,
        gallery: Callable[[], Gallery | None],
        wanted_px: int,
        *,
        face_of: Callable[[Row], FaceRecord],
        describe: Callable[[int], str],
    ) -> None:
        super().__init__(tasks, key, gallery, read_face, wanted_px)
        self._face_of = face_of
        self._model: FaceListModel[Row] = FaceListModel(describe, self)
        self.setModel(self._model)
        self.setItemDelegate(FilledCell(self, face_of))
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, in the order of the grid."""
        return self._model.rows

    def selected(self) -> list[Row]:
        """The selected rows, in the order of the grid."""
        return [self.rows[row] for row in self.selected_rows()]

    def select_faces(self, face_ids: Collection[str]) -> None:
        """Select faces and no others, where they are shown."""
        self.select_rows(row for row, one in enumerate(self.rows) if self._face_of(one).id in face_ids)

    def choose(self, face_ids: AbstractSet[str]) -> None:
        """Select faces, if any is shown, and scroll to the first."""
        if not face_ids & {self._face_of(row).id for row in self.rows}:
            return
        self.select_faces(face_ids)
        self.set_current_row(self.selected_rows()[0])
        self.scrollTo(self.currentIndex())

    def show_faces(self, rows: Sequence[Row]) -> None:
        """Replace the rows. The selection and the keyboard focus stay in their places."""
        selected, place = {self._face_of(row).id for row in self.selected()}, self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self.crops.stop()
        self._model.set_rows(rows, [""] * len(rows))
        self.select_faces(selected)
        if rows:
            self.set_current_row(min(max(0, place), len(rows) - 1))
        self.verticalScrollBar().setValue(scrolled)
        self.selection_changed.emit()
