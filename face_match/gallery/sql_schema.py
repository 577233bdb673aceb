"""The schema of a database from outside: the tables and indexes of this program, and nothing that acts."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Row, Table, UniqueConstraint

from face_match.gallery.records import MisreadError
from face_match.gallery.sql_tables import sealed_tables, tables

MAX_SQL = 2000
_PLAIN_SQL = re.compile(
    r'CREATE (TABLE|(UNIQUE )?INDEX) [\w"\s]+(ON [\w"\s]+)?\((?:[\w"\s,]|\([\w"\s,]*\))*\)\s*'
)
"""Names, types and keys: no expression, which could compute without end."""
_OTHER_WORDS = re.compile(r"(?i)\b(AS|CHECK|COLLATE|CONFLICT|DEFAULT|GENERATED)\b")
"""What no table of this program says: it would change what is compared, or written."""

_TABLES = {*tables.tables, *sealed_tables.tables}

_LATER_COLUMNS = {"samples": {"place": 2}}
"""Columns that the tables of version 1 do not have, and since which they do."""


def require_own_schema(connection: Connection, version: int) -> None:
    """Refuse a database that does not have the tables and indexes of this program, or has more in it.

    A trigger acts when something is written, and a view in the place of a table can have rows without end.

    Raises:
        MisreadError.
    """
    if version < 1:
        raise MisreadError("its version", f"is {version}, which never was")
    for kind, name, of, sql in connection.exec_driver_sql(
        "SELECT type, name, tbl_name, sql FROM sqlite_master"
    ):
        is_own = of in _TABLES and kind in ("table", "index") and (kind == "index" or name == of)
        if not is_own or (sql is not None and not _is_own_sql(sql)):
            raise MisreadError("its schema", f"has a {kind} that is not of this program")
    for table in tables.sorted_tables:
        if not _is_own_table(connection, table, version):
            raise MisreadError("its schema", f"has another table “{table.name}” than this program makes")


def _is_own_sql(sql: str) -> bool:
    return len(sql) <= MAX_SQL and bool(_PLAIN_SQL.fullmatch(sql)) and not _OTHER_WORDS.search(sql)


def _is_own_table(connection: Connection, table: Table, version: int) -> bool:
    """Whether a table has the columns of its version, and what keeps rows unique and together."""

    def told(about: str, name: str) -> list[Row[Any]]:
        return list(connection.exec_driver_sql(f'PRAGMA {about}("{name}")'))

    later = _LATER_COLUMNS.get(table.name, {})
    columns = {column.name for column in table.columns if later.get(column.name, 1) <= version}
    unique = {frozenset(c.columns.keys()) for c in table.constraints if isinstance(c, UniqueConstraint)}
    links = {
        (key.column.table.name, key.parent.name, key.column.name, "NO ACTION", key.ondelete or "NO ACTION")
        for key in table.foreign_keys
    }
    indexes = (row for row in told("index_list", table.name) if row.unique and '"' not in row.name)
    return (
        {row.name for row in told("table_xinfo", table.name) if not row.hidden} == columns
        and unique <= {frozenset(part.name for part in told("index_info", row.name)) for row in indexes}
        and {tuple(row[2:7]) for row in told("foreign_key_list", table.name)} == links
    )
