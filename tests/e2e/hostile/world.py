"""A small world for each hostile input: a gallery, and around it what no command may touch.

gallery/    a copy of a healthy gallery, with the hostile input in it
out/        what "../out" leads to
target/     what absolute paths lead to
home/       the user's folders
given/      photos, archives and sidecars that commands are given
results/    where exports go
tmp/, cwd/, started/
            empty before and after: temporary files, the folder where the program is started, and a
            file for each other program that was started
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from face_match.gallery.vault import to_disk, unlock

MARKER = b"nobody has asked for this 5d1c9e07"
"""In everything outside the gallery, and nowhere else."""

EILEEN, GRACE, JOAN, MARY = "Eileen Collins", "Grace Hopper", "Joan Clarke", "Mary Jackson"
"""Whose part of the gallery stays healthy; whose part is damaged; who is added; and whom a folder names."""

PASSPHRASE = "open, please"

JSON, DATABASE = "json", "database"
STORES = (JSON, DATABASE)
RECORDS, SQLITE, VAULT = "embeddings.json", "gallery.sqlite", "vault.json"


@dataclass(frozen=True)
class Bases:
    """Healthy galleries that the worlds get copies of, and other things to make hostile inputs of.

    Attributes:
        folder: has a gallery for each store, `<store>` and `<store> encrypted`.
        sealed: the crops of Grace Hopper in the encrypted galleries, relative to the gallery.
        archive: an export of the gallery.
        photos: photos of each of the two, and one of both.
        eileen: SHA-256 of the crops of Eileen Collins.
        waiting: a file as version 0.1 kept one in `waiting/` for each photo with unnamed faces.
    """

    folder: Path
    sealed: tuple[str, ...]
    archive: Path
    photos: Path
    eileen: frozenset[str]
    waiting: bytes

    def gallery(self, store: str, *, is_encrypted: bool) -> Path:
        return self.folder / (f"{store} encrypted" if is_encrypted else store)


@dataclass
class World:
    """Where one input lies, and what the commands are given.

    Attributes:
        env: variables for the child, beside the usual ones.
        photo, sources, archive, backup: what `match` and `add`, `import` and `write-names`, `import-archive`,
            and `restore` are given.
        changing: what below the root may change.
    """

    root: Path
    bases: Bases
    store: str
    is_encrypted: bool
    env: dict[str, str] = field(default_factory=dict)
    changing: set[str] = field(default_factory=set)
    photo: Path = field(init=False)
    sources: Path = field(init=False)
    archive: Path = field(init=False)
    backup: Path = field(init=False)

    def __post_init__(self) -> None:
        self.photo = self.given / "hopper.jpg"
        self.sources = self.given / "photos"
        self.archive = self.given / "archive.zip"
        self.backup = self.gallery / "no backup"

    @property
    def gallery(self) -> Path:
        return self.root / "gallery"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def target(self) -> Path:
        return self.root / "target"

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def given(self) -> Path:
        return self.root / "given"

    @property
    def results(self) -> Path:
        return self.root / "results"

    @property
    def records(self) -> Path:
        return self.gallery / RECORDS

    @property
    def database(self) -> Path:
        return self.gallery / SQLITE

    @property
    def settings(self) -> Path:
        return self.home / ".config" / "face-match" / "settings.json"

    @cached_property
    def crops(self) -> list[Path]:
        """The crop files of Grace Hopper."""
        if self.is_encrypted:
            return [self.gallery / file for file in self.bases.sealed]
        return sorted((self.gallery / "faces_db" / GRACE).iterdir())

    def build(self) -> None:
        """All of it, still healthy."""
        shutil.copytree(self.bases.gallery(self.store, is_encrypted=self.is_encrypted), self.gallery)
        for folder in (self.out, self.target, self.home, self.given, self.results):
            folder.mkdir()
        for name in ("tmp", "cwd", "started"):
            (self.root / name).mkdir()
        for folder in (self.out, self.target):
            canaries(folder)
        (self.home / ".ssh").mkdir()
        (self.home / ".ssh" / "authorized_keys").write_bytes(MARKER)
        shutil.copy(self.bases.photos / "hopper.jpg", self.given)
        self.sources.mkdir()
        shutil.copy(self.bases.photos / "both.png", self.sources)
        by_hand = sorted(
            (self.gallery / "backups").glob(f"*hand*{'.json' if self.store == JSON else '.sqlite'}")
        )
        self.backup = by_hand[-1]


def canaries(folder: Path) -> None:
    """Files of several kinds that would be taken for something of a gallery's, all with the marker."""
    (folder / "keep.txt").write_bytes(MARKER)
    (folder / "other.json").write_text(json.dumps({"note": MARKER.decode()}), "utf-8")
    (folder / "secret.png").write_bytes(secret_png())
    (folder / "faces_db" / GRACE).mkdir(parents=True)
    (folder / "faces_db" / GRACE / "1.png").write_bytes(secret_png())
    (folder / "private").mkdir()
    (folder / "private" / "letter.txt").write_bytes(MARKER)


def png(width: int, height: int, rows: bytes | None = None, *, bits: int = 8, chunks: bytes = b"") -> bytes:
    """A grey PNG file; of zeros, packed piece by piece, where no rows are given."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((bits, 0, 0, 0, 0))
    if rows is None:
        packer, line = zlib.compressobj(9), bytes((width * bits + 7) // 8 + 1)
        packed = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    else:
        packed = zlib.compress(rows)
    ends = png_chunk(b"IHDR", head), chunks, png_chunk(b"IDAT", packed), png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(ends)


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def secret_png() -> bytes:
    """An image that can be read, with the marker in it."""
    rows = b"".join(b"\0" + bytes((x * 8) & 255 for x in range(32)) for _ in range(32))
    return png(32, 32, rows, chunks=png_chunk(b"tEXt", b"Comment\0" + MARKER))


@dataclass(frozen=True)
class Hostile:
    """One input.

    Attributes:
        make: puts it into a world that is still healthy.
        commands: what is done with it, in this order.
        is_eileen_healthy: whether nothing of hers is damaged, so that it has to be there afterwards.
        noticed_by: a command that must not report success.
    """

    id: str
    make: Callable[[World], None]
    commands: Sequence[str]
    store: str = JSON
    is_encrypted: bool = False
    is_eileen_healthy: bool = True
    noticed_by: str = ""


# What commands are given


def arguments(world: World, command: str) -> list[str]:
    """Of a command, by its name in `Hostile.commands`."""
    given: dict[str, list[object]] = {
        "match": ["match", world.photo],
        "add": ["add", world.photo, "--name", JOAN],
        "export": ["export", world.results / "gallery.zip"],
        "export again": ["export", world.results / "again.zip"],
        "purge": ["purge", GRACE, "--yes"],
        "purge new": ["purge", "Mallory", "--yes"],
        "restore": ["restore", world.backup],
        "import": ["import", world.sources],
        "import people": ["import", world.sources, "--people-from-folders"],
        "import names": ["import", world.sources, "--people-from-sidecars"],
        "import-archive": ["import-archive", world.archive],
        "write-names": ["write-names", world.sources],
        "rename": ["rename", EILEEN, EILEEN],
        "show": ["show", GRACE],
        "sort": ["sort", world.sources, world.results / "sorted"],
        "models": ["models", "list"],
        "use it": ["models", "use", "arcface-0123456789ab"],
        "mine": ["conflicts", "--all-mine"],
        "database": ["store", "database"],
        "json": ["store", "json"],
    }
    words = given.get(command, [command])
    return [*map(str, words), "--gallery", str(world.gallery), "--json"]


READING = (
    "people",
    "show",
    "history",
    "conflicts",
    "match",
    "check",
    "export",
    "export again",
    "write-names",
    "models",
)
"""What must not change anything in a gallery."""

CHEAP = (
    "people",
    "check",
    "export",
    "undo",
    "encrypt",
    "purge",
    "decrypt",
    "restore",
    "people",
    "export again",
)
"""All that needs no networks."""

ALL = ("people", "match", *CHEAP[1:4], "add", *CHEAP[4:])
SEALED = (
    "people",
    "match",
    "check",
    "export",
    "undo",
    "add",
    "purge",
    "restore",
    "decrypt",
    "people",
    "export again",
)
"""The same for a gallery that is encrypted."""

ARCHIVE = ("import-archive", "people", "match", "check", "export", "undo", "purge", "people", "export again")
CONFLICTS = (
    "conflicts",
    "check",
    "export",
    "undo",
    "mine",
    "conflicts",
    "encrypt",
    "purge",
    "people",
    "export again",
)
PHOTO = ("match", "add", "import", "write-names", "people")
WAITING = ("import", "check", "encrypt", "purge", "import", "decrypt", "people", "export again")


# Making inputs


def edit_json(world: World, edit: Callable[[dict[str, Any]], None]) -> None:
    """Change the records; half a surrogate pair is written as JSON has it."""
    document = json.loads(world.records.read_bytes())
    edit(document)
    world.records.write_text(json.dumps(document), "ascii")


def person(document: dict[str, Any], name: str = GRACE) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in document["people"] if one["name"] == name)
    return found


@contextlib.contextmanager
def database(world: World) -> Iterator[sqlite3.Connection]:
    """The gallery's database, in which nothing is checked."""
    connection = sqlite3.connect(world.database)
    with contextlib.closing(connection), connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        yield connection


def face(document: dict[str, Any], name: str = GRACE) -> dict[str, Any]:
    """The first face of a person."""
    folder = person(document, name)["folder"]
    found: dict[str, Any] = next(one for one in document["faces"] if one["person"] == folder)
    return found


def photo(document: dict[str, Any], name: str = GRACE) -> dict[str, Any]:
    """The photo of the first face of a person."""
    number = face(document, name)["photo"]
    found: dict[str, Any] = next(one for one in document["photos"] if one["id"] == number)
    return found


def set_person(world: World, column: str, value: object) -> None:
    """Something of Grace Hopper's, in either store; her faces stay hers."""

    def edit(document: dict[str, Any]) -> None:
        known = person(document)
        for one in document["faces"]:
            if column == "folder" and one["person"] == known["folder"]:
                one["person"] = value
        known[column] = value

    if world.store == JSON:
        edit_json(world, edit)
        return
    with database(world) as connection:
        (folder,) = connection.execute("SELECT folder FROM people WHERE name = ?", (GRACE,)).fetchone()
        text, bound = _bound(value)
        connection.execute(f"UPDATE people SET {column} = {text} WHERE folder = ?", (bound, folder))
        if column == "folder":
            connection.execute(f"UPDATE faces SET person = {text} WHERE person = ?", (bound, folder))


def set_face(world: World, column: str, value: object) -> None:
    """Something of the first face of Grace Hopper's, in either store."""
    if world.store == JSON:
        edit_json(world, lambda document: face(document).update({column: value}))
        return
    with database(world) as connection:
        number = _first(connection, "id")
        if column == "vectors":
            connection.execute("DELETE FROM vectors WHERE face = ?", (number,))
            for model, vector in dict(value).items():  # type: ignore[call-overload]
                model_text, model_bound = _bound(model)
                connection.execute(
                    f"INSERT INTO vectors (face, model, vector) VALUES (?, {model_text}, ?)",
                    (number, model_bound, vector),
                )
            return
        text, bound = _bound(value)
        if column == "id":
            for table in ("vectors", "conflicts"):
                connection.execute(f"UPDATE {table} SET face = {text} WHERE face = ?", (bound, number))
        connection.execute(f"UPDATE faces SET {column} = {text} WHERE id = ?", (bound, number))


def set_photo(world: World, column: str, value: object) -> None:
    """Something of the photo of that face, in either store; its faces stay in it."""

    def edit(document: dict[str, Any]) -> None:
        known = photo(document)
        for one in document["faces"]:
            if column == "id" and one["photo"] == known["id"]:
                one["photo"] = value
        known[column] = value

    if world.store == JSON:
        edit_json(world, edit)
        return
    with database(world) as connection:
        number = _first(connection, "photo")
        text, bound = _bound(value)
        connection.execute(f"UPDATE photos SET {column} = {text} WHERE id = ?", (bound, number))
        if column == "id":
            connection.execute(f"UPDATE faces SET photo = {text} WHERE photo = ?", (bound, number))


def set_conflict(world: World, column: str, value: object) -> None:
    """Something of the one conflict that there is, in either store."""
    if world.store == JSON:
        edit_json(world, lambda document: document["conflicts"][0].update({column: value}))
        return
    with database(world) as connection:
        text, bound = _bound(value)
        connection.execute(f"UPDATE conflicts SET {column} = {text}", (bound,))


def _first(connection: sqlite3.Connection, column: str) -> str:
    """A column of the first face of Grace Hopper's."""
    (found,) = connection.execute(
        f"SELECT {column} FROM faces WHERE person = (SELECT folder FROM people WHERE name = ?) "
        "ORDER BY number",
        (GRACE,),
    ).fetchone()
    return str(found)


def _bound(value: object) -> tuple[str, object]:
    """How a value stands in a statement, and what is bound there: text that is no UTF-8 too."""
    if isinstance(value, (dict, list)):
        return "?", json.dumps(value)
    if isinstance(value, str):
        return "CAST(? AS TEXT)", value.encode("utf-8", "surrogatepass")
    return "?", value


def append_history(world: World, edits: object) -> None:
    """One step more, the first to be undone."""
    step = {"description": "something", "at": "2026-01-01T00:00:00Z", "undone": False}

    def append(document: dict[str, Any]) -> None:
        number = document["history"][-1]["id"] + 1
        document["history"].append({"id": number, **step, "edits": edits})

    if world.store == JSON:
        edit_json(world, append)
        return
    with database(world) as connection:
        number = connection.execute(
            "INSERT INTO steps (description, at, undone) VALUES (:description, :at, :undone)", step
        ).lastrowid
        for edit in edits if isinstance(edits, list) else [edits]:
            values = (number, json.dumps(edit))
            connection.execute("INSERT INTO edits (step, edit) VALUES (?, ?)", values)


def healthy_records(world: World) -> dict[str, Any]:
    """The file of records that the healthy gallery in JSON has."""
    path = world.bases.gallery(JSON, is_encrypted=False) / RECORDS
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def a_row(record: dict[str, Any]) -> dict[str, Any]:
    """A record of the file as a history has it."""
    return {**{name: value for name, value in record.items() if name != "vectors"}, "extra": {}}


def a_face(world: World) -> dict[str, Any]:
    """The row of a face of Grace Hopper's."""
    return a_row(face(healthy_records(world)))


def put_waiting(world: World) -> Path:
    """What version 0.1 kept of a photo with unnamed faces, sealed where the gallery is; returns the file."""
    path = world.gallery / "waiting" / "old.faces"
    path.parent.mkdir(mode=0o700)
    data = world.bases.waiting
    if world.is_encrypted:
        vault = unlock(world.gallery, PASSPHRASE)
        data = to_disk(data, vault, f"waiting/{path.name}")
    path.write_bytes(data)
    return path


def with_waiting(make: Callable[[World], None]) -> Callable[[World], None]:
    """The same in a gallery that version 0.1 has kept unnamed faces of."""

    def make_with_waiting(world: World) -> None:
        put_waiting(world)
        make(world)

    return make_with_waiting


def written(name: str, content: str | bytes) -> Callable[[World], None]:
    """Puts a file into the gallery."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content

    def write(world: World) -> None:
        (world.gallery / name).write_bytes(data)

    return write


def replace_by_link(path: Path, to: Path | str) -> None:
    remove(path)
    path.symlink_to(to)


def remove(path: Path) -> None:
    """Whatever is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# Looking at worlds


def outside(world: World) -> dict[str, tuple[object, ...]]:
    """What is outside the gallery, to the time of change and the bytes; but for where results go."""
    found: dict[str, tuple[object, ...]] = {}
    skipped = {"gallery", "results", "tmp", "cwd", "started", *world.changing}

    def look(folder: Path) -> None:
        for path in sorted(folder.iterdir()):
            name = path.relative_to(world.root).as_posix()
            if name in skipped:
                continue
            about = path.lstat()
            told: tuple[object, ...] = (oct(about.st_mode), about.st_mtime_ns)
            if stat.S_ISLNK(about.st_mode):
                told += (str(path.readlink()),)
            elif stat.S_ISREG(about.st_mode):
                told += (about.st_size, hashlib.sha256(path.read_bytes()).hexdigest())
            elif stat.S_ISDIR(about.st_mode):
                look(path)
            found[name] = told

    look(world.root)
    return found


def files_of(folder: Path) -> Iterator[Path]:
    """The plain files below a folder; links are not followed."""
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not Path(parent, name).is_symlink()]
        for name in files:
            path = Path(parent, name)
            if stat.S_ISREG(path.lstat().st_mode):
                yield path
