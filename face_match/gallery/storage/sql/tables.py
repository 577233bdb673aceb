"""The tables of `gallery.sqlite` and of a gallery on a server, and reading and writing their rows.

Columns are the fields of the records (`rows.FIELDS`). Embeddings are little-endian float32, lists are JSON,
and `extra` holds unknown fields.
"""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
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
    delete,
    func,
    insert,
    select,
    update,
)

from face_match.core.records import Person
from face_match.core.types import Embedding
from face_match.core.version import GALLERY_FORMAT
from face_match.gallery.records import rows
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.fields import READ_ERRORS, RecordError, parse_text, reading_at, unit_vector
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
from face_match.gallery.storage.sql.column_types import Vector, byte_length, embeddings_in

T = TypeVar("T")

ROWS_AT_ONCE = 64
"""The embeddings of this many rows fit the processor's cache; thousands at once take twice as long."""

VALUES_AT_ONCE = 500
"""The number of values in one lookup; SQLite before 3.32 allows 999."""

VERSION = GALLERY_FORMAT
"""The version of the tables, in SQLite's user_version."""

LATER_COLUMNS = {"samples": {"place": 2}, "photos": {"turned": 5, "turned_by_scan": 5, "hints": 5}}
"""Columns that were added later, by table, with the version that added them."""


class _Path(TypeDecorator[str]):
    """A file name, which need not be valid Unicode."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else value.encode("utf-8", "surrogatepass")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


json_type = JSON(none_as_null=True)
_Large = Integer().with_variant(BigInteger(), "postgresql")

tables = MetaData()

people = Table(
    "people",
    tables,
    Column("number", _Large, primary_key=True),
    Column("folder", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("cover", Text),
    Column("born", Text, nullable=False),
    Column("extra", json_type),
)
photos = Table(
    "photos",
    tables,
    Column("number", _Large, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False, index=True),
    Column("file_digest", Text, nullable=False, index=True),
    Column("path", _Path, nullable=False, index=True),
    Column("size", _Large, nullable=False),
    Column("modified_ns", _Large, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("orientation", Integer, nullable=False),
    Column("taken", Text, nullable=False),
    Column("scans", json_type),
    Column("turned", Integer),
    Column("turned_by_scan", Integer),
    Column("hints", json_type),
    Column("extra", json_type),
)
faces = Table(
    "faces",
    tables,
    Column("number", _Large, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("photo", ForeignKey(photos.c.id), index=True),
    Column("person", ForeignKey(people.c.folder)),
    Column("file", Text, nullable=False, index=True),
    Column("added", Text, nullable=False),
    Column("place", json_type),
    Column("orientation", Integer, nullable=False),
    Column("box", json_type),
    Column("landmarks", json_type),
    Column("confidence", Float),
    Column("quality", json_type),
    Column("origin", Text, nullable=False),
    Column("is_ignored", Integer, nullable=False),
    Column("is_unnamed", Integer, nullable=False),
    Column("is_scanned", Integer, nullable=False),
    Column("rejections", json_type),
    Column("cluster", Text),
    Column("apart", json_type),
    Column("extra", json_type),
    Index("faces_of_people", "person", "id"),
)
embeddings = Table(
    "vectors",
    tables,
    Column("number", _Large, primary_key=True),
    Column("face", ForeignKey(faces.c.id, ondelete="CASCADE"), nullable=False),
    Column("model", Text, nullable=False),
    Column("vector", LargeBinary().with_variant(Vector(), "postgresql"), nullable=False),
    UniqueConstraint("face", "model"),
)
conflicts = Table(
    "conflicts",
    tables,
    Column("number", _Large, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("face", ForeignKey(faces.c.id), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("path", _Path, nullable=False),
    Column("at", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("extra", json_type),
)
steps = Table(
    "steps",
    tables,
    Column("number", _Large, primary_key=True),
    Column("description", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undone", Integer, nullable=False),
)
edits = Table(
    "edits",
    tables,
    Column("number", _Large, primary_key=True),
    Column("step", ForeignKey(steps.c.number, ondelete="CASCADE"), nullable=False, index=True),
    Column("edit", json_type),
)

TABLE_OF = {
    rows.Table.PEOPLE: people,
    rows.Table.PHOTOS: photos,
    rows.Table.FACES: faces,
    rows.Table.CONFLICTS: conflicts,
}

_STORED_AS_NULL: Mapping[str, Any] = {"scans": [], "hints": [], "rejections": [], "apart": [], "extra": {}}
"""Values that are stored as NULL."""

MAX_BOUNDED_BYTES = 1 << 16
"""The size limit for ids and embeddings; an embedding has 2,048 bytes."""


def columns_of(table: Table, version: int) -> list[Column[Any]]:
    """The columns that a table has in a version."""
    later = LATER_COLUMNS.get(table.name, {})
    return [column for column in table.columns if later.get(column.name, 1) <= version]


def bounded(column: Column[T]) -> ColumnElement[T | None]:
    """A column's value, or NULL if it is longer than any value that the program writes: it may claim to be
    much larger than its file."""
    return case((byte_length(column) <= MAX_BOUNDED_BYTES, column)).label(column.name)


# Writing


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
        name: None if name in _STORED_AS_NULL and not value else dict(value) if name == "extra" else value
        for name, value in row.items()
    }


def _embedding_rows(face_id: str, own: Mapping[str, Embedding]) -> list[dict[str, object]]:
    return [{"face": face_id, "model": model, "vector": _blob(embedding)} for model, embedding in own.items()]


def _blob(embedding: Embedding) -> bytes:
    return embedding.astype("<f4").tobytes()


# Reading


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
    source = TABLE_OF[table]
    query = select(*columns_of(source, version)).order_by(source.c.number)
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
        yield column.in_(rest[start : start + VALUES_AT_ONCE])


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
            found.setdefault(parse_text(face_id), {})[parse_text(model)] = embedding
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


def _checked_rows(connection: Connection, query: Select[Any], name: str) -> Iterator[Any]:
    """The rows of a query; raises RecordError for invalid JSON."""
    with reading_at(name):
        yield from connection.execute(query)
