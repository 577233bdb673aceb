"""Records in `gallery.sqlite`, for galleries that have outgrown a file that is rewritten at each change."""

from __future__ import annotations

import contextlib
import itertools
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Column, ColumnElement, Connection, func, select, true
from sqlalchemy.exc import DBAPIError, OperationalError

from face_match.durable import file_to_be
from face_match.errors import GalleryDamagedError, GalleryNewerError, GalleryWriteError, gallery_writes
from face_match.gallery import sql_database as database
from face_match.gallery import sql_tables as sql
from face_match.gallery.changes import (
    Change,
    Edit,
    FiledRejection,
    FiledSample,
)
from face_match.gallery.database_files import copy_database, has_journal, is_plain_database, require_own_parts
from face_match.gallery.paths import VAULT
from face_match.gallery.records import MISREAD, MisreadError, PersonRecord, text
from face_match.gallery.sql_schema import require_own_schema, require_plausible_values
from face_match.gallery.store import FiledFace, VectorRows
from face_match.gallery.stores import journal_of
from face_match.gallery.vault import BrokenSealError, Vault
from face_match.types import Person, Rejection, Sample, Vector

_AT_ONCE = 500
"""Values to look up by one statement; SQLite before 3.32 takes 999."""

_OF_DISK = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHM")
_REFUSALS = (
    *("disk I/O error", "database or disk is full", "attempt to write a readonly database"),
    *("unable to open database file", "locking protocol", "database is locked", "database table is locked"),
)
"""What SQLite says where the system, or another program, does not let it write; else it is the file."""


class SqlStore:
    """A `Store` of which only what is asked for is in memory."""

    def __init__(self, path: Path, *, for_writing: bool, vault: Vault | None = None) -> None:
        """Open a database.

        Raises:
            GalleryDamagedError, GalleryNewerError.
        """
        self.path = path
        self.vault = vault
        self.generation = 0
        self._key = _key(path, vault)
        self._engine = database.engine_of(self.path, for_writing=for_writing, key=self._key)
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(self.close)
            with self._reading() as connection:
                found = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if found not in database.IDS:
                raise GalleryDamagedError(self.path, "it is not a gallery of this program")
            if version > sql.VERSION:
                raise GalleryNewerError(self.path, str(version))
            with self._reading() as connection:
                require_own_schema(connection, version)
                if self._key is None:  # only who has the key can make pages of an encrypted one
                    require_plausible_values(connection, self.path, version, for_writing=for_writing)
            self._version = int(version)
            unseal = None
            if found == database.OLD_SEALED_ID:
                if vault is None:
                    raise GalleryDamagedError(
                        self.path, f"it is encrypted, and there is no {VAULT} with its key"
                    )
                unseal = vault.unseal_old
            is_migrated = self.is_earlier and not for_writing
            if is_migrated or unseal is not None:
                self._engine.dispose()
                self._engine = database.copied_to_memory(self.path, self._key, unseal)
            if is_migrated:
                self.migrate()
            if self._key is not None:
                with self._reading() as connection:
                    self.generation = sql.read_generation(connection)
            on_failure.pop_all()
        weakref.finalize(self, self._engine.dispose)  # who only reads may leave it open

    @staticmethod
    def create(
        path: Path,
        records: Iterable[PersonRecord],
        history: Iterable[Change] = (),
        vault: Vault | None = None,
        *,
        generation: int = 0,
        before: Vault | None = None,
    ) -> None:
        """Make the database that holds these records; when this returns, it is on the disk.

        Args:
            vault: encrypts it.
            generation: of the records, in an encrypted one.
            before: opens the one that was there, where that is another vault.
        Raises:
            GalleryWriteError, UnicodeEncodeError (half a surrogate pair in a text): there is none, or the one
                that was there.
        """
        with gallery_writes(path), file_to_be(path) as new:
            if path.exists():
                complete(path, before or vault)
            for left in journal_of(path):  # of a database that is gone: it would be taken for this one's
                left.unlink(missing_ok=True)
            key = None if vault is None else vault.database_key
            engine = database.engine_of(new, for_writing=True, is_new=True, key=key)
            with contextlib.ExitStack() as at_end:
                at_end.callback(engine.dispose)
                with _faults(path, writing=True), engine.begin() as connection:
                    sql.make(connection, None if vault is None else generation)
                    for record in records:
                        sql.insert_record(connection, record)
                    for change in history:
                        sql.remember(connection, change)

    @property
    def is_encrypted(self) -> bool:
        return self._key is not None

    @property
    def is_earlier(self) -> bool:
        return self._version < sql.VERSION

    def migrate(self) -> None:
        try:
            with self._writing() as connection:
                sql.migrate(connection, self._version)
        except MISREAD as exc:
            raise GalleryDamagedError(self.path, "its history makes no sense") from exc
        self._version = sql.VERSION

    def records(self) -> Iterator[PersonRecord]:
        with self._reading() as connection:
            connection.exec_driver_sql("BEGIN")  # all as at one moment, whoever writes meanwhile
            sql.require_owners(connection)
            for person in sql.read_people(connection):
                samples = sql.read_samples(connection, sql.samples.c.folder == person.folder)
                rejections = sql.read_rejections(connection, sql.rejections.c.folder == person.folder)
                yield PersonRecord(
                    person,
                    tuple(filed.sample for filed in samples),
                    tuple(filed.rejection for filed in rejections),
                )

    def people(self) -> list[Person]:
        with self._reading() as connection:
            return sql.read_people(connection)

    def sample(self, sample_id: str) -> FiledSample:
        with self._reading() as connection:
            found = sql.read_samples(connection, sql.samples.c.id == sample_id)
        if not found:
            raise KeyError(sample_id)
        return found[0]

    def sample_ids(self) -> set[str]:
        with self._reading() as connection:
            return set(sql.read_owners(connection))

    def samples_of(self, folder: str) -> list[Sample]:
        with self._reading() as connection:
            return [filed.sample for filed in sql.read_samples(connection, sql.samples.c.folder == folder)]

    def samples_without(self, model_id: str) -> list[Sample]:
        vectors = sql.vectors.alias()
        with_one = select(vectors.c.sample).where(vectors.c.model == model_id)
        with self._reading() as connection:
            found = sql.read_samples(connection, sql.samples.c.id.not_in(with_one))
            return [filed.sample for filed in found]

    def has_photo(self, folder: str, photo_digest: str) -> bool:
        query = select(sql.samples.c.id).where(
            sql.samples.c.photo == photo_digest, sql.samples.c.folder == folder
        )
        with self._reading() as connection:
            return connection.execute(query).first() is not None

    def samples_in(self, photo_digest: str) -> list[FiledSample]:
        with self._reading() as connection:
            return sql.read_samples(connection, sql.samples.c.photo == photo_digest)

    def rejections_of(self, folder: str) -> list[Rejection]:
        with self._reading() as connection:
            found = sql.read_rejections(connection, sql.rejections.c.folder == folder)
            return [filed.rejection for filed in found]

    def faces_in(self, photo_digests: Set[str]) -> list[FiledFace]:
        with self._reading() as connection:
            return [
                face
                for condition in _conditions(connection, sql.samples.c.photo, photo_digests)
                for face in sql.read_faces(connection, condition)
                if face.photo_digest in photo_digests
            ]

    def rejections_in(self, photo_digests: Set[str]) -> list[FiledRejection]:
        with self._reading() as connection:
            return [
                filed
                for condition in _conditions(connection, sql.rejections.c.photo, photo_digests)
                for filed in sql.read_rejections(connection, condition)
                if filed.rejection.photo_digest in photo_digests
            ]

    def samples_by_model(self) -> dict[str, int]:
        model = sql.short(sql.vectors.c.model)
        query = select(model, func.count()).group_by(model)
        with self._reading() as connection:
            return {text(model): count for model, count in connection.execute(query)}

    def vectors(self, model_id: str, dimensions: int) -> Iterator[VectorRows]:
        length = 4 * dimensions
        query = select(sql.short(sql.vectors.c.sample), sql.vectors.c.vector).where(
            sql.vectors.c.model == model_id,
            func.length(sql.vectors.c.vector) == length,
        )
        with (
            self._reading() as connection,
            contextlib.closing(sql.batches(connection, query)) as batches,
        ):
            connection.exec_driver_sql("BEGIN")  # as above
            folder_of = sql.read_owners(connection)
            for rows in batches:
                ids, blobs = zip(*rows, strict=True)
                matrix = np.frombuffer(b"".join(blobs), "<f4").reshape(len(ids), dimensions)
                if not folder_of.keys() >= {*ids}:
                    raise MisreadError("vectors", "are of a sample that is not there")
                if not abs(float(np.vdot(matrix, matrix)) - len(ids)) < 1e-2 * len(ids):
                    raise MisreadError("vectors", "are not of unit length")  # or no numbers
                yield VectorRows(ids, [folder_of[sample_id] for sample_id in ids], matrix)

    def history(self) -> list[Change]:
        try:
            with self._reading() as connection:
                return sql.read_history(connection)
        except MISREAD as exc:
            raise GalleryDamagedError(self.path, "its history makes no sense") from exc

    def commit(self, edits: Sequence[Edit], done: Change | None) -> None:
        with self._writing() as connection:
            sql.make_edits(connection, edits)
            if done is not None:
                sql.remember(connection, done)
            else:
                sql.forget_last(connection)

    def add_vectors(self, model_id: str, vectors: Mapping[str, Vector]) -> None:
        with self._writing() as connection:
            sql.put_vectors(connection, model_id, vectors)

    def copy_to(self, path: Path) -> None:
        with file_to_be(path) as new, _faults(path, writing=True), self._engine.connect() as connection:
            if self._key is not None:
                database.copy_sealed(connection, new, self._key)
            else:
                connection.exec_driver_sql("VACUUM INTO ?", (str(new),))

    def close(self) -> None:
        self._engine.dispose()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _faults(self.path, writing=False), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _faults(self.path, writing=True), self._engine.begin() as connection:
            if self._key is not None:
                sql.next_generation(connection)
            yield connection
        if self._key is not None and self.vault is not None:
            self.generation += 1
            self.vault.generation = max(self.vault.generation, self.generation)


def _key(path: Path, vault: Vault | None) -> bytes | None:
    """The key of a database that is encrypted; raises GalleryDamagedError where it should be and is not."""
    if vault is None:
        return None
    try:
        is_plain = is_plain_database(path)
    except OSError as exc:
        raise GalleryDamagedError(path, exc.strerror or type(exc).__name__) from exc
    if is_plain and vault.is_strict:
        raise GalleryDamagedError(path, "it is not encrypted, and the gallery is")
    return None if is_plain else vault.database_key


def _conditions(
    connection: Connection, column: Column[Any], values: Set[str]
) -> Iterator[ColumnElement[bool]]:
    """Under which all rows with some values are found, a part at a time; all rows of a table that has fewer
    than there are values."""
    if connection.execute(select(func.count()).select_from(column.table)).scalar_one() < len(values):
        yield true()
        return
    rest = iter(values)
    while some := list(itertools.islice(rest, _AT_ONCE)):
        yield column.in_(some)


def complete(path: Path, vault: Vault | None = None) -> None:
    """Bring into a database what is in its journal still, so that the journal can go before it does.

    Raises:
        GalleryWriteError, GalleryDamagedError.
    """
    with gallery_writes(path):
        key = None if vault is None or is_plain_database(path) else vault.database_key
    engine = database.engine_of(path, for_writing=True, as_it_is=True, key=key)
    try:
        with _faults(path, writing=True), engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()


@contextlib.contextmanager
def completed(path: Path, vault: Vault | None = None) -> Iterator[Path]:
    """A database, and if it has a journal a copy that has none; raises as `complete` does."""
    if not has_journal(path):
        yield path
        return
    require_own_parts(path)
    with tempfile.TemporaryDirectory(prefix="face-match-") as folder:
        copy = copy_database(path, Path(folder))
        complete(copy, vault)
        yield copy


@contextlib.contextmanager
def _faults(path: Path, *, writing: bool) -> Iterator[None]:
    """What SQLite cannot do is an error of the gallery: of the disk when writing, else of the file. But also
    for reading it needs a journal, for which there may be no room."""
    try:
        yield
    except (BrokenSealError, MisreadError) as exc:
        raise GalleryDamagedError(path, str(exc)) from exc
    except UnicodeEncodeError:
        raise
    except MISREAD as exc:  # also of SQLAlchemy, which reads JSON
        raise GalleryDamagedError(path, "a record makes no sense") from exc
    except DBAPIError as exc:
        is_of_disk = getattr(exc.orig, "sqlite_errorname", "").startswith(_OF_DISK)  # from Python 3.11 on
        if isinstance(exc, OperationalError) and (is_of_disk or (writing and str(exc.orig) in _REFUSALS)):
            raise GalleryWriteError(path, str(exc.orig)) from exc
        raise GalleryDamagedError(path, str(exc.orig)) from exc
