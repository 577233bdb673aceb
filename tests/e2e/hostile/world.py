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

import hashlib
import json
import os
import shutil
import stat
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

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
