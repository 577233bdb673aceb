"""The SQLite store, for galleries too large to rewrite a JSON file at each change."""

from __future__ import annotations

import contextlib
import itertools
import json
import weakref
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError, OperationalError

from face_match.core.atomic_files import MAX_COPY_BYTES, FileId, copy_content, file_id, replacement_file
from face_match.core.errors import (
    GalleryDamagedError,
    GalleryLockLostError,
    GalleryNewerError,
    GalleryUnreadableError,
    GalleryWriteError,
    gallery_read_errors,
    gallery_write_errors,
)
from face_match.core.records import Person
from face_match.core.translation import marked
from face_match.core.types import Embedding
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.fields import READ_ERRORS, RecordError
from face_match.gallery.records.history import HistoryEntry, Step
from face_match.gallery.records.paths import VAULT
from face_match.gallery.records.rows import Contents, Table
from face_match.gallery.storage.sql import row_reading, row_writing, summaries
from face_match.gallery.storage.sql import tables as sql
from face_match.gallery.storage.sql.reading import SqlReading
from face_match.gallery.storage.sqlite import database, earlier_versions
from face_match.gallery.storage.sqlite.files import (
    APPLICATION_ID,
    IDS,
    OLD_SEALED_ID,
    has_journal,
    is_plain_database,
    journals_of,
    require_no_foreign_parts,
)
from face_match.gallery.storage.sqlite.schema_check import require_own_schema, require_plausible_values
from face_match.gallery.storage.sqlite.temporary_copy import TemporaryCopy
from face_match.gallery.storage.store import REPLACED, Counts, EmbeddingRows, OneWriter
from face_match.gallery.storage.vault import BrokenSealError, Vault

_DISK_ERRORS = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHM")
_REFUSALS = (
    *("disk I/O error", "database or disk is full", "attempt to write a readonly database"),
    *("unable to open database file", "locking protocol"),
)
"""SQLite's messages when the system prevents writing or reading; others mean a damaged file."""

_BUSY = ("database is locked", "database table is locked", "database schema is locked")
_IN_USE = marked("another program is using it: try again when it has finished")

_CACHE_KB = 200_000
"""Page cache while a database is rebuilt, whose indexes are written in random order."""


class SqlStore(SqlReading, OneWriter):
    """A store that keeps only the requested records in memory."""

    def __init__(
        self, path: Path, *, for_writing: bool, vault: Vault | None = None, is_trusted: bool = False
    ) -> None:
        """Open a database.

        Args:
            is_trusted: it was checked before, and no other process has had access since.
        Raises:
            GalleryDamagedError, GalleryNewerError.
        """
        self.path = path
        self.vault = vault
        self.generation = 0
        self._files: dict[Path, FileId | None] = {}
        self._key = _key(path, vault)
        self._version = sql.VERSION
        self._older_engine: Engine | None = None
        self._engine = database.engine_of(self.path, for_writing=for_writing, key=self._key)
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(self.close)
            with self._reading() as connection:
                found = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
                version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
            if found not in IDS:
                raise GalleryDamagedError(self.path, marked("it is not a Face Match gallery"))
            if version > sql.VERSION:
                raise GalleryNewerError(self.path, str(version), str(sql.VERSION))
            with self._reading() as connection:
                require_own_schema(connection, version)
                if (
                    self._key is None and not is_trusted
                ):  # only a holder of the key can forge pages of an encrypted database
                    require_plausible_values(connection, self.path, version, for_writing=for_writing)
                if self._key is not None:
                    self.generation = database.read_generation(connection)
            if found == OLD_SEALED_ID:
                self._engine.dispose()
                self._engine = database.copied_to_memory(self.path, self._unseal())
            if version < sql.VERSION:
                self._version = version
                self._migrate_in_memory(version)
            on_failure.pop_all()
        if for_writing:
            self._note_files()
        weakref.finalize(self, self._engine.dispose)  # readers may never close it

    def _unseal(self) -> database.Unseal:
        if self.vault is None:
            raise GalleryDamagedError(self.path, f"it is encrypted, but there is no {VAULT} with its key")
        return self.vault.unseal_old

    def _migrate_in_memory(self, version: int) -> None:
        """Convert records of an earlier version to this one in memory."""
        with self._reading() as connection:
            contents, steps = earlier_versions.read(connection, version)
        self._older_engine = self._engine
        with _gallery_errors(self.path, writing=False):
            self._engine = memory_database(contents, steps)

    @staticmethod
    def create(
        path: Path,
        contents: Contents,
        history: Sequence[tuple[Step, Sequence[Edit]]] = (),
        vault: Vault | None = None,
        *,
        generation: int = 0,
        before: Vault | None = None,
    ) -> None:
        """Write a new database with these records; it is on disk when this returns.

        Args:
            vault: encrypts the database.
            generation: of an encrypted gallery's records.
            before: the vault of the existing database, if it is another one.
        Raises:
            GalleryWriteError, UnicodeEncodeError (a lone surrogate in a text): an existing database is
                unchanged.
        """
        with gallery_write_errors(path), replacement_file(path) as new:
            if path.exists():
                checkpoint(path, before or vault)
            for left in journals_of(path):  # a leftover journal would be taken for the new database's
                left.unlink(missing_ok=True)
            key = None if vault is None else vault.database_key
            with _gallery_errors(path, writing=True), _new_database(new, key) as connection:
                database.create_tables(connection, None if vault is None else generation)
                row_writing.insert_contents(connection, contents, history)
            if key is not None and is_plain_database(new):
                raise GalleryWriteError(path, marked("SQLCipher does not encrypt it"))

    @property
    def is_encrypted(self) -> bool:
        return self._key is not None

    @property
    def is_older_version(self) -> bool:
        return self._older_engine is not None

    @property
    def predates_faces(self) -> bool:
        return self._version < earlier_versions.FIRST_WITH_FACES

    def migrate(self) -> None:
        if self._older_engine is None:
            return
        contents, steps = self.contents(), [(step, self.edits_of(step.id)) for step in self.steps()]
        generation = self.generation + 1
        vault = self.vault if self._key is not None else None
        self._older_engine.dispose()
        SqlStore.create(self.path, contents, steps, vault, generation=generation)
        self.close()
        self._older_engine, self._version = None, sql.VERSION
        self._engine = database.engine_of(self.path, for_writing=True, key=self._key)
        self._note_files()
        if vault is not None:
            self.generation = vault.generation = generation

    def contents(self) -> Contents:
        with self._reading() as connection:
            connection.exec_driver_sql("BEGIN")  # a consistent snapshot while others write
            summaries.require_owners(connection)
            rows = {table: row_reading.read_rows(connection, table) for table in Table}
            return Contents(rows, {**row_reading.read_embeddings(connection)})

    def counts(self) -> Counts:
        with self._reading() as connection:
            return summaries.read_counts(connection)

    def digest(self) -> str:
        with self._reading() as connection:
            connection.exec_driver_sql("BEGIN")  # a consistent snapshot
            return summaries.read_digest(connection)

    def people(self) -> list[Person]:
        with self._reading() as connection:
            return row_reading.read_people(connection)

    def embeddings(self, model_id: str, dimensions: int) -> Iterator[EmbeddingRows]:
        query = select(sql.bounded(sql.embeddings.c.face), sql.embeddings.c.vector).where(
            sql.embeddings.c.model == model_id,
            func.length(sql.embeddings.c.vector) == 4 * dimensions,
        )
        with (
            self._reading() as connection,
            contextlib.closing(row_reading.batches(connection, query)) as batches,
        ):
            connection.exec_driver_sql("BEGIN")  # a consistent snapshot
            folder_of = _owners(connection)
            for rows in batches:
                named = [row for row in rows if row[0] in folder_of]
                if not named:
                    continue
                ids, blobs = zip(*named, strict=True)
                matrix = np.frombuffer(b"".join(blobs), "<f4").reshape(len(ids), dimensions)
                if not abs(float(np.vdot(matrix, matrix)) - len(ids)) < 1e-2 * len(ids):
                    raise RecordError("vectors", "do not have unit length")  # or not finite
                yield EmbeddingRows(ids, [folder_of[face_id] for face_id in ids], matrix)

    def next_step_id(self, last: int) -> int:
        return last + 1

    def steps(self) -> list[Step]:
        with self._history(), self._reading() as connection:
            return row_reading.read_steps(connection)

    def edits_of(self, step_id: int) -> list[Edit]:
        with self._history(), self._reading() as connection:
            return row_reading.read_edits(connection, step_id)

    def history_edits(self) -> Iterator[tuple[int, Edit]]:
        with self._history(), self._reading() as connection:
            yield from row_reading.each_edit(connection)

    @contextlib.contextmanager
    def _history(self) -> Iterator[None]:
        try:
            yield
        except READ_ERRORS as exc:
            raise GalleryDamagedError(self.path, marked("its history is invalid")) from exc

    def commit(
        self, edits: Sequence[Edit], entry: HistoryEntry | None = None, forget: Collection[int] = ()
    ) -> None:
        with self._writing() as connection:
            row_writing.make_edits(connection, edits)
            if forget:
                row_writing.delete_steps(connection, forget)
            if entry is not None:
                row_writing.write_step(connection, entry)

    def add_embeddings(self, model_id: str, embeddings: Mapping[str, Embedding]) -> None:
        with self._writing() as connection:
            row_writing.put_embeddings(connection, model_id, embeddings)

    def copy_to(self, path: Path) -> None:
        if (
            self._older_engine is not None and self._key is None
        ):  # its values may be encrypted one by one and stay so
            with (
                checkpointed(self.path, self.vault) as whole,
                gallery_write_errors(path),
                replacement_file(path) as new,
            ):
                copy_content(whole, new, MAX_COPY_BYTES)
            return
        engine = self._older_engine or self._engine
        with (
            replacement_file(path) as new,
            _gallery_errors(path, writing=True),
            engine.connect() as connection,
        ):
            if self._key is not None:
                database.copy_sealed(connection, new, self._key)
                if is_plain_database(new):
                    raise GalleryWriteError(path, marked("SQLCipher does not encrypt it"))
            else:
                connection.exec_driver_sql("VACUUM INTO ?", (str(new),))

    def close(self) -> None:
        if self._older_engine is not None:
            self._older_engine.dispose()
        self._engine.dispose()
        if self._is_replaced:
            for journal in journals_of(self.path):  # of the file that was replaced; SQLite leaves them
                if (known := self._files[journal]) is not None and file_id(journal) == known:
                    with contextlib.suppress(OSError):
                        journal.unlink()

    @property
    def _is_replaced(self) -> bool:
        """Whether another program has deleted the database that is open, or put another one in its place."""
        return bool(self._files) and file_id(self.path) != self._files[self.path]

    def _note_files(self) -> None:
        """Remember which files SQLite has open, to notice if others take their names."""
        self._files = {path: file_id(path) for path in (self.path, *journals_of(self.path))}

    def reading(self) -> contextlib.AbstractContextManager[Connection]:
        """A connection for reading the tables of this version."""
        return self._reading()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _gallery_errors(self.path, writing=False), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._is_replaced:  # SQLite would write to a file that has no name any more
            raise GalleryLockLostError(self.path.parent, REPLACED)
        with _gallery_errors(self.path, writing=True), self._engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # before anything that is valid until the commit
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            if self._key is not None:
                database.next_generation(connection)
            yield connection
        self._note_files()
        if self._key is not None and self.vault is not None:
            self.generation += 1
            self.vault.generation = max(self.vault.generation, self.generation)


def counts_of(path: Path, vault: Vault | None) -> Counts:
    """The number of people and named faces in a database of any version; raises as SqlStore does."""
    key = _key(path, vault)
    engine = database.engine_of(path, for_writing=False, key=key)
    with (
        contextlib.ExitStack() as at_end,
        _gallery_errors(path, writing=False),
        engine.connect() as connection,
    ):
        at_end.callback(engine.dispose)
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        found = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        if found == APPLICATION_ID and version <= sql.VERSION:
            require_own_schema(connection, version)
            return earlier_versions.read_counts(connection, version)
    with contextlib.closing(SqlStore(path, for_writing=False, vault=vault)) as store:
        return store.counts()


@contextlib.contextmanager
def _new_database(new: Path, key: bytes | None) -> Iterator[Connection]:
    """A connection to an empty file, which becomes a database."""
    engine = database.engine_of(new, for_writing=True, is_new=True, key=key)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            yield connection
    finally:
        engine.dispose()


def _key(path: Path, vault: Vault | None) -> bytes | None:
    """The key of an encrypted database, or None; raises GalleryDamagedError if it should be encrypted and
    is not."""
    if vault is None:
        return None
    with gallery_read_errors(path):
        is_plain = is_plain_database(path)
    if is_plain and vault.is_strict:
        raise GalleryDamagedError(path, marked("it is not encrypted, but the gallery is"))
    return None if is_plain else vault.database_key


def memory_database(contents: Contents, history: Sequence[tuple[Step, Sequence[Edit]]]) -> Engine:
    """A database in memory with these records."""
    engine = database.in_memory()
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        database.create_tables(connection, None)
        row_writing.insert_contents(connection, contents, history)
    return engine


@contextlib.contextmanager
def rebuilt(path: Path, vault: Vault | None, generation: int) -> Iterator[Connection]:
    """A connection to new tables, to fill from the old database, which is attached as `old`.

    On success the new database replaces the old one and shares no page with it.

    Args:
        generation: of an encrypted database.
    Raises:
        GalleryWriteError, GalleryDamagedError: the old database is unchanged.
    """
    key = _key(path, vault)
    checkpoint(path, vault)
    with gallery_write_errors(path), replacement_file(path) as new:
        engine = database.engine_of(new, for_writing=True, is_new=True, key=key)
        with contextlib.ExitStack() as at_end:
            at_end.callback(engine.dispose)
            with _gallery_errors(path, writing=True), engine.connect() as connection:
                connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KB}")
                connection.exec_driver_sql("PRAGMA foreign_keys = OFF")  # the copied rows were checked before
                database.attach(connection, path, "old", key)
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                database.create_tables(connection, None if key is None else generation)
                yield connection
                connection.commit()
                connection.exec_driver_sql("DETACH DATABASE old")
        for left in journals_of(path):  # empty: everything is in the database
            left.unlink(missing_ok=True)


def checkpoint(path: Path, vault: Vault | None = None) -> None:
    """Write the journal's content into the database, so that the journal can be deleted first.

    Raises:
        GalleryWriteError: also if another process reads it. GalleryDamagedError.
    """
    with gallery_write_errors(path):
        key = None if vault is None or is_plain_database(path) else vault.database_key
    engine = database.engine_of(path, for_writing=True, keep_journal_mode=True, key=key)
    try:
        with _gallery_errors(path, writing=True), engine.connect() as connection:
            is_busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        if is_busy:  # somebody reads an older state, and the newest changes are in the journal alone
            raise GalleryWriteError(path, _IN_USE)
    finally:
        engine.dispose()


@contextlib.contextmanager
def checkpointed(path: Path, vault: Vault | None = None) -> Iterator[Path]:
    """The database, or a checkpointed copy if it has a journal; raises as `checkpoint` does."""
    if not has_journal(path):
        yield path
        return
    require_no_foreign_parts(path)
    with TemporaryCopy(path) as copy:
        checkpoint(copy, vault)
        yield copy


@contextlib.contextmanager
def _gallery_errors(path: Path, *, writing: bool) -> Iterator[None]:
    """Convert SQLite's errors: refused writes, and a database that another process uses, to
    GalleryWriteError; reading that the system prevents to GalleryUnreadableError; all others to
    GalleryDamagedError.

    Reading can fail to write as well, because it needs a journal.
    """
    try:
        yield
    except (BrokenSealError, RecordError) as exc:
        raise GalleryDamagedError(path, str(exc)) from exc
    except UnicodeEncodeError:
        raise
    except READ_ERRORS as exc:  # including those of SQLAlchemy's JSON type
        raise GalleryDamagedError(path, marked("a record is invalid")) from exc
    except DBAPIError as exc:
        if isinstance(exc, OperationalError) and str(exc.orig) in _BUSY:
            raise GalleryWriteError(path, _IN_USE) from exc
        is_of_disk = getattr(exc.orig, "sqlite_errorname", "").startswith(_DISK_ERRORS)  # from Python 3.11 on
        if isinstance(exc, OperationalError) and (is_of_disk or (writing and str(exc.orig) in _REFUSALS)):
            raise GalleryWriteError(path, str(exc.orig)) from exc
        if isinstance(exc, OperationalError) and str(exc.orig) in _REFUSALS and path.is_file():
            raise GalleryUnreadableError(path, str(exc.orig)) from exc
        raise GalleryDamagedError(path, str(exc.orig)) from exc


def _owners(connection: Connection) -> dict[str, str]:
    """The folder of each named face's person, by face id."""
    query = (
        select(sql.faces.c.person, func.json_group_array(sql.faces.c.id))
        .where(sql.faces.c.person.is_not(None))
        .group_by(sql.faces.c.person)
    )
    owned = row_reading.all_rows(connection, query)
    ids: list[list[str]] = json.loads(f"[{','.join(written for _, written in owned)}]")
    folders = (itertools.repeat(folder, len(own)) for (folder, _), own in zip(owned, ids, strict=True))
    chained = itertools.chain.from_iterable
    return dict(zip(chained(ids), chained(folders), strict=True))
