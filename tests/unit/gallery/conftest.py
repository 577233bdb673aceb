"""Galleries in real folders with synthetic faces: these tests are about storing, not about recognition."""

from __future__ import annotations

import _sqlite3
import contextlib
import errno
import gc
import itertools
import os
import signal
import threading
import traceback
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import numpy as np
import pytest
import sqlcipher3._sqlite3

from face_match.core.errors import FaceMatchError
from face_match.core.records import FaceRecord
from face_match.core.types import (
    Box,
    Crop,
    EmbeddedFace,
    Embedding,
    Face,
    FaceQuality,
    Landmarks,
    Photo,
    Verdict,
)
from face_match.gallery.gallery import Gallery, NamingResult, NewFace
from face_match.gallery.storage import active_store, vault
from tests.extent import is_all
from tests.unit.gallery.interruptions import SQLITE_CALLS, Interruption, vfs_of

DIMENSIONS = 16
PLACE = Box(100.0, 80.0, 60.0, 75.0)
"""The place of a face in its photo, unless a test gives another."""

FaceEmbedding = Callable[[int], Embedding]
FaceCrop = Callable[[int], Crop]
MakeFace = Callable[..., NewFace]
PhotoOf = Callable[..., Photo]
Add = Callable[..., NamingResult]


@pytest.fixture(scope="session")
def face_embedding() -> FaceEmbedding:
    """The unit embedding of face number n."""

    def make(number: int) -> Embedding:
        embedding = np.random.default_rng(number).normal(size=DIMENSIONS)
        return (embedding / np.linalg.norm(embedding)).astype(np.float32)

    return make


@pytest.fixture(scope="session")
def face_crop() -> FaceCrop:
    """The crop of face number n: noise, with a box at fractions of pixels as a detector gives it."""

    def make(number: int) -> Crop:
        rng = np.random.default_rng(number)
        pixels = rng.integers(0, 256, (24, 20, 3), np.uint8)
        return Crop(pixels, Box(*rng.uniform(1, 9, 4)), Landmarks.of(rng.uniform(1, 19, (5, 2)).tolist()))

    return make


@pytest.fixture(scope="session")
def photo_of() -> PhotoOf:
    """Photo number n: 800 × 600 pixels, from a file. Any field may be overridden."""
    pixels = np.zeros((6, 8, 3), np.uint8)

    def make(number: int, **changed: Any) -> Photo:
        told = {
            "pixels": pixels,
            "width": 800,
            "height": 600,
            "name": f"{number}.jpg",
            "digest": f"{number:064x}",
            "decode_full": lambda: pixels,
            "size": 1000 + number,
            "modified_ns": 1_700_000_000_000_000_000 + number,
            "taken": "2024-05-06T07:08:09",
            "hash_file": lambda: f"f{number:063x}",
        }
        return Photo(**{**told, **changed})

    return make


@pytest.fixture(scope="session")
def new_face(face_embedding: FaceEmbedding, face_crop: FaceCrop) -> MakeFace:
    """Face number n as added to a gallery."""

    def make(number: int, place: Box | None = PLACE) -> NewFace:
        quality = FaceQuality(Verdict.POOR, 0.375, ("blurred", "too dark"))
        return NewFace(face_crop(number), {"made-up": face_embedding(number)}, place, 0.987654321, quality)

    return make


@pytest.fixture(scope="session")
def found(face_embedding: FaceEmbedding, face_crop: FaceCrop) -> Callable[[int, Box], EmbeddedFace]:
    """Face number n as detected in a photo."""

    def make(number: int, place: Box) -> EmbeddedFace:
        crop = face_crop(number)
        quality = FaceQuality(Verdict.POOR, 0.375, ("blurred", "too dark"))
        return EmbeddedFace(
            Face(place, crop.landmarks, 0.987654321), crop, quality, face_embedding(number), "made-up"
        )

    return make


@pytest.fixture(scope="session")
def add(new_face: MakeFace, photo_of: PhotoOf) -> Add:
    """Add face number n, of photo number n, to a gallery under a name."""

    def add_face(gallery: Gallery, name: str, number: int, **options: Any) -> NamingResult:
        return gallery.add(name, new_face(number), photo_of(number), **options)

    return add_face


@pytest.fixture(scope="session")
def scan_photo(new_face: MakeFace, photo_of: PhotoOf) -> Callable[..., list[FaceRecord]]:
    """Scan photo number n with some faces side by side; by default with face number n."""

    def scan(gallery: Gallery, number: int, *numbers: int) -> list[FaceRecord]:
        faces = [
            new_face(one, PLACE._replace(x=PLACE.x + 100.0 * at))
            for at, one in enumerate(numbers or (number,))
        ]
        record = gallery.record_photo(photo_of(number), scan="made-up", faces=faces).photo
        return gallery.faces_in(record)

    return scan


@pytest.fixture(scope="session")
def reject(photo_of: PhotoOf) -> Callable[[Gallery, str, int], None]:
    """Reject the person with a name for the face in photo number n, which may be new."""

    def say(gallery: Gallery, name: str, number: int) -> None:
        gallery.reject_at(photo_of(number), None, PLACE, gallery.person(name), {"made-up": 0.5})

    return say


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the test's gallery, which may not exist yet."""
    return tmp_path / "gallery"


@pytest.fixture(params=["file", "database"])
def store_kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The store: JSON, or SQLite from the first face on."""
    kind: str = request.param
    if kind == "database":
        monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    return kind


@pytest.fixture
def gallery(folder: Path, store_kind: str) -> Iterator[Gallery]:
    """An empty gallery, open for writing."""
    with Gallery.open(folder, for_writing=True) as opened:
        yield opened


@pytest.fixture
def quick_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make passphrases cheap to derive keys from."""
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)


@pytest.fixture(scope="session")
def names_in() -> Callable[[Path], list[str]]:
    """The names in a folder's gallery, read anew."""
    return lambda folder: [person.name for person in Gallery.open(folder, for_writing=False).people]


@pytest.fixture(scope="session")
def files_in() -> Callable[[Path], dict[str, bytes]]:
    """The contents of all files below a folder, except the lock and SQLite's journals."""

    def read(folder: Path) -> dict[str, bytes]:
        files = (path for path in folder.rglob("*") if path.is_file())
        held = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
        return {
            name: data
            for name, data in held.items()
            if "gallery.lock" not in name and not name.endswith(("-wal", "-shm"))
        }

    return read


ODD_NAMES = (
    "Ada Lovelace",
    "Zoë / Çelik",
    "con",
    "../..",
    "👩\u200d👩\u200d👧",
    "שרה",
    "x" * 300,
    "Al",
    "al.",
)


@pytest.fixture
def odd_people(folder: Path, gallery: Gallery, add: Add, reject: Callable[..., None]) -> Path:
    """A gallery of nine people with odd names. The first one, once Ada Byron, has three faces, one of them
    Bob's before."""
    for number, name in enumerate(("Ada Byron", "Ada Byron", *ODD_NAMES[1:]), start=1):
        add(gallery, name, number)
    gallery.rename(gallery.person("Ada Byron"), ODD_NAMES[0])
    (moved,) = add(gallery, "Bob", 30).faces
    gallery.move([moved.id], ODD_NAMES[0])
    reject(gallery, ODD_NAMES[0], 9)
    gallery.close()
    return folder


def values_of(record: Any) -> dict[str, object]:
    """The values of a record's fields, by name."""
    return {one.name: getattr(record, one.name) for one in fields(record)}


def facts_of(gallery: Gallery, face: FaceRecord) -> dict[str, object]:
    """All stored facts of a face, comparable bit by bit, except where its crop is stored."""
    told = {name: value for name, value in values_of(face).items() if name not in ("file", "embeddings")}
    return told | {
        "vectors": {model: embedding.tobytes() for model, embedding in face.embeddings.items()},
        "pixels": gallery.pixels_of(face).tobytes() if face.file else None,
    }


def people_of(gallery: Gallery) -> dict[str, object]:
    """All stored facts of people, by name, with their faces and rejections."""
    return {
        person.name: (
            vars(person),
            [facts_of(gallery, face) for face in gallery.faces_of(person)],
            [r for r in gallery.all_rejections() if r.folder == person.folder],
        )
        for person in gallery.people
    }


def all_of(gallery: Gallery) -> dict[str, object]:
    """Everything stored in a gallery."""
    everything = [*gallery.unnamed(), *gallery.ignored()]
    return {
        "people": people_of(gallery),
        "unnamed": [facts_of(gallery, face) for face in everything],
        "photos": [vars(photo) for photo in gallery.photos()],
        "conflicts": gallery.conflicts(),
        "history": gallery.history,
        "undone": gallery.undone,
    }


@pytest.fixture(scope="session")
def people_in() -> Callable[..., dict[str, object]]:
    """All stored facts of people in a folder's gallery, by name."""

    def read(folder: Path, passphrase: str | None = None) -> dict[str, object]:
        with Gallery.open(folder, for_writing=False, passphrase=passphrase) as gallery:
            return people_of(gallery)

    return read


@pytest.fixture(scope="session")
def all_in() -> Callable[..., dict[str, object]]:
    """Everything stored in a folder's gallery: people, photos, faces, conflicts, history."""

    def read(folder: Path, passphrase: str | None = None) -> dict[str, object]:
        with Gallery.open(folder, for_writing=False, passphrase=passphrase) as gallery:
            return all_of(gallery)

    return read


class End(NamedTuple):
    """How a process ended: killed or by itself, and whether it had reported its work as done."""

    was_killed: bool
    had_reported: bool


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _no_room() -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture(scope="session")
def writes_of_sqlite() -> None:
    """Skip the test where SQLite's writes cannot be intercepted."""
    for driver in (_sqlite3, sqlcipher3._sqlite3):
        vfs = vfs_of(driver)
        if vfs is None or not any(vfs.contents.get_call(vfs, name) for name in SQLITE_CALLS):
            pytest.skip("SQLite's own calls cannot be seen here")


@pytest.fixture(scope="session")
def killing() -> Callable[[int], contextlib.AbstractContextManager[Interruption]]:
    """A context in which the n-th call that changes the disk kills the process."""
    return lambda at: Interruption(at, _die).watching()


@pytest.fixture(scope="session")
def failing() -> Callable[..., contextlib.AbstractContextManager[Interruption]]:
    """A context in which the n-th call that changes the disk fails; with `for_good`, so do all later ones."""
    return lambda at, for_good=False: Interruption(at, _no_room, for_good=for_good).watching()


FORK_SECONDS = 120


@contextlib.contextmanager
def killed_after(seconds: float, process: int) -> Iterator[None]:
    """Abort a process that does not end in time, which prints where it was."""
    timer = threading.Timer(seconds, os.kill, (process, signal.SIGABRT))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


@pytest.fixture(scope="session")
def forked() -> Callable[[Callable[[Callable[[], None]], object]], End]:
    """Run work in a forked process with a call that reports success; return how the process ended."""
    if not hasattr(os, "fork"):
        pytest.skip("kills a fork")

    def run(work: Callable[[Callable[[], None]], object]) -> End:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            gc.freeze()  # objects of other tests must not be freed: some have threads that the fork lacks
            status = 1
            try:
                work(lambda: os.write(writing, b"done") and None)
                status = 0
            except BaseException:  # noqa: BLE001 - nothing of the fork may go on with the tests
                traceback.print_exc()
            finally:
                os._exit(status)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe, killed_after(FORK_SECONDS, child):
            had_reported = pipe.read() == b"done"
        status = os.waitpid(child, 0)[1]
        was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        assert was_killed or status == 0, f"the work failed of itself, or went on for ever: {status}"
        return End(was_killed, had_reported)

    return run


@pytest.fixture(scope="session")
def killed(
    forked: Callable[..., End], killing: Callable[[int], contextlib.AbstractContextManager[Interruption]]
) -> Callable[[Callable[[], object], int], bool]:
    """Run work in a forked process that is killed at the n-th call that changes the disk; return whether
    it was."""

    def run(work: Callable[[], object], at: int) -> bool:
        def do(report: Callable[[], None]) -> None:
            with killing(at):
                work()
                report()

        return forked(do).was_killed

    return run


ONE_POINT_IN = 12
"""Of the points at which work is cut off, one in so many is tried without --all; where it begins differs."""


@pytest.fixture
def points(request: pytest.FixtureRequest) -> Callable[[Iterable[int]], Iterator[int]]:
    """Those that are tried, of some points; with --all these are all."""
    if is_all():
        return iter
    first = zlib.crc32(request.node.name.encode()) % ONE_POINT_IN
    return lambda possible: itertools.islice(possible, first, None, ONE_POINT_IN)


@pytest.fixture(params=["failing", "killed"])
def interrupted(
    request: pytest.FixtureRequest,
    killed: Callable[[Callable[[], object], int], bool],
    failing: Callable[..., contextlib.AbstractContextManager[Any]],
) -> Callable[[Callable[[], object], int], bool]:
    """Run work that fails, or is killed, at the n-th call that changes the disk; return whether it came
    that far."""

    def fails(work: Callable[[], object], at: int) -> bool:
        with failing(at) as fault, contextlib.suppress(FaceMatchError):
            work()
        return bool(fault.has_come)

    return killed if request.param == "killed" else fails
