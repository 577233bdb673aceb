"""What lists of crops have in common: what they say while they are empty, reading, and what is chosen."""

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
    """Several rows can be chosen; crops are read as they come on the screen, and no longer than it shows.

    Args:
        key: of the tasks that read.
        source: where crops are read from; None while there is nothing.
        read: makes the image of an item of the source; called in the background.
        crop_px: how large crops are shown.
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
        self.crops = ThumbnailCache(
            tasks, key=key, source=source, read=read, longest_px=2 * crop_px, parent=self
        )
        self.crops.images_read.connect(self.viewport().update)
        self.hint = ""
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_placeholder(self, text: str) -> None:
        """What to say while there are no rows."""
        self.hint = text
        self.viewport().update()

    def selected_rows(self) -> list[int]:
        """In their order; by ranges, as all of ten thousand may be chosen."""
        ranges = self.selectionModel().selection().toList()
        return sorted({row for chosen in ranges for row in range(chosen.top(), chosen.bottom() + 1)})

    def select_rows(self, rows: Iterable[int]) -> None:
        """Choose them, and no others."""
        selection = QItemSelection()
        for row in rows:
            index = self.model().index(row, 0)
            selection.select(index, index)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def set_current_row(self, row: int) -> None:
        """Where the keys go on from; what is chosen stays so."""
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_placeholder(self, self.hint)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.crops.stop()
