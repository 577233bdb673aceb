"""Reading the rows of a gallery's tables.

Values are checked: a database may be damaged, or be somebody else's.
"""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Collection, Generator, Iterator
from sys import intern
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    func,
    select,
)

from face_match.core.records import Person
from face_match.core.types import Embedding
from face_match.gallery.records import rows
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.fields import READ_ERRORS, RecordError, parse_text, reading_at, unit_vector
from face_match.gallery.records.history import (
    Step,
    read_edit,
    read_step_fields,
    require_order,
)
from face_match.gallery.records.rows import Row, person_from_row, plain_person, read_row
from face_match.gallery.storage.sql.column_types import embeddings_in
from face_match.gallery.storage.sql.tables import (
    STORED_AS_NULL,
    TABLE_OF,
    VALUES_AT_ONCE,
    VERSION,
    bounded,
    columns_of,
    edits,
    embeddings,
    faces,
    people,
    steps,
)

ROWS_AT_ONCE = 64
"""The embeddings of this many rows fit the processor's cache; thousands at once take twice as long."""


def batches(connection: Connection, statement: Select[Any]) -> Generator[list[Any], None, None]:
    """Raw rows in batches; SQLAlchemy's own rows would double the time."""
    unreadable: type[Exception] = connection.dialect.loaded_dbapi.Error
    with connection.execute(statement) as result:
        if result.cursor is not None:
            try:
                while rows := result.cursor.fetchmany(ROWS_AT_ONCE):
                    yield list(rows)
            except unreadable as exc:
                raise RecordError("a row", f"cannot be read ({exc})") from exc


def all_rows(connection: Connection, statement: Select[Any]) -> list[Any]:
    """All raw rows at once. The query is closed even if an error interrupts it."""
    with contextlib.closing(batches(connection, statement)) as some:
        return [*itertools.chain.from_iterable(some)]


def read_people(connection: Connection) -> list[Person]:
    """All people, in the order in which they were added; raises RecordError if a face refers to no person."""
    own = select(func.count()).where(faces.c.person == people.c.folder).scalar_subquery()
    names = [column.name for column in people.c if column is not people.c.number]
    query = select(*(people.c[name] for name in names), own).order_by(people.c.number)
    found: list[Person] = []
    try:
        for values in all_rows(connection, query):
            *known, extra, count = values
            if extra is None:  # as in nearly all rows: reading them as records would take twice as long
                found.append(plain_person(known, count))
                continue
            row = dict(zip(names, values, strict=False))
            row["extra"] = json.loads(extra) if isinstance(extra, str) else extra or {}
            found.append(person_from_row(read_row(rows.Table.PEOPLE, row), count))
    except READ_ERRORS as exc:
        raise RecordError.at(f"people[{len(found)}]", exc) from exc
    if sum(person.face_count for person in found) != count_rows(
        connection, faces, faces.c.person.is_not(None)
    ):
        raise RecordError("faces", "refer to a missing or duplicate person")
    return found


def count_rows(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    """The number of rows that meet all conditions."""
    query = select(func.count()).select_from(table).where(*conditions)
    return int(connection.execute(query).scalar_one())


def read_rows(
    connection: Connection,
    table: rows.Table,
    condition: ColumnElement[bool] | None = None,
    version: int = VERSION,
) -> list[Row]:
    """The rows that meet a condition, in the order in which they were added; raises RecordError."""
    return [row for _, row in read_numbered(connection, table, condition, version)]


def read_numbered(
    connection: Connection,
    table: rows.Table,
    condition: ColumnElement[bool] | None = None,
    version: int = VERSION,
) -> list[tuple[int, Row]]:
    """Like `read_rows`, with row numbers."""
    return [*_each_numbered(connection, table, condition, version)]


def each_row(
    connection: Connection, table: rows.Table, condition: ColumnElement[bool] | None = None
) -> Generator[Row, None, None]:
    """Like `read_rows`, a row at a time, also from a server."""
    in_parts = connection.execution_options(stream_results=True, max_row_buffer=ROWS_AT_ONCE)
    with contextlib.closing(_each_numbered(in_parts, table, condition, VERSION)) as found:
        for _, row in found:
            yield row


def _each_numbered(
    connection: Connection, table: rows.Table, condition: ColumnElement[bool] | None, version: int
) -> Generator[tuple[int, Row], None, None]:
    source = TABLE_OF[table]
    query = select(*columns_of(source, version)).order_by(source.c.number)
    wanted = query if condition is None else query.where(condition)
    with contextlib.closing(_checked_rows(connection, wanted, source.name)) as found:
        for row in found:
            known: dict[str, Any] = dict(row._mapping)
            number = known.pop("number")
            for name, empty in STORED_AS_NULL.items():
                if name in known and known[name] is None:
                    known[name] = empty
            with reading_at(f"{source.name}[{number}]"):
                checked = read_row(table, known)
            yield number, checked


def lookup_conditions(
    connection: Connection, column: Column[Any], values: Collection[str | None]
) -> Iterator[ColumnElement[bool]]:
    """Conditions that together select the rows with some values. If the table has fewer rows than there
    are values, all of its rows are selected."""
    if None in values:
        yield column.is_(None)
    rest = [value for value in values if value is not None]
    if len(rest) == 1:
        yield column == rest[0]
        return
    if len(rest) > VALUES_AT_ONCE and count_rows(connection, column.table) < len(rest):
        yield column.is_not(None)
        return
    for start in range(0, len(rest), VALUES_AT_ONCE):
        part = rest[start : start + VALUES_AT_ONCE]
        yield column.in_(part + part[-1:] * (_listed(len(part)) - len(part)))


def _listed(count: int) -> int:
    """How many values a condition lists for so many. A driver keeps up to 128 statements with all of their
    values: with a statement for each number, those took 7 MB of a gallery of 1,000 faces."""
    return min(1 << (count - 1).bit_length(), VALUES_AT_ONCE)


def read_embeddings(
    connection: Connection, condition: ColumnElement[bool] | None = None
) -> dict[str, dict[str, Embedding]]:
    """The embeddings that meet a condition, by face id and model id; raises RecordError."""
    query = select(
        embeddings.c.number, embeddings.c.face, bounded(embeddings.c.model), bounded(embeddings.c.vector)
    )
    found: dict[str, dict[str, Embedding]] = {}
    for number, face_id, model, blob in all_rows(
        connection, query if condition is None else query.where(condition)
    ):
        with reading_at(f"vectors[{number}]"):
            embedding = unit_vector(embeddings_in([blob], connection.dialect))
            found.setdefault(parse_text(face_id), {})[intern(parse_text(model))] = embedding
    return found


def read_steps(connection: Connection, *conditions: ColumnElement[bool]) -> list[Step]:
    """The steps that meet all conditions, oldest first; raises RecordError."""
    rows = connection.execute(select(steps).where(*conditions).order_by(steps.c.number)).mappings()
    found = []
    for row in rows:
        with reading_at(f"steps[{row['number']}]"):
            found.append(read_step_fields({**row, "id": row["number"]}))
    require_order(found)
    return found


def read_edits(connection: Connection, step_id: int) -> list[Edit]:
    """The edits of a step; raises RecordError."""
    query = select(edits.c.number, edits.c.edit).where(edits.c.step == step_id).order_by(edits.c.number)
    found = []
    for number, record in _checked_rows(connection, query, edits.name):
        with reading_at(f"edits[{number}]"):
            found.append(read_edit(record))
    return found


def each_edit(
    connection: Connection, *conditions: ColumnElement[bool]
) -> Generator[tuple[int, Edit], None, None]:
    """The edits of the steps that meet all conditions, each with its step; raises RecordError."""
    query = select(edits.c.step, edits.c.number, edits.c.edit).order_by(edits.c.step, edits.c.number)
    if conditions:
        query = query.where(edits.c.step.in_(select(steps.c.number).where(*conditions)))
    in_parts = connection.execution_options(stream_results=True, max_row_buffer=ROWS_AT_ONCE)
    with contextlib.closing(_checked_rows(in_parts, query, edits.name)) as found:
        for step_id, number, record in found:
            with reading_at(f"edits[{number}]"):
                edit = read_edit(record)
            yield step_id, edit


def _checked_rows(connection: Connection, query: Select[Any], name: str) -> Generator[Any, None, None]:
    """The rows of a query; raises RecordError for invalid JSON."""
    with reading_at(name), connection.execute(query) as found:
        yield from found
