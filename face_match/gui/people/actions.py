"""The actions of the people window: on people (rename, merge, delete …) and on faces (move, remove …)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from face_match.core.records import Person
from face_match.gui import phrases
from face_match.gui.dialogs.birth_date import BirthDateDialog
from face_match.gui.dialogs.person_picker import PersonPicker, Preview
from face_match.gui.dialogs.photo_sources import find_photo
from face_match.gui.dialogs.questions import ask, ask_to_delete_for_good, ask_to_remove_near_duplicates
from face_match.gui.people.people_list import PeopleList
from face_match.gui.people.person_faces import PersonFaces, ShownFace
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.people_edits import PeopleEdits
from face_match.gui.widgets.buttons import button


class PeopleActions(QObject):
    """The actions of the people window, each with a key, a button and a context menu entry.

    Signals: `selection_wanted` has the name of the person to select after the change,
    `deletion_wanted` that of the person to delete for good, `photo_wanted` the photo of a face.
    """

    selection_wanted = Signal(str)
    deletion_wanted = Signal(str)
    photo_wanted = Signal(Path)

    def __init__(
        self,
        gallery: OpenGallery,
        edits: PeopleEdits,
        people: PeopleList,
        faces: PersonFaces,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._gallery = gallery
        self._edits = edits
        self._people = people
        self._faces = faces
        self._window = window
        self._make_people_actions()
        self._make_face_actions()
        for view in (people, faces):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        faces.doubleClicked.connect(lambda _: self.open_photo.trigger())
        people.takes_faces = self._can_move_to
        people.faces_dropped.connect(self._on_dropped)
        # queued, because the name editor is still open when it is emitted
        people.people.renamed.connect(self._on_renamed, Qt.ConnectionType.QueuedConnection)

    def _make_people_actions(self) -> None:
        self.rename = self._action("&Rename", "F2", "Rename the selected person", self._on_rename)
        self.birth_date = self._action(
            "&Birth date …", "Ctrl+B", "Set the birth date of the selected person", self._on_birth_date
        )
        self.merge = self._action("&Merge …", "Ctrl+M", "Merge the selected people into one", self._on_merge)
        self.delete = self._action(
            "&Delete for good …",
            "Shift+Del",
            "Delete the selected person, also from the backups",
            self._on_delete,
        )
        self._people.addActions([self.rename, self.birth_date, self.merge, self.delete])
        self._restrict_keys(self.delete)

    def _make_face_actions(self) -> None:
        self.open_photo = self._action(
            "Open &photo", "O", "Open the photo of the selected face", self._on_open_photo
        )
        self.move = self._action(
            "M&ove to …", "F6", "Move the selected faces to another person", self._on_move
        )
        self.move_to_closer = self._action(
            "Move to the person it looks more like",
            "Ctrl+J",
            "Move selected faces marked “?” to the person they look more like",
            self._on_move_to_closer,
        )
        self.set_cover = self._action(
            "Set co&ver", "C", "Use the selected face as the cover photo", self._on_set_cover
        )
        self.remove = self._action(
            "R&emove",
            "Del",
            "Remove the names of the selected faces, which become unnamed",
            self._on_remove,
        )
        self.remove_near_duplicates = self._action(
            "Remove &near-duplicates …",
            "Ctrl+D",
            "Remove nearly identical faces, except the largest",
            self._on_remove_near_duplicates,
        )
        self._faces.addActions([self.open_photo, self.move, self.move_to_closer, self.set_cover, self.remove])
        self._faces.addAction(self.remove_near_duplicates)
        self._restrict_keys(self.open_photo, self.set_cover, self.remove)

    def _restrict_keys(self, *actions: QAction) -> None:
        """Let the keys of actions work in their list only, as they are text in a text field."""
        for action in actions:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

    def refresh(self) -> None:
        """Enable the actions that can be used."""
        can_change = self._gallery.can_edit
        people, faces = self._people.selected(), self._faces.selected()
        self._people.people.is_editable = can_change
        self.rename.setEnabled(can_change and len(people) == 1)
        self.birth_date.setEnabled(can_change and len(people) == 1)
        self.merge.setEnabled(can_change and bool(people) and len(self._people.people.all.people) > 1)
        self.delete.setEnabled(can_change and len(people) == 1)
        self.move.setEnabled(can_change and bool(faces))
        self.set_cover.setEnabled(can_change and len(faces) == 1 and _can_be_cover(faces[0]))
        self.open_photo.setEnabled(len(faces) == 1)
        self._faces.setDragEnabled(can_change)
        self.remove.setEnabled(can_change and bool(faces))
        self.move_to_closer.setEnabled(can_change and bool(self._faces.closer_to_others()))
        self.remove_near_duplicates.setEnabled(can_change and bool(self._faces.near_duplicates()))

    def _on_open_photo(self) -> None:
        faces = self._faces.selected()
        if len(faces) == 1:
            find_photo(self._window, self._gallery, faces[0].face, self._open_photo)

    def _open_photo(self, path: Path) -> None:
        if path.is_file():
            self.photo_wanted.emit(path)
        else:
            self._gallery.post_photo_not_found()

    # Rename

    def _on_rename(self) -> None:
        self._people.rename()

    def _on_renamed(self, person: Person, name: str) -> None:
        other = self._find(name)
        if other is None or other.folder == person.folder:
            self._edits.rename(person, name)
            return
        ask(
            self._window,
            "The name is taken",
            f"Another person is called {phrases.display_name(other.name)}. Merge the two people?",
            phrases.merge_preview([person], other),
            action="&Merge",
            on_yes=lambda: self._merge([person], name),
        )

    def _on_birth_date(self) -> None:
        (person,) = self._people.selected()
        dialog = BirthDateDialog(self._window, person)
        dialog.date_entered.connect(lambda born: self._edits.set_birth_date(person, born))
        dialog.open()

    # Merge

    def _on_merge(self) -> None:
        people = self._people.selected()

        def preview(name: str) -> Preview:
            if not name.strip():
                return Preview("Type a name, or part of it.", False)
            into = self._find(name)
            if into is None:
                return Preview("There is no person with this name.", False)
            others = _without(people, into)
            if not others:
                return Preview(f"{phrases.display_name(into.name)} cannot be merged with itself.", False)
            return Preview(phrases.merge_preview(others, into), True)

        prompt = f"Merge {phrases.list_people(people)} into:"
        picker = self._picker("Merge people", prompt, "&Merge", preview)
        picker.picked.connect(lambda name: self._merge(people, name))
        if len(people) > 1:
            picker.name_edit.setText(max(people, key=lambda person: person.face_count).name)
            picker.name_edit.selectAll()
        picker.open()

    def _merge(self, people: Sequence[Person], name: str) -> None:
        into = self._find(name)
        if into is not None:
            self.selection_wanted.emit(into.name)
            self._edits.merge(_without(people, into), into)
        self._people.setFocus()

    # Move and remove

    def _on_move(self) -> None:
        rows = self._faces.selected()

        def preview(name: str) -> Preview:
            if not name.strip():
                return Preview("Type a name, or part of it. A new name makes a new person.", False)
            to = self._find(name)
            if to is None:
                return Preview(f"A new person will be added, with {_these(rows)}.", True)
            moved = _not_of(rows, to)
            whose = phrases.display_name(to.name)
            if not moved:
                return Preview(f"{whose} already has {_these(rows)}.", False)
            count = phrases.faces(to.face_count + len(moved))
            return Preview(f"{whose} will have {count}.", True)

        prompt = f"Move {_these(rows)} to:"
        picker = self._picker("Move faces", prompt, "&Move", preview)
        picker.picked.connect(lambda name: self._move(rows, name))
        picker.open()

    def _move(self, rows: Sequence[ShownFace], name: str) -> None:
        to = self._find(name)
        moved = rows if to is None else _not_of(rows, to)
        self.selection_wanted.emit(name)
        self._edits.move([row.face for row in moved], name)
        self._faces.setFocus()

    def _can_move_to(self, person: Person) -> bool:
        """Whether any of the selected faces belongs to someone else."""
        return self._gallery.can_edit and bool(_not_of(self._faces.selected(), person))

    def _on_dropped(self, person: Person) -> None:
        self._move(self._faces.selected(), person.name)

    def _on_move_to_closer(self) -> None:
        """Move the selected faces to the person whom the first of them looks more like."""
        closer = self._faces.closer_to_others()
        to = closer[0][1].other
        moved = [row.face for row, likeness in closer if likeness.other.folder == to.folder]
        self._edits.move(moved, to.name)
        self._faces.setFocus()

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
        owners = list({row.person.folder: row.person for row in rows}.values())
        faces = [row.face for row in rows]
        ask_to_remove_near_duplicates(
            self._window, len(rows), owners, lambda: self._edits.remove_near_duplicates(faces)
        )

    # Delete

    def _on_delete(self) -> None:
        (person,) = self._people.selected()
        ask_to_delete_for_good(self._window, person, self.deletion_wanted.emit)

    # Dialogs

    def _find(self, name: str) -> Person | None:
        gallery = self._gallery.gallery
        return gallery.find(name) if gallery is not None else None

    def _picker(
        self, title: str, prompt: str, action: str, preview: Callable[[str], Preview]
    ) -> PersonPicker:
        names = [person.name for person in self._people.people.all.people]
        return PersonPicker(
            self._window, title=title, prompt=prompt, action=action, names=names, preview=preview
        )

    def _action(self, text: str, key: str, tip: str, do: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _: do())
        action.setShortcut(QKeySequence(key))
        action.setToolTip(f"{tip} ({key.replace('Del', 'Delete')})")
        return action


def button_of(action: QAction, object_name: str) -> QPushButton:
    """A button that triggers an action, and is enabled when the action is."""
    made = button(action.text(), object_name, action.toolTip())
    made.setEnabled(action.isEnabled())
    made.clicked.connect(action.trigger)
    action.enabledChanged.connect(made.setEnabled)
    return made


def _without(people: Sequence[Person], person_out: Person) -> list[Person]:
    return [person for person in people if person.folder != person_out.folder]


def _can_be_cover(row: ShownFace) -> bool:
    """Whether a face is not the cover photo yet, of a person with several faces."""
    return row.person.face_count > 1 and not row.is_cover


def _not_of(rows: Sequence[ShownFace], person: Person) -> list[ShownFace]:
    return [row for row in rows if row.person.folder != person.folder]


def _these(rows: Sequence[ShownFace]) -> str:
    return "this face" if len(rows) == 1 else f"these {len(rows):,} faces"
