"""The actions on the faces of a person: open the photo, move, set the cover, remove the name …"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from face_match.core.records import Person
from face_match.gui import phrases
from face_match.gui.dialogs.person_picker import PersonPicker, Preview
from face_match.gui.dialogs.photo_sources import find_photo
from face_match.gui.dialogs.questions import ask_to_remove_near_duplicates
from face_match.gui.people.action_buttons import action_with_key
from face_match.gui.people.person_faces import PersonFaces, ShownFace
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.people_edits import PeopleEdits
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr, tr_count


class FaceActions(QObject):
    """Each has a key, and a button or a menu entry.

    Signals: `photo_wanted` has the photo of a face, `moved_to` the name of the person whom faces go to.
    """

    photo_wanted = Signal(Path)
    moved_to = Signal(str)

    def __init__(
        self,
        gallery: OpenGallery,
        edits: PeopleEdits,
        faces: PersonFaces,
        tasks: Tasks,
        window: QWidget,
        *,
        say: Callable[[str], object],
    ) -> None:
        super().__init__(window)
        self._gallery = gallery
        self._edits = edits
        self._tasks = tasks
        self._faces = faces
        self._window = window
        self._say = say
        self._make_actions()
        faces.addActions(self.all())
        faces.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for action in (self.open_photo, self.set_cover, self.remove):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # these keys are text in a field
        for action in (self.move, self.move_to_closer, self.remove_near_duplicates):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            window.addAction(action)
        faces.selection_wanted.connect(self._on_selection_wanted)
        faces.doubleClicked.connect(lambda _: self.open_photo.trigger())

    def _make_actions(self) -> None:
        self.open_photo = action_with_key(
            self, tr("Open &photo"), "O", tr("Open the photo of the selected face"), self._on_open_photo
        )
        self.move = action_with_key(
            self,
            tr("M&ove to …"),
            "F6",
            tr("Move the selected faces to another person"),
            self._on_move,
        )
        self.move_to_closer = action_with_key(
            self,
            tr("Move to the person it looks &more like"),
            "Ctrl+J",
            tr("Move selected faces marked “?” to the person they look more like"),
            self._on_move_to_closer,
        )
        self.set_cover = action_with_key(
            self,
            tr("Set as co&ver"),
            "C",
            tr("Use the selected face as the cover photo"),
            self._on_set_cover,
        )
        self.remove = action_with_key(
            self,
            tr("R&emove"),
            "Delete",
            tr("Remove the names of the selected faces, which become unnamed"),
            self._on_remove,
        )
        self.remove_near_duplicates = action_with_key(
            self,
            tr("Remove &near-duplicates …"),
            "Ctrl+D",
            tr("Remove nearly identical faces, except the largest"),
            self._on_remove_near_duplicates,
            on_button=tr("Near-duplicates …"),
        )

    def all(self) -> list[QAction]:
        """All actions, in the order of the menu."""
        return [
            *(self.open_photo, self.move, self.move_to_closer),
            *(self.set_cover, self.remove, self.remove_near_duplicates),
        ]

    def refresh(self) -> None:
        """Enable the actions that can be used."""
        can_edit, faces = self._gallery.can_edit, self._faces.selected()
        self.open_photo.setEnabled(len(faces) == 1)
        self.move.setEnabled(can_edit and bool(faces))
        self.move_to_closer.setEnabled(can_edit and bool(self._faces.closer_to_others()))
        self.set_cover.setEnabled(can_edit and len(faces) == 1 and _can_be_cover(faces[0]))
        self.remove.setEnabled(can_edit and bool(faces))
        self.remove_near_duplicates.setEnabled(can_edit and bool(self._faces.near_duplicates()))
        self._faces.setDragEnabled(can_edit)

    def _on_selection_wanted(self, key: int) -> None:
        """Act on the only face there is; else say which faces the action of a key needs."""
        by_key = {
            Qt.Key.Key_F6: self.move,
            Qt.Key.Key_C: self.set_cover,
            Qt.Key.Key_O: self.open_photo,
            Qt.Key.Key_Delete: self.remove,
            Qt.Key.Key_J: self.move_to_closer,
        }
        action, chosen = by_key[Qt.Key(key)], self._faces.selected()
        if not chosen and len(self._faces.rows) == 1:
            self._faces.select_rows([0])
            chosen = self._faces.selected()
            action.trigger()
        if action.isEnabled() or not self._gallery.can_edit:
            return
        if action is self.move_to_closer:
            text = tr("Select a face that is marked “?” first.")
        elif not chosen:
            text = tr("Select a face first: click one, or press an arrow key.")
        elif len(chosen) > 1:
            text = tr("Select a single face for that.")
        else:
            text = tr("This face is the cover photo already.")
        self._say(text)

    # The photo

    def _on_open_photo(self) -> None:
        faces = self._faces.selected()
        if len(faces) == 1:
            find_photo(self._window, self._gallery, faces[0].face, self.photo_wanted.emit)

    # Move

    def _on_move(self) -> None:
        rows, gallery = self._faces.selected(), self._gallery.gallery

        def preview(name: str) -> Preview:
            if not name.strip():
                return Preview(tr("Type a name, or part of it. A new name makes a new person."), False)
            to = self._find(name)
            if to is None:
                return Preview(
                    tr_count(
                        "A new person will be added, with this face.",
                        "A new person will be added, with these {n} faces.",
                        len(rows),
                    ),
                    True,
                )
            return _preview_of_move(rows, to)

        picker = PersonPicker(
            self._window,
            title=tr("Move faces"),
            prompt=tr_count("Move this face to:", "Move these {n} faces to:", len(rows)),
            action=tr("&Move"),
            people=gallery.people if gallery is not None else (),
            covers=(self._tasks, lambda: self._gallery.gallery),
            preview=preview,
        )
        picker.picked.connect(lambda name: self._move(rows, name))
        picker.open()

    def _move(self, rows: Sequence[ShownFace], name: str) -> None:
        to = self._find(name)
        moved = rows if to is None else _not_of(rows, to)
        self.moved_to.emit(name)
        self._edits.move([row.face for row in moved], name)
        self._faces.setFocus()

    def can_move_to(self, person: Person) -> bool:
        """Whether any of the selected faces belongs to someone else."""
        return self._gallery.can_edit and bool(_not_of(self._faces.selected(), person))

    def move_to(self, person: Person) -> None:
        """Move the selected faces to a person."""
        self._move(self._faces.selected(), person.name)

    def _on_move_to_closer(self) -> None:
        """Move the selected faces to the person whom the first of them looks more like."""
        closer = self._faces.closer_to_others()
        to = closer[0][1].other
        moved = [row.face for row, likeness in closer if likeness.other.folder == to.folder]
        self.moved_to.emit(to.name)
        self._edits.move(moved, to.name)
        self._faces.setFocus()

    # Cover and names

    def _on_set_cover(self) -> None:
        self._edits.set_cover(self._faces.selected()[0].face)
        self._faces.setFocus()

    def _on_remove(self) -> None:
        self._edits.remove([row.face for row in self._faces.selected()])
        self._faces.setFocus()

    def _on_remove_near_duplicates(self) -> None:
        self._faces.select_near_duplicates()
        rows = self._faces.selected()
        self._faces.setFocus()
        faces = [row.face for row in rows]
        ask_to_remove_near_duplicates(
            self._window,
            len(rows),
            [rows[0].person],
            lambda: self._edits.remove_near_duplicates(faces),
        )

    def _find(self, name: str) -> Person | None:
        gallery = self._gallery.gallery
        return gallery.find(name) if gallery is not None else None


def _preview_of_move(rows: Sequence[ShownFace], to: Person) -> Preview:
    moved, name = _not_of(rows, to), phrases.display_name(to.name)
    if not moved:
        return Preview(
            tr_count(
                "{name} already has this face.", "{name} already has these {n} faces.", len(rows), name=name
            ),
            False,
        )
    total = to.face_count + len(moved)
    return Preview(
        tr_count("{name} will have {n} face.", "{name} will have {n} faces.", total, name=name), True
    )


def _can_be_cover(row: ShownFace) -> bool:
    """Whether a face is not the cover photo yet, of a person with several faces."""
    return row.person.face_count > 1 and not row.is_cover


def _not_of(rows: Sequence[ShownFace], person: Person) -> list[ShownFace]:
    return [row for row in rows if row.person.folder != person.folder]
