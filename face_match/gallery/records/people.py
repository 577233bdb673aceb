"""The people of a gallery, by folder and by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from face_match.core.records import Person
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.names import name_key
from face_match.gallery.records.rows import Table, person_from_row, person_row


class People:
    """An immutable snapshot of all people; edits give a new snapshot."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by_folder = {person.folder: person for person in people}
        self._folders = {name_key(person.name): person.folder for person in self._by_folder.values()}

    def __contains__(self, folder: str) -> bool:
        return folder in self._by_folder

    def __getitem__(self, folder: str) -> Person:
        return self._by_folder[folder]

    @cached_property
    def all(self) -> tuple[Person, ...]:
        """All people, in the order in which they were added."""
        return tuple(self._by_folder.values())

    @cached_property
    def face_count(self) -> int:
        return sum(person.face_count for person in self.all)

    @property
    def folders(self) -> Iterable[str]:
        """The folders of all people."""
        return self._by_folder.keys()

    def find(self, name: str) -> Person | None:
        """The person with this name, ignoring case and spacing."""
        folder = self._folders.get(name_key(name))
        return self._by_folder[folder] if folder is not None else None

    def after(self, edits: Sequence[Edit]) -> People:
        """The snapshot after the edits."""
        people = People(())
        people._by_folder, people._folders = dict(self._by_folder), dict(self._folders)
        for edit in edits:
            if edit.table is Table.PEOPLE and edit.after is not None:
                people._put(edit)
        for edit in edits:
            if edit.table is Table.FACES and edit.changes("person"):
                people._add_to_face_count(edit.old("person"), -1)
                people._add_to_face_count(edit.new("person"), 1)
        for edit in edits:
            if edit.table is Table.PEOPLE and edit.after is None:
                people._forget_name(people._by_folder.pop(edit.key))
        return people

    def _put(self, edit: Edit) -> None:
        known = self._by_folder.get(edit.key)
        after = edit.after or {}
        if known is None:
            person = person_from_row(after)
        else:
            self._forget_name(known)
            person = person_from_row({**person_row(known), **after}, known.face_count)
        self._folders[name_key(person.name)] = person.folder
        self._by_folder[person.folder] = person

    def _forget_name(self, person: Person) -> None:
        """Free a name, unless another person has it by now: two may swap names, and records may be edited
        by hand."""
        if self._folders.get(name_key(person.name)) == person.folder:
            del self._folders[name_key(person.name)]

    def _add_to_face_count(self, folder: str | None, change: int) -> None:
        if folder is not None:
            person = self._by_folder[folder]
            self._by_folder[folder] = replace(person, face_count=person.face_count + change)
