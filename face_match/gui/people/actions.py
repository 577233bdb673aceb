"""What can be done in the people window with people (rename, birth date, merge, erase) and with faces (move,
cover, remove)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import Person
from face_match.gui import phrases
from face_match.gui.dialogs.birth_date import BirthDateDialog
from face_match.gui.dialogs.person_picker import PersonPicker, Preview
from face_match.gui.dialogs.photo_sources import may_open
from face_match.gui.dialogs.questions import ask_to_remove_near_duplicates, question
from face_match.gui.people.people_list import PeopleList
from face_match.gui.people.person_faces import PersonFaces, ShownFace
from face_match.gui.state.session import Session
from face_match.gui.state.tasks import GALLERY
from face_match.gui.widgets.buttons import button


class PeopleActions(QObject):
    """The actions of the people window, each with a key, a button and a context menu entry.

    Signals: `selection_wanted` has the name of the person to select after the change,
    `deletion_wanted` that of the person to delete for good, `photo_wanted` the photo of a face.
    """

    selection_wanted = Signal(str)
    deletion_wanted = Signal(str)
    photo_wanted = Signal(Path)

    def __init__(self, session: Session, people: PeopleList, faces: PersonFaces, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._people = people
        self._faces = faces
        self._window = window
        self.rename = self._action("&Rename", "F2", "Call the person chosen otherwise")
        self.born = self._action("&Birth date …", "Ctrl+B", "Set when the person chosen was born, or a year")
        self.merge = self._action("&Merge into …", "Ctrl+M", "Make one person of those chosen, or of two")
        self.move = self._action("M&ove to …", "F6", "Make the faces chosen another person’s")
        self.remove = self._action(
            "R&emove", "Del", "Take the name of the faces chosen away: they are unnamed then"
        )
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # in text, Delete is for letters
        self.thin = self._action(
            "Remove &near-duplicates …", "Ctrl+D", "Take out those of the faces that are nearly the same"
        )
        self.give = self._action(
            "Move to whom it is nearer",
            "Ctrl+J",
            "Make faces marked “?” those of whom they are nearer to",
        )
        self.cover = self._action("Set as co&ver", "C", "Make the face the cover photo of the person")
        self.erase = self._action("Er&ase …", "Shift+Del", "Erase the person for good, also from the backups")
        self.open = self._action("Open the &photo", "O", "Open the photo that the face is from")
        for action in (self.cover, self.erase, self.open):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        people.addActions([self.rename, self.born, self.merge, self.erase])
        faces.addActions([self.open, self.move, self.give, self.cover, self.remove, self.thin])
        faces.doubleClicked.connect(lambda _: self.open.trigger())
        people.takes_faces = self._can_move_to
        people.faces_dropped.connect(self._on_dropped)
        for view in (people, faces):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.rename.triggered.connect(self._on_rename)
        self.born.triggered.connect(self._on_born)
        self.merge.triggered.connect(self._on_merge)
        self.move.triggered.connect(self._on_move)
        self.remove.triggered.connect(self._on_remove)
        self.cover.triggered.connect(self._on_cover)
        self.open.triggered.connect(self._on_open)
        self.erase.triggered.connect(self._on_erase)
        self.thin.triggered.connect(self._on_thin)
        self.give.triggered.connect(self._on_give)
        # the editor of the name is still at work when it comes
        people.people.renamed.connect(self._on_renamed, Qt.ConnectionType.QueuedConnection)

    def refresh(self) -> None:
        """Enable what makes sense."""
        can_change = self._session.changes.are_possible
        chosen, has_faces = self._people.selected(), bool(self._faces.selected())
        self._people.people.is_editable = can_change
        self.rename.setEnabled(can_change and len(chosen) == 1)
        self.born.setEnabled(can_change and len(chosen) == 1)
        self.merge.setEnabled(can_change and bool(chosen) and len(self._people.people.all.people) > 1)
        self.erase.setEnabled(can_change and len(chosen) == 1)
        self.move.setEnabled(can_change and has_faces)
        covers = self._faces.selected()
        self.cover.setEnabled(can_change and len(covers) == 1 and _can_be_cover(covers[0]))
        self.open.setEnabled(len(covers) == 1)
        self._faces.setDragEnabled(can_change)
        self.remove.setEnabled(can_change and has_faces)
        self.give.setEnabled(can_change and bool(self._faces.closer_to_others()))
        self.thin.setEnabled(can_change and bool(self._faces.near_duplicates()))

    def _on_open(self) -> None:
        """Where that is, is known of photos that were seen; of others there is only the crop."""
        gallery, chosen = self._session.gallery, self._faces.selected()
        if gallery is None or len(chosen) != 1:
            return
        face = chosen[0].face

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Path | None:
            photo = gallery.photo(face.photo)
            return Path(photo.path) if photo is not None and photo.path else None

        def on_done(path: Path | None) -> None:
            if path is not None and not may_open(self._window, self._session, path):
                return
            if path is not None and path.is_file():
                self.photo_wanted.emit(path)
            else:
                self._session.said.emit("That photo was not found. Import its folder to find it again.")

        self._session.tasks.start(GALLERY, job, on_done, self._session.fail, key="photo of face")

    # Rename

    def _on_rename(self) -> None:
        self._people.rename()

    def _on_renamed(self, person: Person, name: str) -> None:
        other = self._find(name)
        if other is None or other.folder == person.folder:
            self._session.changes.rename(person, name)
            return
        asked = question(
            self._window,
            "The name is taken",
            f"Somebody else is called {phrases.display_name(other.name)}. Merge the two?",
            phrases.merge_preview([person], other),
        )
        merge = asked.addButton("&Merge", QMessageBox.ButtonRole.AcceptRole)
        asked.setDefaultButton(merge)
        merge.clicked.connect(lambda: self._merge([person], name))
        asked.open()

    def _on_born(self) -> None:
        (person,) = self._people.selected()
        dialog = BirthDateDialog(self._window, person)
        dialog.given.connect(lambda born: self._session.changes.set_birth_date(person, born))
        dialog.open()

    # Merge

    def _on_merge(self) -> None:
        people = self._people.selected()

        def preview(name: str) -> Preview:
            if not name.strip():
                return Preview("Type a name, or any part of it.", False)
            into = self._find(name)
            if into is None:
                return Preview("Nobody in the gallery is called that.", False)
            others = _without(people, into)
            if not others:
                return Preview(
                    f"{phrases.display_name(into.name)} cannot be merged into the same person.", False
                )
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
            self._session.changes.merge(_without(people, into), into)
        self._people.setFocus()

    # Move and remove

    def _on_move(self) -> None:
        rows = self._faces.selected()

        def preview(name: str) -> Preview:
            if not name.strip():
                return Preview("Type a name, or any part of it; a new one makes a new person.", False)
            to = self._find(name)
            if to is None:
                return Preview(f"Nobody is called that yet: {_these(rows)} will be a new person’s.", True)
            moved = _not_of(rows, to)
            whose = phrases.display_name(to.name)
            if not moved:
                return Preview(f"{whose} has {_these(rows)} already.", False)
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
        self._session.changes.move([row.face for row in moved], name)
        self._faces.setFocus()

    def _can_move_to(self, person: Person) -> bool:
        """Whether any of the faces chosen is not theirs."""
        return self._session.changes.are_possible and bool(_not_of(self._faces.selected(), person))

    def _on_dropped(self, person: Person) -> None:
        self._move(self._faces.selected(), person.name)

    def _on_give(self) -> None:
        """Of several, those that are nearer to the same person as the first."""
        nearer = self._faces.closer_to_others()
        to = nearer[0][1].other
        moved = [row.face for row, likeness in nearer if likeness.other.folder == to.folder]
        self._session.changes.move(moved, to.name)
        self._faces.setFocus()

    def _on_cover(self) -> None:
        self._session.changes.set_cover(self._faces.selected()[0].face)
        self._faces.setFocus()

    def _on_remove(self) -> None:
        self._session.changes.remove([row.face for row in self._faces.selected()])
        self._faces.setFocus()

    def _on_thin(self) -> None:
        self._faces.choose_near_duplicates()
        rows = self._faces.selected()
        self._faces.setFocus()
        owners = list({row.person.folder: row.person for row in rows}.values())
        faces = [row.face for row in rows]
        ask_to_remove_near_duplicates(
            self._window, len(rows), owners, lambda: self._session.changes.thin(faces)
        )

    # Erase

    def _on_erase(self) -> None:
        (person,) = self._people.selected()
        asked = question(
            self._window,
            "Erase a person",
            f"Erase {phrases.display_name(person.name)}?",
            phrases.deletion_warning(person.name),
        )
        asked.setIcon(QMessageBox.Icon.Warning)
        erase = asked.addButton("&Erase for good", QMessageBox.ButtonRole.DestructiveRole)
        asked.setDefaultButton(QMessageBox.StandardButton.Cancel)
        erase.clicked.connect(lambda: self.deletion_wanted.emit(person.name))
        asked.open()

    # Asking

    def _find(self, name: str) -> Person | None:
        gallery = self._session.gallery
        return gallery.find(name) if gallery is not None else None

    def _picker(
        self, title: str, prompt: str, action: str, preview: Callable[[str], Preview]
    ) -> PersonPicker:
        names = [person.name for person in self._people.people.all.people]
        return PersonPicker(
            self._window, title=title, prompt=prompt, action=action, names=names, preview=preview
        )

    def _action(self, text: str, key: str, tip: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(f"{tip} ({key.replace('Del', 'Delete')})")
        return action


def button_of(action: QAction, object_name: str) -> QPushButton:
    """A button that does what an action does, and only when it can."""
    made = button(action.text(), object_name, action.toolTip())
    made.setEnabled(action.isEnabled())
    made.clicked.connect(action.trigger)
    action.enabledChanged.connect(made.setEnabled)
    return made


def _without(people: Sequence[Person], left_out: Person) -> list[Person]:
    return [person for person in people if person.folder != left_out.folder]


def _can_be_cover(row: ShownFace) -> bool:
    """Whether that would make a difference."""
    return row.person.face_count > 1 and not row.is_cover


def _not_of(rows: Sequence[ShownFace], person: Person) -> list[ShownFace]:
    return [row for row in rows if row.person.folder != person.folder]


def _these(rows: Sequence[ShownFace]) -> str:
    return "this face" if len(rows) == 1 else f"these {len(rows):,} faces"
