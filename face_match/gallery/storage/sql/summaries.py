"""Queries over a whole database that do not read its rows as records."""

from __future__ import annotations

import hashlib
import itertools
import json
from typing import Any

from sqlalchemy import Connection, LargeBinary, Text, cast, exists, select

from face_match.gallery.records import rows
from face_match.gallery.records.fields import RecordError, parse_text
from face_match.gallery.storage.sql.row_reading import all_rows, batches, count_rows
from face_match.gallery.storage.sql.tables import (
    conflicts,
    edits,
    embeddings,
    faces,
    people,
    photos,
    steps,
    tables,
)
from face_match.gallery.storage.store import Counts, FaceFile

_KEYS = {
    **{table.value: (table.key,) for table in rows.Table},
    "vectors": ("face", "model"),
}


def read_face_files(connection: Connection) -> list[FaceFile]:
    """The crop files of all faces, in the order in which they were added; raises one of
    `fields.READ_ERRORS`."""
    entry = cast(faces.c.rejections, Text)
    query = select(faces.c.id, faces.c.person, faces.c.file, entry).order_by(faces.c.number)
    return [
        FaceFile(
            parse_text(face_id),
            None if person is None else parse_text(person),
            parse_text(file),
            [parse_text(entry["folder"]) for entry in json.loads(rejections)] if rejections else (),
        )
        for face_id, person, file, rejections in all_rows(connection, query)
    ]


def read_counts(connection: Connection) -> Counts:
    """The number of rows of each kind."""
    return Counts(
        people=count_rows(connection, people),
        named=count_rows(connection, faces, faces.c.person.is_not(None)),
        faces=count_rows(connection, faces),
        photos=count_rows(connection, photos),
        conflicts=count_rows(connection, conflicts),
        embeddings=count_rows(connection, embeddings),
    )


def require_owners(connection: Connection) -> None:
    """Refuse rows that refer to missing rows, which nobody could see or purge. Raises RecordError."""
    for owned, column, owner in (
        (faces, faces.c.person, people.c.folder),
        (faces, faces.c.photo, photos.c.id),
        (embeddings, embeddings.c.face, faces.c.id),
        (conflicts, conflicts.c.face, faces.c.id),
        (edits, edits.c.step, steps.c.number),
    ):
        has_owner = exists().where(owner == column)  # PostgreSQL would compare each row with all for IN
        if count_rows(connection, owned, column.is_not(None), ~has_owner):
            raise RecordError(owned.name, "has a row that refers to a missing row")


def read_digest(connection: Connection) -> str:
    """SHA-256 of the contents of all tables in hex, without row numbers."""
    digest = hashlib.sha256()
    for table in tables.sorted_tables:
        own_order = table in (steps, edits)
        order = [table.c.number] if own_order else [c for c in table.c if c.name in _KEYS[table.name]]
        kept = [c for c in table.c if c is not table.c.number or table is steps]
        statement: Any = select(*(cast(c, LargeBinary) for c in kept)).order_by(*order)
        digest.update(table.name.encode())
        for row in itertools.chain.from_iterable(batches(connection, statement)):
            for value in row:
                digest.update(b"-" if value is None else b"%d " % len(value))
                digest.update(value or b"")
    return digest.hexdigest()
