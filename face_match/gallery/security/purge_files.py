"""Files of records of any kind: reading them as tables, and rewriting them without a person."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from face_match.core.atomic_files import MAX_COPY_BYTES, open_file, read_file
from face_match.core.errors import (
    GalleryDamagedError,
    GalleryNewerError,
    gallery_read_errors,
)
from face_match.gallery.records.paths import CALIBRATIONS, UNFINISHED_SCANS
from face_match.gallery.records.rows import Contents, Table
from face_match.gallery.security.byte_search import CHUNK_BYTES, WordSearch
from face_match.gallery.security.purge_plan import PurgePlan
from face_match.gallery.security.purge_rows import TABLES, copy_without, find_changes, make_changes
from face_match.gallery.security.sealing import MAX_SEALED_BYTES
from face_match.gallery.storage.gallery_files import StoredRecords, is_database, sealed_path_of, write_records
from face_match.gallery.storage.json_store import JsonStore
from face_match.gallery.storage.sql import row_reading
from face_match.gallery.storage.sqlite.files import is_plain_database
from face_match.gallery.storage.sqlite.store import SqlStore, memory_database, rebuilt
from face_match.gallery.storage.vault import MARK, Vault, from_disk


@dataclass(frozen=True)
class Tables:
    """The records of a file as tables.

    Attributes:
        connection: for reading; a copy in memory may also be changed.
        is_copy: the tables are in memory, because the file holds no such tables.
    """

    connection: Connection
    generation: int
    is_copy: bool


def is_records(path: Path) -> bool:
    """Whether a file of the gallery holds people, or should."""
    return not path.name.startswith((CALIBRATIONS, UNFINISHED_SCANS))


@contextlib.contextmanager
def tables_of(path: Path, vault: Vault | None, *, is_trusted: bool = False) -> Iterator[Tables]:
    """The records in a file of any version, the demo's included.

    Args:
        is_trusted: the file was checked before, and no other process has had access since.
    Raises:
        GalleryDamagedError, GalleryNewerError.
    """
    if is_database(path):
        store = SqlStore(path, for_writing=False, vault=vault, is_trusted=is_trusted)
        with contextlib.closing(store), store.reading() as connection:
            yield Tables(connection, store.generation, store.is_older_version)
        return
    records = JsonStore.read(path, vault)
    engine = memory_database(records.contents, records.steps)
    try:
        with engine.connect() as connection:
            yield Tables(connection, records.generation, is_copy=True)
    finally:
        engine.dispose()


def visit_readable(
    files: Iterable[Path],
    vault: Vault | None,
    visit: Callable[[Path, Tables], None],
    on_file: Callable[[Path], None],
    trusted: Collection[Path] = (),
) -> None:
    """Call `visit` with the tables of each file that holds people, skipping unreadable files.

    Args:
        on_file: called before a file is read; may raise.
        trusted: the files that were checked before, and that no other process has had access to since.
    """
    for file in filter(is_records, files):
        on_file(file)
        with (
            contextlib.suppress(GalleryDamagedError, GalleryNewerError),
            tables_of(file, vault, is_trusted=file in trusted) as tables,
        ):
            visit(file, tables)


def purge_file(
    path: Path, plan: PurgePlan, vault: Vault | None, words: WordSearch, *, is_trusted: bool = False
) -> bool:
    """Rewrite a file of records without a person; return whether anything was purged.

    A database is also rewritten if only its unused pages contain traces.

    Args:
        is_trusted: as in `tables_of`.
    Raises:
        GalleryDamagedError, GalleryNewerError, GalleryWriteError: the file is unchanged.
    """
    with tables_of(path, vault, is_trusted=is_trusted) as tables:
        changes = find_changes(tables.connection, plan)
        if changes and tables.is_copy:
            make_changes(tables.connection, changes)
            write_records(path, _all_records(tables), vault)
            return True
    if not changes and (tables.is_copy or not _has_words(path, words)):
        return False
    with rebuilt(path, vault, tables.generation + 1) as connection:
        copy_without(connection, changes)
    return True


def _has_words(path: Path, words: WordSearch) -> bool:
    """Whether a plain database contains any of the words."""
    with gallery_read_errors(path), open_file(path, follows_links=False) as file:
        return is_plain_database(path) and words.found_in_file(file)


def _all_records(tables: Tables) -> StoredRecords:
    """All records in the tables, with the next generation."""
    connection = tables.connection
    rows = {table: row_reading.read_rows(connection, table) for table in Table}
    steps = [
        (step, row_reading.read_edits(connection, step.id)) for step in row_reading.read_steps(connection)
    ]
    return StoredRecords(
        Contents(rows, {**row_reading.read_embeddings(connection)}), steps, tables.generation + 1
    )


def contains_words(path: Path, words: WordSearch, vault: Vault | None, names: Collection[str] = ()) -> bool:
    """Whether a file contains any of the words, or a name of any length, decrypted if necessary. The values
    of encrypted databases are searched for words.

    Raises:
        OSError: it is unreadable, or larger than any file of the program.
    """
    if vault is not None and is_database(path) and not is_plain_database(path):
        with contextlib.suppress(GalleryDamagedError):
            return _values_contain(path, words, vault)
    as_bytes = [one.encode() for name in names for one in (name, json.dumps(name)[1:-1])]
    with open_file(path, follows_links=False) as file:
        is_sealed = file.read(len(MARK)).startswith(MARK[: len("Face Match, sealed")])
        if not is_sealed or path.stat().st_size > MAX_SEALED_BYTES:  # a larger one is no file of the program
            _require_size(path)
            file.seek(0)
            if words.found_in_file(file):
                return True
            file.seek(0)
            return _has_one_in(file, as_bytes)
    content = read_file(path, MAX_SEALED_BYTES, follows_links=False)
    with contextlib.suppress(GalleryDamagedError):
        content = from_disk(content, vault, sealed_path_of(path), path)
    return words.found_in([content]) or any(name in content for name in as_bytes)


def _has_one_in(file: BinaryIO, names: Collection[bytes]) -> bool:
    """Whether a file contains a name, from its current position on."""
    overlap, end = max(map(len, names), default=1) - 1, b""
    while piece := file.read(CHUNK_BYTES):
        searched = end + piece
        if any(name in searched for name in names):
            return True
        end = searched[len(searched) - overlap :]
    return False


def _require_size(path: Path) -> None:
    if path.stat().st_size > MAX_COPY_BYTES:
        raise OSError(27, "it is too large")


def _values_contain(path: Path, words: WordSearch, vault: Vault) -> bool:
    def pieces(connection: Connection) -> Iterator[bytes]:
        for table in TABLES:
            values = " || x'0A' || ".join(
                f"CAST(coalesce(\"{column.name}\", '') AS BLOB)" for column in table.c
            )
            for (row,) in connection.exec_driver_sql(f'SELECT CAST({values} AS BLOB) FROM "{table.name}"'):
                yield row  # joined by SQLite: Python would take four times as long, value by value
                yield b"\n"

    with tables_of(path, vault, is_trusted=True) as tables:
        return words.found_in(pieces(tables.connection))
