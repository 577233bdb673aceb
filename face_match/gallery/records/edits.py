"""Edits: changes of single rows that can be inverted. Undo and redo build on them.

An edit holds a row before and after: the whole row if it is added or removed, else only the fields that
change. So stores handle one kind of edit, whatever the user does. A change made since by something else is
detected because the fields no longer have the recorded values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from face_match.core.records import Conflict, FaceRecord, Person, PhotoRecord
from face_match.core.types import Embedding
from face_match.gallery.records.fields import reading_at
from face_match.gallery.records.names import FolderNames, name_key
from face_match.gallery.records.rows import (
    Row,
    Table,
    changed_fields,
    conflict_row,
    face_row,
    person_row,
    photo_row,
    read_patch,
    read_row,
)


@dataclass(frozen=True, eq=False)
class Edit:
    """One row before and after; None where the row does not exist.

    Attributes:
        key: of the row.
        embeddings: of a face that is added, removed or gets a crop; by model id.
    """

    table: Table
    key: str
    before: Row | None
    after: Row | None
    embeddings: Mapping[str, Embedding] = field(default_factory=dict)

    def inverse(self) -> Edit:
        return replace(self, before=self.after, after=self.before)

    def changes(self, name: str) -> bool:
        """Whether the edit changes a field of the row."""
        return bool(self.old(name) != self.new(name))

    def old(self, name: str) -> Any:
        """A field's value before the edit; None if the row is missing or the field does not change."""
        return (self.before or {}).get(name)

    def new(self, name: str) -> Any:
        """A field's value after the edit; None if the row is missing or the field does not change."""
        return (self.after or {}).get(name)


def require_readable(edits: Iterable[Edit]) -> None:
    """Refuse rows that could be written but not be read again; raises RecordError."""
    for edit in edits:
        if edit.after is not None:
            with reading_at(edit.table.value):
                (read_row if edit.before is None else read_patch)(edit.table, edit.after)


def invert(edits: Iterable[Edit]) -> list[Edit]:
    """The edits that undo these edits, in the order in which to make them."""
    return [edit.inverse() for edit in [*edits][::-1]]


Thing = TypeVar("Thing", Person, PhotoRecord, FaceRecord, Conflict)


def _row(thing: Thing | None, row_of: Callable[[Thing], Row]) -> Row | None:
    return None if thing is None else row_of(thing)


class Draft:
    """Collects edits, one for each row: two changes of the same row become one."""

    def __init__(self) -> None:
        self._rows: dict[tuple[Table, str], tuple[Row | None, Row | None]] = {}
        self._embeddings: dict[str, Mapping[str, Embedding]] = {}
        self._faces: dict[str, FaceRecord] = {}
        self._people: dict[str, Person] = {}
        self._folders_by_name: dict[str, str] = {}
        self.folders: FolderNames | None = None
        """All folder names in use; set when the first new person is drafted."""

    def latest(self, face: FaceRecord) -> FaceRecord:
        """The face as the draft leaves it."""
        return self._faces.get(face.id, face)

    def is_new(self, photo: PhotoRecord) -> bool:
        """Whether the draft adds a photo."""
        return self._rows.get((Table.PHOTOS, photo.id), ({}, None))[0] is None

    def new_people(self) -> list[Person]:
        """The people whom the draft adds."""
        return [
            person for person in self._people.values() if self._rows[Table.PEOPLE, person.folder][0] is None
        ]

    def new_person(self, name: str) -> Person | None:
        """The person with this name whom the draft adds; None if there is none."""
        return self._people.get(self._folders_by_name.get(name_key(name), ""))

    def owner_changes(self) -> Iterator[tuple[str, str | None, str | None]]:
        """The faces whose person changes: face id, old folder, new folder."""
        for (table, key), (before, after) in self._rows.items():
            if table is Table.FACES:
                was, becomes = (None if row is None else row["person"] for row in (before, after))
                if was != becomes:
                    yield key, was, becomes

    def forget(self, person: Person) -> None:
        """Remove a new person from the draft."""
        del self._people[person.folder], self._rows[Table.PEOPLE, person.folder]
        self._folders_by_name.pop(name_key(person.name), None)

    def person(self, before: Person | None, after: Person | None) -> None:
        if after is not None:
            self._people[after.folder] = after
        if before is None and after is not None:
            self._folders_by_name[name_key(after.name)] = after.folder
        self._put(Table.PEOPLE, _row(before, person_row), _row(after, person_row))

    def photo(self, before: PhotoRecord | None, after: PhotoRecord | None) -> None:
        self._put(Table.PHOTOS, _row(before, photo_row), _row(after, photo_row))

    def face(self, before: FaceRecord | None, after: FaceRecord | None) -> None:
        either = after or before
        if either is not None:
            self._embeddings[either.id] = either.embeddings
        if after is not None:
            self._faces[after.id] = after
        self._put(Table.FACES, _row(before, face_row), _row(after, face_row))

    def conflict(self, before: Conflict | None, after: Conflict | None) -> None:
        self._put(Table.CONFLICTS, _row(before, conflict_row), _row(after, conflict_row))

    def row(self, table: Table, before: Row | None, after: Row | None) -> None:
        """Add a change of a raw row."""
        self._put(table, before, after)

    def _put(self, table: Table, before: Row | None, after: Row | None) -> None:
        key = (before or after or {})[table.key]
        if (table, key) in self._rows:
            before = self._rows[table, key][0]
        self._rows[table, key] = (before, after)

    def edits(self) -> list[Edit]:
        """The edits that change something."""
        return [
            edit
            for (table, key), (before, after) in self._rows.items()
            if (edit := _edit(table, key, before, after, self._embeddings.get(key, {}))) is not None
        ]


def _edit(
    table: Table, key: str, before: Row | None, after: Row | None, embeddings: Mapping[str, Embedding]
) -> Edit | None:
    if before is not None and after is not None:
        was, becomes = changed_fields(before, after)
        has_crop = table is Table.FACES and bool(becomes.get("file"))
        return Edit(table, key, was, becomes, embeddings if has_crop else {}) if becomes else None
    if before is None and after is None:
        return None
    return Edit(table, key, before, after, embeddings if table is Table.FACES else {})
