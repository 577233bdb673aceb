"""Databases with each value replaced by invalid ones, and changed rows and schemas: refused or harmless."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import GalleryDamagedError
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import DATABASE
from face_match.gallery.storage import backups
from tests.unit.gallery.damage.conftest import Galleries, TryOut
from tests.unit.gallery.damage.values import VALUES, put, shaped
from tests.unit.gallery.damage.variants import Variant, asked_for

NAN_EMBEDDING = b"\0\0\xc0\x7f" * 8
STORED: dict[str, Any] = {
    **{name: value for name, value in VALUES.items() if isinstance(value, str | float | bool | None)},
    "number": 7,
    "negative": -5,
    "huge": 2**62,
    "half-a-character": b"x\xed\xa0\x80",
    "bytes": b"\xff\xfe\0",
    "no-bytes": b"",
    "null-as-json": "null",
    "number-as-json": "7",
    "list-as-json": "[]",
    "object-as-json": "{}",
    "objects-as-json": "[{}]",
    "nested-as-json": "[" * 50_000,
    "nested-and-closed": "[" * 600 + "]" * 600,
    "no-numbers": "[NaN, NaN, NaN, NaN]",
    "texts": '["1", "2", "3", "4"]',
    "endless-number": f"[{'9' * 5000}, 1, 2, 3]",
    "not-json": "{broken",
    "zeros": bytes(32),
    "not-finite": NAN_EMBEDDING,
    "cut": NAN_EMBEDDING[:-1],
}
del STORED["long"]
TABLES = ("people", "photos", "faces", "vectors", "conflicts", "steps", "edits")


@contextlib.contextmanager
def edited(folder: Path) -> Iterator[sqlite3.Connection]:
    """A database in which nothing is checked."""
    with contextlib.closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA writable_schema = ON")
        yield connection
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _execute(statements: tuple[str, ...], folder: Path) -> None:
    with edited(folder) as connection:
        for statement in statements:
            connection.execute(statement)


def _change_schema(table: str, before: str, after: str, folder: Path) -> None:
    with edited(folder) as connection:
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?", (before, after, table)
        )
        (version,) = connection.execute("PRAGMA schema_version").fetchone()
        connection.execute(f"PRAGMA schema_version = {version + 1}")


# Values


def _set(table: str, column: str, value: Any, which: str, folder: Path) -> None:
    if value is None:
        _change_schema(table, f"{column} TEXT NOT NULL", f"{column} TEXT", folder)
    text = "CAST(? AS TEXT)" if value == STORED["half-a-character"] else "?"
    bound = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
    text = "CAST(? AS TEXT)" if isinstance(value, str) else text
    with edited(folder) as connection, contextlib.suppress(sqlite3.IntegrityError):
        connection.execute(
            f"UPDATE {table} SET {column} = {text} WHERE number = (SELECT {which}(number) FROM {table})",
            (bound,),
        )


def _set_to_another(table: str, column: str, folder: Path) -> None:
    """What another row of the table has there."""
    with edited(folder) as connection, contextlib.suppress(sqlite3.IntegrityError):
        connection.execute(
            f"UPDATE {table} SET {column} = (SELECT {column} FROM {table} AS other "
            f"WHERE other.{column} IS NOT {table}.{column}) WHERE number = (SELECT max(number) FROM {table})"
        )


def _columns(database: Path, table: str) -> list[str]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "number"]


def _values(galleries: Galleries) -> Iterator[Variant]:
    for table in TABLES:
        for number, column in enumerate(_columns(galleries.database / DATABASE, table)):
            for kind, value in STORED.items():
                which = "max" if number % 2 else "min"
                damage = partial(_set, table, column, value, which)
                yield Variant(f"database-{table}.{column}-{kind}", damage)
            yield Variant(f"database-{table}.{column}-another", partial(_set_to_another, table, column))


def _edits(galleries: Galleries) -> Iterator[Variant]:
    """Of the edits of steps, which are JSON: the last one of each shape."""
    with contextlib.closing(sqlite3.connect(galleries.database / DATABASE)) as connection:
        edits = dict(connection.execute("SELECT number, edit FROM edits"))
    document = {str(number): json.loads(edit) for number, edit in edits.items()}
    places = {shape.split(".", 1)[1]: place for shape, place in shaped(document).items() if len(place) > 1}
    for shape, place in places.items():
        for kind, value in VALUES.items():

            def damage(folder: Path, place: tuple[Any, ...] = place, value: Any = value) -> None:
                edit = json.loads(edits[int(place[0])])
                put(edit, place[1:], value)
                with edited(folder) as connection:
                    text = json.dumps(edit)
                    connection.execute("UPDATE edits SET edit = ? WHERE number = ?", (text, int(place[0])))

            if not isinstance(place[-1], int) or kind != "missing":
                yield Variant(f"database-edits-{shape}-{kind}", damage)


# Rows


def _rows() -> Iterator[Variant]:
    for table in TABLES:
        statements = {
            "first-removed": f"DELETE FROM {table} WHERE number = (SELECT min(number) FROM {table})",
            "last-removed": f"DELETE FROM {table} WHERE number = (SELECT max(number) FROM {table})",
            "all-removed": f"DELETE FROM {table}",
            "reversed": f"UPDATE {table} SET number = -number",
            "far-away": f"UPDATE {table} SET number = {2**63 - 1} "
            f"WHERE number = (SELECT max(number) FROM {table})",
            "far-before": f"UPDATE {table} SET number = {-(2**63)} "
            f"WHERE number = (SELECT max(number) FROM {table})",
        }
        for kind, statement in statements.items():
            yield Variant(f"database-rows-{table}-{kind}", partial(_execute, (statement,)))


STRAYS = {
    "face-of-nobody": "UPDATE faces SET person = 'nobody' WHERE person = 'Grace'",
    "person-gone": "DELETE FROM people WHERE folder = 'Grace'",
    "photo-gone": "DELETE FROM photos WHERE number = 1",
    "face-of-no-photo": "UPDATE faces SET photo = 'nothing' WHERE number = 1",
    "face-gone": "DELETE FROM faces WHERE number = 2",
    "vector-of-no-face": "UPDATE vectors SET face = 'nobody' WHERE number = 1",
    "conflict-of-no-face": "UPDATE conflicts SET face = 'nobody'",
    "edit-of-no-step": "UPDATE edits SET step = 999 WHERE number = 1",
}


def _strays() -> Iterator[Variant]:
    for name, statement in STRAYS.items():
        yield Variant(f"database-stray-{name}", partial(_execute, (statement,)))


TOLD_TWICE = {
    "people": {"folder": "x", "added": None},
    "photos": {"id": "x"},
    "faces": {"id": "x", "vectors": {}},
    "conflicts": {"extra": 5},
}


@pytest.mark.parametrize("table", TOLD_TWICE)
def test_a_duplicate_field_does_not_replace_the_value_that_was_read(
    galleries: Galleries, try_out: TryOut, table: str
) -> None:
    extra = json.dumps(TOLD_TWICE[table])
    twice = partial(_execute, (f"UPDATE {table} SET extra = '{extra}'",))
    assert try_out.all(galleries.database, [Variant("twice", twice)]) == 1


# Its schema

SCHEMAS = {
    "no-table": ("DROP TABLE conflicts",),
    "a-table-too-few": ("ALTER TABLE vectors RENAME TO other",),
    "a-column-more": ("ALTER TABLE people ADD COLUMN more",),
    "a-column-less": ("ALTER TABLE faces DROP COLUMN place",),
    "nothing-unique": (
        "CREATE TABLE other AS SELECT * FROM people",
        "DROP TABLE people",
        "ALTER TABLE other RENAME TO people",
    ),
    "trigger": ("CREATE TRIGGER t AFTER DELETE ON faces BEGIN DELETE FROM people; END",),
    "trigger-insert": (
        "CREATE TRIGGER t AFTER INSERT ON faces BEGIN UPDATE people SET folder = '../../out'; END",
    ),
    "view": (
        "DROP TABLE conflicts",
        "CREATE VIEW conflicts AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) "
        "SELECT n AS number, 'c' || n AS id, '' AS face, '' AS name, '' AS source, '' AS path, '' AS at, "
        "'' AS decision, NULL AS extra FROM c",
    ),
    "another-view": ("CREATE VIEW more AS SELECT * FROM people",),
    "virtual-table": ("CREATE VIRTUAL TABLE more USING fts5(name)",),
    "index-with-expression": ("CREATE INDEX more ON people (length(name))",),
    "version-0": ("PRAGMA user_version = 0",),
    "version-1": ("PRAGMA user_version = 1",),
    "version-3": ("PRAGMA user_version = 3",),
    "version--5": ("PRAGMA user_version = -5",),
    "newest-version": (f"PRAGMA user_version = {2**31 - 1}",),
    "another-program": ("PRAGMA application_id = 1",),
}
REWRITTEN = {
    "no-row-ids": ("people", "\n)", "\n) WITHOUT ROWID"),
    "strict-types": ("people", "\n)", "\n) STRICT"),
    "unknown-order": ("people", "name TEXT", "name TEXT COLLATE UNKNOWN"),
    "another-order": ("faces", "id TEXT", "id TEXT COLLATE NOCASE"),
    "condition": ("people", "name TEXT", "name TEXT CHECK (name)"),
    "default": ("people", "name TEXT", "name TEXT DEFAULT (folder)"),
    "computed": ("people", "name TEXT NOT NULL", "name TEXT AS (folder)"),
    "rows-that-stay": ("vectors", " ON DELETE CASCADE", ""),
    "rows-that-go": ("faces", "people (folder)", "people (folder) ON DELETE CASCADE"),
    "another-name": ("edits", "\tedit ", "\tchange "),
    "another-key": ("vectors", "UNIQUE (face, model)", "UNIQUE (face)"),
}


def _schemas() -> list[Variant]:
    made = []
    for name, some in SCHEMAS.items():
        is_named = name != "another-program"
        made.append(Variant(f"database-schema-{name}", partial(_execute, some), is_named=is_named))
    for name, words in REWRITTEN.items():
        made.append(Variant(f"database-schema-{name}", partial(_change_schema, *words)))
    return made


def _variants(galleries: Galleries) -> list[Variant]:
    return [*_values(galleries), *_edits(galleries), *_rows(), *_strays()]


def test_an_invalid_value_is_refused_or_harmless(galleries: Galleries, try_out: TryOut) -> None:
    variants = _variants(galleries)
    assert len(variants) > 4000
    try_out.all(galleries.database, asked_for(variants, one_in=900))
    try_out.by_chance(galleries.database, variants, 5)


def test_a_foreign_schema_is_refused(galleries: Galleries, try_out: TryOut) -> None:
    variants = _schemas()
    assert try_out.all(galleries.database, variants) == len(variants)


def test_a_backup_with_dangling_rows_is_unusable(galleries: Galleries, try_out: TryOut) -> None:
    strays = [*_strays()]
    assert len(strays) == len(STRAYS) > 1
    for variant in strays:
        with (
            try_out.damaged(galleries.database, variant) as folder,
            pytest.raises(GalleryDamagedError, match=r"missing|duplicate"),
        ):
            backups.verify_records(folder, None)


@pytest.mark.parametrize(
    ("column", "read"),
    [
        ("id", lambda gallery: gallery.without_embedding("new", named=True)),
        ("id", lambda gallery: gallery.without_embedding("new", named=False)),
        ("id", lambda gallery: gallery.face_files()),
        ("file", lambda gallery: gallery.face_files()),
    ],
)
def test_what_is_read_of_all_faces_at_once_says_where_it_is_invalid(
    galleries: Galleries, try_out: TryOut, column: str, read: Callable[[Gallery], object]
) -> None:
    no_texts = partial(_execute, (f"UPDATE faces SET {column} = CAST(number AS BLOB)",))
    with (
        try_out.damaged(galleries.database, Variant("no-texts", no_texts)) as folder,
        Gallery.open(folder, for_writing=False) as gallery,
        pytest.raises(GalleryDamagedError, match="faces"),
    ):
        read(gallery)
