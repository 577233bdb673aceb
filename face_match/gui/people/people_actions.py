"""The actions on people: rename, birth date, merge, delete, and delete for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from face_match.core.records import Person
from face_match.gui import phrases
from face_match.gui.dialogs.birth_date import BirthDateDialog
from face_match.gui.dialogs.person_picker import PersonPicker, Preview
from face_match.gui.dialogs.questions import ask, ask_to_delete_for_good
from face_match.gui.people.action_buttons import action_with_key
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.people_edits import PeopleEdits
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr


class PeopleActions(QObject):
    """Each has a key, a button or a menu entry, and is enabled where it can be used.

    Args:
        chosen: the people whom the actions are for.
        rename: starts the typing of a name, which comes back by `rename_to`.

    `merged_into` has the person into whom others are being merged.
    """

    merged_into = Signal(object)

    def __init__(
        self,
        gallery: OpenGallery,
        edits: PeopleEdits,
        tasks: Tasks,
        window: QWidget,
        *,
        chosen: Callable[[], Sequence[Person]],
        rename: Callable[[], None],
        delete_for_good: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._gallery = gallery
        self._edits = edits
        self._tasks = tasks
        self._chosen = chosen
        self._window = window
        self._delete_for_good = delete_for_good
        self.rename = action_with_key(
            self, tr("&Rename"), "F2", tr("Rename the person"), rename, on_button=tr("Rename")
        )
        self.birth_date = action_with_key(
            self, tr("&Birth date …"), "Ctrl+B", tr("Set the person’s birth date"), self._on_birth_date
        )
        self.merge = action_with_key(
            self, tr("&Merge …"), "Ctrl+M", tr("Merge people into one"), self._on_merge
        )
        self.delete = action_with_key(
            self,
            tr("&Delete"),
            "Delete",
            tr("Delete the selected people; their faces become unnamed"),
            self._on_delete,
        )
        self.delete_for_good = action_with_key(
            self,
            tr("Delete for &good …"),
            "Shift+Delete",
            tr("Delete the person and the faces for good, also from the backups"),
            self._on_delete_for_good,
        )

    def all(self) -> list[QAction]:
        """All actions, in the order of the menu."""
        return [self.rename, self.birth_date, self.merge, self.delete, self.delete_for_good]

    def refresh(self) -> None:
        """Enable the actions that can be used."""
        can_edit, count = self._gallery.can_edit, len(self._chosen())
        gallery = self._gallery.gallery
        for action in (self.rename, self.birth_date, self.delete_for_good):
            action.setEnabled(can_edit and count == 1)
        self.delete.setEnabled(can_edit and count > 0)
        has_others = gallery is not None and len(gallery.people) > 1
        self.merge.setEnabled(can_edit and count > 0 and has_others)

    # Rename and birth date

    def rename_to(self, person: Person, name: str) -> None:
        """Give a person a name; if another one has it, ask whether to merge the two."""
        other = self._find(name)
        if other is None or other.folder == person.folder:
            self._edits.rename(person, name)
            return
        ask(
            self._window,
            tr("The name is taken"),
            tr(
                "Another person is called {name}. Merge the two people?",
                name=phrases.display_name(other.name),
            ),
            phrases.merge_preview([person], other),
            action=tr("&Merge"),
            on_yes=lambda: self._merge([person], name),
        )

    def _on_birth_date(self) -> None:
        (person,) = self._chosen()
        dialog = BirthDateDialog(self._window, person)
        dialog.date_entered.connect(lambda born: self._edits.set_birth_date(person, born))
        dialog.open()

    # Merge

    def _on_merge(self) -> None:
        people = [*self._chosen()]

        def preview(name: str) -> Preview:
            if not name.strip():
                return Preview(tr("Type a name, or part of it."), False)
            into = self._find(name)
            if into is None:
                return Preview(tr("There is no person with this name."), False)
            others = _without(people, into)
            if not others:
                named = phrases.display_name(into.name)
                return Preview(tr("{name} cannot be merged with itself.", name=named), False)
            return Preview(phrases.merge_preview(others, into), True)

        gallery = self._gallery.gallery
        picker = PersonPicker(
            self._window,
            title=tr("Merge people"),
            prompt=tr("Merge {people} into:", people=phrases.list_people(people)),
            action=tr("&Merge"),
            people=gallery.people if gallery is not None else (),
            covers=(self._tasks, lambda: self._gallery.gallery),
            preview=preview,
        )
        picker.picked.connect(lambda name: self._merge(people, name))
        if len(people) > 1:
            picker.name_edit.setText(max(people, key=lambda person: person.face_count).name)
            picker.name_edit.selectAll()
        picker.open()

    def _merge(self, people: Sequence[Person], name: str) -> None:
        into = self._find(name)
        if into is not None:
            self.merged_into.emit(into)
            self._edits.merge(_without(people, into), into)

    # Delete

    def _on_delete(self) -> None:
        self._edits.delete(self._chosen())

    def _on_delete_for_good(self) -> None:
        (person,) = self._chosen()
        ask_to_delete_for_good(self._window, person, self._delete_for_good)

    def _find(self, name: str) -> Person | None:
        gallery = self._gallery.gallery
        return gallery.find(name) if gallery is not None else None


def _without(people: Sequence[Person], person_out: Person) -> list[Person]:
    return [person for person in people if person.folder != person_out.folder]
