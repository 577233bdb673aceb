"""The tables of `gallery.sqlite` and of a gallery on a server.

Columns are the fields of the records (`rows.FIELDS`). Embeddings are little-endian float32, lists are JSON,
and `extra` holds unknown fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    case,
)

from face_match.core.version import GALLERY_FORMAT
from face_match.gallery.records import rows
from face_match.gallery.storage.sql.column_types import Vector, byte_length

T = TypeVar("T")

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

STORED_AS_NULL: Mapping[str, Any] = {"scans": [], "hints": [], "rejections": [], "apart": [], "extra": {}}
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
