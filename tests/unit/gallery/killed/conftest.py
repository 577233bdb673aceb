"""Works on galleries that are interrupted at one point after the other, and what has to be there then."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import itertools
import json
import os
import shutil
import signal
import zlib
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from face_match.core.errors import GalleryUnreadableError, GalleryWriteError
from face_match.core.records import Source
from face_match.core.types import Box, Crop, Embedding, FaceQuality, Landmarks, Photo, Verdict
from face_match.gallery.gallery import Gallery, NamingResult, NewFace, ScannedPhoto
from face_match.gallery.records.history import step_record
from face_match.gallery.records.paths import BACKUPS_FOLDER, DATABASE, PENDING_CROPS, RECORDS, SEALED_SUFFIX
from face_match.gallery.records.rows import Contents, Table
from face_match.gallery.security import encryption
from face_match.gallery.storage import active_store, vault
from face_match.gallery.storage.json_store import JsonStore
from face_match.gallery.storage.sqlite.store import SqlStore
from face_match.gallery.storage_change import move_records
from tests.extent import is_all

EVERY, FIRST = 36, 24
"""Without --all one point in 36 is tried, from one of the first 24 on: short work is interrupted.
With each kind of work it is another one."""

PASSPHRASE = "correct horse"
PEOPLE = {1: "Ada", 2: "Ada", 3: "Ada", 4: "Grace", 5: "Grace", 6: "Joan", 7: "Ada", 8: "Mary"}
"""Whose the face is of the photo of that number."""
GROUP, GROUP_SIZE = 10, 4
"""A photo whose faces were detected, and have no names."""
NOWHERE = 11
"""A photo of which it is known that a face, of which there is no crop, is not Ada."""


@dataclass(frozen=True)
class Faces:
    """What to change a gallery with: the n-th photo, which has faces at several places."""

    def embedding(self, number: int, place: int = 0) -> Embedding:
        embedding = np.random.default_rng((number, place)).normal(size=16)
        return (embedding / np.linalg.norm(embedding)).astype(np.float32)

    def crop(self, number: int, place: int = 0) -> Crop:
        rng = np.random.default_rng((number, place))
        pixels = rng.integers(0, 256, (24, 20, 3), np.uint8)
        return Crop(pixels, Box(*rng.uniform(1, 9, 4)), Landmarks.of(rng.uniform(1, 19, (5, 2)).tolist()))

    def photo(self, number: int, orientation: int = 1) -> Photo:
        pixels = np.zeros((30, 40, 3), np.uint8)
        digest, file_digest = f"{number:064x}", f"{number:062x}{orientation:02x}"
        return Photo(
            pixels,
            800,
            600,
            "a photo",
            digest,
            lambda: pixels,
            orientation,
            1,
            1,
            hash_file=lambda: file_digest,
        )

    def path(self, number: int) -> Path:
        return Path("/photos", f"{number}.jpg")

    def box(self, place: int) -> Box:
        return Box(100.0 + 150 * place, 80.0, 60.0, 75.0)

    def new(self, number: int, place: int = 0) -> NewFace:
        quality = FaceQuality(Verdict.POOR, 0.375, ("blurred", "too dark"))
        embeddings = {"made-up": self.embedding(number, place)}
        return NewFace(self.crop(number, place), embeddings, self.box(place), 0.987654321, quality)

    def add(self, gallery: Gallery, name: str, number: int, *, replaces: bool = False) -> NamingResult:
        """Name the first face of a photo."""
        photo, path = self.photo(number), self.path(number)
        return gallery.add(name, self.new(number), photo, path, replaces=replaces)

    def scan(self, gallery: Gallery, number: int, count: int) -> ScannedPhoto:
        """Detect the first faces of a photo."""
        new = [self.new(number, place) for place in range(count)]
        return gallery.record_photo(self.photo(number), self.path(number), scan="mtcnn", faces=new)

    def import_names(self, gallery: Gallery, names: Mapping[int, str], source: Source) -> Iterator[object]:
        """Names of the first faces of photos, one after the other, as one step."""
        step = gallery.begin_step("imported names")
        for added, (number, name) in enumerate(names.items()):
            yield gallery.import_name(
                name,
                self.new(number),
                self.photo(number),
                self.path(number),
                source=source,
                step=step,
                added=added,
            )


@dataclass(frozen=True)
class Disk:
    """What to interrupt a work with."""

    forked: Callable[..., Any]
    killing: Callable[[int], contextlib.AbstractContextManager[Any]]
    failing: Callable[[int, bool], contextlib.AbstractContextManager[Any]]


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces()


@pytest.fixture(scope="module")
def disk(forked: Any, killing: Any, failing: Any, writes_of_sqlite: None) -> Disk:
    return Disk(forked, killing, failing)


Do = Callable[[Gallery, Faces], object]
"""Something done to a gallery; with several parts, of which each is there or not, if it is a generator."""
FolderDo = Callable[[Path, "str | None"], object]
Attempt = Callable[[int, Callable[[], None]], None]


def nothing(gallery: Gallery, faces: Faces) -> None:
    """As a work, or before one."""


def parts_of(do: Do, gallery: Gallery, faces: Faces) -> Iterator[object]:
    """Do a work, a part at a time."""
    done = do(gallery, faces)
    if isinstance(done, Iterator):
        yield from done
    else:
        yield done


@pytest.fixture(scope="module", autouse=True)
def quick_scrypt() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "SCRYPT_N", 2**4)
        yield


@pytest.fixture(scope="module")
def lived_in(
    tmp_path_factory: pytest.TempPathFactory, faces: Faces, forked: Callable[..., Any]
) -> Callable[[str], Path]:
    """The folder of a gallery with a past, of each kind; whoever wrote to it last was killed."""
    made: dict[str, Path] = {}

    def of_kind(kind: str) -> Path:
        if kind in made:
            return made[kind]
        folder = tmp_path_factory.mktemp("lived in") / "gallery"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(active_store, "MAX_JSON_FACES", 300)
            fill(folder, faces)
        if "database" in kind:
            move_records(folder, to_database=True)
        if "sealed" in kind:
            encryption.encrypt(folder, PASSPHRASE)

        def rename_and_die(report: Callable[[], None]) -> None:
            gallery = Gallery.open(folder, for_writing=True, passphrase=word_of(kind))
            gallery.rename(gallery.person("Mary"), "Mary Ann")
            report()
            os.kill(os.getpid(), signal.SIGKILL)

        assert forked(rename_and_die) == (True, True)
        assert (folder / f"{DATABASE}-wal").exists() == ("database" in kind)
        made[kind] = folder
        return folder

    return of_kind


def fill(folder: Path, faces: Faces) -> None:
    """Edits of many sorts, fields that only later versions know, and backups of both kinds."""
    with Gallery.open(folder, for_writing=True) as gallery:
        named = {number: faces.add(gallery, name, number).faces[0] for number, name in PEOPLE.items()}
        gallery.back_up()
        group = [face.id for face in faces.scan(gallery, GROUP, GROUP_SIZE).new_faces]
        gallery.reject(gallery.person("Ada"), group[:1])
        gallery.ignore(group[1:2])
        gallery.cluster_faces(group[2:])
        gallery.reject_at(faces.photo(NOWHERE), faces.path(NOWHERE), faces.box(0), gallery.person("Ada"))
        gallery.set_cover(named[4].id)
        gallery.remove([named[7].id])
        gallery.add_embeddings("second", {named[1].id: faces.embedding(41)}, store=True)
        assert [*faces.import_names(gallery, {1: "Augusta", 4: "Hopper"}, Source.METADATA)]
        assert len(gallery.conflicts()) == 2
    records = folder / RECORDS
    content = json.loads(records.read_bytes())
    content["people"][0] |= {"nickname": "Countess"}
    content["faces"][1] |= {"lens": "50 mm"}
    content["photos"][0] |= {"place": "London"}
    content["conflicts"][0] |= {"by": "hand"}
    records.write_text(json.dumps(content), "utf-8")
    store = JsonStore(folder)
    store.load()
    SqlStore.create(
        folder / BACKUPS_FOLDER / "2020-01-02 03.04.05 by hand.sqlite",
        some_of(store.contents()),
        active_store.history_of(store)[:3],
    )


def some_of(contents: Contents) -> Contents:
    """What is of the first two people."""
    folders = [person["folder"] for person in contents.rows[Table.PEOPLE][:2]]
    rows = {
        Table.PEOPLE: contents.rows[Table.PEOPLE][:2],
        Table.PHOTOS: contents.rows[Table.PHOTOS],
        Table.FACES: [face for face in contents.rows[Table.FACES] if face["person"] in folders],
        Table.CONFLICTS: [],
    }
    return Contents(rows, {face["id"]: contents.embeddings[face["id"]] for face in rows[Table.FACES]})


def word_of(kind: str) -> str | None:
    return PASSPHRASE if "sealed" in kind else None


class Facts:
    """All that a gallery knows, to be compared; what is not of `source` has ids and times of its own."""

    def __init__(self, source: Path, word: str | None, faces: Faces) -> None:
        self._faces = faces
        with contextlib.closing(Gallery.open(source, for_writing=False, passphrase=word)) as gallery:
            store = gallery._store
            rows = [row for table in Table for row in store.all_rows(table)]
            known = {row.get(name) for row in rows for name in ("id", "folder", "cluster")}
            self._known: set[str] = {one for one in known if one is not None}
            self._steps = {json.dumps(step_record(*step)) for step in active_store.history_of(store)}

    def of(self, gallery: Gallery) -> dict[str, Any]:
        contents = gallery._store.contents()
        steps = active_store.history_of(gallery._store)
        people = [(person.name, person.face_count, person.cover) for person in gallery.people]
        counts = [row["person"] for row in contents.rows[Table.FACES]]
        assert people == [
            (person["name"], counts.count(person["folder"]), person["cover"])
            for person in contents.rows[Table.PEOPLE]
        ]
        assert [step for step, _ in steps] == [*gallery.history, *gallery.undone]
        return {
            **{
                table.value: [self._row(gallery, contents, table, row) for row in rows]
                for table, rows in contents.rows.items()
            },
            "unnamed": sorted(self._id(face.id) for face in gallery.unnamed()),
            "ignored": sorted(self._id(face.id) for face in gallery.ignored()),
            "open": len(gallery.conflicts()),
            "models": gallery.named_count_by_model(),
            "history": [
                told if (told := json.dumps(step_record(*step))) in self._steps else self._step(*step)
                for step in steps
            ],
            "matches": [
                [
                    (match.person.name, self._id(match.face.id), match.person.face_count)
                    for match in gallery.nearest(self._faces.embedding(number), "made-up", 1)
                ]
                for number in (1, 20)
            ],
        }

    def read(self, folder: Path, word: str | None) -> dict[str, Any]:
        """As who opens it now finds it."""
        with contextlib.closing(Gallery.open(folder, for_writing=False, passphrase=word)) as gallery:
            return self.of(gallery)

    def _id(self, made: str | None) -> str | None:
        return made if made is None or made in self._known else "new"

    def _step(self, step: Any, edits: Any) -> tuple[Any, ...]:
        return step.description, step.is_undone, [(edit.table, self._id(edit.key)) for edit in edits]

    def _row(self, gallery: Gallery, contents: Contents, table: Table, row: Any) -> dict[str, Any]:
        known = dict(row)
        for name in ("id", "cluster", "photo", "face", "cover"):
            if name in known:
                known[name] = self._id(known[name])
        if row[table.key] not in self._known:
            known |= dict.fromkeys({"added", "at"} & known.keys(), "now")
        if table is Table.FACES:
            embeddings = contents.embeddings.get(row["id"], {})
            known["vectors"] = sorted(
                (model, digest(embedding.tobytes())) for model, embedding in embeddings.items()
            )
            folder, _, name = row["file"].rpartition("/")
            known["file"] = row["file"] if row["id"] in self._known else "/".join(folder.split("/")[:2])
            known["apart"] = sorted(map(str, map(self._id, row["apart"])))
            known["crop"] = digest(gallery.crops.read_bytes(row["file"])) if name else ""
        return known


facts_about = functools.lru_cache(maxsize=4)(Facts)  # no test changes the gallery of a kind


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def has_no_crop_too_many(gallery: Gallery, others: Set[str] = frozenset()) -> None:
    """Nothing lies there that no face, and no step that can be redone, refers to.

    Args:
        others: crops that were lying there before.
    """
    used = {row["file"] for row in gallery._store.all_rows(Table.FACES)}
    for step, edits in active_store.history_of(gallery._store):
        if step.is_undone:
            faces = [edit for edit in edits if edit.table is Table.FACES]
            used |= {file for edit in faces for file in (edit.old("file"), edit.new("file"))}
    assert {*gallery.crops.files()} - used <= others
    assert not (gallery.folder / PENDING_CROPS).exists()


def goes_on(gallery: Gallery, word: str | None, faces: Faces) -> None:
    """A gallery can be added to."""
    count, names = gallery.face_count, [person.name for person in gallery.people]
    faces.add(gallery, "One more", 99)
    with contextlib.closing(Gallery.open(gallery.folder, for_writing=False, passphrase=word)) as reading:
        assert reading.face_count == count + 1
        assert [person.name for person in reading.people] == [*names, "One more"]


def fresh(source: Path, place: Path) -> None:
    """A copy of a gallery, to be used up."""

    def copy(old: str, new: str) -> None:
        if Path(old).suffix in (".png", SEALED_SUFFIX):  # which are never written to again
            os.link(old, new)
        else:
            shutil.copyfile(old, new)

    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(source, place, copy_function=copy)


@dataclass
class Trial:
    """A work on copies of a gallery, which is interrupted at one point after the other."""

    source: Path
    place: Path
    word: str | None
    faces: Faces
    disk: Disk
    every: int
    others: frozenset[str] = field(default=frozenset())
    """Crops that lie there and nothing refers to."""

    def points(self, name: str, rarer: int = 1) -> Iterator[int]:
        """Where to interrupt a work of a name."""
        every = self.every * rarer if self.every > 1 else 1
        return itertools.count(1 + zlib.crc32(name.encode()) % min(every, FIRST), every)

    def __post_init__(self) -> None:
        self.facts = facts_about(self.source, self.word, self.faces)

    def begin_anew(self) -> None:
        fresh(self.source, self.place)

    def opened(self, ready: Do = nothing) -> Gallery:
        fresh(self.source, self.place)
        gallery = Gallery.open(self.place, for_writing=True, passphrase=self.word)
        assert [*parts_of(ready, gallery, self.faces)]
        return gallery

    def read(self) -> dict[str, Any]:
        return self.facts.read(self.place, self.word)

    def states(self, do: Do, ready: Do = nothing) -> list[dict[str, Any]]:
        """What there is before a work, and after each of its parts, when nothing interrupts it."""
        with self.opened(ready) as gallery:
            found = [self.facts.of(gallery)]
            assert self.read() == found[0]
            for _ in parts_of(do, gallery, self.faces):
                found.append(self.facts.of(gallery))
                assert self.read() == found[-1]
            has_no_crop_too_many(gallery, self.others)
        return found

    def states_on(self, do: FolderDo) -> list[dict[str, Any]]:
        """The same of a work on a folder."""
        fresh(self.source, self.place)
        before = self.read()
        do(self.place, self.word)
        return [before, self.read()]

    def kills(self, points: Iterator[int], attempt: Attempt, allowed: list[Any]) -> int:
        """The point up to which an attempt was killed, and was made then or was not."""
        for number, at in enumerate(points):
            fresh(self.source, self.place)
            end = self.disk.forked(lambda report, at=at: attempt(at, report))
            found = self.read()
            assert found in (allowed[-1:] if end.had_reported else allowed), f"killed at {at}"
            with Gallery.open(self.place, for_writing=True, passphrase=self.word) as gallery:
                assert [*self.place.rglob("*.tmp")] == [], "something is lying about"
                assert self.facts.of(gallery) == found, f"killed at {at}"
                has_no_crop_too_many(gallery, self.others)
                if number % 3 == 0:
                    goes_on(gallery, self.word, self.faces)
            if not end.was_killed:
                return at - 1
        raise AssertionError

    def failures(self, points: Iterator[int], do: Do, ready: Do = nothing) -> int:
        """The point up to which a work failed, and was not made then, on the disk and in memory."""
        allowed = self.states(do, ready)
        for number, at in enumerate(points):
            with self.opened(ready) as gallery:
                gallery.nearest(self.faces.embedding(1), "made-up", 1)
                gallery.unnamed()
                parts, has_failed = 0, False
                with self.disk.failing(at, number % 2 == 1) as fault:
                    try:
                        for _ in parts_of(do, gallery, self.faces):
                            parts += 1
                    except GalleryWriteError:
                        has_failed = True
                found = self.facts.of(gallery)
                assert found == (allowed[parts] if has_failed else allowed[-1]), f"failing at {at}"
                assert self.read() == found, f"failing at {at}"
                if number % 3 == 0:
                    goes_on(gallery, self.word, self.faces)
            if not fault.has_come:
                return at - 1
        raise AssertionError

    def failures_on(self, points: Iterator[int], do: FolderDo, allowed: list[Any]) -> int:
        """The point up to which a work on a folder failed, and was not made then."""
        before, after = allowed
        for number, at in enumerate(points):
            fresh(self.source, self.place)
            has_failed = False
            with self.disk.failing(at, number % 2 == 1) as fault:
                try:
                    do(self.place, self.word)
                except (GalleryWriteError, GalleryUnreadableError):  # SQLite cannot even read on a full disk
                    has_failed = True
            with Gallery.open(self.place, for_writing=True, passphrase=self.word) as gallery:
                assert self.facts.of(gallery) == (before if has_failed else after), f"failing at {at}"
                goes_on(gallery, self.word, self.faces)
            if not fault.has_come:
                return at - 1
        raise AssertionError

    def kills_of(self, points: Iterator[int], do: Do, ready: Do = nothing) -> int:
        """The point up to which a work was killed, and was made then or was not."""

        def attempt(at: int, report: Callable[[], None]) -> None:
            gallery = Gallery.open(self.place, for_writing=True, passphrase=self.word)
            assert [*parts_of(ready, gallery, self.faces)]
            with self.disk.killing(at):
                assert [*parts_of(do, gallery, self.faces)]
                report()
                gallery.close()

        return self.kills(points, attempt, self.states(do, ready))


@pytest.fixture
def trial(tmp_path: Path, lived_in: Callable[[str], Path], faces: Faces, disk: Disk) -> Callable[..., Trial]:
    """Of a gallery of a kind, or that of a folder."""

    def of(kind: str, source: Path | None = None) -> Trial:
        every = 1 if is_all() else EVERY
        return Trial(source or lived_in(kind), tmp_path / "place", word_of(kind), faces, disk, every)

    return of


@pytest.fixture(scope="session", name="has_no_crop_too_many")
def _has_no_crop_too_many() -> Callable[..., None]:
    return has_no_crop_too_many


@pytest.fixture(scope="session", name="fresh")
def _fresh() -> Callable[[Path, Path], None]:
    return fresh
