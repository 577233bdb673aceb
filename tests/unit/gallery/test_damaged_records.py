"""Every value of the records in turn replaced by what it should not be, in both stores: refused or harmless.

Whatever is done with such a gallery, it ends, and in nothing but errors that say what is the matter. Who is
refused finds all files as they were.
"""

from __future__ import annotations

import contextlib
import copy
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from face_match.errors import FaceMatchError, GalleryDamagedError, GalleryWriteError
from face_match.gallery import backups
from face_match.gallery.archive import export
from face_match.gallery.checking import check
from face_match.gallery.encryption import decrypt, encrypt
from face_match.gallery.erasing import purge
from face_match.gallery.gallery import Gallery, NewSample
from face_match.gallery.paths import BACKUPS_FOLDER, DATABASE, RECORDS
from face_match.types import Box, Crop, Rejection, Vector

FilesIn = Callable[[Path], dict[str, bytes]]
MODEL = "made-up"
PLACE = Box(10.0, 5.0, 60.0, 70.0)


@pytest.fixture(scope="module")
def healthy(
    tmp_path_factory: pytest.TempPathFactory,
    face_vector: Callable[[int], Vector],
    face_crop: Callable[[int], Crop],
) -> Path:
    """A gallery in which every kind of record and of change is, in JSON; in `database` beside it the same."""
    folder = tmp_path_factory.mktemp("healthy") / "json"
    with Gallery.open(folder, for_writing=True) as gallery:
        for number, name in enumerate(("Ada", "Ada", "Grace", "Grace", "Grace"), start=1):
            new = NewSample(face_crop(number), {MODEL: face_vector(number)}, f"{number:064x}", PLACE)
            gallery.add_all(name, [new])
        grace = gallery.person("Grace")
        gallery.reject(grace, Rejection("e" * 64, PLACE))
        first, second, third = (sample.id for sample in gallery.samples_of(grace))
        gallery.set_cover(second)
        gallery.move([first], "Joan")
        gallery.remove([third])
        gallery.rename(gallery.person("Ada"), "Ada King")
    database = folder.with_name("database")
    shutil.copytree(folder, database)
    backups.move_records(database, to_database=True)
    return folder


@pytest.fixture
def tried(
    folder: Path, files_in: FilesIn, face_vector: Callable[[int], Vector], quick_scrypt: None
) -> Callable[[Path], str]:
    """Does all that can be done with copies of a gallery; returns the last refusal, or ""."""

    def look(at: Path) -> None:
        gallery = Gallery.open(at, for_writing=False)
        with contextlib.closing(gallery):
            check(gallery, MODEL, lambda similarity: similarity > 0.5)
            digests = {f"{number:064x}" for number in range(9)} | {"e" * 64}
            gallery.faces_in(digests)
            gallery.rejected_for_each([Rejection(digest, PLACE) for digest in digests])
            for digest in digests:
                gallery.samples_in(digest)
            vector = face_vector(1)
            gallery.nearest(vector, MODEL, 5, Rejection("e" * 64, PLACE))
            gallery.samples_without("another")

    def change(at: Path) -> None:
        with Gallery.open(at, for_writing=True) as gallery:
            gallery.rename(gallery.people[-1], "Mary")
            gallery.remove([sample.id for sample in gallery.samples_of(gallery.people[0])])

    def undo(at: Path) -> None:
        with Gallery.open(at, for_writing=True) as gallery:
            while gallery.undo() is not None:
                pass

    def seal(at: Path) -> None:
        encrypt(at, "open")
        decrypt(at, "open")

    def restore(at: Path) -> None:
        name = DATABASE if (at / DATABASE).exists() else RECORDS
        shutil.copy(at / name, at / BACKUPS_FOLDER / f"2000-01-01 00.00.00 by hand{Path(name).suffix}")
        backups.restore(at, at / BACKUPS_FOLDER / f"2000-01-01 00.00.00 by hand{Path(name).suffix}")
        look(at)  # what was restored can be read

    def do_all(damaged: Path) -> str:
        refusal = ""
        work: list[Callable[[Path], object]] = [look, change, restore, undo, seal]
        work += [lambda at: export(at, None, folder / "export.zip"), lambda at: purge(at, "Grace")]
        work += [lambda at: backups.move_records(at, to_database=not (at / DATABASE).exists())]
        for number, do in enumerate(work):
            if number == 3 and refusal:  # what cannot be opened need not be closed to all the rest
                break
            with _copy(damaged, folder / "copy") as at:
                before = files_in(at)
                try:
                    do(at)
                except FaceMatchError as exc:
                    refusal = str(exc)
                    assert not isinstance(exc, GalleryWriteError), exc
                    if do is not undo:  # those before the one that is refused are undone
                        assert _without_backups(files_in(at)) == _without_backups(before), exc
        return refusal

    folder.mkdir()
    return do_all


@contextlib.contextmanager
def _copy(gallery: Path, to: Path) -> Iterator[Path]:
    shutil.copytree(gallery, to)
    try:
        yield to
    finally:
        shutil.rmtree(to)


def _without_backups(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if not name.startswith(BACKUPS_FOLDER)}


# In JSON

HOSTILE: dict[str, Any] = {
    "true": True,
    "negative": -5,
    "huge": 10**400,
    "not a number": float("nan"),
    "text": "hello",
    "empty": "",
    "half a character": "x\ud800",
    "outside": "../../etc/passwd",
    "list": [],
    "object": {},
    "numbers": [1, 2, 30, 40],
    "lists": [[[]]],
    "sealed": "faces_db/Grace/1.sealed",
}


def _places(record: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value of some JSON."""
    if place:
        yield place
    entries = record.items() if isinstance(record, dict) else enumerate(record) if _is_list(record) else ()
    for key, value in entries:
        yield from _places(value, (*place, key))


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _shape(document: Any, place: tuple[Any, ...]) -> tuple[Any, ...]:
    """Places of one shape are read by the same lines."""
    kind = ""
    if place[0] == "history" and len(place) > 3:
        kind = str(sorted(document["history"][place[1]]["edits"][place[3]]))
    return (kind, *("#" if isinstance(key, int) else key for key in place))


def _at(document: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        document = document[key]
    return document


def test_any_value_of_the_file_can_be_wrong(
    healthy: Path, tried: Callable[[Path], str], tmp_path: Path
) -> None:
    document = json.loads((healthy / RECORDS).read_bytes())
    places = {_shape(document, place): place for place in _places(document)}
    assert len(places) > 50
    damaged = tmp_path / "damaged"
    shutil.copytree(healthy, damaged)
    refused = 0
    for number, place in enumerate(places.values()):
        # each place gets nothing and a few values, each value comes to many places
        for value in [None, *[*HOSTILE.values()][number % 4 :: 4]]:
            edited = copy.deepcopy(document)
            _at(edited, place[:-1])[place[-1]] = value
            (damaged / RECORDS).write_text(json.dumps(edited), "ascii")
            refused += bool(tried(damaged))
        edited = copy.deepcopy(document)
        del _at(edited, place[:-1])[place[-1]]
        (damaged / RECORDS).write_text(json.dumps(edited), "ascii")
        refused += bool(tried(damaged))
    assert refused > len(places)


# In a database

NAN_VECTOR = np.full(64, np.nan, "<f4").tobytes()
STORED: dict[str, Any] = {
    "null": None,
    "text": "hello",
    "empty": "",
    "bytes": b"\xff\xfe\0",
    "number": 7,
    "huge": 2**62,
    "infinite": float("inf"),
    "a zero": "a\0b",
    "outside": "../../etc/passwd",
    "sealed": "faces_db/Grace/1.sealed",
    "null as JSON": "null",
    "list": "[]",
    "object": "{}",
    "nested": "[" * 50_000,
    "no numbers": "[NaN, NaN, NaN, NaN]",
    "texts": '["1", "2", "3", "4"]',
    "endless number": f"[{'9' * 5000}, 1, 2, 3]",
    "not JSON": "{broken",
    "zeros": bytes(256),
    "not finite": NAN_VECTOR,
    "cut": NAN_VECTOR[:-1],
}
COLUMNS = {
    "people": ("folder", "name", "added", "extra"),
    "samples": ("id", "folder", "file", "photo", "added", "box", "landmarks", "place", "extra"),
    "vectors": ("sample", "model", "vector"),
    "rejections": ("folder", "photo", "box", "extra"),
    "history": ("at", "description", "edits"),
}


@contextlib.contextmanager
def _edited(path: Path) -> Iterator[sqlite3.Connection]:
    """A database in which nothing is checked."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA writable_schema = ON")
        yield connection
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _change_schema(path: Path, table: str, before: str, after: str) -> None:
    with _edited(path) as connection:
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?", (before, after, table)
        )
        (version,) = connection.execute("PRAGMA schema_version").fetchone()
        connection.execute(f"PRAGMA schema_version = {version + 1}")


@pytest.mark.parametrize("table", COLUMNS)
def test_any_value_of_the_database_can_be_wrong(
    healthy: Path, tried: Callable[[Path], str], tmp_path: Path, table: str
) -> None:
    refused = 0
    for number, column in enumerate(COLUMNS[table]):
        for name, value in [*STORED.items()][number % 3 :: 3]:
            damaged = tmp_path / f"{number} {name}"
            shutil.copytree(healthy.with_name("database"), damaged)
            if value is None:
                _change_schema(damaged / DATABASE, table, " NOT NULL", "")
            with _edited(damaged / DATABASE) as connection, contextlib.suppress(sqlite3.IntegrityError):
                connection.execute(
                    f"UPDATE {table} SET {column} = ? WHERE number = (SELECT max(number) FROM {table})",
                    (value,),
                )
            refused += bool(tried(damaged))
            shutil.rmtree(damaged)
    assert refused > len(COLUMNS[table])


STRAYS = {
    "a sample of nobody": "UPDATE samples SET folder = 'nobody' WHERE number = 1",
    "samples of somebody who is gone": "DELETE FROM people WHERE number = 1",
    "a rejection of nobody": "UPDATE rejections SET folder = 'nobody'",
    "vectors of a sample that is gone": "DELETE FROM samples WHERE number = 2",
    "a vector of no sample": "UPDATE vectors SET sample = 'nobody' WHERE number = 1",
}


@pytest.mark.parametrize("sql", STRAYS.values(), ids=STRAYS.keys())
def test_a_row_that_belongs_to_nothing_is_refused_and_no_backup(
    healthy: Path, tried: Callable[[Path], str], tmp_path: Path, sql: str
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(healthy.with_name("database"), damaged)
    with _edited(damaged / DATABASE) as connection:
        connection.execute(sql)
    assert tried(damaged)
    with pytest.raises(GalleryDamagedError, match=r"nothing|nobody"):
        backups.look_through(damaged, None)


FIELDS_TWICE = {
    "people": {"folder": "x", "added": None},
    "samples": {"id": "x", "vectors": {}},
    "rejections": {"photo": 5},
}


@pytest.mark.parametrize("table", FIELDS_TWICE)
def test_a_field_that_is_told_twice_does_not_take_the_place_of_what_was_read(
    healthy: Path, tried: Callable[[Path], str], tmp_path: Path, table: str
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(healthy.with_name("database"), damaged)
    with _edited(damaged / DATABASE) as connection:
        connection.execute(f"UPDATE {table} SET extra = ?", (json.dumps(FIELDS_TWICE[table]),))
    assert "is told twice" in tried(damaged)


# Its schema

SCHEMAS = {
    "no table": ("DROP TABLE rejections",),
    "a table too few": ("ALTER TABLE vectors RENAME TO other",),
    "a column more": ("ALTER TABLE people ADD COLUMN more",),
    "a column less": ("ALTER TABLE samples DROP COLUMN place",),
    "nothing unique": (
        "CREATE TABLE other AS SELECT * FROM people",
        "DROP TABLE people",
        "ALTER TABLE other RENAME TO people",
    ),
    "version 0": ("PRAGMA user_version = 0",),
    "version 1": ("PRAGMA user_version = 1",),
    "version -5": ("PRAGMA user_version = -5",),
    "the newest version of all": (f"PRAGMA user_version = {2**31 - 1}",),
    "another program's": ("PRAGMA application_id = 1",),
}
REWRITTEN = {
    "no columns of rows": ("people", "\n)", "\n) WITHOUT ROWID"),
    "strict types": ("people", "\n)", "\n) STRICT"),
    "an unknown order": ("people", "name TEXT", "name TEXT COLLATE UNKNOWN"),
    "another order": ("samples", "id TEXT", "id TEXT COLLATE NOCASE"),
    "a condition": ("people", "name TEXT", "name TEXT CHECK (name)"),
    "a default": ("people", "name TEXT", "name TEXT DEFAULT (folder)"),
    "a computed column": ("people", "name TEXT NOT NULL", "name TEXT AS (folder)"),
    "rows that stay": ("vectors", " ON DELETE CASCADE", ""),
    "rows that go": ("samples", "people (folder)", "people (folder) ON DELETE CASCADE"),
    "another name": ("history", "\tedits ", "\tchanges "),
    "another key": ("vectors", "UNIQUE (sample, model)", "UNIQUE (sample)"),
}


@pytest.mark.parametrize("name", [*SCHEMAS, *REWRITTEN])
def test_another_schema_is_refused_and_never_taken_for_a_full_disk(
    healthy: Path, tried: Callable[[Path], str], tmp_path: Path, name: str
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(healthy.with_name("database"), damaged)
    if name in REWRITTEN:
        _change_schema(damaged / DATABASE, *REWRITTEN[name])
    else:
        with _edited(damaged / DATABASE) as connection:
            for sql in SCHEMAS[name]:
                connection.execute(sql)
    assert tried(damaged)


def test_what_cannot_be_migrated_takes_no_good_backup_away(healthy: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(healthy.with_name("database"), damaged)
    with _edited(damaged / DATABASE) as connection:
        connection.execute("PRAGMA user_version = 2")
        connection.execute("UPDATE history SET edits = '[5]'")
    before = backups.kept(damaged)
    for _ in range(backups.KEPT + 1):
        with pytest.raises(GalleryDamagedError):
            Gallery.open(damaged, for_writing=True)
    assert backups.kept(damaged) == before


def test_damage_deep_in_the_records_is_found_before_the_first_crop_is_sealed(
    healthy: Path, files_in: FilesIn, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(healthy.with_name("database"), damaged)
    with _edited(damaged / DATABASE) as connection:
        connection.execute("UPDATE samples SET box = '[1, 2, 3]' WHERE number = 2")
    before = files_in(damaged)
    with pytest.raises(GalleryDamagedError):
        encrypt(damaged, "open")
    assert files_in(damaged) == before


@pytest.mark.parametrize("kind", ["json", "database"])
def test_a_file_that_is_only_called_as_sealed_ones_is_sealed_too(
    healthy: Path, tmp_path: Path, kind: str, quick_scrypt: None
) -> None:
    folder = tmp_path / "gallery"
    shutil.copytree(healthy.with_name(kind), folder)
    stray = folder / "faces_db" / "Grace" / "stray.sealed"
    stray.write_bytes(b"anybody can read this")
    encrypt(folder, "open")
    assert not any(b"anybody" in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    decrypt(folder, "open")
    assert (stray.parent / "stray.sealed.damaged").read_bytes() == b"anybody can read this"
    assert len(Gallery.open(folder, for_writing=False).people) == 3


NOBODY = [
    {"person": {"name": "Ada", "folder": "Ada", "added": ""}, "from": None, "to": None},
    {"rejection": {"photo": "e", "box": [1, 2, 3, 4]}, "from": None, "to": None},
]


@pytest.mark.parametrize("kind", ["json", "database"])
@pytest.mark.parametrize("edit", NOBODY, ids=["person", "rejection"])
def test_an_edit_of_nobody_is_refused(
    healthy: Path, tried: Callable[[Path], str], tmp_path: Path, kind: str, edit: dict[str, Any]
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(healthy.with_name(kind), damaged)
    if kind == "json":
        document = json.loads((damaged / RECORDS).read_bytes())
        document["history"][0]["edits"] = [edit]
        (damaged / RECORDS).write_text(json.dumps(document), "utf-8")
    else:
        with _edited(damaged / DATABASE) as connection:
            connection.execute("UPDATE history SET edits = ? WHERE number = 1", (json.dumps([edit]),))
    assert "history[0].edits[0] is of nobody" in tried(damaged)
