"""What others did meanwhile that an edit would contradict.

It is asked only if there was a commit that the program had not read, in the transaction of the edit, while
nobody else can commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from face_match.core.records import FaceRecord
from face_match.core.server_errors import ChangedElsewhereError
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.names import name_key
from face_match.gallery.records.rows import Row, Table, face_from_row
from face_match.gallery.storage.sql import row_reading
from face_match.gallery.storage.sql import tables as sql
from face_match.gallery.storage.store import Changes

Rows = dict[tuple[Table, str], "Row | None"]


def require_read(edits: Sequence[Edit], unread: Changes) -> None:
    """Check that others have not touched the faces that are edited, nor their people, since the program read
    them: an edit may be drafted from rows that are newer than what its user saw. Raises
    ChangedElsewhereError."""
    faces = {edit.key for edit in edits if edit.table is Table.FACES}
    people = {edit.key for edit in edits if edit.table is Table.PEOPLE}
    people |= {edit.old("person") for edit in edits if edit.table is Table.FACES}
    people |= {edit.new("person") for edit in edits if edit.table is Table.FACES}
    if (
        not unread.is_complete
        or faces.intersection(unread.keys[Table.FACES])
        or people.intersection(unread.keys[Table.PEOPLE])
    ):
        raise ChangedElsewhereError


def require_unchanged(connection: Connection, edits: Sequence[Edit]) -> None:
    """Check, before they are made, that edits begin where the rows are; raises ChangedElsewhereError."""
    rows: Rows = {(edit.table, edit.key): None for edit in edits}
    for table in Table:
        keys = {key for of, key in rows if of is table}
        column = sql.TABLE_OF[table].c[table.key]
        for condition in row_reading.lookup_conditions(connection, column, keys) if keys else ():
            for row in row_reading.read_rows(connection, table, condition):
                if row[table.key] in keys:
                    rows[table, row[table.key]] = row
    for edit in edits:
        rows[edit.table, edit.key] = _after(edit, rows[edit.table, edit.key])
    _require_new_photos(connection, edits)
    _require_free_names(connection, edits)
    _require_free_places(connection, edits, {key for table, key in rows if table is Table.FACES})


def require_nobody_without_faces(connection: Connection, edits: Sequence[Edit]) -> None:
    """Check, after they are made, that edits left no person without faces, as would happen where two programs
    each took one of a person's last two faces; raises ChangedElsewhereError."""
    faces = (edit for edit in edits if edit.table is Table.FACES and edit.changes("person"))
    lost = {edit.old("person") for edit in faces} - {None}
    of_people = select(sql.faces.c.id).where(sql.faces.c.person == sql.people.c.folder).exists()
    query = select(sql.people.c.folder).where(sql.people.c.folder.in_(lost), ~of_people)
    if lost and connection.execute(query.limit(1)).first() is not None:
        raise ChangedElsewhereError


def _after(edit: Edit, now: Row | None) -> Row | None:
    """The row after an edit."""
    if edit.before is None:
        if now is not None:
            raise ChangedElsewhereError
        return edit.after
    if now is None or any(now.get(name) != value for name, value in edit.before.items()):
        raise ChangedElsewhereError
    return None if edit.after is None else {**now, **edit.after}


def _require_new_photos(connection: Connection, edits: Sequence[Edit]) -> None:
    """A photo is in the gallery once."""
    new = (edit.new("digest") for edit in edits if edit.table is Table.PHOTOS and edit.before is None)
    digests = {digest for digest in new if digest}
    known = select(sql.photos.c.number).where(sql.photos.c.digest.in_(digests)).limit(1)
    if digests and connection.execute(known).first() is not None:
        raise ChangedElsewhereError


def _require_free_names(connection: Connection, edits: Sequence[Edit]) -> None:
    """A name is of one person."""
    names = {edit.key: edit.new("name") for edit in edits if edit.table is Table.PEOPLE and edit.new("name")}
    if not names:
        return
    gone = {edit.key for edit in edits if edit.table is Table.PEOPLE and edit.after is None}
    query = select(sql.people.c.folder, sql.people.c.name)
    taken = {name_key(name) for folder, name in connection.execute(query) if folder not in {*names, *gone}}
    if any(name_key(name) in taken for name in names.values()):
        raise ChangedElsewhereError


def _require_free_places(connection: Connection, edits: Sequence[Edit], edited: set[str]) -> None:
    """A face is in its photo once."""
    added: list[FaceRecord] = [
        face_from_row(edit.after, {})
        for edit in edits
        if edit.table is Table.FACES and edit.before is None and edit.after is not None
    ]
    photos = {face.photo for face in added if face.photo is not None and face.place is not None}
    if not photos:
        return
    for condition in row_reading.lookup_conditions(connection, sql.faces.c.photo, photos):
        for row in row_reading.read_rows(connection, Table.FACES, condition):
            known = face_from_row(row, {})
            if known.id not in edited and any(
                one.photo == known.photo and one.orientation == known.orientation and known.is_at(one.place)
                for one in added
            ):
                raise ChangedElsewhereError


def last_change(connection: Connection, changes: Any) -> int:
    """The number of the last commit; 0 for none."""
    return int(connection.execute(select(func.coalesce(func.max(changes.c.number), 0))).scalar_one())
