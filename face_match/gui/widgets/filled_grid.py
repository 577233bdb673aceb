"""Grids whose pictures fill the width: more of them, and larger ones, in a wider window."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QImage, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from face_match.core.records import FaceRecord
from face_match.gui import theme
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.face_list import FaceCell
from face_match.gui.widgets.item_painting import AnyIndex

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

    def _arrange(self) -> None:
        """Make as many columns as fit, of pictures that fill the width, with room for a scroll bar."""
        growth = math.sqrt(max(1.0, self.room_px / WIDE_PX)) if self._is_growing else 1.0
        self.columns = self.columns_for(self._wanted_px * growth)
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
