"""Works on galleries that are interrupted at one point after the other, and what has to be there then."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import shutil
import signal
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from face_match.errors import GalleryDamagedError, GalleryWriteError
from face_match.gallery import backups, encryption, stores, vault
from face_match.gallery.changes import SampleEdit
from face_match.gallery.gallery import Gallery
from face_match.gallery.history import change_record
from face_match.gallery.json_store import JsonStore
from face_match.gallery.paths import BACKUPS_FOLDER, DATABASE, RECORDS, SEALED
from face_match.gallery.sql_store import SqlStore
from face_match.types import Crop, Person, Rejection, Sample, Vector

EVERY = {"file": 1, "database": 6}
"""Of what is done with a database, with its many writes, every sixth point is tried, beginning with another
one for each kind of work. With 1 all are, which takes some minutes."""

PASSPHRASE = "correct horse"
FACES = {1: "Ada", 2: "Ada", 3: "Ada", 4: "Grace", 5: "Grace", 6: "Joan", 7: "Ada", 8: "Mary"}


@dataclass(frozen=True)
class Faces:
    """What to change a gallery with."""

    add: Callable[[Gallery, str, int], tuple[Person, Sample, bool]]
    vector: Callable[[int], Vector]
    key: Callable[[int], Rejection]
    crop: Callable[[int], Crop]


@dataclass(frozen=True)
class Disk:
    """What to interrupt a work with."""

    forked: Callable[..., Any]
    killing: Callable[[int], contextlib.AbstractContextManager[Any]]
    failing: Callable[[int, bool], contextlib.AbstractContextManager[Any]]


@pytest.fixture(scope="module")
def faces(add: Any, face_vector: Any, face_key: Any, face_crop: Any) -> Faces:
    return Faces(add, face_vector, face_key, face_crop)


@pytest.fixture(scope="module")
def disk(forked: Any, killing: Any, failing: Any, writes_of_sqlite: None) -> Disk:
    return Disk(forked, killing, failing)


Do = Callable[[Gallery, Faces], object]
FolderDo = Callable[[Path, "str | None"], object]
Attempt = Callable[[int, Callable[[], None]], None]


def nothing(gallery: Gallery, faces: Faces) -> None:
    """As a work, or before one."""


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
            patch.setattr(stores, "JSON_SAMPLES", 300)
            fill(folder, faces)
        if "database" in kind:
            backups.move_records(folder, to_database=True)
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
    """Changes of many sorts, fields that only later versions know, and backups of both kinds."""
    with Gallery.open(folder, for_writing=True) as gallery:
        samples = {number: faces.add(gallery, name, number)[1] for number, name in FACES.items()}
        gallery.back_up()
        gallery.reject(gallery.person("Ada"), faces.key(31))
        gallery.reject(gallery.person("Joan"), faces.key(32))
        gallery.remove([samples[7].id])
        gallery.add_vectors("second", {samples[1].id: faces.vector(41)}, keep=True)
    records = folder / RECORDS
    content = json.loads(records.read_bytes())
    content["people"][0] |= {"nickname": "Countess"}
    content["people"][0]["samples"][1] |= {"lens": "50 mm"}
    content["people"][0]["rejections"][0] |= {"by": "hand"}
    records.write_text(json.dumps(content), "utf-8")
    store = JsonStore(folder)
    store.load()
    SqlStore.create(
        folder / BACKUPS_FOLDER / "2020-01-02 03.04.05 by hand.sqlite",
        store.records()[:2],
        store.history()[:3],
    )


def word_of(kind: str) -> str | None:
    return PASSPHRASE if "sealed" in kind else None


class Facts:
    """All that a gallery knows, to be compared; what is not of `source` has ids and times of its own."""

    def __init__(self, source: Path, word: str | None, faces: Faces) -> None:
        self._faces = faces
        self._known: set[str] = set()
        with contextlib.closing(Gallery.open(source, for_writing=False, passphrase=word)) as gallery:
            for person in gallery.people:
                self._known |= {person.folder, *(sample.id for sample in gallery.samples_of(person))}
            self._known |= {json.dumps(change_record(change)) for change in gallery.history}

    def of(self, gallery: Gallery) -> dict[str, Any]:
        return {
            "people": [self._person(gallery, person) for person in gallery.people],
            "samples": gallery.sample_count,
            "models": gallery.samples_by_model(),
            "history": [*map(self._change, gallery.history)],
            "removed": [
                digest(gallery.pixels_of(edit.before.sample).tobytes())
                for change in gallery.history
                for edit in change.edits
                if isinstance(edit, SampleEdit) and edit.before is not None and edit.after is None
            ],
            "matches": [
                [
                    (match.person.name, self._id(match.sample.id), match.person.sample_count)
                    for match in gallery.nearest(self._faces.vector(number), "made-up", 1)
                ]
                for number in (1, 20)
            ],
        }

    def read(self, folder: Path, word: str | None) -> dict[str, Any]:
        """As who opens it now finds it."""
        with contextlib.closing(Gallery.open(folder, for_writing=False, passphrase=word)) as gallery:
            return self.of(gallery)

    def _id(self, made: str) -> str:
        return made if made in self._known else "new"

    def _change(self, change: Any) -> str:
        told = json.dumps(change_record(change))
        return told if told in self._known else change.description

    def _person(self, gallery: Gallery, person: Person) -> tuple[Any, ...]:
        added = person.added if person.folder in self._known else "now"
        about = (person.name, person.folder, added, person.sample_count, dict(person.extra))
        samples = [self._sample(gallery, sample) for sample in gallery.samples_of(person)]
        return *about, samples, gallery.rejections_of(person)

    def _sample(self, gallery: Gallery, sample: Sample) -> tuple[Any, ...]:
        known = (sample.id, sample.file, sample.added) if sample.id in self._known else ()
        where = (sample.box, sample.landmarks, sample.photo_digest, sample.place, dict(sample.extra))
        vectors = sorted((model, digest(vector.tobytes())) for model, vector in sample.vectors.items())
        return *known, *where, vectors, digest(gallery.pixels_of(sample).tobytes())


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def goes_on(gallery: Gallery, word: str | None, faces: Faces) -> None:
    """A gallery can be added to."""
    count, names = gallery.sample_count, [person.name for person in gallery.people]
    faces.add(gallery, "One more", 99)
    with contextlib.closing(Gallery.open(gallery.folder, for_writing=False, passphrase=word)) as reading:
        assert reading.sample_count == count + 1
        assert [person.name for person in reading.people] == [*names, "One more"]


def fresh(source: Path, place: Path) -> None:
    """A copy of a gallery, to be used up."""

    def copy(old: str, new: str) -> None:
        if Path(old).suffix in (".png", SEALED):  # which are never written to again
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

    def points(self, name: str, kind: str | None = None) -> Iterator[int]:
        """Where to interrupt what, done with records of a kind; else of those there are."""
        every = EVERY[kind or ("file" if (self.source / RECORDS).exists() else "database")]
        return itertools.count(1 + zlib.crc32(name.encode()) % every, every)

    def __post_init__(self) -> None:
        self.facts = Facts(self.source, self.word, self.faces)

    def opened(self, ready: Do = nothing) -> Gallery:
        fresh(self.source, self.place)
        gallery = Gallery.open(self.place, for_writing=True, passphrase=self.word)
        ready(gallery, self.faces)
        return gallery

    def read(self) -> dict[str, Any]:
        return self.facts.read(self.place, self.word)

    def before_and_after(self, do: Do, ready: Do = nothing) -> list[dict[str, Any]]:
        """What there is without a work and with it, when nothing interrupts it."""
        found = []
        for what in (nothing, do):
            with self.opened(ready) as gallery:
                what(gallery, self.faces)
                in_memory = self.facts.of(gallery)
            found.append(self.read())
            assert in_memory == found[-1]
        return found

    def before_and_after_on(self, do: FolderDo) -> list[dict[str, Any]]:
        """The same of a work on a folder."""
        fresh(self.source, self.place)
        before = self.read()
        do(self.place, self.word)
        return [before, self.read()]

    def kills(self, points: Iterator[int], attempt: Attempt, allowed: list[Any]) -> int:
        """The point up to which an attempt was killed, and was made then or was not."""
        before, after = allowed
        for number, at in enumerate(points):
            fresh(self.source, self.place)
            end = self.disk.forked(lambda report, at=at: attempt(at, report))
            with Gallery.open(self.place, for_writing=True, passphrase=self.word) as gallery:
                assert [*self.place.rglob("*.tmp")] == [], "something is lying about"
                found = self.facts.of(gallery)
                assert found == after or (found == before and not end.had_reported), f"killed at {at}"
                if number % 3 == 0:
                    goes_on(gallery, self.word, self.faces)
            if not end.was_killed:
                return at - 1
        raise AssertionError

    def failures(self, points: Iterator[int], do: Do, ready: Do = nothing) -> int:
        """The point up to which a work failed, and was not made then, on the disk and in memory."""
        before, after = self.before_and_after(do, ready)
        for number, at in enumerate(points):
            with self.opened(ready) as gallery:
                gallery.nearest(self.faces.vector(1), "made-up", 1)
                has_failed = False
                with self.disk.failing(at, number % 2 == 1) as fault:
                    try:
                        do(gallery, self.faces)
                    except GalleryWriteError:
                        has_failed = True
                found = self.facts.of(gallery)
                assert found == (before if has_failed else after), f"failing at {at}"
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
                except (GalleryWriteError, GalleryDamagedError):  # SQLite cannot even read on a full disk
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
            ready(gallery, self.faces)
            with self.disk.killing(at):
                do(gallery, self.faces)
                report()
                gallery.close()

        return self.kills(points, attempt, self.before_and_after(do, ready))


@pytest.fixture
def trial(tmp_path: Path, lived_in: Callable[[str], Path], faces: Faces, disk: Disk) -> Callable[..., Trial]:
    """Of a gallery of a kind, or that of a folder."""

    def of(kind: str, source: Path | None = None) -> Trial:
        return Trial(source or lived_in(kind), tmp_path / "place", word_of(kind), faces, disk)

    return of


@pytest.fixture(scope="session", name="fresh")
def _fresh() -> Callable[[Path, Path], None]:
    return fresh
