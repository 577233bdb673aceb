"""Lists with a crop in each row: selection, thumbnails, and a placeholder while they are empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QPaintEvent
from PySide6.QtWidgets import QListView

from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets.placeholder import paint_placeholder
from face_match.gui.widgets.thumbnails import ThumbnailCache


class CropList(QListView):
    """A list with multiple selection whose thumbnails are read while it is visible.

    Args:
        key: of the tasks that read thumbnails.
        source: the gallery to read from; None while none is open.
        read: makes the image of an item; called in the background.
        crop_px: width and height of a crop on screen.
    """

    selection_changed = Signal()

    def __init__(
        self,
        tasks: Tasks,
        key: str,
        source: Callable[[], Any],
        read: Callable[[Any, Any], QImage | None],
        crop_px: int,
    ) -> None:
        super().__init__()
        self.crop_px = crop_px
        self.crops = ThumbnailCache(
            tasks, key=key, source=source, read=read, longest_px=2 * crop_px, parent=self
        )
        self.crops.images_read.connect(self.viewport().update)
        self.placeholder = ""
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_placeholder(self, text: str) -> None:
        """Set the text that is shown while the list is empty."""
        self.placeholder = text
        self.viewport().update()

    def selected_rows(self) -> list[int]:
        """The selected rows in ascending order. Reads ranges, as all of 10,000 rows may be selected."""
        ranges = self.selectionModel().selection().toList()
        return sorted({row for selected in ranges for row in range(selected.top(), selected.bottom() + 1)})

    def select_rows(self, rows: Iterable[int]) -> None:
        """Select these rows and no others."""
        selection = QItemSelection()
        for row in rows:
            index = self.model().index(row, 0)
            selection.select(index, index)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def set_current_row(self, row: int) -> None:
        """Move the keyboard focus to a row without changing the selection."""
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_placeholder(self, self.placeholder)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.crops.stop()
