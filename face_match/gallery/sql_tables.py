"""The tables of `gallery.sqlite`, and how edits of people, samples and rejections are made in them.

Vectors are little-endian float32; boxes and landmarks are JSON as in `json_store`; `extra` keeps fields
that this version does not know. In an encrypted gallery the database is SQLCipher's: every page is encrypted,
and authenticated with its number, so that rows cannot be read, changed or swapped.
"""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
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

from face_match.gallery.changes import (
    Change,
    Edit,
    FiledRejection,
    FiledSample,
    PersonEdit,
    RejectionEdit,
    SampleEdit,
)
from face_match.gallery.history import LENGTH, change_record, read_changes
from face_match.gallery.paths import safe_crop, safe_folder
from face_match.gallery.records import (
    MISREAD,
    PERSON_FIELDS,
    REJECTION_FIELDS,
    RELABELLED,
    SAMPLE_FIELDS,
    MisreadError,
    PersonRecord,
    name_of_person,
    other_fields,
    read_box,
    read_landmarks,
    relabel,
    text,
    unit_vector,
)
from face_match.gallery.sql_database import APPLICATION_ID
from face_match.gallery.store import FiledFace
from face_match.types import Box, Person, Rejection, Sample, Vector

T = TypeVar("T")

ROWS_AT_ONCE = 64
"""Their vectors fit the processor's cache; thousands at once take twice as long."""

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
vectors = Table(
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

sealed_tables = MetaData()

generations = Table("generation", sealed_tables, Column("value", Integer, nullable=False))
"""How often an encrypted database was changed: an earlier one in its place is found out."""

history = Table(
    "history",
    tables,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("edits", JSON, nullable=False),
)


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


MOST_OF_SHORT = 1 << 16
"""Bytes of a name that the program gives, and of a vector, which has 2,048."""


def short(column: Column[T]) -> ColumnElement[T | None]:
    """A column's value; NULL for one that is longer than any that the program has written, which may claim
    to be much larger than its file."""
    return case((func.length(cast(column, LargeBinary)) <= MOST_OF_SHORT, column)).label(column.name)


def make(connection: Connection, generation: int | None) -> None:
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
        raise MisreadError("generation", "is not one number")
    return int(values[0])


def next_generation(connection: Connection) -> None:
    """An encrypted database is about to be changed."""
    connection.execute(update(generations).values(value=generations.c.value + 1))


def migrate(connection: Connection, version: int) -> None:
    """Make the tables of an earlier version those of this one; the data stay."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # sqlite3 itself begins none for such statements
    for step in STEPS[version - 1 :]:
        step(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


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
    return read_changes([{"description": r.description, "at": r.at, "edits": r.edits} for r in rows])


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


def batches(connection: Connection, statement: Select[Any]) -> Generator[list[Any], None, None]:
    """Rows as SQLite gives them, some at a time: SQLAlchemy's own take as long again as the reading."""
    unreadable: type[Exception] = connection.dialect.loaded_dbapi.Error
    with connection.execute(statement) as result:
        if result.cursor is not None:
            try:
                while rows := result.cursor.fetchmany(ROWS_AT_ONCE):
                    yield list(rows)
            except unreadable as exc:
                raise MisreadError("a row", f"cannot be read ({exc})") from exc


def all_rows(connection: Connection, statement: Select[Any]) -> list[Any]:
    """The same at once; what raises while it goes through them leaves nothing open behind it."""
    with contextlib.closing(batches(connection, statement)) as some:
        return [*itertools.chain.from_iterable(some)]


def read_people(connection: Connection) -> list[Person]:
    """In the order in which they were added; raises MisreadError where a sample is of none of them."""
    own = select(func.count()).where(samples.c.folder == people.c.folder).scalar_subquery()
    query = select(people.c.name, people.c.folder, people.c.added, own).order_by(people.c.number)
    with_more = select(people.c.folder, people.c.extra).where(people.c.extra.is_not(None))
    extra = dict(connection.execute(with_more).all())
    found = [
        Person(
            name_of_person(name),
            safe_folder(folder),
            text(added),
            count,
            _fields(extra.get(folder), PERSON_FIELDS),
        )
        for name, folder, added, count in all_rows(connection, query)
    ]
    if sum(person.sample_count for person in found) != _count(connection, samples):
        raise MisreadError("samples", "are of nobody, or of two")
    return found


def require_owners(connection: Connection) -> None:
    """Refuse rows that belong to nothing: nobody would ever see or erase them. Raises MisreadError."""
    for owned, column, owner in (
        (samples, samples.c.folder, people.c.folder),
        (rejections, rejections.c.folder, people.c.folder),
        (vectors, vectors.c.sample, samples.c.id),
    ):
        if _count(connection, owned, column.in_(select(owner)).is_not(true())):
            raise MisreadError(owned.name, "has a row that belongs to nothing")


def _count(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(*conditions)
    return int(connection.execute(query).scalar_one())


def read_owners(connection: Connection) -> dict[str, str]:
    """The folder of every sample, by its id."""
    query = select(samples.c.folder, func.json_group_array(samples.c.id)).group_by(samples.c.folder)
    owned = all_rows(connection, query)
    ids: list[list[str]] = json.loads(f"[{','.join(written for _, written in owned)}]")
    folders = (itertools.repeat(folder, len(own)) for (folder, _), own in zip(owned, ids, strict=True))
    chained = itertools.chain.from_iterable
    return dict(zip(chained(ids), chained(folders), strict=True))


def read_samples(connection: Connection, condition: ColumnElement[bool]) -> list[FiledSample]:
    """Those that a condition holds for, in the order in which they were added."""
    columns = (vectors.c.number, vectors.c.sample, short(vectors.c.model), short(vectors.c.vector))
    of_wanted = select(*columns).join(samples).where(condition)
    by_sample: dict[str, dict[str, Vector]] = {}

    def read_vector(row: Any) -> None:
        vector = unit_vector(np.frombuffer(row.vector, "<f4"))
        by_sample.setdefault(row.sample, {})[text(row.model)] = vector

    def read(row: Any) -> FiledSample:
        sample = Sample(
            id=text(row.id),
            file=safe_crop(row.file),
            vectors=by_sample.get(row.id, {}),
            box=None if row.box is None else read_box(row.box),
            landmarks=None if row.landmarks is None else read_landmarks(row.landmarks),
            photo_digest=text(row.photo),
            added=text(row.added),
            place=None if row.place is None else read_box(row.place),
            extra=_fields(row.extra, SAMPLE_FIELDS),
        )
        return FiledSample(row.folder, sample)

    _each(vectors, connection.execute(of_wanted), read_vector)
    query = select(samples).where(condition).order_by(samples.c.number)
    return _each(samples, connection.execute(query), read)


def _each(table: Table, rows: Iterable[Any], read: Callable[[Any], T]) -> list[T]:
    """Read rows; raises MisreadError, which names the row."""
    found = []
    for row in rows:
        try:
            found.append(read(row))
        except MISREAD as exc:
            raise MisreadError.at(f"{table.name}[{row.number}]", exc) from exc
    return found


def read_faces(connection: Connection, condition: ColumnElement[bool]) -> list[FiledFace]:
    """Of the samples that a condition holds for, whose they are and where."""
    query = select(samples.c.folder, samples.c.photo, samples.c.place).where(condition)
    return [FiledFace(folder, photo, _box(place)) for folder, photo, place in all_rows(connection, query)]


def _box(told: Any) -> Box | None:
    """Of JSON as it is in the database, or read already."""
    values = json.loads(told) if isinstance(told, str) else told
    return None if values is None else read_box(values)


def _fields(extra: Any, known: Collection[str]) -> dict[str, object]:
    return {} if extra is None else other_fields(extra, known)


def read_rejections(connection: Connection, condition: ColumnElement[bool]) -> list[FiledRejection]:
    """Those that a condition holds for, in the order in which they were made."""
    query = select(rejections).where(condition).order_by(rejections.c.number)

    def read(row: Any) -> FiledRejection:
        rejection = Rejection(text(row.photo), read_box(row.box), _fields(row.extra, REJECTION_FIELDS))
        return FiledRejection(row.folder, rejection)

    return _each(rejections, connection.execute(query), read)


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
        equal = (row.number for row in found if read_box(row.box) == rejection.box)
        number = next(equal, None)  # records edited by hand need not have it
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
