"""The groups of unnamed faces: suggestions, clusters and single faces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QListView

from face_match.gui.review import group_phrases
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.face_list import FaceListModel, FaceRow
from face_match.gui.widgets.thumbnails import read_face

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.workflows.suggest import FaceGroup

CROP_PX = 44


class GroupsList(CropList):
    """A row a group, with its best face. The current group keeps its place while others come and go."""

    group_changed = Signal()

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(tasks, "review covers", gallery, read_face, CROP_PX)
        self.setObjectName("groupsList")
        self.setAccessibleName("Groups of faces")
        self.setToolTip("Groups of unnamed faces (Page Up, Page Down)")
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self._model: FaceListModel[FaceGroup] = FaceListModel(self._describe, self)
        self.setModel(self._model)
        right = Qt.TextElideMode.ElideRight
        self.setItemDelegate(FaceRow(self, lambda group: group.faces[0], _lines, (right, right)))
        self.selectionModel().currentChanged.connect(lambda *_: self.group_changed.emit())

    @property
    def groups(self) -> Sequence[FaceGroup]:
        """All groups, in the order of the rows."""
        return self._model.rows

    @property
    def current_group(self) -> FaceGroup | None:
        """The selected group."""
        row = self.currentIndex().row()
        return self.groups[row] if 0 <= row < len(self.groups) else None

    def show_groups(self, groups: Sequence[FaceGroup], row: int) -> None:
        """Replace the groups, and select a row."""
        scrolled = self.verticalScrollBar().value()
        self.crops.stop()
        self.selectionModel().blockSignals(True)
        self._model.set_rows(list(groups), [group_phrases.group_question(group) for group in groups])
        self.selectionModel().blockSignals(False)
        self.verticalScrollBar().setValue(scrolled)
        if groups:
            self.select_group(min(row, len(groups) - 1))
        self.group_changed.emit()

    def select_group(self, row: int) -> None:
        """Select the group in a row, if there is one."""
        if 0 <= row < len(self.groups):
            index = self._model.index(row, 0)
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)

    def _describe(self, row: int) -> str:
        return group_phrases.group_question(self.groups[row])


def _lines(group: FaceGroup) -> tuple[str, str]:
    return group_phrases.group_title(group), group_phrases.group_details(group)
