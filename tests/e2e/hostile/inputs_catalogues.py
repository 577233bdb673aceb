"""Hostile files of other photo programs beside the photos: databases, Picasa's files, Google's JSON."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from face_match.core.types import Box
from tests.e2e.hostile.world import Hostile, World
from tests.unit.metadata.catalog_inputs import MarkedPhoto, make_digikam, make_lightroom

COMMANDS = ("import names", "people", "import names", "undo", "check", "people", "export again")
ENDLESS = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT * FROM n"
MILLION = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1200000)"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

STATEMENTS: dict[str, list[str]] = {
    "endless-view": ["DROP TABLE Albums", f"CREATE VIEW Albums AS {ENDLESS}"],
    "endless-column": [
        "DROP TABLE Tags",
        "CREATE TABLE Tags (id INTEGER, name TEXT AS (hex(zeroblob(400000000))))",
        "INSERT INTO Tags (id) VALUES (100)",
    ],
    "virtual": ["DROP TABLE Images", "CREATE VIRTUAL TABLE Images USING fts5(id, album, name, status)"],
    "huge-value": ["UPDATE Tags SET name = hex(zeroblob(20000000)) WHERE id = 100"],
    "many-faces": [
        f"{MILLION} INSERT INTO ImageTagProperties SELECT 1, 100, 'tagRegion', "
        '\'<rect x="\' || i || \'" y="1" width="9" height="9"/>\' FROM n'
    ],
    "paths": [
        "UPDATE AlbumRoots SET specificPath = '../../../../out', identifier = 'volumeid:?path=/../..'",
        "UPDATE Images SET name = '../../out/keep.txt'",
    ],
    "names": ["UPDATE Tags SET name = '../../out/x' || char(10, 27) || '[2J' WHERE id = 100"],
    "rectangles": [
        'UPDATE ImageTagProperties SET value = \'<rect x="-999999999" y="0" width="999999999" height="1"/>\''
    ],
}
FILES: dict[str, tuple[str, bytes]] = {
    "picasa-binary": (".picasa.ini", bytes(range(256)) * 300),
    "picasa-large": (".picasa.ini", b"[hopper.jpg]\nfaces=" + b"rect64(1000100090009000),1;" * 700_000),
    "picasa-long-key": (".picasa.ini", b"[Contacts2]\n" + b"f" * 9_000_000 + b"=Ann;;\n"),
    "contacts-laughs": (
        "contacts.xml",
        (
            f'<!DOCTYPE contacts [<!ENTITY l0 "ha">{LAUGHS}]>'
            '<contacts><contact id="1" name="&l9;"/></contacts>'
        ).encode(),
    ),
    "contacts-nested": ("contacts.xml", b"<contacts>" + b"<a>" * 3_000_000),
    "takeout-nested": ("hopper.jpg.json", b"[" * 3_000_000),
    "takeout-large": ("hopper.jpg.json", b'{"title": "' + b"a" * (5 << 20) + b'"}'),
    "takeout-names": (
        "hopper.jpg.json",
        b'{"title": "a", "people": [{"name": "../../out/x"}, {"name": "a\\u0000\\ud800\\u001b[2J"}]}',
    ),
    "lightroom-garbage": ("a.lrcat", b"SQLite format 3\0" + bytes(range(256)) * 300),
}


def inputs() -> Iterator[Hostile]:
    for name, statements in STATEMENTS.items():
        yield Hostile(f"catalogue-{name}", partial(_change, statements), COMMANDS)
    for name, (file, content) in FILES.items():
        yield Hostile(f"catalogue-{name}", partial(_put, file, content), COMMANDS)
    for file in ("digikam4.db", ".picasa.ini", "contacts.xml", "hopper.jpg.json", "a.lrcat"):
        yield Hostile(f"catalogue-pipe-{file.strip('.')}", partial(_pipe, file), COMMANDS)
    yield Hostile("catalogue-link", _link, COMMANDS)
    yield Hostile("catalogue-journal", _journal, COMMANDS)
    yield Hostile("catalogue-lightroom-trigger", _trigger, COMMANDS)


def _marked(world: World) -> MarkedPhoto:
    path = Path(shutil.copy(world.given / "hopper.jpg", world.sources))
    return MarkedPhoto(path, (450, 300), [("Mallory", Box(100, 50, 150, 180))])


def _change(statements: list[str], world: World) -> None:
    path = make_digikam(world.sources / "digikam4.db", world.sources, [_marked(world)])
    database = sqlite3.connect(path)
    database.executescript(";".join(statements))
    database.close()


def _put(name: str, content: bytes, world: World) -> None:
    _marked(world)
    (world.sources / name).write_bytes(content)


def _pipe(name: str, world: World) -> None:
    _marked(world)
    os.mkfifo(world.sources / name)


def _link(world: World) -> None:
    """A database elsewhere: it may be read, but nothing is written to it or beside it."""
    path = make_digikam(world.out / "there.db", world.sources, [_marked(world)])
    (world.sources / "digikam4.db").symlink_to(path)


def _journal(world: World) -> None:
    """A journal that SQLite would play back into the database, of a file outside."""
    _change([], world)
    journal = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504) + os.fsencode(world.out / "keep.txt")
    (world.sources / "digikam4.db-journal").write_bytes(journal)


def _trigger(world: World) -> None:
    path = make_lightroom(world.sources / "a.lrcat", world.sources, [_marked(world)])
    outside = str(world.out / "made.db").replace("'", "''")
    database = sqlite3.connect(path)
    database.executescript(
        f"CREATE TRIGGER t AFTER INSERT ON AgLibraryFace BEGIN SELECT load_extension('{outside}'); END;"
        "CREATE INDEX i ON AgLibraryFace (abs(tl_x));"
    )
    database.close()
