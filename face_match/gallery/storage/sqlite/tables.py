"""The tables of `gallery.sqlite`, and how edits of rows are made in them.

They have the fields of the records (`records.FIELDS`). Embeddings are little-endian float32; lists are JSON;
`extra` keeps fields that this version does not know. In an encrypted gallery the database is SQLCipher's:
every page is encrypted, and authenticated with its number, so that rows cannot be read, changed or swapped.
"""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    case,
    cast,
    delete,
    func,
    insert,
    select,
    true,
    update,
)

from face_match.core.records import Person
from face_match.core.types import Embedding
from face_match.gallery.records import rows
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.fields import READ_ERRORS, RecordError, read_text, reading_at, unit_vector
from face_match.gallery.records.history import (
    HistoryEntry,
    Step,
    edit_record,
    read_edit,
    read_step_fields,
    require_order,
    step_fields,
)
from face_match.gallery.records.rows import Contents, Row, person_from_row, plain_person, read_row
from face_match.gallery.storage.sqlite.database import APPLICATION_ID

T = TypeVar("T")

ROWS_AT_ONCE = 64
"""Their embeddings fit the processor's cache; thousands at once take twice as long."""

VALUES_AT_ONCE = 500
"""Values to look up by one statement; SQLite before 3.32 takes 999."""

VERSION = 4
"""Of the tables, kept in SQLite's user_version. Versions 1 to 3 had samples instead of faces."""


class _Path(TypeDecorator[str]):
    """The name of a file, which need not be text that a database holds."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else value.encode("utf-8", "surrogatepass")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


_JSON = JSON(none_as_null=True)

tables = MetaData()

people = Table(
    "people",
    tables,
    Column("number", Integer, primary_key=True),
    Column("folder", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("cover", Text),
    Column("born", Text, nullable=False),
    Column("extra", _JSON),
)
photos = Table(
    "photos",
    tables,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False, index=True),
    Column("file_digest", Text, nullable=False, index=True),
    Column("path", _Path, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("modified_ns", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("orientation", Integer, nullable=False),
    Column("taken", Text, nullable=False),
    Column("scans", _JSON),
    Column("extra", _JSON),
)
faces = Table(
    "faces",
    tables,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("photo", ForeignKey(photos.c.id), index=True),
    Column("person", ForeignKey(people.c.folder)),
    Column("file", Text, nullable=False, index=True),
    Column("added", Text, nullable=False),
    Column("place", _JSON),
    Column("orientation", Integer, nullable=False),
    Column("box", _JSON),
    Column("landmarks", _JSON),
    Column("confidence", Float),
    Column("quality", _JSON),
    Column("origin", Text, nullable=False),
    Column("is_ignored", Integer, nullable=False),
    Column("is_unnamed", Integer, nullable=False),
    Column("is_scanned", Integer, nullable=False),
    Column("rejections", _JSON),
    Column("cluster", Text),
    Column("apart", _JSON),
    Column("extra", _JSON),
    Index("faces_of_people", "person", "id"),
)
embeddings = Table(
    "vectors",
    tables,
    Column("number", Integer, primary_key=True),
    Column("face", ForeignKey(faces.c.id, ondelete="CASCADE"), nullable=False),
    Column("model", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    UniqueConstraint("face", "model"),
)
conflicts = Table(
    "conflicts",
    tables,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("face", ForeignKey(faces.c.id), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("path", _Path, nullable=False),
    Column("at", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("extra", _JSON),
)
steps = Table(
    "steps",
    tables,
    Column("number", Integer, primary_key=True),
    Column("description", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undone", Integer, nullable=False),
)
edits = Table(
    "edits",
    tables,
    Column("number", Integer, primary_key=True),
    Column("step", ForeignKey(steps.c.number, ondelete="CASCADE"), nullable=False, index=True),
    Column("edit", _JSON),
)

TABLE_OF = {
    rows.Table.PEOPLE: people,
    rows.Table.PHOTOS: photos,
    rows.Table.FACES: faces,
    rows.Table.CONFLICTS: conflicts,
}

_STORED_AS_NULL: Mapping[str, Any] = {"scans": [], "rejections": [], "apart": [], "extra": {}}
"""What is kept as NULL."""

sealed_tables = MetaData()

generations = Table("generation", sealed_tables, Column("value", Integer, nullable=False))
"""How often an encrypted database was changed: an earlier one in its place is found out."""

MAX_BOUNDED_BYTES = 1 << 16
"""Bytes of a name that the program gives, and of an embedding, which has 2,048."""


def bounded(column: Column[T]) -> ColumnElement[T | None]:
    """A column's value; NULL for one that is longer than any that the program has written, which may claim
    to be much larger than its file."""
    return case((func.length(cast(column, LargeBinary)) <= MAX_BOUNDED_BYTES, column)).label(column.name)


def create_tables(connection: Connection, generation: int | None) -> None:
    """The tables, empty, in a new database.

    Args:
        generation: of an encrypted one; None for others.
    """
    tables.create_all(connection)
    if generation is not None:
        sealed_tables.create_all(connection)
        connection.execute(insert(generations).values(value=generation))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def read_generation(connection: Connection) -> int:
    """Of an encrypted database."""
    values = connection.execute(select(generations.c.value)).scalars().all()
    if len(values) != 1:
        raise RecordError("generation", "is not one number")
    return int(values[0])


def next_generation(connection: Connection) -> None:
    """An encrypted database is about to be changed."""
    connection.execute(update(generations).values(value=generations.c.value + 1))


# Writing


def insert_contents(
    connection: Connection, contents: Contents, history: Iterable[tuple[Step, Sequence[Edit]]]
) -> None:
    """All of a gallery, into empty tables."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
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
    """One after the other; rows may come before those that they belong to."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for edit in some:
        table = TABLE_OF[edit.table]
        the_row = table.c[edit.table.key] == edit.key
        if edit.after is None:
            connection.execute(delete(table).where(the_row))
        elif edit.before is not None:
            connection.execute(update(table).where(the_row), _column_values(edit.after))
            if edit.embeddings:
                more = _embedding_rows(edit.key, edit.embeddings)
                connection.execute(insert(embeddings).prefix_with("OR REPLACE"), more)
        else:
            _insert(connection, table, [_column_values(edit.after)])
            if edit.table is rows.Table.FACES:
                _insert(connection, embeddings, _embedding_rows(edit.key, edit.embeddings))


def write_step(connection: Connection, entry: HistoryEntry) -> None:
    """A step as it is from now on."""
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
    """Steps are in the history no more."""
    some = iter(step_ids)
    while part := [*itertools.islice(some, VALUES_AT_ONCE)]:
        connection.execute(delete(steps).where(steps.c.number.in_(part)))


def put_embeddings(connection: Connection, model: str, by_face: Mapping[str, Embedding]) -> None:
    """Write down what a model has made of faces, in the place of earlier embeddings of that model.

    Faces that are not there are left out.
    """
    known = connection.execute(select(faces.c.id)).scalars()
    values = [
        {"face": face_id, "model": model, "vector": _blob(by_face[face_id])}
        for face_id in known
        if face_id in by_face
    ]
    if values:
        connection.execute(insert(embeddings).prefix_with("OR REPLACE"), values)


def _insert(connection: Connection, table: Table, values: Sequence[Mapping[str, object]]) -> None:
    if values:
        connection.execute(insert(table), values)


def _column_values(row: Row) -> dict[str, object]:
    """A row as it is in the database."""
    return {
        name: None if name in _STORED_AS_NULL and not value else dict(value) if name == "extra" else value
        for name, value in row.items()
    }


def _embedding_rows(face_id: str, own: Mapping[str, Embedding]) -> list[dict[str, object]]:
    return [{"face": face_id, "model": model, "vector": _blob(embedding)} for model, embedding in own.items()]


def _blob(embedding: Embedding) -> bytes:
    return embedding.astype("<f4").tobytes()


# Reading


def batches(connection: Connection, statement: Select[Any]) -> Generator[list[Any], None, None]:
    """Rows as SQLite gives them, some at a time: SQLAlchemy's own take as long again as the reading."""
    unreadable: type[Exception] = connection.dialect.loaded_dbapi.Error
    with connection.execute(statement) as result:
        if result.cursor is not None:
            try:
                while rows := result.cursor.fetchmany(ROWS_AT_ONCE):
                    yield list(rows)
            except unreadable as exc:
                raise RecordError("a row", f"cannot be read ({exc})") from exc


def all_rows(connection: Connection, statement: Select[Any]) -> list[Any]:
    """The same at once; what raises while it goes through them leaves nothing open behind it."""
    with contextlib.closing(batches(connection, statement)) as some:
        return [*itertools.chain.from_iterable(some)]


def read_people(connection: Connection) -> list[Person]:
    """In the order in which they were added; raises RecordError where a face is of none of them."""
    own = select(func.count()).where(faces.c.person == people.c.folder).scalar_subquery()
    names = [column.name for column in people.c if column is not people.c.number]
    query = select(*(people.c[name] for name in names), own).order_by(people.c.number)
    found: list[Person] = []
    try:
        for values in all_rows(connection, query):
            *known, extra, count = values
            if extra is None:  # as nearly all have it: a row for each would take twice as long
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
        raise RecordError("faces", "are of nobody, or of two")
    return found


def require_owners(connection: Connection) -> None:
    """Refuse rows that belong to nothing: nobody would ever see or erase them. Raises RecordError."""
    for owned, column, owner in (
        (faces, faces.c.person, people.c.folder),
        (faces, faces.c.photo, photos.c.id),
        (embeddings, embeddings.c.face, faces.c.id),
        (conflicts, conflicts.c.face, faces.c.id),
        (edits, edits.c.step, steps.c.number),
    ):
        if count_rows(connection, owned, column.is_not(None), column.in_(select(owner)).is_not(true())):
            raise RecordError(owned.name, "has a row that belongs to nothing")


def count_rows(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    """How many rows of a table some conditions hold for."""
    query = select(func.count()).select_from(table).where(*conditions)
    return int(connection.execute(query).scalar_one())


def read_owners(connection: Connection) -> dict[str, str]:
    """The folder of the person of every named face, by its id."""
    query = (
        select(faces.c.person, func.json_group_array(faces.c.id))
        .where(faces.c.person.is_not(None))
        .group_by(faces.c.person)
    )
    owned = all_rows(connection, query)
    ids: list[list[str]] = json.loads(f"[{','.join(written for _, written in owned)}]")
    folders = (itertools.repeat(folder, len(own)) for (folder, _), own in zip(owned, ids, strict=True))
    chained = itertools.chain.from_iterable
    return dict(zip(chained(ids), chained(folders), strict=True))


def read_rows(
    connection: Connection, table: rows.Table, condition: ColumnElement[bool] | None = None
) -> list[Row]:
    """Those that a condition holds for, in the order in which they were added; raises RecordError."""
    return [row for _, row in read_numbered(connection, table, condition)]


def read_numbered(
    connection: Connection, table: rows.Table, condition: ColumnElement[bool] | None = None
) -> list[tuple[int, Row]]:
    """The same with the numbers by which they are in that order."""
    source = TABLE_OF[table]
    query = select(source).order_by(source.c.number)
    found = []
    for row in _checked_rows(connection, query if condition is None else query.where(condition), source.name):
        known: dict[str, Any] = dict(row._mapping)
        number = known.pop("number")
        for name, empty in _STORED_AS_NULL.items():
            if name in known and known[name] is None:
                known[name] = empty
        with reading_at(f"{source.name}[{number}]"):
            found.append((number, read_row(table, known)))
    return found


def lookup_conditions(
    connection: Connection, column: Column[Any], values: Collection[str | None]
) -> Iterator[ColumnElement[bool]]:
    """Under which all rows with some values are found, a part at a time; all rows of a table that has fewer
    than there are values."""
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
        yield column.in_(rest[start : start + VALUES_AT_ONCE])


def read_embeddings(
    connection: Connection, condition: ColumnElement[bool] | None = None
) -> dict[str, dict[str, Embedding]]:
    """The embeddings that a condition holds for, by face and model; raises RecordError."""
    query = select(
        embeddings.c.number, embeddings.c.face, bounded(embeddings.c.model), bounded(embeddings.c.vector)
    )
    found: dict[str, dict[str, Embedding]] = {}
    for number, face_id, model, blob in all_rows(
        connection, query if condition is None else query.where(condition)
    ):
        with reading_at(f"vectors[{number}]"):
            found.setdefault(read_text(face_id), {})[read_text(model)] = unit_vector(
                np.frombuffer(blob, "<f4")
            )
    return found


def read_steps(connection: Connection) -> list[Step]:
    """The oldest first; raises RecordError."""
    rows = connection.execute(select(steps).order_by(steps.c.number)).mappings()
    found = []
    for row in rows:
        with reading_at(f"steps[{row['number']}]"):
            found.append(read_step_fields({**row, "id": row["number"]}))
    require_order(found)
    return found


def read_edits(connection: Connection, step_id: int) -> list[Edit]:
    """What a step does; raises RecordError."""
    query = select(edits.c.number, edits.c.edit).where(edits.c.step == step_id).order_by(edits.c.number)
    found = []
    for number, record in _checked_rows(connection, query, edits.name):
        with reading_at(f"edits[{number}]"):
            found.append(read_edit(record))
    return found


def _checked_rows(connection: Connection, query: Select[Any], name: str) -> Iterator[Any]:
    """Rows of a table; raises RecordError where one has no JSON in the place of JSON."""
    with reading_at(name):
        yield from connection.execute(query)
