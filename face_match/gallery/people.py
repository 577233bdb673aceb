"""Who is in a gallery, by folder and by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from face_match.gallery.changes import Edit, PersonEdit, SampleEdit
from face_match.gallery.names import name_key
from face_match.types import Person


class People:
    """Everybody as they are at one moment; what comes after a change is another one of these."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by_folder = {person.folder: person for person in people}
        self._folders = {name_key(person.name): person.folder for person in self._by_folder.values()}

    def __contains__(self, folder: str) -> bool:
        return folder in self._by_folder

    def __getitem__(self, folder: str) -> Person:
        return self._by_folder[folder]

    @cached_property
    def all(self) -> tuple[Person, ...]:
        """In the order in which they were added."""
        return tuple(self._by_folder.values())

    @cached_property
    def sample_count(self) -> int:
        return sum(person.sample_count for person in self.all)

    @property
    def folders(self) -> Iterable[str]:
        """Of everybody."""
        return self._by_folder.keys()

    def named(self, name: str) -> Person | None:
        """The person of that name, whatever its case and spacing."""
        folder = self._folders.get(name_key(name))
        return self._by_folder[folder] if folder is not None else None

    def after(self, edits: Sequence[Edit]) -> People:
        """Everybody once the edits are made."""
        people = People(())
        people._by_folder, people._folders = dict(self._by_folder), dict(self._folders)
        for edit in edits:
            if isinstance(edit, PersonEdit):
                people._edit_person(edit)
            elif isinstance(edit, SampleEdit):
                for filed, more in ((edit.before, -1), (edit.after, 1)):
                    if filed is not None:
                        people._count(filed.folder, more)
        return people

    def _edit_person(self, edit: PersonEdit) -> None:
        sample_count = 0
        if edit.before is not None:
            now = self._by_folder[edit.before.folder]
            sample_count = now.sample_count
            self._folders.pop(name_key(now.name), None)  # two may have one name in records edited by hand
            if edit.after is None:
                del self._by_folder[edit.before.folder]
        if edit.after is not None:
            self._folders[name_key(edit.after.name)] = edit.after.folder
            self._by_folder[edit.after.folder] = replace(edit.after, sample_count=sample_count)

    def _count(self, folder: str, more: int) -> None:
        person = self._by_folder[folder]
        self._by_folder[folder] = replace(person, sample_count=person.sample_count + more)
