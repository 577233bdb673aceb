"""Restoring a backup by edits that can be undone, and bringing back the crops.

A backup restores what users decided. What scans have found since, such as photos and places of faces, is
kept: a face that was not known then becomes unnamed, or is removed if no scan has found it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from face_match.gallery.records.edits import Edit
from face_match.gallery.records.rows import UNREVIEWED_FACE, Contents, Row, Table, changed_fields
from face_match.gallery.storage.crops import Crops, crop_file

NoteCrop = Callable[[str, str], None]
"""Called with a face id and the name of its crop."""

_USER_FIELDS = {
    Table.PEOPLE: ("name", "cover", "born"),
    Table.FACES: ("person", "is_ignored", "is_unnamed", "rejections", "cluster", "apart"),
    Table.CONFLICTS: ("decision",),
}
"""The fields that users set. All other fields of existing rows are kept."""

_TURN_FIELDS = ("turned", "orientation", "width", "height")
"""What turning a photo changes."""

_USER_FIELDS_OLDER = {
    **_USER_FIELDS,
    Table.PEOPLE: ("name", "cover"),
    Table.FACES: ("person", "is_unnamed", "rejections"),
}

_CROP_FIELDS = ("file", "box", "landmarks", "confidence", "quality")


class Totals(NamedTuple):
    """The people of a gallery, their faces, and the unnamed faces."""

    people: int = 0
    named: int = 0
    unnamed: int = 0


_NO_TOTALS = Totals()


@dataclass(frozen=True)
class Differences:
    """What restoring a backup changes.

    Attributes:
        people_renamed: current and restored names.
        faces_added, faces_removed: the number of faces.
        faces_changed: the number of faces for which the user's decisions differ.
        people_changed: the number of people whose cover or birth date differs, but not their name.
        missing_crops: the number of restored faces without a crop.
        is_replacement: the current records are unreadable and are set aside; this cannot be undone.
        names_lost: the number of faces that have a name now and would have none.
        before, after: the totals now, and after restoring.
    """

    people_added: tuple[str, ...] = ()
    people_removed: tuple[str, ...] = ()
    people_renamed: tuple[tuple[str, str], ...] = ()
    faces_added: int = 0
    faces_removed: int = 0
    faces_changed: int = 0
    people_changed: int = 0
    missing_crops: int = 0
    is_replacement: bool = False
    names_lost: int = 0
    before: Totals = _NO_TOTALS
    after: Totals = _NO_TOTALS

    @property
    def is_nothing(self) -> bool:
        """Whether restoring changes nothing."""
        return replace(self, missing_crops=0, before=_NO_TOTALS, after=_NO_TOTALS) == Differences()

    @classmethod
    def of(
        cls, edits: Sequence[Edit], now: Contents, missing_crops: int, *, is_replacement: bool = False
    ) -> Differences:
        """The differences that edits of the current contents make."""
        people = [edit for edit in edits if edit.table is Table.PEOPLE]
        faces = [edit for edit in edits if edit.table is Table.FACES]
        owners = {row["id"]: row["person"] for row in now.rows[Table.FACES]}
        then = _owners_after(owners, faces)
        lost = sum(owner is not None and then.get(face) is None for face, owner in owners.items())
        people_count = len(now.rows[Table.PEOPLE])
        people_change = sum(edit.before is None for edit in people) - sum(
            edit.after is None for edit in people
        )
        return cls(
            tuple(edit.new("name") for edit in people if edit.before is None),
            tuple(edit.old("name") for edit in people if edit.after is None),
            tuple((e.old("name"), e.new("name")) for e in people if _changes_name(e)),
            sum(edit.before is None for edit in faces),
            sum(edit.after is None for edit in faces),
            sum(edit.before is not None and edit.after is not None for edit in faces),
            sum(None not in (e.before, e.after) and not e.changes("name") for e in people),
            missing_crops,
            is_replacement,
            lost,
            _totals(people_count, owners),
            _totals(people_count + people_change, then),
        )


def _owners_after(owners: Mapping[str, str | None], faces: Sequence[Edit]) -> dict[str, str | None]:
    """The person of each face after edits of faces."""
    then = dict(owners)
    for edit in faces:
        if edit.after is None:
            then.pop(edit.key, None)
        elif edit.before is None or "person" in edit.after:
            then[edit.key] = edit.new("person")
    return then


def _totals(people: int, owners: Mapping[str, str | None]) -> Totals:
    named = sum(owner is not None for owner in owners.values())
    return Totals(people, named, len(owners) - named)


def _changes_name(edit: Edit) -> bool:
    return edit.before is not None and edit.after is not None and edit.changes("name")


def restoring_edits(now: Contents, backup: Contents, *, predates_faces: bool = False) -> list[Edit]:
    """The edits that restore a backup, in the order in which to make them.

    Args:
        predates_faces: the backup is from a version that did not back up unnamed faces.
    """
    user_fields = _USER_FIELDS_OLDER if predates_faces else _USER_FIELDS
    known = {table: {row[table.key]: row for row in now.rows[table]} for table in Table}
    were = {table: {row[table.key]: row for row in backup.rows[table]} for table in Table}
    faces = [
        _restored_face(known[Table.FACES].get(key), row, backup, user_fields[Table.FACES])
        for key, row in were[Table.FACES].items()
        if key in known[Table.FACES]
        or row["file"]
        or not predates_faces  # otherwise it is only the place of a rejected face
    ]
    faces += [
        _removed_face(row, now)
        for key, row in known[Table.FACES].items()
        if key not in were[Table.FACES] and not (predates_faces and row["person"] is None)
    ]
    photos = were[Table.PHOTOS]
    if predates_faces:  # it knew photos by their faces only; one without faces may have another id now
        needed = {edit.new("photo") for edit in faces if edit is not None}
        photos = {key: row for key, row in photos.items() if key in needed}
    edits = [
        *_restored_rows(Table.PEOPLE, known[Table.PEOPLE], were[Table.PEOPLE], user_fields[Table.PEOPLE]),
        *_restored_photos(known[Table.PHOTOS], photos),
        *_restored_turns(known[Table.PHOTOS], photos),
        *(edit for edit in faces if edit is not None),
        *_restored_rows(
            Table.CONFLICTS, known[Table.CONFLICTS], were[Table.CONFLICTS], user_fields[Table.CONFLICTS]
        ),
    ]
    gone = {edit.key for edit in edits if edit.table is Table.FACES and edit.after is None}
    used = {row["photo"] for key, row in known[Table.FACES].items() if key not in gone}
    unused = {known[Table.FACES][key]["photo"] for key in gone} - used
    edits += _removed_rows(Table.CONFLICTS, known[Table.CONFLICTS], were[Table.CONFLICTS])
    edits += [
        edit
        for edit in _removed_rows(Table.PHOTOS, known[Table.PHOTOS], were[Table.PHOTOS])
        if edit.key in unused and not edit.old("scans")
    ]
    return edits + _removed_rows(Table.PEOPLE, known[Table.PEOPLE], were[Table.PEOPLE])


def _restored_rows(
    table: Table, now: dict[str, Row], backup: dict[str, Row], user_fields: Sequence[str]
) -> list[Edit]:
    """Edits that restore rows which are missing or differ."""
    found = []
    for key, row in backup.items():
        if key not in now:
            found.append(Edit(table, key, None, row))
        elif (edit := _changed(table, now[key], {name: row[name] for name in user_fields})) is not None:
            found.append(edit)
    return found


def _changed(table: Table, now: Row, backup: Row) -> Edit | None:
    before, after = changed_fields(now, backup)
    return Edit(table, now[table.key], before, after) if after else None


def _removed_rows(table: Table, now: dict[str, Row], backup: dict[str, Row]) -> list[Edit]:
    """Edits that remove rows which the backup lacks."""
    return [Edit(table, key, row, None) for key, row in now.items() if key not in backup]


def _restored_photos(now: dict[str, Row], backup: dict[str, Row]) -> list[Edit]:
    """Edits that restore missing photos, without their path if another photo is there now."""
    taken = {row["path"] for row in now.values()}
    nowhere = {"path": "", "size": 0, "modified_ns": 0}
    return [
        Edit(Table.PHOTOS, key, None, {**row, **nowhere} if row["path"] in taken else row)
        for key, row in backup.items()
        if key not in now
    ]


def _restored_turns(now: dict[str, Row], backup: dict[str, Row]) -> list[Edit]:
    """Edits that turn photos as the user had turned them."""
    found = (
        _changed(Table.PHOTOS, now[key], {name: row[name] for name in _TURN_FIELDS})
        for key, row in backup.items()
        if key in now and now[key]["turned"] != row["turned"] and row["width"]
    )
    return [edit for edit in found if edit is not None]


def _restored_face(
    now: Row | None, backup: Row, contents: Contents, user_fields: Sequence[str]
) -> Edit | None:
    embeddings = contents.embeddings.get(backup["id"], {})
    if now is None:
        return Edit(Table.FACES, backup["id"], None, backup, embeddings)
    were = {name: backup[name] for name in user_fields}
    if backup["person"] is not None:
        were = {
            **UNREVIEWED_FACE,
            **were,
        }  # a named face is not ignored, whatever was decided before
    edit = _changed(Table.FACES, now, were)
    if now["file"] or not backup["file"]:
        return edit
    before, after = changed_fields(now, {name: backup[name] for name in _CROP_FIELDS})
    if edit is not None:
        before, after = {**before, **(edit.before or {})}, {**after, **(edit.after or {})}
    return Edit(Table.FACES, backup["id"], before, after, embeddings)


def _removed_face(row: Row, contents: Contents) -> Edit | None:
    if row["is_scanned"]:
        return _changed(Table.FACES, row, UNREVIEWED_FACE)
    return Edit(Table.FACES, row["id"], row, None, contents.embeddings.get(row["id"], {}))


@dataclass
class CropRestorer:
    """Finds the crops of restored faces and copies them to the right names.

    Attributes:
        in_history: the crops that steps in the history refer to.
        missing: the number of faces without a crop.
    """

    crops: Crops
    now: Contents
    in_history: set[str]
    missing: int = 0
    _copied: list[str] = field(default_factory=list)

    def restore(self, edits: Sequence[Edit], note: NoteCrop) -> list[Edit]:
        """Copy the crops of restored faces; return the edits with the crops' new names. Raises
        GalleryWriteError.

        Args:
            note: is called before each crop is written.
        """
        found = []
        for edit in edits:
            file = edit.new("file") if edit.table is Table.FACES else None
            if not file:
                found.append(edit)
                continue
            source, target = self.find(edit.key, file), file
            if target in self.in_history:  # it would be confused with the face that an undo brings back
                target = self._new_name(edit, file)
            if source is not None and source != target:
                if not self.crops.has(target):
                    note(PurePosixPath(target).stem, target)
                self.crops.copy(source, target)
                self._copied.append(source)
            found.append(replace(edit, after={**(edit.after or {}), "file": target}))
        return found

    def restore_lost(self, backup: Contents, note: NoteCrop | None = None) -> None:
        """Copy lost crops of existing faces back to their names, if found elsewhere.

        Args:
            note: is called before each crop is written; None only counts the missing crops.
        """
        files = {row["id"]: row["file"] for row in self.now.rows[Table.FACES]}
        for row in backup.rows[Table.FACES]:
            file = files.get(row["id"])
            if not file or self.crops.has(file):
                continue
            source = self.find(row["id"], row["file"] or file)
            if source is not None and note is not None:
                note(PurePosixPath(file).stem, file)
                self.crops.copy(source, file)
                self._copied.append(source)

    def remove_copied(self) -> None:
        """Delete the crops that were copied and are no longer used under their old names."""
        for file in self._copied:
            if file not in self.in_history and file not in self._owners:
                self.crops.delete(file)

    def find(self, face_id: str, file: str) -> str | None:
        """The stored name of a face's crop; None if there is none."""
        if self.crops.has(file):
            return file
        name = PurePosixPath(file)
        places = [crop_file(None, face_id, name.suffix), crop_file(None, name.stem, name.suffix)]
        if crop_file(None, name.stem, name.suffix).endswith(
            f"/{name.name}"
        ):  # unless the demo chose the name
            places += self._by_name.get(name.name, [])
        for place in places:
            if self._owners.get(place, face_id) == face_id and self.crops.has(place):
                return place
        self.missing += 1
        return None

    def _new_name(self, edit: Edit, file: str) -> str:
        return crop_file(edit.new("person"), uuid.uuid4().hex, PurePosixPath(file).suffix)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for file in self.crops.files():
            found.setdefault(PurePosixPath(file).name, []).append(file)
        return found

    @cached_property
    def _owners(self) -> dict[str, str]:
        return {row["file"]: row["id"] for row in self.now.rows[Table.FACES] if row["file"]}
