"""The conflicts between names in the gallery and names in files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from face_match.core.records import Decision
from face_match.gui.dialogs.sheet import Sheet
from face_match.gui.state.conflicts import Conflicts, ShownConflict, theirs
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import marked, tr, translated
from face_match.gui.widgets.buttons import Kind, add_action_button, button
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.face_list import FaceListModel, FaceRow
from face_match.gui.widgets.thumbnails import read_face
from face_match.gui.widgets.wrapped_label import WrappedLabel
from face_match.gui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gui.state.open_gallery import OpenGallery

SIZE_PX = (620, 480)
CROP_PX = 64
EXPLANATION = marked("Imported files have other names than yours, which are kept until you decide.")
NONE = marked("There are no conflicts: all names in imported files are the same as yours.")


class ConflictsDialog(Sheet):
    """The conflicts. The dialog stays open beside the main window and is updated with each change."""

    def __init__(
        self,
        gallery: OpenGallery,
        conflicts: Conflicts,
        tasks: Tasks,
        undo_redo: Sequence[QAction],
        parent: QWidget,
    ) -> None:
        """`undo_redo` has the main window's actions."""
        super().__init__(parent, "conflictsPage", tr("Conflicts"), by_enter=False)
        self._gallery = gallery
        self._conflicts = conflicts
        self.text = WrappedLabel()
        self.list = _ConflictList(tasks, lambda: gallery.gallery)
        self.mine_button = button(
            tr("Keep &mine"),
            "keepMineButton",
            tr("Keep your names for the selected faces (Alt+M)"),
            Kind.MAIN,
        )
        self.theirs_button = button(
            tr("Use &theirs"),
            "takeTheirsButton",
            tr("Use the names from files for the selected faces (Alt+T)"),
        )
        self.all_mine_button = button(
            tr("Keep mine for &all"), "keepAllMineButton", tr("Keep all your names (Alt+A)")
        )
        self.all_theirs_button = button(
            tr("Use theirs &for all"), "takeAllTheirsButton", tr("Use all names from files (Alt+F)")
        )
        self._lay_out(undo_redo)
        self.list.selectionModel().selectionChanged.connect(self._refresh)
        for made, decision, is_all in (
            (self.mine_button, Decision.MINE, False),
            (self.theirs_button, Decision.THEIRS, False),
            (self.all_mine_button, Decision.MINE, True),
            (self.all_theirs_button, Decision.THEIRS, True),
        ):
            made.setAutoDefault(False)
            made.clicked.connect(lambda _=False, one=decision, every=is_all: self._decide(one, is_all=every))
        conflicts.changed.connect(self._show)
        for signal in (gallery.opened, gallery.closed, gallery.changed, gallery.availability_changed):
            signal.connect(self._refresh)
        self._show()

    def _lay_out(self, undo_redo: Sequence[QAction]) -> None:
        choices = WrappingRow()
        for made in (self.mine_button, self.theirs_button, self.all_mine_button, self.all_theirs_button):
            choices.add(made)
        buttons = self.buttons
        undo, redo = undo_redo
        self.undo_button = add_action_button(buttons, undo, "undoButton", tr("Undo the last change"))
        self.redo_button = add_action_button(
            buttons, redo, "redoButton", tr("Redo the last change that was undone")
        )
        self.column.addWidget(self.text)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(choices)
        self.fit(*SIZE_PX)

    def _show(self) -> None:
        """Show the current conflicts. The selection is kept."""
        selected = {row.conflict.id for row in self.list.selected()}
        current = self.list.currentIndex().row()
        rows = self._conflicts.rows
        self.list.show_rows(rows)
        again = [number for number, row in enumerate(rows) if row.conflict.id in selected]
        if rows and not again:
            again = [min(max(current, 0), len(rows) - 1)]
        self.list.select_rows(again)
        if again:
            self.list.set_current_row(again[0])
        self.text.setText(translated(EXPLANATION) if rows else "")
        self.list.show_placeholder(translated(NONE))
        self._refresh()

    def _refresh(self) -> None:
        can_change = self._gallery.can_edit
        for made in (self.mine_button, self.theirs_button):
            made.setEnabled(can_change and bool(self.list.selected_rows()))
        for made in (self.all_mine_button, self.all_theirs_button):
            made.setEnabled(can_change and bool(self.list.rows))

    def _decide(self, decision: Decision, *, is_all: bool) -> None:
        self._conflicts.decide(self.list.rows if is_all else self.list.selected(), decision)
        self.list.setFocus()


class _ConflictList(CropList):
    """A row a conflict: the face, its name in the gallery, its name in the file, and the photo."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(tasks, "conflict crops", gallery, read_face, CROP_PX)
        self.setObjectName("conflictsList")
        self.setAccessibleName(tr("Conflicts"))
        self.setToolTip(tr("Conflicts (↑ ↓; select several with Shift, Ctrl or Ctrl+A)"))
        self._model: FaceListModel[ShownConflict] = FaceListModel(self._describe, self)
        self.setModel(self._model)
        right, middle = Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle
        self.setItemDelegate(FaceRow(self, lambda row: row.face, _lines, (right, right, middle)))

    @property
    def rows(self) -> Sequence[ShownConflict]:
        return self._model.rows

    def selected(self) -> list[ShownConflict]:
        """The selected conflicts, in the order of the rows."""
        return [self.rows[number] for number in self.selected_rows()]

    def show_rows(self, rows: Sequence[ShownConflict]) -> None:
        """Replace the rows."""
        scrolled = self.verticalScrollBar().value()
        self.crops.clear()
        self.selectionModel().blockSignals(True)
        self._model.set_rows(rows, [row.conflict.id for row in rows])
        self.selectionModel().blockSignals(False)
        self.verticalScrollBar().setValue(scrolled)

    def _describe(self, row: int) -> str:
        return ". ".join(_lines(self.rows[row]))


def _lines(row: ShownConflict) -> tuple[str, str, str]:
    return tr("In the gallery: {mine}", mine=row.mine), theirs(row.conflict), row.photo
