"""Opening the SQLite databases of other programs: for reading only, and within limits.

Nothing is written beside a database, and it is not locked. It may be hostile: only its plain tables are read,
no view, trigger or virtual table is run, and rows, the length of values and time are limited.

SQLite's authorizer is not asked about expressions of the schema itself, and one function in them can take
minutes in which nothing stops it. So tables with computed columns are not read, and indexes are not used.
Defaults, checks and triggers run only where something is written.
"""

from __future__ import annotations

import contextlib
import contextvars
import math
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from face_match.core.atomic_files import open_file
from face_match.core.errors import CancelledError, NamesUnreadableError
from face_match.core.progress import current_cancellation
from face_match.core.translation import marked

MAX_ROWS = 1_000_000
"""Rows of one query. A catalogue of 200,000 photos has about 400,000 faces."""

MAX_QUERY_BYTES = 500_000_000
"""Texts of one query, which are kept in memory: 500 bytes for each row."""

MAX_SECONDS = 300.0
"""The longest that one query may take. The largest catalogues take some seconds."""

MAX_VALUE_BYTES = 1 << 20
"""SQLite refuses longer values and rows; those that are read have a few hundred bytes."""

_STEPS_PER_CHECK = 100_000
"""Steps of SQLite's machine between two checks of time and cancellation: about a millisecond."""

_SECONDS_PER_CHECK = 0.2
"""The same for what takes long between two such checks: parsing a schema, or one long step."""

_MAX_SCHEMA_BYTES = 100_000
"""The definition of a table, in SQL. The longest of Lightroom's has some thousand bytes."""

_MAX_TABLES, _MAX_COLUMNS = 2_000, 400
"""The largest catalogues have some 200 tables of at most 60 columns. All of them are parsed and listed: 3,000
tables of 1,900 columns, in a file of 50 MB, would take gigabytes and minutes."""

_PLAIN_TABLE = "CREATE TABLE "
"""How SQLite stores each definition of a table that is not virtual, however it was written."""

_MAGIC = b"SQLite format 3\0"
_JOURNAL_MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
"""The first bytes of a rollback journal that still counts (sqlite.org/fileformat2.html, 3)."""

_ERRORS = (sqlite3.Error, sqlite3.Warning, OverflowError, MemoryError, UnicodeError)
"""What Python's module raises; the last for names of damaged tables and for messages with them."""

_IS_OPEN = marked(
    "it is open in another program, or was not closed properly: close that program, then import again"
)
_CHANGED = marked("it was changed while it was read: close the program that uses it, then import again")
_TOO_SLOW = marked("it takes too long to read")
TOO_LARGE = marked("it has too many entries")
_COMPUTED = marked("it has a table with computed columns, which are not run")
_NOT_A_DATABASE = marked("it is not an SQLite database")


class CatalogDatabase:
    """An open database; use `open_catalog`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._until = math.inf
        self._columns: dict[str, set[str]] = {"sqlite_master": set()}
        self._computed = set[str]()

    def find_tables(self) -> None:
        """Find the plain tables, which are the only ones that may be read from then on."""
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        tables = [*self._rows(query)]
        if len(tables) > _MAX_TABLES:
            raise NamesUnreadableError(self._path.name, TOO_LARGE)
        for name, text in tables:
            if isinstance(name, str) and isinstance(text, str) and text.startswith(_PLAIN_TABLE):
                quoted = name.replace('"', '""')
                columns = [*self._rows(f'PRAGMA table_xinfo("{quoted}")')]
                if any(hidden for *_, hidden in columns):
                    self._computed.add(name)
                else:
                    self._columns[name] = {str(column) for _, column, *_ in columns}

    def has(self, table: str) -> bool:
        return table in self._columns or table in self._computed

    def rows(
        self, table: str, columns: Sequence[str], *, optional: Sequence[str] = (), where: str = ""
    ) -> Iterator[tuple[object, ...]]:
        """The rows of a table.

        Args:
            optional: further columns; None where older versions of the program do not have them.
            where: a condition in SQL, without anything from outside. Tables in it are NOT INDEXED, too.
        Raises:
            NamesUnreadableError, CancelledError.
        """
        if table in self._computed:
            raise NamesUnreadableError(self._path.name, _COMPUTED)
        if table not in self._columns:
            raise NamesUnreadableError(self._path.name, f"its table {table} is missing")
        found = self._columns[table]
        if missing := [column for column in columns if column not in found]:
            raise NamesUnreadableError(self._path.name, f"{table} has no column {missing[0]}")
        wanted = [*columns, *(column if column in found else "NULL" for column in optional)]
        condition = f" WHERE {where}" if where else ""
        return self._rows(f'SELECT {", ".join(wanted)} FROM "{table}" NOT INDEXED{condition}')

    def _rows(self, query: str) -> Iterator[tuple[object, ...]]:
        with self._errors():
            length = 0
            for number, row in enumerate(self._connection.execute(query)):
                length += sum(len(value) for value in row if isinstance(value, (str, bytes)))
                if number >= MAX_ROWS or length > MAX_QUERY_BYTES:
                    raise NamesUnreadableError(self._path.name, TOO_LARGE)
                yield row

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        self._until = time.monotonic() + MAX_SECONDS
        try:
            yield
        except _ERRORS as exc:
            if current_cancellation()():
                raise CancelledError from exc
            late = time.monotonic() > self._until
            raise NamesUnreadableError(self._path.name, _TOO_SLOW if late else _reason(exc)) from exc

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Interrupt queries from another thread: SQLite itself asks only between its steps."""
        is_done, work = threading.Event(), contextvars.copy_context()

        def watch() -> None:
            while not is_done.wait(_SECONDS_PER_CHECK):
                if self.must_stop():
                    self._connection.interrupt()

        thread = threading.Thread(target=work.run, args=(watch,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            is_done.set()
            thread.join()

    def must_stop(self) -> bool:
        """Whether the running query has taken too long, or its work is cancelled."""
        return time.monotonic() > self._until or current_cancellation()()

    def may(self, action: int, first: str | None, second: str | None, *place: str | None) -> int:
        """SQLite's authorizer: a query may read plain tables, and do nothing else."""
        is_read = action == sqlite3.SQLITE_READ and first in self._columns
        return sqlite3.SQLITE_OK if is_read or action == sqlite3.SQLITE_SELECT else sqlite3.SQLITE_DENY


@contextlib.contextmanager
def open_catalog(path: Path) -> Iterator[CatalogDatabase]:
    """Open a database of another program for reading.

    It is opened as immutable, so that SQLite neither locks it nor creates files. Then SQLite also ignores a
    write-ahead log, so that a database with one that is not empty is refused: it would be out of date.

    Raises:
        NamesUnreadableError: also at the end, if the file was changed meanwhile.
        CancelledError.
    """
    before = _checked(path)
    address = f"{_address(path)}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as exc:
        raise NamesUnreadableError(path.name, _reason(exc)) from exc
    try:
        _restrict(connection)
        database = CatalogDatabase(connection, path)
        connection.set_progress_handler(database.must_stop, _STEPS_PER_CHECK)
        with database.watched():
            database.find_tables()
            connection.set_authorizer(database.may)
            yield database
    except _ERRORS as exc:
        raise NamesUnreadableError(path.name, _reason(exc)) from exc
    finally:
        connection.close()
    if _checked(path) != before:
        raise NamesUnreadableError(path.name, _CHANGED)


def _restrict(connection: sqlite3.Connection) -> None:
    """Switch off what is not needed to read plain tables."""
    if sys.version_info >= (3, 11):
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
        connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _MAX_SCHEMA_BYTES)
        connection.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, _MAX_COLUMNS)
        for unused in (sqlite3.SQLITE_LIMIT_ATTACHED, sqlite3.SQLITE_LIMIT_WORKER_THREADS):
            connection.setlimit(unused, 0)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        for unused in (
            sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA,
            sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER,
            sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW,
        ):
            connection.setconfig(unused, False)
    for setting in ("trusted_schema = OFF", "query_only = ON", "temp_store = MEMORY", "mmap_size = 0"):
        connection.execute(f"PRAGMA {setting}")
    connection.text_factory = lambda text: text.decode(errors="replace")


def _address(path: Path) -> str:
    """A path as SQLite's URI. `as_uri` names the server of a network path where SQLite allows none."""
    place = path.absolute().as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(os.fsencode(place))}"


def _checked(path: Path) -> tuple[int, int]:
    """The size and time of a database that is closed; raises NamesUnreadableError."""
    log = path.with_name(f"{path.name}-wal")
    try:
        with open_file(path) as file:
            start, status = file.read(len(_MAGIC)), os.fstat(file.fileno())
        has_log = log.exists() and log.stat().st_size > 0
    except OSError as exc:
        raise NamesUnreadableError(path.name, exc.strerror or type(exc).__name__) from exc
    if start != _MAGIC:
        raise NamesUnreadableError(path.name, _NOT_A_DATABASE)
    if has_log or _start_of_journal(path) == _JOURNAL_MAGIC:
        raise NamesUnreadableError(path.name, _IS_OPEN)
    return status.st_size, status.st_mtime_ns


def _start_of_journal(path: Path) -> bytes:
    """The first bytes of the journal beside a database; none if it is missing."""
    try:
        with open_file(path.with_name(f"{path.name}-journal")) as file:
            return file.read(len(_JOURNAL_MAGIC))
    except OSError:
        return b""


def _reason(error: Exception) -> str:
    return str(error)[:200] or type(error).__name__
