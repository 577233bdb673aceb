"""Opening database files: plain, encrypted by SQLCipher, or copied to memory for migration; and what is in
them besides the records.

An encrypted gallery uses SQLCipher: each page is encrypted and authenticated with its number, so that nobody
can read, change or swap pages.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Dialect,
    Engine,
    Integer,
    MetaData,
    StaticPool,
    Table,
    create_engine,
    create_mock_engine,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.util import LRUCache

from face_match.core.atomic_files import break_hard_links
from face_match.core.errors import gallery_write_errors
from face_match.gallery.records.fields import RecordError
from face_match.gallery.records.paths import DATABASE
from face_match.gallery.storage.sql import tables as sql
from face_match.gallery.storage.sqlite.files import (
    APPLICATION_ID,
    IDS,
    has_journal,
    require_no_foreign_parts,
)
from face_match.gallery.storage.sqlite.temporary_copy import TemporaryCopy

PAGE_BYTES = 16_384
"""Embeddings of 2 kB fill these pages without gaps: reading 100,000 takes half as long as with 4 kB pages."""


sealed_tables = MetaData()

generations = Table("generation", sealed_tables, Column("value", Integer, nullable=False))
"""The number of changes of an encrypted database, which reveals an older file in its place."""


def engine_of(
    path: Path,
    *,
    for_writing: bool,
    key: bytes | None = None,
    is_new: bool = False,
    keep_journal_mode: bool = False,
) -> Engine:
    """An engine with one connection, which is opened at its first use.

    Args:
        key: 32 bytes, for an encrypted database.
        is_new: the file is empty and nobody reads it until it is complete, so it needs no journal.
        keep_journal_mode: leave the journal mode as it is. Changing it is a write that a kill can interrupt.
    """
    driver = _driver(key)

    def connect() -> sqlite3.Connection:
        with contextlib.ExitStack() as on_failure:
            connection = _connected(path, driver, for_writing=for_writing, is_new=is_new)
            on_failure.callback(connection.close)
            if key is not None:
                set_key(connection, key)
            connection.execute("PRAGMA foreign_keys = ON")
            if is_new:
                connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
                connection.execute("PRAGMA journal_mode = OFF")
            elif for_writing and not keep_journal_mode and _is_gallery(connection):
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
            on_failure.pop_all()
            return connection

    return _engine_on(connect, driver)


_COMPILED: LRUCache[Any, Any] = LRUCache(1000)
"""The SQL of statements, which all databases share: to compile it took half the time of opening one."""


def _engine_on(connect: Callable[[], Any], driver: Any = sqlite3) -> Engine:
    """An engine with the one connection that a function opens, with a driver."""
    dialect = _dialect_of(driver)
    engine = Engine(StaticPool(connect, dialect=dialect), dialect, make_url("sqlite://"))
    engine.update_execution_options(compiled_cache=_COMPILED)
    return engine


@functools.cache
def _dialect_of(driver: Any) -> Dialect:
    """What SQLAlchemy knows of a driver, once it has asked a database in memory."""
    engine = create_engine("sqlite://", module=driver)
    with engine.connect():
        pass
    engine.dispose()
    return engine.dialect


def in_memory() -> Engine:
    """An engine with an empty database in memory, which threads may share."""
    return _engine_on(lambda: sqlite3.connect(":memory:", check_same_thread=False))


def _connected(path: Path, driver: Any, *, for_writing: bool, is_new: bool = False) -> sqlite3.Connection:
    """The only place where a database file is opened. SQLite must write to the gallery's own files only.

    The gallery's own database, which another process may be writing, is read in place with its journal, if
    SQLite can write beside it. Any other database is read without writing beside it: as it is, or as a copy
    if it has a journal.

    Raises:
        GalleryUnsafeError.
    """
    require_no_foreign_parts(path)
    if for_writing and not is_new:
        _make_private_copy(path)
    if for_writing or (path.name == DATABASE and _can_be_read_in_place(path)):
        return _connect(driver, path, "mode=rw" if for_writing else "mode=ro")
    if not has_journal(path):
        return _connect(driver, path, "mode=ro&immutable=1")
    return _connected_to_copy(path, driver)


def _can_be_read_in_place(path: Path) -> bool:
    """Whether a database can be read in place: SQLite may write beside it, and no rollback by a writer is
    pending."""
    if path.with_name(f"{path.name}-journal").exists():
        return False
    shared = path.with_name(f"{path.name}-shm")
    return os.access(path.parent, os.W_OK) and (not shared.exists() or os.access(shared, os.W_OK))


def _connected_to_copy(path: Path, driver: Any) -> sqlite3.Connection:
    """Open a copy in a temporary folder, which is deleted when the connection is closed."""
    copy = TemporaryCopy(path)

    class ToCopy(driver.Connection):  # type: ignore[misc]
        def close(self) -> None:
            super().close()
            copy.close()

    with contextlib.ExitStack() as on_failure:
        on_failure.callback(copy.close)
        connection = _connect(driver, copy.path, "mode=rw", ToCopy)
        on_failure.pop_all()
    return connection


def _connect(driver: Any, path: Path, how: str, kind: type | None = None) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    factory = kind or driver.Connection
    connection: sqlite3.Connection = driver.connect(uri, uri=True, check_same_thread=False, factory=factory)
    return connection


def _make_private_copy(path: Path) -> None:
    """Break hard links and restrict permissions, because SQLite writes in place."""
    with gallery_write_errors(path):
        break_hard_links(path)
        if os.name != "nt" and path.stat().st_mode & 0o077 and path.stat().st_uid == os.geteuid():
            path.chmod(0o600)


def _driver(key: bytes | None) -> Any:
    return sqlite3 if key is None else sqlcipher()


def sqlcipher() -> Any:
    """The SQLCipher module, bound to its own SQLite.

    TensorFlow exports the symbols of another SQLite. If SQLCipher is imported after it without deep binding,
    it calls that SQLite, which ignores keys and writes plain text.
    """
    flags = sys.getdlopenflags() if hasattr(sys, "getdlopenflags") else 0
    own_first = getattr(os, "RTLD_DEEPBIND", 0)  # macOS and Windows always bind a library to its own symbols
    if own_first:
        sys.setdlopenflags(flags | own_first)
    try:
        import sqlcipher3.dbapi2
    finally:
        if own_first:
            sys.setdlopenflags(flags)
    return sqlcipher3.dbapi2


def set_key(connection: sqlite3.Connection, key: bytes) -> None:
    """Set the raw key of an SQLCipher connection, without key derivation.

    Raises:
        OperationalError, of SQLCipher: the key was not accepted, and data would be written in plain text.
    """
    if connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"").fetchall() != [("ok",)]:
        raise sqlcipher().OperationalError("the key was not accepted")
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
    connection.execute(f"PRAGMA cipher_page_size = {PAGE_BYTES}")


def copy_sealed(connection: Connection, path: Path, key: bytes) -> None:
    """Copy an encrypted database to an empty file with a salt of its own, so that pages cannot be swapped
    between the two."""
    connection.exec_driver_sql(
        f"ATTACH DATABASE ? AS copy KEY \"x'{key.hex()}'\"", (path.absolute().as_uri(),)
    )
    try:
        for setting in (f"cipher_page_size = {PAGE_BYTES}", "journal_mode = OFF"):
            connection.exec_driver_sql(f"PRAGMA copy.{setting}")
        connection.exec_driver_sql("SELECT sqlcipher_export('copy')").all()
        for name in ("application_id", "user_version"):
            value = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            connection.exec_driver_sql(f"PRAGMA copy.{name} = {value}")
        connection.commit()
    finally:
        connection.exec_driver_sql("DETACH DATABASE copy")


def attach(connection: Connection, path: Path, name: str, key: bytes | None) -> None:
    """Attach another database, which has no journal, to a connection."""
    require_no_foreign_parts(path)
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    if key is None:
        connection.exec_driver_sql(f"ATTACH DATABASE ? AS {name}", (uri,))
    else:
        connection.exec_driver_sql(
            f"PRAGMA cipher_default_page_size = {PAGE_BYTES}"
        )  # because SQLCipher reads at once
        connection.exec_driver_sql(f"ATTACH DATABASE ? AS {name} KEY \"x'{key.hex()}'\"", (uri,))


def _is_gallery(connection: sqlite3.Connection) -> bool:
    return connection.execute("PRAGMA application_id").fetchone()[0] in IDS


OLD_SEALED_COLUMNS = {
    "people": ("folder", "name", "added", "extra"),
    "samples": ("id", "folder", "file", "photo", "added", "box", "landmarks", "extra", "place"),
    "vectors": ("sample", "vector"),
    "rejections": ("folder", "photo", "box", "extra"),
    "history": ("at", "description", "edits"),
}
"""The columns that vault version 1 encrypted, value by value."""


Unseal = Callable[[bytes], bytes]


def copied_to_memory(path: Path, unseal: Unseal) -> Engine:
    """Open a database whose values vault version 1 encrypted, as a decrypted copy in memory.

    Args:
        unseal: decrypts one value.
    """

    def connect() -> sqlite3.Connection:
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        with contextlib.closing(_connected(path, sqlite3, for_writing=False)) as source:
            _copy(source, memory, unseal)
        return memory

    return _engine_on(connect)


def _copy(source: sqlite3.Connection, memory: sqlite3.Connection, unseal: Unseal) -> None:
    """Copy tables and rows, decrypting the encrypted values."""
    schema = source.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    for name, statement in schema:
        memory.execute(statement)
        if not statement.startswith("CREATE TABLE"):
            continue
        rows = source.execute(f'SELECT * FROM "{name}"')
        columns = [column[0] for column in rows.description]
        sealed = OLD_SEALED_COLUMNS.get(name, ())
        marks = ", ".join("?" * len(columns))
        for row in rows:
            values = [
                _unsealed(value, column, unseal) if column in sealed else value
                for column, value in zip(columns, row, strict=True)
            ]
            memory.execute(f'INSERT INTO "{name}" VALUES ({marks})', values)
    for setting in ("application_id", "user_version"):
        memory.execute(f"PRAGMA {setting} = {source.execute(f'PRAGMA {setting}').fetchone()[0]}")
    memory.commit()


def _unsealed(value: bytes | None, column: str, unseal: Unseal) -> bytes | str | None:
    if value is None:
        return None
    data = unseal(value)
    return data if column == "vector" else data.decode()


def create_tables(connection: Connection, generation: int | None) -> None:
    """Create the tables in a new database.

    Args:
        generation: of an encrypted database; None for a plain one.
    """
    for statement in creating(sql.tables):
        connection.exec_driver_sql(statement)
    if generation is not None:
        for statement in creating(sealed_tables):
            connection.exec_driver_sql(statement)
        connection.execute(insert(generations).values(value=generation))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {sql.VERSION}")


@functools.cache
def creating(tables: MetaData) -> list[str]:
    """The statements that create tables with their indexes, as SQLite keeps them."""
    statements: list[str] = []

    def note(statement: Any, *_: object) -> None:
        statements.append(str(statement.compile(dialect=_dialect_of(sqlite3))).strip())

    tables.create_all(create_mock_engine("sqlite://", note), checkfirst=False)
    return statements


def read_generation(connection: Connection) -> int:
    """The generation of an encrypted database."""
    values = connection.execute(select(generations.c.value)).scalars().all()
    if len(values) != 1:
        raise RecordError("generation", "is not one number")
    return int(values[0])


def next_generation(connection: Connection) -> None:
    """Increase the generation of an encrypted database."""
    connection.execute(update(generations).values(value=generations.c.value + 1))
