"""Checks of untrusted databases: only this program's tables and indexes, no triggers or views, plausible
sizes."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Float, Integer, MetaData, Row, Table, UniqueConstraint

from face_match.gallery.records.fields import RecordError
from face_match.gallery.storage.sql import tables
from face_match.gallery.storage.sqlite import earlier_versions
from face_match.gallery.storage.sqlite.database import creating, sealed_tables
from face_match.gallery.storage.sqlite.files import journals_of

MAX_SQL = 2000
_PLAIN_SQL = re.compile(
    r'CREATE TABLE [\w"\s]+\((?:[\w"\s,]|\([\w"\s,]*\))*\)\s*'
    r'|CREATE (UNIQUE )?INDEX [\w"\s]+\([\w"\s,]*\)\s*'
)
"""Names, types and keys only. Expressions are refused, because they could compute forever."""
_OTHER_WORDS = re.compile(r"(?i)\b(AS|CHECK|COLLATE|CONFLICT|DEFAULT|GENERATED)\b")
"""Keywords that this program's tables never use and that would change comparisons or writes."""

_EMBEDDINGS = "vectors"


def _tables(version: int) -> MetaData:
    """The tables of a version."""
    return tables.tables if version >= earlier_versions.FIRST_WITH_FACES else earlier_versions.tables


def _columns(table: Table, version: int) -> set[str]:
    return {column.name for column in tables.columns_of(table, version)}


MAX_SPARSE_BYTES = 64 << 20
"""The size limit of values in a file that takes almost no disk space, as a sparse file does."""
PACKING_RATIO = 20
"""How much a compressing file system can save, as in archives."""
MAX_WRITTEN_VALUE_BYTES = 512 << 20
"""The size limit of a written value: an edit of a person with 100,000 faces."""
GROWTH_BYTES = 16 << 20
"""How much another process may add during the check."""
_LENGTH = getattr(sqlite3, "SQLITE_LIMIT_LENGTH", 0)


def require_plausible_values(connection: Connection, path: Path, version: int, *, for_writing: bool) -> None:
    """Refuse a database whose values are larger than its file can hold.

    Pages that refer to themselves or each other, and sparse files, turn a small file into gigabytes.

    Raises:
        RecordError.
    """
    files = [file.stat() for file in (path, *journals_of(path)) if file.exists()]
    on_disk = sum(getattr(status, "st_blocks", status.st_size / 512) * 512 for status in files)
    apparent = sum(status.st_size for status in files)
    most = int(min(apparent, max(MAX_SPARSE_BYTES, PACKING_RATIO * on_disk))) + GROWTH_BYTES
    driver: Any = connection.connection.dbapi_connection
    _limit_values(driver, most)
    for table in _tables(version).sorted_tables:
        if table.name != _EMBEDDINGS:  # slow to check, and only short values are read from them
            _require_at_most(connection, table, version, most)
    if for_writing:
        _limit_values(driver, max(most, MAX_WRITTEN_VALUE_BYTES))


def _limit_values(driver: sqlite3.Connection, most: int) -> None:
    """Limit SQLite's value size. Python 3.10 cannot, and reads one oversized value before it is refused."""
    if hasattr(driver, "setlimit"):
        driver.setlimit(_LENGTH, most)


def _require_at_most(connection: Connection, table: Table, version: int, most: int) -> None:
    """Refuse a table with too many bytes. Rows are read in batches, because there may be endlessly many."""
    names = sorted(_columns(table, version))
    sizes = " + ".join(_size(table.c[name]) for name in names)
    some = f'SELECT number, {sizes} AS size FROM "{table.name}" WHERE number > ? ORDER BY number LIMIT 2000'
    left, last = most, -(1 << 63)
    while True:
        query = f"SELECT total(size), max(number) FROM ({some})"
        size, number = connection.exec_driver_sql(query, (last,)).one()
        if number is None:
            return
        left -= size
        if left < 0:
            raise RecordError(table.name, "has more content than its file can hold")
        if not isinstance(number, int) or number <= last:
            raise RecordError(table.name, "has its rows out of order")
        last = number


def _size(column: Column[Any]) -> str:
    """The size of a value as an SQL expression. Numbers, which sort before all texts, count as 1."""
    size = f'ifnull(length(CAST("{column.name}" AS BLOB)), 0)'
    if isinstance(column.type, Integer | Float):
        return f"CASE WHEN \"{column.name}\" >= '' THEN {size} ELSE 1 END"
    return size


def require_own_schema(connection: Connection, version: int) -> None:
    """Refuse a database that lacks this program's tables and indexes or has others.

    A trigger acts when something is written, and a view in place of a table can have endless rows.

    Raises:
        RecordError.
    """
    if version < 1:
        raise RecordError("its version", f"is {version}, which does not exist")
    own = _tables(version)
    names, found = {*own.tables, *sealed_tables.tables}, set[str]()
    for kind, name, of, sql in connection.exec_driver_sql(
        "SELECT type, name, tbl_name, sql FROM sqlite_master"
    ):
        is_own = of in names and kind in ("table", "index") and (kind == "index" or name == of)
        if not is_own or (sql is not None and not _is_own_sql(sql)):
            raise RecordError("its schema", f"has a {kind} that this program does not make")
        found.add(sql or "")  # of the index of a constraint there is none
    if version == tables.VERSION and found - {"", *creating(sealed_tables)} == {*creating(own)}:
        return  # to ask SQLite for each table takes longer than to open the gallery
    for table in own.sorted_tables:
        if not _is_own_table(connection, table, version):
            raise RecordError(
                "its schema", f"has another table “{table.name}” with other columns than this program's"
            )


def _is_own_sql(sql: str) -> bool:
    return len(sql) <= MAX_SQL and bool(_PLAIN_SQL.fullmatch(sql)) and not _OTHER_WORDS.search(sql)


def _is_own_table(connection: Connection, table: Table, version: int) -> bool:
    """Whether a table has its version's columns, unique constraints and foreign keys."""

    def pragma_rows(about: str, name: str) -> list[Row[Any]]:
        return list(connection.exec_driver_sql(f'PRAGMA {about}("{name}")'))

    columns = _columns(table, version)
    unique = {frozenset(c.columns.keys()) for c in table.constraints if isinstance(c, UniqueConstraint)}
    links = {
        (key.column.table.name, key.parent.name, key.column.name, "NO ACTION", key.ondelete or "NO ACTION")
        for key in table.foreign_keys
    }
    indexes = (row for row in pragma_rows("index_list", table.name) if row.unique and '"' not in row.name)
    return (
        {row.name for row in pragma_rows("table_xinfo", table.name) if not row.hidden} == columns
        and unique
        <= {frozenset(part.name for part in pragma_rows("index_info", row.name)) for row in indexes}
        and {tuple(row[2:7]) for row in pragma_rows("foreign_key_list", table.name)} == links
    )
