"""Files that are hostile as a whole: records, databases, galleries of the original demo, backups."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import struct
from collections.abc import Callable, Iterator
from functools import partial

from tests.e2e.hostile.damaging import (
    database,
    set_face,
    set_head,
    set_person,
    written,
)
from tests.e2e.hostile.inputs_records import INFINITY, NAN, PATHS, set_embeddings, to_be_embedded, unit_vector
from tests.e2e.hostile.world import (
    CHEAP,
    DATABASE,
    GRACE,
    JSON,
    RECORDS,
    SQLITE,
    Hostile,
    World,
)


def inputs() -> Iterator[Hostile]:
    yield from _documents()
    yield from _databases()
    yield from _seeds()
    yield from _beside()


# Files of records as a whole


def _documents() -> Iterator[Hostile]:
    for name, text in {
        "null": "null",
        "object": "{}",
        "number": "7",
        "text": '"records"',
        "empty": "",
        "nul-bytes": "\0" * 4096,
        "list-of-null": "[null]",
        "nested": "[" * 1_000_000,
        "nested-objects": '{"a":' * 1_000_000,
        "long-number": '{"format": "face-match gallery", "version": 4, "people": [' + "9" * 1_000_000 + "]}",
        "no-people": '{"format": "face-match gallery", "version": 3}',
        "people-null": '{"format": "face-match gallery", "version": 3, "people": null}',
        "people-object": '{"format": "face-match gallery", "version": 3, "people": {}}',
        "people-null-inside": '{"format": "face-match gallery", "version": 3, "people": [null]}',
        "tables-null": '{"format": "face-match gallery", "version": 4, "people": [], "photos": null, '
        '"faces": null, "conflicts": null, "history": null}',
        "no-tables": '{"format": "face-match gallery", "version": 4, "people": []}',
        "format-list": '{"format": [], "version": 3, "people": []}',
    }.items():
        yield Hostile(f"json-document-{name}", written(RECORDS, text), CHEAP)
    yield Hostile("json-document-utf-16", written(RECORDS, "\ufeff[]".encode("utf-16")), CHEAP)
    yield Hostile("json-document-cut-off", _cut_off, CHEAP)
    yield Hostile("json-document-bomb", _bomb, CHEAP)
    versions: dict[str, object] = {
        "text": "3",
        "float": 3.7,
        "huge": 10**400,
        "infinite": INFINITY,
        "nan": NAN,
        "negative": -1,
        "zero": 0,
        "null": None,
        "list": [3],
        "true": True,
    }
    for name, version in versions.items():
        yield Hostile(f"json-version-{name}", partial(_set_version, version), CHEAP)


def _set_version(version: object, world: World) -> None:
    set_head("version", "here", world)
    number = str(version) if isinstance(version, int) and version > 10**300 else json.dumps(version)
    world.records.write_text(world.records.read_text("ascii").replace('"here"', number, 1), "ascii")


def _cut_off(world: World) -> None:
    world.records.write_bytes(world.records.read_bytes()[:-300])


def _bomb(world: World) -> None:
    """30 MB of zeros in a field that is not known."""
    set_head("note", "here", world)
    text = world.records.read_text("ascii")
    world.records.write_text(text.replace('"here"', "[" + "0," * 15_000_000 + "0]", 1), "ascii")


# Databases as a whole


def _databases() -> Iterator[Hostile]:
    statements = {
        "version-huge": "PRAGMA user_version = 2147483647",
        "version-negative": "PRAGMA user_version = -5",
        "version-zero": "PRAGMA user_version = 0",
        "of-another-program": "PRAGMA application_id = 7",
        "version-3": "PRAGMA user_version = 3",
        "no-faces": "DROP TABLE faces",
        "no-steps": "DROP TABLE steps",
        "no-extra": "ALTER TABLE people DROP COLUMN extra",
        "trigger": "CREATE TRIGGER t AFTER DELETE ON faces BEGIN DELETE FROM vectors; DELETE FROM faces; "
        "DELETE FROM people; END",
        "trigger-insert": "CREATE TRIGGER t AFTER INSERT ON faces BEGIN "
        "UPDATE people SET folder = '../../out'; END",
        "extra-odd": "UPDATE people SET extra = '[7]' WHERE name = 'Grace Hopper'",
        "extra-not-json": "UPDATE faces SET extra = 'no' WHERE person = 'Grace Hopper'",
        "box-not-json": "UPDATE faces SET box = '[1, 2' WHERE person = 'Grace Hopper'",
        "edits-not-json": "UPDATE edits SET edit = 'no'",
        "edit-null": "UPDATE edits SET edit = NULL",
        "edit-of-no-step": "UPDATE edits SET step = 999 WHERE number = (SELECT max(number) FROM edits)",
        "at-bytes": "UPDATE steps SET at = x'ff00fe'",
        "undone-text": "UPDATE steps SET undone = 'perhaps'",
        "name-bytes": "UPDATE people SET name = x'ff00fe' WHERE name = 'Grace Hopper'",
        "path-bytes": "UPDATE photos SET path = x'ff00fe'",
        "face-of-nobody": "UPDATE faces SET person = 'Nobody' WHERE person = 'Grace Hopper'",
        "face-of-no-photo": "UPDATE faces SET photo = 'nothing' WHERE person = 'Grace Hopper'",
        "photos-gone": "DELETE FROM photos WHERE id IN "
        "(SELECT photo FROM faces WHERE person = 'Grace Hopper')",
        "conflict-of-no-face": "UPDATE conflicts SET face = 'nobody'",
        "vector-of-nothing": "INSERT INTO vectors (face, model, vector) VALUES ('nothing', 'dlib', x'00')",
        "vector-text": "UPDATE vectors SET vector = 'text' WHERE face IN "
        "(SELECT id FROM faces WHERE person = 'Grace Hopper')",
        "numbers-for-texts": "UPDATE faces SET added = 7, cluster = 8.5 WHERE person = 'Grace Hopper'",
        "last-number": "UPDATE faces SET number = 9223372036854775807 "
        "WHERE number = (SELECT max(number) FROM faces)",
    }
    for name, statement in statements.items():
        yield Hostile(f"database-{name}", partial(_execute, statement), CHEAP, DATABASE)
    yield Hostile("database-endless-view", _endless_view, CHEAP, DATABASE, is_eileen_healthy=False)
    yield Hostile("database-journal-of-another", _super_journal, CHEAP, DATABASE)
    yield Hostile("database-garbage", written(SQLITE, b"\x7f" * 5000), CHEAP, DATABASE)
    yield Hostile("database-empty", written(SQLITE, b""), CHEAP, DATABASE)
    yield Hostile("database-head-alone", _head_alone, CHEAP, DATABASE)
    yield Hostile("database-flipped", _flip_database, CHEAP, DATABASE)
    yield Hostile("database-beside-json", _database_beside, CHEAP)
    yield Hostile("database-wal-garbage", _write_wal, CHEAP, DATABASE)


def _execute(statement: str, world: World) -> None:
    with database(world) as connection:
        connection.execute(statement)


def _endless_view(world: World) -> None:
    """A view in the place of a table, with more rows than anybody has time for."""
    rows = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
    with database(world) as connection:
        connection.execute("DROP TABLE people")
        connection.execute(
            "CREATE VIEW people AS SELECT n AS number, 'f' || n AS folder, 'n' || n AS name, '' AS added, "
            f"NULL AS cover, '' AS born, NULL AS extra FROM ({rows} SELECT n FROM c)"
        )


def _super_journal(world: World) -> None:
    """A journal that names a super-journal elsewhere: SQLite reads that file, and deletes it if none of the
    databases that it names is there."""
    page = int.from_bytes(world.database.read_bytes()[16:18], "big")
    pages = world.database.stat().st_size // page
    name = str(world.target / "keep.txt").encode()
    head = bytes.fromhex("d9d505f920a163d7") + struct.pack(">IIIII", 0, 7, pages, 512, page)
    lock_page = 0x40000000 // page + 1
    end = struct.pack(">I", lock_page) + name + struct.pack(">II", len(name), sum(name))
    end += bytes.fromhex("d9d505f920a163d7")
    world.database.with_name(f"{world.database.name}-journal").write_bytes(head.ljust(512, b"\0") + end)


def _head_alone(world: World) -> None:
    world.database.write_bytes(world.database.read_bytes()[:100])


def _flip_database(world: World) -> None:
    data = bytearray(world.database.read_bytes())
    for at in range(5000, len(data), 4999):
        data[at] ^= 0xFF
    world.database.write_bytes(data)


def _database_beside(world: World) -> None:
    """An older database put beside records that are newer."""
    shutil.copy(world.bases.gallery(DATABASE, is_encrypted=False) / "gallery.sqlite", world.gallery)
    with contextlib.closing(sqlite3.connect(world.database)) as connection, connection:
        connection.execute("UPDATE people SET folder = '../../out' WHERE name = 'Grace Hopper'")


def _write_wal(world: World) -> None:
    for part in ("wal", "shm"):
        world.database.with_name(f"{world.database.name}-{part}").write_bytes(
            b"\x37\x7f\x06\x82" + b"\xff" * 4096
        )


# Galleries of the original demo


def _seeds() -> Iterator[Hostile]:
    commands = ("people", "match", "check", "export", "add", "undo", "encrypt", "purge", "decrypt", "people")
    for name, path in PATHS.items():
        yield Hostile(f"seed-{name}", partial(_seed, path, {}), commands, is_eileen_healthy=False)
    odd: dict[str, dict[str, object]] = {
        "no-embedding": {"embedding": []},
        "nan": {"embedding": [NAN] * 512},
        "huge": {"embedding": [1e308] * 512},
        "texts": {"embedding": ["x"] * 512},
        "ragged": {"embedding": [[1], [1, 2]]},
        "image-path-number": {"image_path": 7},
        "name-path": {"name": "../../out"},
        "name-surrogate": {"name": "\ud800"},
    }
    for name, fields in odd.items():
        yield Hostile(f"seed-{name}", partial(_seed, PATHS["nul"], fields), CHEAP, is_eileen_healthy=False)


def _seed(path: Callable[[World], str], fields: dict[str, object], world: World) -> None:
    entry = {
        "id": "1",
        "name": GRACE,
        "image_path": path(world),
        "embedding": [1.0] + [0.0] * 511,
        "model": "keras_facenet",
        "version": "1.0",
    }
    written(RECORDS, json.dumps([{**entry, **fields}]))(world)


# Other files in the gallery's folder


def _beside() -> Iterator[Hostile]:
    calibrations: dict[str, object] = {
        "null": None,
        "list": [],
        "of-text": {"dlib": "x"},
        "nan": {"dlib": {"samples": NAN, "map": {"thresholds": [NAN], "probabilities": [NAN]}}},
        "odd": {"dlib": {"map": {"similarities": [1, "x"], "probabilities": {}, "weight": None}}},
        "long": {"dlib": {"map": {"similarities": [0.5] * 1_000_000, "chances": [2] * 3}}},
    }
    for name, value in calibrations.items():
        yield Hostile(
            f"calibrations-{name}",
            written("calibrations.json", json.dumps(value)),
            ("match", "check", "calibrate", "encrypt", "decrypt", "purge", "people"),
        )
    yield Hostile(
        "calibrations-nested",
        written("calibrations.json", '{"dlib":' * 1_000_000),
        ("match", "calibrate", "encrypt", "decrypt", "purge", "people"),
    )
    yield Hostile("lock-holder-odd", written("gallery.lock.json", '{"process": ['), CHEAP)
    yield Hostile("lock-holder-nested", written("gallery.lock.json", "[" * 1_000_000), CHEAP)
    backups: dict[str, Callable[[World], None]] = {
        "dated-ahead": _dated_ahead,
        "odd-names": _odd_backups,
        "folders": lambda world: (world.gallery / "backups" / "9999-01-01 00.00.00 by hand.json").mkdir(),
    }
    for name, make in backups.items():
        keeping = (
            "people",
            "backup",
            "add",
            "restore",
            "purge",
            "encrypt",
            "decrypt",
            "people",
            "export again",
        )
        yield Hostile(f"backups-{name}", make, keeping)
    edits: dict[str, tuple[str, Callable[[World], None]]] = {
        "json-file": (JSON, lambda world: set_face(world, "file", str(world.target / "secret.png"))),
        "json-folder": (JSON, lambda world: set_person(world, "folder", "../../out")),
        "json-landmarks": (JSON, partial(to_be_embedded, landmarks=[[1, 2]] * 3)),
        "json-vector": (JSON, partial(set_embeddings, {"dlib": unit_vector(64)})),
        "database-file": (DATABASE, lambda world: set_face(world, "file", "../out/secret.png")),
        "database-folder": (DATABASE, lambda world: set_person(world, "folder", "../../out")),
        "database-landmarks": (DATABASE, partial(to_be_embedded, landmarks=[[1, 2]] * 3)),
        "database-vector": (DATABASE, partial(set_embeddings, {"dlib": b"abc"})),
        "database-trigger": (
            DATABASE,
            partial(_execute, "CREATE TRIGGER t AFTER INSERT ON people BEGIN DELETE FROM faces; END"),
        ),
        "database-view": (DATABASE, _endless_view),
    }
    restored = {name: (store, partial(_restore_edited, edit)) for name, (store, edit) in edits.items()}
    restored["json-outside"] = (JSON, partial(_restore_canary))
    for name, (store, make) in restored.items():
        restoring = (
            "restore",
            "people",
            "match",
            "check",
            "export",
            "add",
            "undo",
            "encrypt",
            "purge",
            "people",
        )
        yield Hostile(f"restore-{name}", make, restoring, store)


def _dated_ahead(world: World) -> None:
    for second in range(10):
        shutil.copy(world.records, world.gallery / "backups" / f"9998-01-01 00.00.0{second} by hand.json")


def _odd_backups(world: World) -> None:
    for name in (
        ".json",
        "0000-00-00 99.99.99 .json",
        "\U0001f600.json",
        "x" * 200 + ".json",
        " .sqlite",
        "a\n.json",
    ):
        (world.gallery / "backups" / name).write_bytes(b"[")


def _restore_canary(world: World) -> None:
    world.backup = world.out / "other.json"


def _restore_edited(edit: Callable[[World], None], world: World) -> None:
    """The records with an edit, as a backup that lies elsewhere; those in the gallery stay healthy."""
    path = world.records if world.store == JSON else world.database
    healthy = path.read_bytes()
    edit(world)
    world.backup = world.given / f"backup{path.suffix}"
    shutil.copy(path, world.backup)
    path.write_bytes(healthy)
