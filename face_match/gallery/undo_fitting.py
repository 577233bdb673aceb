"""Fitting the recorded edits of a step to the current records, so that its undo or redo loses nothing that
was done since.

`editing.py` undoes and redoes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from face_match.gallery.records.edits import Edit
from face_match.gallery.records.names import name_key
from face_match.gallery.records.people import People
from face_match.gallery.records.rows import UNREVIEWED_FACE, Row, Table, changed_fields
from face_match.gallery.storage.store import Store


class ChangedSinceError(Exception):
    """The records have changed since in a way that makes a recorded edit meaningless."""


def fitted_to_current(edits: Sequence[Edit], store: Store, people: People) -> list[Edit]:
    """The edits of a step, adapted to the current records.

    - A photo that was scanned since, or that has other faces, stays. So does a face that a scan has found,
    with its crop, as an unreviewed face.
    - A path belongs to the photo that was last seen there.
    - A person who has gained other faces since stays.

    Raises:
        ChangedSinceError.
    """
    return _Fitting(edits, store, people).edits


class _Fitting:
    def __init__(self, edits: Sequence[Edit], store: Store, people: People) -> None:
        self.edits: list[Edit] = []
        self._store = store
        self._rows: dict[tuple[Table, str], Row | None] = {}
        self._face_counts = Counter({person.folder: person.face_count for person in people.all})
        self._names = {person.folder: name_key(person.name) for person in people.all}
        self._renamed: set[str] = set()
        self._people_with_changed_faces: dict[str, None] = {}
        self._photos_to_go: list[Edit] = []
        self._load_rows(edits)
        vanishing = [e.key for e in edits if e.table is Table.FACES and e.after is None]
        self._embeddings = store.embeddings_of(vanishing)
        for edit in edits:
            self._fit(edit)
        self._remove_photos()
        self._remove_people()
        self._refuse_shared_names()
        self._require_owners()
        self._refuse_shared_crops()

    def _load_rows(self, edits: Sequence[Edit]) -> None:
        wanted: dict[Table, set[str]] = {}
        for edit in edits:
            wanted.setdefault(edit.table, set()).add(edit.key)
        for table, keys in wanted.items():
            self._rows |= {(table, key): None for key in keys}
            self._rows |= {(table, row[table.key]): row for row in self._store.rows(table, table.key, keys)}

    def _fit(self, edit: Edit) -> None:
        now = self._rows[edit.table, edit.key]
        if edit.before is None:
            self._add_row(edit, now)
        elif now is None:
            if edit.table not in (Table.PHOTOS, Table.CONFLICTS):
                raise ChangedSinceError
        elif edit.after is None:
            self._remove_row(edit, now)
        else:
            self._change(edit, now, edit.before, edit.after)

    def _add_row(self, edit: Edit, now: Row | None) -> None:
        if now is not None:
            if edit.table in (Table.PHOTOS, Table.CONFLICTS):
                return
            raise ChangedSinceError
        row = edit.after or {}
        if edit.table is Table.PHOTOS and self._store.rows(Table.PHOTOS, "path", [row["path"] or None]):
            edit = replace(edit, after={**row, "path": "", "size": 0, "modified_ns": 0})
        if edit.table is Table.PEOPLE:
            self._give_name(edit.key, row["name"])
            self._face_counts.setdefault(edit.key, 0)
        if edit.table is Table.FACES:
            self._add_to_face_count(row["person"], 1)
        self._add_edit(edit)

    def _remove_row(self, edit: Edit, now: Row) -> None:
        if edit.table is Table.PHOTOS:
            self._photos_to_go.append(edit)
        elif edit.table is Table.PEOPLE:
            self._people_with_changed_faces[edit.key] = None
        elif edit.table is Table.FACES:
            self._remove_face(edit, now)
        else:
            self._add_edit(Edit(edit.table, edit.key, now, None))

    def _remove_face(self, edit: Edit, now: Row) -> None:
        if now["person"] != edit.old("person"):
            raise ChangedSinceError
        self._add_to_face_count(now["person"], -1)
        if now["is_scanned"] and not edit.old("is_scanned"):
            before, after = changed_fields({name: now[name] for name in UNREVIEWED_FACE}, UNREVIEWED_FACE)
            if after:
                self._add_edit(Edit(Table.FACES, edit.key, before, after))
            return
        for conflict in self._store.rows(Table.CONFLICTS, "face", [edit.key]):
            if self._rows.setdefault((Table.CONFLICTS, conflict["id"]), conflict) is not None:
                self._add_edit(Edit(Table.CONFLICTS, conflict["id"], conflict, None))
        self._add_edit(Edit(Table.FACES, edit.key, now, None, self._embeddings[edit.key]))

    def _change(self, edit: Edit, now: Row, before: Row, after: Row) -> None:
        if edit.table in (Table.CONFLICTS, Table.PHOTOS):  # they may have been read again, which is no step
            before, after = changed_fields({name: now[name] for name in after}, after)
            if after:
                self._add_edit(replace(edit, before=before, after=after))
            return
        if edit.table is Table.FACES and after.get("file") == "" and now["is_scanned"]:
            before, after = (
                {name: row[name] for name in row if name in UNREVIEWED_FACE} for row in (before, after)
            )
            edit = replace(edit, before=before, after=after, embeddings={})
        if any(now[name] != value for name, value in before.items()):
            raise ChangedSinceError
        if edit.table is Table.PEOPLE and "name" in after:
            self._give_name(edit.key, after["name"])
        if edit.table is Table.FACES and edit.changes("person"):
            self._add_to_face_count(before["person"], -1)
            self._add_to_face_count(after["person"], 1)
        self._add_edit(edit)

    def _add_edit(self, edit: Edit) -> None:
        self.edits.append(edit)
        now = self._rows[edit.table, edit.key]
        if edit.after is None or edit.before is None:
            self._rows[edit.table, edit.key] = edit.after
        else:
            self._rows[edit.table, edit.key] = {**(now or {}), **edit.after}

    def _give_name(self, folder: str, name: str) -> None:
        self._names[folder] = name_key(name)
        self._renamed.add(folder)

    def _refuse_shared_names(self) -> None:
        """Refuse edits that would give two people the same name. Two people may swap names."""
        owners = Counter(self._names.values())
        if any(owners[self._names[folder]] > 1 for folder in self._renamed & self._names.keys()):
            raise ChangedSinceError

    def _add_to_face_count(self, folder: str | None, change: int) -> None:
        if folder is not None:
            if folder not in self._face_counts:
                raise ChangedSinceError
            self._face_counts[folder] += change
            self._people_with_changed_faces[folder] = None

    def _remove_photos(self) -> None:
        rows = self._store.rows(Table.FACES, "photo", [edit.key for edit in self._photos_to_go])
        gone = {key for (table, key), row in self._rows.items() if table is Table.FACES and row is None}
        used = {row["photo"] for row in rows if row["id"] not in gone}
        for edit in self._photos_to_go:
            now = self._rows[Table.PHOTOS, edit.key]
            if now is not None and edit.key not in used and {*now["scans"]} <= {*edit.old("scans")}:
                self._add_edit(Edit(Table.PHOTOS, edit.key, now, None))

    def _remove_people(self) -> None:
        """Remove the people who are left without faces."""
        emptied = [
            folder for folder in self._people_with_changed_faces if self._face_counts.get(folder, 0) <= 0
        ]
        missing = [folder for folder in emptied if (Table.PEOPLE, folder) not in self._rows]
        self._load_rows([Edit(Table.PEOPLE, folder, None, None) for folder in missing])
        new = {edit.key for edit in self.edits if edit.table is Table.PEOPLE and edit.before is None}
        gone = new & {*emptied}
        self.edits = [edit for edit in self.edits if edit.table is not Table.PEOPLE or edit.key not in gone]
        for folder in emptied:
            now = self._rows[Table.PEOPLE, folder]
            self._names.pop(folder, None)
            if folder not in new and now is not None:
                self._add_edit(Edit(Table.PEOPLE, folder, now, None))

    def _require_owners(self) -> None:
        """Refuse edits that would leave a row without its owner, as damaged records may contain."""
        for table, name, owners in (
            (Table.FACES, "photo", Table.PHOTOS),
            (Table.CONFLICTS, "face", Table.FACES),
        ):
            keys = {(edit.table, edit.key) for edit in self.edits if edit.table is table}
            rows = (self._rows[key] for key in keys)
            wanted = {row[name] for row in rows if row is not None} - {None}
            self._load_rows(
                [Edit(owners, key, None, None) for key in wanted if (owners, key) not in self._rows]
            )
            if any(self._rows[owners, key] is None for key in wanted):
                raise ChangedSinceError

    def _refuse_shared_crops(self) -> None:
        """Refuse edits that would give a face another face's crop."""
        files = {
            edit.new("file"): edit.key
            for edit in self.edits
            if edit.table is Table.FACES and edit.new("file")
        }
        known = self._store.rows(Table.FACES, "file", files.keys()) if files else ()
        for row in known:
            now = self._rows.get((Table.FACES, row["id"]), row)
            if now is not None and now["file"] == row["file"] and row["id"] != files[row["file"]]:
                raise ChangedSinceError
