"""Writing the rows of a gallery's tables, in a transaction of the caller."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, Table, delete, insert, select, update

from face_match.core.types import Embedding
from face_match.gallery.records import rows
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.history import HistoryEntry, Step, edit_record, step_fields
from face_match.gallery.records.rows import Contents, Row
from face_match.gallery.storage.sql.tables import (
    STORED_AS_NULL,
    TABLE_OF,
    VALUES_AT_ONCE,
    edits,
    embeddings,
    faces,
    steps,
)


def insert_contents(
    connection: Connection, contents: Contents, history: Iterable[tuple[Step, Sequence[Edit]]]
) -> None:
    """Write a whole gallery into empty tables. References are checked at the end."""
    for table, own in contents.rows.items():
        _insert(connection, TABLE_OF[table], [_column_values(row) for row in own])
    some = iter(contents.embeddings.items())
    while part := [*itertools.islice(some, VALUES_AT_ONCE)]:
        _insert(
            connection, embeddings, [row for face_id, own in part for row in _embedding_rows(face_id, own)]
        )
    for step, own_edits in history:
        write_step(connection, HistoryEntry(step, own_edits))


def make_edits(connection: Connection, some: Iterable[Edit]) -> None:
    """Make edits in order. References are checked at the end, so rows may precede those they refer to."""
    for edit in some:
        table = TABLE_OF[edit.table]
        the_row = table.c[edit.table.key] == edit.key
        if edit.after is None:
            connection.execute(delete(table).where(the_row))
        elif edit.before is not None:
            connection.execute(update(table).where(the_row), _column_values(edit.after))
            if edit.embeddings:
                known = (embeddings.c.face == edit.key) & embeddings.c.model.in_(edit.embeddings)
                connection.execute(delete(embeddings).where(known))
                _insert(connection, embeddings, _embedding_rows(edit.key, edit.embeddings))
        else:
            _insert(connection, table, [_column_values(edit.after)])
            if edit.table is rows.Table.FACES:
                _insert(connection, embeddings, _embedding_rows(edit.key, edit.embeddings))


def write_step(connection: Connection, entry: HistoryEntry) -> None:
    """Add or update a step in the history."""
    head = step_fields(entry.step)
    values = {"number": head.pop("id"), **head}
    the_step = steps.c.number == entry.step.id
    is_new = not connection.execute(update(steps).where(the_step), head).rowcount
    if is_new:
        connection.execute(insert(steps), values)
    if not (is_new or entry.is_continued):
        connection.execute(delete(edits).where(edits.c.step == entry.step.id))
    _insert(connection, edits, [{"step": entry.step.id, "edit": edit_record(edit)} for edit in entry.edits])


def delete_steps(connection: Connection, step_ids: Collection[int]) -> None:
    """Delete steps from the history."""
    some = iter(step_ids)
    while part := [*itertools.islice(some, VALUES_AT_ONCE)]:
        connection.execute(delete(steps).where(steps.c.number.in_(part)))


def put_embeddings(connection: Connection, model: str, by_face: Mapping[str, Embedding]) -> None:
    """Store embeddings of a model, replacing existing ones; unknown faces are skipped."""
    some = iter(by_face)
    while part := [*itertools.islice(some, VALUES_AT_ONCE)]:
        known = connection.execute(select(faces.c.id).where(faces.c.id.in_(part))).scalars().all()
        old = embeddings.c.face.in_(known) & (embeddings.c.model == model)
        connection.execute(delete(embeddings).where(old))
        values = [{"face": one, "model": model, "vector": _blob(by_face[one])} for one in known]
        _insert(connection, embeddings, values)


def _insert(connection: Connection, table: Table, values: Sequence[Mapping[str, object]]) -> None:
    if values:
        connection.execute(insert(table), values)


def _column_values(row: Row) -> dict[str, object]:
    """A row's values as stored in the database."""
    return {
        name: None if name in STORED_AS_NULL and not value else dict(value) if name == "extra" else value
        for name, value in row.items()
    }


def _embedding_rows(face_id: str, own: Mapping[str, Embedding]) -> list[dict[str, object]]:
    return [{"face": face_id, "model": model, "vector": _blob(embedding)} for model, embedding in own.items()]


def _blob(embedding: Embedding) -> bytes:
    return embedding.astype("<f4").tobytes()
