"""Reading databases of versions 1 to 4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
    select,
)

from face_match.gallery.records import rows
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.fields import RecordError, encode_embedding
from face_match.gallery.records.fields import unit_vector as checked
from face_match.gallery.records.history import Step
from face_match.gallery.records.rows import Contents
from face_match.gallery.storage.legacy.versions import contents_of_people
from face_match.gallery.storage.sql import row_reading, summaries
from face_match.gallery.storage.sql.row_reading import all_rows
from face_match.gallery.storage.sql.tables import bounded, columns_of
from face_match.gallery.storage.store import Counts

FIRST_WITH_FACES = 4
"""The first version with faces and photos instead of samples."""

tables = MetaData()

people = Table(
    "people",
    tables,
    Column("number", Integer, primary_key=True),
    Column("folder", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("extra", JSON(none_as_null=True)),
)
samples = Table(
    "samples",
    tables,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("folder", ForeignKey(people.c.folder), nullable=False),
    Column("file", Text, nullable=False),
    Column("photo", Text, nullable=False, index=True),
    Column("added", Text, nullable=False),
    Column("box", JSON(none_as_null=True)),
    Column("landmarks", JSON(none_as_null=True)),
    Column("extra", JSON(none_as_null=True)),
    Column("place", JSON(none_as_null=True)),
    Index("samples_of_people", "folder", "id"),
)
embeddings = Table(
    "vectors",
    tables,
    Column("number", Integer, primary_key=True),
    Column("sample", ForeignKey(samples.c.id, ondelete="CASCADE"), nullable=False),
    Column("model", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    UniqueConstraint("sample", "model"),
)
rejections = Table(
    "rejections",
    tables,
    Column("number", Integer, primary_key=True),
    Column("folder", ForeignKey(people.c.folder), nullable=False, index=True),
    Column("photo", Text, nullable=False, index=True),
    Column("box", JSON, nullable=False),
    Column("extra", JSON(none_as_null=True)),
)
history = Table(
    "history",
    tables,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("edits", JSON, nullable=False),
)


def read(connection: Connection, version: int) -> tuple[Contents, list[tuple[Step, list[Edit]]]]:
    """The contents and the history; raises one of `fields.READ_ERRORS`."""
    if version >= FIRST_WITH_FACES:
        found = {table: row_reading.read_rows(connection, table, version=version) for table in rows.Table}
        contents = Contents(found, {**row_reading.read_embeddings(connection)})
        steps = [
            (step, row_reading.read_edits(connection, step.id)) for step in row_reading.read_steps(connection)
        ]
    else:
        contents, steps = _read_samples(connection, version)
    contents.require_consistent()
    return contents, steps


def _read_samples(connection: Connection, version: int) -> tuple[Contents, list[tuple[Step, list[Edit]]]]:
    by_sample = _embeddings(connection)
    by_folder: dict[str, dict[str, list[Any]]] = {}
    records = []
    for row in connection.execute(select(people).order_by(people.c.number)).mappings():
        own = by_folder.setdefault(row["folder"], {"samples": [], "rejections": []})
        records.append({**_fields(dict(row)), **own})
    for row in connection.execute(
        select(*columns_of(samples, version)).order_by(samples.c.number)
    ).mappings():
        record = {**_fields(dict(row)), "vectors": by_sample.pop(row["id"], {})}
        _owner(by_folder, record, "samples")
    for row in connection.execute(select(rejections).order_by(rejections.c.number)).mappings():
        _owner(by_folder, _fields(dict(row)), "rejections")
    if by_sample:
        raise RecordError("vectors", "belong to a missing sample")
    changes = [
        _fields(dict(row))
        for row in connection.execute(select(history).order_by(history.c.number)).mappings()
    ]
    return contents_of_people({"people": records, "history": changes}, version)


def read_counts(connection: Connection, version: int) -> Counts:
    """The number of people and named faces."""
    if version >= FIRST_WITH_FACES:
        return summaries.read_counts(connection)
    people_count, samples_count = (
        int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in (people, samples)
    )
    return Counts(people_count, samples_count)


def _owner(by_folder: Mapping[str, dict[str, list[Any]]], record: dict[str, Any], kind: str) -> None:
    folder = record.pop("folder")
    if folder not in by_folder:
        raise RecordError(kind, "has a row that refers to a missing row")
    by_folder[folder][kind].append(record)


def _fields(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as a record of the JSON format, with its `extra` fields inline."""
    known = dict(row)
    known.pop("number")
    extra = known.pop("extra", None) or {}
    return {**extra, **known}


def _embeddings(connection: Connection) -> dict[str, dict[str, str]]:
    query = select(embeddings.c.sample, bounded(embeddings.c.model), bounded(embeddings.c.vector))
    found: dict[str, dict[str, str]] = {}
    for sample, model, blob in all_rows(connection, query):
        found.setdefault(sample, {})[model] = encode_embedding(checked(np.frombuffer(blob, "<f4")))
    return found
