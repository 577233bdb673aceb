"""The tables of `gallery.sqlite`, and how edits of people, samples and rejections are made in them.

Vectors are little-endian float32; boxes and landmarks are JSON as in `json_store`; `extra` keeps fields
that this version does not know. In an encrypted gallery every value but numbers and models is sealed; nothing
else ever comes to SQLite, so its journal and temporary files hold nothing else.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Select,
    StaticPool,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    delete,
    func,
    insert,
    select,
    update,
)

from face_match.gallery.changes import (
    Change,
    Edit,
    FiledRejection,
    FiledSample,
    PersonEdit,
    RejectionEdit,
    SampleEdit,
)
from face_match.gallery.history import LENGTH, change_record, read_change
from face_match.gallery.records import RELABELLED, PersonRecord, relabel
from face_match.gallery.sealed_columns import (
    SealedBytes,
    SealedJson,
    SealedKey,
    SealedText,
    unsealer,
    vault_of,
)
from face_match.gallery.store import FiledFace
from face_match.types import Box, Landmarks, Person, Rejection, Sample, Vector

APPLICATION_ID, SEALED_ID = 0x466D4761, 0x466D4765
IDS = (APPLICATION_ID, SEALED_ID)
"""By which the file is told from other SQLite files, and one with sealed values from one without."""

PAGE_BYTES = 16_384
"""Vectors of 2 kB fill such pages without gaps: 100,000 of them are read in half the time of 4 kB pages."""

ROWS_AT_ONCE = 64
"""Their vectors fit the processor's cache; thousands at once take twice as long."""

tables = MetaData()

people = Table(
    "people",
    tables,
    Column("number", Integer, primary_key=True),
    Column("folder", SealedKey, nullable=False, unique=True),
    Column("name", SealedText, nullable=False),
    Column("added", SealedText, nullable=False),
    Column("extra", SealedJson(none_as_null=True)),
)
samples = Table(
    "samples",
    tables,
    Column("number", Integer, primary_key=True),
    Column("id", SealedKey, nullable=False, unique=True),
    Column("folder", ForeignKey(people.c.folder), nullable=False),
    Column("file", SealedText, nullable=False),
    Column("photo", SealedKey, nullable=False, index=True),
    Column("added", SealedText, nullable=False),
    Column("box", SealedJson(none_as_null=True)),
    Column("landmarks", SealedJson(none_as_null=True)),
    Column("extra", SealedJson(none_as_null=True)),
    Column("place", SealedJson(none_as_null=True)),
    Index("samples_of_people", "folder", "id"),
)
vectors = Table(
    "vectors",
    tables,
    Column("number", Integer, primary_key=True),
    Column("sample", ForeignKey(samples.c.id, ondelete="CASCADE"), nullable=False),
    Column("model", Text, nullable=False),
    Column("vector", SealedBytes, nullable=False),
    UniqueConstraint("sample", "model"),
)
rejections = Table(
    "rejections",
    tables,
    Column("number", Integer, primary_key=True),
    Column("folder", ForeignKey(people.c.folder), nullable=False, index=True),
    Column("photo", SealedKey, nullable=False, index=True),
    Column("box", SealedJson, nullable=False),
    Column("extra", SealedJson(none_as_null=True)),
)

history = Table(
    "history",
    tables,
    Column("number", Integer, primary_key=True),
    Column("at", SealedText, nullable=False),
    Column("description", SealedText, nullable=False),
    Column("edits", SealedJson, nullable=False),
)


def engine_of(path: Path, *, for_writing: bool, is_new: bool = False, as_it_is: bool = False) -> Engine:
    """One connection to a database, opened at its first use.

    Args:
        as_it_is: with the kind of journal that it has; changing that is a write that a kill can cut off.
        is_new: the file is empty, and nobody looks at it before it is whole: it needs no journal.
    """

    def connect() -> sqlite3.Connection:
        with contextlib.ExitStack() as on_failure:
            uri = _uri(path, for_writing=for_writing)
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            on_failure.callback(connection.close)
            connection.execute("PRAGMA foreign_keys = ON")
            if is_new:
                connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
                connection.execute("PRAGMA journal_mode = OFF")
            elif for_writing and not as_it_is and _is_gallery(connection):
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
            on_failure.pop_all()
            return connection

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool)


def _give_samples_a_place(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE samples ADD COLUMN place JSON")


def _relabel_vectors(connection: Connection) -> None:
    for before, after in RELABELLED.items():
        connection.execute(update(vectors).where(vectors.c.model == before).values(model=after))
    for change in connection.execute(select(history)).all():
        for edit in change.edits:
            if "sample" in edit:
                relabel(edit["sample"])
        connection.execute(
            update(history).where(history.c.number == change.number).values(edits=change.edits)
        )


STEPS: tuple[Callable[[Connection], None], ...] = (_give_samples_a_place, _relabel_vectors)
"""What makes of the tables of version 1 those of version 2, and so on."""

VERSION = 1 + len(STEPS)
"""Of the tables, kept in SQLite's user_version."""


def _is_gallery(connection: sqlite3.Connection) -> bool:
    return connection.execute("PRAGMA application_id").fetchone()[0] in IDS


def make(connection: Connection) -> None:
    """The tables, empty, in a new database."""
    tables.create_all(connection)
    identity = APPLICATION_ID if vault_of(connection.dialect) is None else SEALED_ID
    connection.exec_driver_sql(f"PRAGMA application_id = {identity}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def migrate(connection: Connection, version: int) -> None:
    """Make the tables of an earlier version those of this one; the data stay."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # sqlite3 itself begins none for such statements
    for step in STEPS[version - 1 :]:
        step(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def copied_to_memory(path: Path) -> Engine:
    """A database that must not be written to, to be migrated all the same."""

    def connect() -> sqlite3.Connection:
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        with contextlib.closing(sqlite3.connect(_uri(path, for_writing=False), uri=True)) as source:
            source.backup(memory)
        return memory

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool)


def _uri(path: Path, *, for_writing: bool) -> str:
    return f"{path.absolute().as_uri()}?mode={'rw' if for_writing else 'ro'}"


def insert_record(connection: Connection, record: PersonRecord) -> None:
    """A person who is new, with all that is kept of them."""
    folder = record.person.folder
    _insert(connection, people, [_person_row(record.person)])
    _insert(connection, samples, [_sample_row(FiledSample(folder, sample)) for sample in record.samples])
    _insert(connection, vectors, [row for sample in record.samples for row in _vector_rows(sample)])
    _insert(
        connection,
        rejections,
        [_rejection_row(FiledRejection(folder, rejection)) for rejection in record.rejections],
    )


def make_edits(connection: Connection, edits: Iterable[Edit]) -> None:
    """One after the other."""
    for edit in edits:
        if isinstance(edit, PersonEdit):
            _edit_person(connection, edit)
        elif isinstance(edit, SampleEdit):
            _edit_sample(connection, edit)
        else:
            _edit_rejection(connection, edit)


def remember(connection: Connection, change: Change) -> None:
    """The last change of the history; the one that is too far back goes."""
    connection.execute(insert(history), change_record(change))
    newest = select(history.c.number).order_by(history.c.number.desc()).limit(LENGTH)
    connection.execute(delete(history).where(history.c.number.not_in(newest)))


def forget_last(connection: Connection) -> None:
    """The last change is in the history no more."""
    last = select(func.max(history.c.number)).scalar_subquery()
    connection.execute(delete(history).where(history.c.number == last))


def read_history(connection: Connection) -> list[Change]:
    """The oldest first; raises one of `records.MISREAD`."""
    rows = connection.execute(select(history).order_by(history.c.number))
    return [read_change({"description": r.description, "at": r.at, "edits": r.edits}) for r in rows]


def put_vectors(connection: Connection, model: str, by_sample: Mapping[str, Vector]) -> None:
    """Write down what a model has made of samples, in the place of earlier vectors of that model.

    Samples that are not there are passed over.
    """
    known = connection.execute(select(samples.c.id)).scalars()
    values = [
        {"sample": sample_id, "model": model, "vector": _blob(by_sample[sample_id])}
        for sample_id in known
        if sample_id in by_sample
    ]
    if values:
        connection.execute(insert(vectors).prefix_with("OR REPLACE"), values)


def batches(connection: Connection, statement: Select[Any]) -> Iterator[list[Any]]:
    """Rows as SQLite gives them, some at a time: SQLAlchemy's own take as long again as the reading."""
    dialect = connection.dialect
    unsealing: list[Callable[[Any], Any]] = []
    if vault_of(dialect) is not None:
        types = [column.type for column in statement.selected_columns]
        unsealing = [unsealer(kind, dialect) for kind in types]

    def unsealed(row: Sequence[Any]) -> Sequence[Any]:
        return [unseal(value) for unseal, value in zip(unsealing, row, strict=True)]

    with connection.execute(statement) as result:
        if result.cursor is not None:
            while rows := result.cursor.fetchmany(ROWS_AT_ONCE):
                yield list(map(unsealed, rows)) if unsealing else list(rows)


def read_people(connection: Connection) -> list[Person]:
    """In the order in which they were added."""
    own = select(func.count()).where(samples.c.folder == people.c.folder).scalar_subquery()
    query = select(people.c.name, people.c.folder, people.c.added, own).order_by(people.c.number)
    with_more = select(people.c.folder, people.c.extra).where(people.c.extra.is_not(None))
    extra = dict(connection.execute(with_more).all())
    return [
        Person(name, folder, added, count, extra.get(folder, {}))
        for name, folder, added, count in itertools.chain.from_iterable(batches(connection, query))
    ]


def read_owners(connection: Connection) -> dict[str, str]:
    """The folder of every sample, by its id."""
    if vault_of(connection.dialect) is not None:
        sealed = batches(connection, select(samples.c.id, samples.c.folder))
        return dict(itertools.chain.from_iterable(sealed))
    query = select(samples.c.folder, func.json_group_array(samples.c.id)).group_by(samples.c.folder)
    owned = [*itertools.chain.from_iterable(batches(connection, query))]
    ids: list[list[str]] = json.loads(f"[{','.join(written for _, written in owned)}]")
    folders = (itertools.repeat(folder, len(own)) for (folder, _), own in zip(owned, ids, strict=True))
    chained = itertools.chain.from_iterable
    return dict(zip(chained(ids), chained(folders), strict=True))


def read_samples(connection: Connection, condition: ColumnElement[bool]) -> list[FiledSample]:
    """Those that a condition holds for, in the order in which they were added."""
    of_wanted = select(vectors).join(samples).where(condition)
    by_sample: dict[str, dict[str, Vector]] = {}
    for row in connection.execute(of_wanted):
        by_sample.setdefault(row.sample, {})[row.model] = np.frombuffer(row.vector, "<f4")
    return [
        FiledSample(
            row.folder,
            Sample(
                id=row.id,
                file=row.file,
                vectors=by_sample.get(row.id, {}),
                box=None if row.box is None else Box(*row.box),
                landmarks=None if row.landmarks is None else Landmarks.of(row.landmarks),
                photo_digest=row.photo,
                added=row.added,
                place=None if row.place is None else Box(*row.place),
                extra=row.extra or {},
            ),
        )
        for row in connection.execute(select(samples).where(condition).order_by(samples.c.number))
    ]


def read_faces(connection: Connection, condition: ColumnElement[bool]) -> list[FiledFace]:
    """Of the samples that a condition holds for, whose they are and where."""
    query = select(samples.c.folder, samples.c.photo, samples.c.place).where(condition)
    return [
        FiledFace(folder, photo, _box(place))
        for folder, photo, place in itertools.chain.from_iterable(batches(connection, query))
    ]


def _box(told: Any) -> Box | None:
    """Of JSON as it is in the database, or read already."""
    values = json.loads(told) if isinstance(told, str) else told
    return None if values is None else Box(*values)


def read_rejections(connection: Connection, condition: ColumnElement[bool]) -> list[FiledRejection]:
    """Those that a condition holds for, in the order in which they were made."""
    query = select(rejections).where(condition).order_by(rejections.c.number)
    return [
        FiledRejection(row.folder, Rejection(row.photo, Box(*row.box), row.extra or {}))
        for row in connection.execute(query)
    ]


def _edit_person(connection: Connection, edit: PersonEdit) -> None:
    if edit.before is None and edit.after is not None:
        _insert(connection, people, [_person_row(edit.after)])
    elif edit.before is not None:
        the_person = people.c.folder == edit.before.folder
        if edit.after is None:
            connection.execute(delete(people).where(the_person))
        else:
            connection.execute(update(people).where(the_person), _person_row(edit.after))


def _edit_sample(connection: Connection, edit: SampleEdit) -> None:
    if edit.before is None and edit.after is not None:
        _insert(connection, samples, [_sample_row(edit.after)])
        _insert(connection, vectors, _vector_rows(edit.after.sample))
    elif edit.before is not None:
        the_sample = samples.c.id == edit.before.sample.id
        if edit.after is None:
            connection.execute(delete(samples).where(the_sample))
        else:
            connection.execute(update(samples).where(the_sample), _sample_row(edit.after))


def _edit_rejection(connection: Connection, edit: RejectionEdit) -> None:
    if edit.before is not None:
        folder, rejection = edit.before
        alike = select(rejections.c.number, rejections.c.box).where(
            rejections.c.folder == folder, rejections.c.photo == rejection.photo_digest
        )
        found = connection.execute(alike.order_by(rejections.c.number.desc()))  # of several equal, the last
        number = next(row.number for row in found if Box(*row.box) == rejection.box)
        connection.execute(delete(rejections).where(rejections.c.number == number))
    if edit.after is not None:
        _insert(connection, rejections, [_rejection_row(edit.after)])


def _insert(connection: Connection, table: Table, values: Sequence[dict[str, object]]) -> None:
    if values:
        connection.execute(insert(table), values)


def _person_row(person: Person) -> dict[str, object]:
    return {
        "folder": person.folder,
        "name": person.name,
        "added": person.added,
        "extra": dict(person.extra) or None,
    }


def _sample_row(filed: FiledSample) -> dict[str, object]:
    sample = filed.sample
    return {
        "id": sample.id,
        "folder": filed.folder,
        "file": sample.file,
        "photo": sample.photo_digest,
        "added": sample.added,
        "box": sample.box,
        "landmarks": sample.landmarks,
        "place": sample.place,
        "extra": dict(sample.extra) or None,
    }


def _vector_rows(sample: Sample) -> list[dict[str, object]]:
    return [
        {"sample": sample.id, "model": model, "vector": _blob(vector)}
        for model, vector in sample.vectors.items()
    ]


def _rejection_row(filed: FiledRejection) -> dict[str, object]:
    photo, box, extra = filed.rejection
    return {"folder": filed.folder, "photo": photo, "box": box, "extra": dict(extra) or None}


def _blob(vector: Vector) -> bytes:
    return vector.astype("<f4").tobytes()
