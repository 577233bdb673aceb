"""How a database file is opened: plain, encrypted by SQLCipher, or as a copy in memory to be migrated."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine

from face_match.durable import unshare
from face_match.errors import GalleryUnsafeError, gallery_writes
from face_match.gallery.paths import DATABASE, require_no_link

APPLICATION_ID, OLD_SEALED_ID = 0x466D4761, 0x466D4765
IDS = (APPLICATION_ID, OLD_SEALED_ID)
"""By which the file is told from other SQLite files; the second has values sealed by vaults of version 1."""

PLAIN_HEAD = b"SQLite format 3\0"

PAGE_BYTES = 16_384
"""Vectors of 2 kB fill such pages without gaps: 100,000 of them are read in half the time of 4 kB pages."""


JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


def refuse_foreign_journal(path: Path) -> None:
    """Refuse links in place of a database's files, and a journal by which SQLite would delete another file.

    The program never writes to two databases at once, which is when SQLite makes such a journal.

    Raises:
        GalleryUnsafeError.
    """
    journal = path.with_name(f"{path.name}-journal")
    for part in (path, journal, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        require_no_link(part)
    with contextlib.suppress(OSError), journal.open("rb") as file:
        file.seek(max(0, journal.stat().st_size - len(JOURNAL_MAGIC)))
        if file.read(len(JOURNAL_MAGIC)) == JOURNAL_MAGIC:
            raise GalleryUnsafeError(journal, "is a journal of other files too")


def is_plain_database(path: Path) -> bool:
    """Whether a file is an SQLite database that is not encrypted; raises OSError."""
    with path.open("rb") as file:
        return file.read(len(PLAIN_HEAD)) == PLAIN_HEAD


def engine_of(
    path: Path, *, for_writing: bool, key: bytes | None = None, is_new: bool = False, as_it_is: bool = False
) -> Engine:
    """One connection to a database, opened at its first use.

    Args:
        key: of an encrypted one, 32 bytes.
        as_it_is: with the kind of journal that it has; changing that is a write that a kill can cut off.
        is_new: the file is empty, and nobody looks at it before it is whole: it needs no journal.
    """
    driver = _driver(key)

    def connect() -> sqlite3.Connection:
        refuse_foreign_journal(path)
        if for_writing and not is_new:
            _make_own(path)
        with contextlib.ExitStack() as on_failure:
            uri = _uri(path, for_writing=for_writing)
            connection: sqlite3.Connection = driver.connect(uri, uri=True, check_same_thread=False)
            on_failure.callback(connection.close)
            if key is not None:
                unlock(connection, key)
            connection.execute("PRAGMA foreign_keys = ON")
            if is_new:
                connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
                connection.execute("PRAGMA journal_mode = OFF")
            elif for_writing and not as_it_is and _is_gallery(connection):
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
            on_failure.pop_all()
            return connection

    return create_engine("sqlite://", module=driver, creator=connect, poolclass=StaticPool)


def _make_own(path: Path) -> None:
    """SQLite writes in place: into no other file's content, and for nobody else to read."""
    with gallery_writes(path):
        unshare(path)
        if os.name != "nt" and path.stat().st_mode & 0o077 and path.stat().st_uid == os.geteuid():
            path.chmod(0o600)


def _driver(key: bytes | None) -> Any:
    if key is None:
        return sqlite3
    import sqlcipher3.dbapi2

    return sqlcipher3.dbapi2


def unlock(connection: sqlite3.Connection, key: bytes) -> None:
    """Give an SQLCipher connection its key, as it is: nothing is left for its own derivation to stretch."""
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
    connection.execute(f"PRAGMA cipher_page_size = {PAGE_BYTES}")


def copy_sealed(connection: Connection, path: Path, key: bytes) -> None:
    """Copy an encrypted database to an empty file, with a salt of its own: their pages cannot be swapped."""
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


def _is_gallery(connection: sqlite3.Connection) -> bool:
    return connection.execute("PRAGMA application_id").fetchone()[0] in IDS


OLD_SEALED_COLUMNS = {
    "people": ("folder", "name", "added", "extra"),
    "samples": ("id", "folder", "file", "photo", "added", "box", "landmarks", "extra", "place"),
    "vectors": ("sample", "vector"),
    "rejections": ("folder", "photo", "box", "extra"),
    "history": ("at", "description", "edits"),
}
"""What version 1 of the vault has sealed, value by value."""


def copied_to_memory(
    path: Path, key: bytes | None = None, unseal: Callable[[bytes], bytes] | None = None
) -> Engine:
    """A database that must not be written to, to be migrated all the same.

    Args:
        key: of an encrypted one.
        unseal: opens the values of one that version 1 of the vault has sealed.
    """

    def connect() -> sqlite3.Connection:
        refuse_foreign_journal(path)
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        source = _driver(key).connect(_uri(path, for_writing=False), uri=True)
        with contextlib.closing(source):
            if key is not None:
                unlock(source, key)
            _copy(source, memory, unseal)
        return memory

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool)


def _copy(
    source: sqlite3.Connection, memory: sqlite3.Connection, unseal: Callable[[bytes], bytes] | None
) -> None:
    """Tables and rows; SQLite's own way of copying would take encrypted pages for what they are not."""
    for name, sql in source.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall():
        memory.execute(sql)
        if not sql.startswith("CREATE TABLE"):
            continue
        rows = source.execute(f'SELECT * FROM "{name}"')
        columns = [column[0] for column in rows.description]
        sealed = OLD_SEALED_COLUMNS.get(name, ()) if unseal is not None else ()
        marks = ", ".join("?" * len(columns))
        for row in rows:
            values = [
                _unsealed(value, column, unseal) if unseal is not None and column in sealed else value
                for column, value in zip(columns, row, strict=True)
            ]
            memory.execute(f'INSERT INTO "{name}" VALUES ({marks})', values)
    for setting in ("application_id", "user_version"):
        memory.execute(f"PRAGMA {setting} = {source.execute(f'PRAGMA {setting}').fetchone()[0]}")
    memory.commit()


def _unsealed(value: bytes | None, column: str, unseal: Callable[[bytes], bytes]) -> bytes | str | None:
    if value is None:
        return None
    data = unseal(value)
    return data if column == "vector" else data.decode()


def _uri(path: Path, *, for_writing: bool) -> str:
    """Of a database; beside a backup that is only read SQLite puts no files of its own."""
    mode = "rw" if for_writing else "ro"
    is_backup = path.name != DATABASE and not path.with_name(f"{path.name}-wal").exists()
    alone = "&immutable=1" if is_backup and not for_writing else ""
    return f"{path.absolute().as_uri()}?mode={mode}{alone}"
