"""Galleries in real folders, of made-up faces: the keeping is under test here, not the recognising."""

from __future__ import annotations

import _sqlite3
import contextlib
import ctypes
import errno
import gc
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import numpy as np
import pytest
import sqlcipher3._sqlite3

from face_match.errors import FaceMatchError
from face_match.gallery import stores, vault
from face_match.gallery.gallery import Gallery
from face_match.types import (
    Box,
    Crop,
    EmbeddedFace,
    Face,
    FaceQuality,
    Landmarks,
    Person,
    Rejection,
    Sample,
    Vector,
    Verdict,
)

DIMENSIONS = 16


@pytest.fixture(scope="session")
def face_vector() -> Callable[[int], Vector]:
    """The unit vector of face number n."""

    def make(number: int) -> Vector:
        vector = np.random.default_rng(number).normal(size=DIMENSIONS)
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    return make


@pytest.fixture(scope="session")
def face_crop() -> Callable[[int], Crop]:
    """The crop of face number n: noise, with boxes at fractions of pixels as a detector gives them."""

    def make(number: int) -> Crop:
        rng = np.random.default_rng(number)
        pixels = rng.integers(0, 256, (24, 20, 3), np.uint8)
        return Crop(pixels, Box(*rng.uniform(1, 9, 4)), Landmarks.of(rng.uniform(1, 19, (5, 2)).tolist()))

    return make


@pytest.fixture(scope="session")
def photo_digest() -> Callable[[int], str]:
    """The digest of the photo that face number n is from."""
    return "{:064x}".format


@pytest.fixture(scope="session")
def face_key(photo_digest: Callable[[int], str]) -> Callable[[int], Rejection]:
    """Which face of which photo face number n is."""
    return lambda number: Rejection(photo_digest(number), Box(100.0, 80.0, 60.0, 75.0))


@pytest.fixture(scope="session")
def found(
    face_vector: Callable[[int], Vector], face_crop: Callable[[int], Crop]
) -> Callable[[int, Box], EmbeddedFace]:
    """Face number n as it is found in a photo."""

    def make(number: int, place: Box) -> EmbeddedFace:
        crop = face_crop(number)
        quality = FaceQuality(Verdict.POOR, 0.375, ("blurred", "too dark"))
        return EmbeddedFace(
            Face(place, crop.landmarks, 0.987654321), crop, quality, face_vector(number), "made-up"
        )

    return make


@pytest.fixture(scope="session")
def add(
    face_vector: Callable[[int], Vector],
    face_crop: Callable[[int], Crop],
    photo_digest: Callable[[int], str],
) -> Callable[[Gallery, str, int], tuple[Person, Sample, bool]]:
    """Add face number n to a gallery under a name."""

    def add_face(gallery: Gallery, name: str, number: int) -> tuple[Person, Sample, bool]:
        vectors = {"made-up": face_vector(number)}
        return gallery.add(name, face_crop(number), vectors, photo_digest(number))

    return add_face


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the gallery of a test is, or will be."""
    return tmp_path / "gallery"


@pytest.fixture(params=["file", "database"])
def store_kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Records stay in their file, or outgrow it with the first sample."""
    kind: str = request.param
    if kind == "database":
        monkeypatch.setattr(stores, "JSON_SAMPLES", 0)
    return kind


@pytest.fixture
def gallery(folder: Path, store_kind: str) -> Iterator[Gallery]:
    """An empty gallery, open for writing."""
    with Gallery.open(folder, for_writing=True) as opened:
        yield opened


@pytest.fixture
def quick_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases that are as quick to guess as to use."""
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)


@pytest.fixture(scope="session")
def names_in() -> Callable[[Path], list[str]]:
    """The names in the gallery of a folder, as who opens it now reads them."""
    return lambda folder: [person.name for person in Gallery.open(folder, for_writing=False).people]


@pytest.fixture(scope="session")
def files_in() -> Callable[[Path], dict[str, bytes]]:
    """All files of a folder and below with what they hold, but for the lock and the journal of a database."""

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
def odd_people(folder: Path, gallery: Gallery, add: Any, face_key: Callable[[int], Rejection]) -> Path:
    """Nine people of odd names; the first, once Ada Byron, has three samples, one that was Bob's."""
    for number, name in enumerate(("Ada Byron", "Ada Byron", *ODD_NAMES[1:]), start=1):
        add(gallery, name, number)
    gallery.rename(gallery.person("Ada Byron"), ODD_NAMES[0])
    moved = add(gallery, "Bob", 30)[1]
    gallery.move([moved.id], ODD_NAMES[0])
    gallery.reject(gallery.person(ODD_NAMES[0]), face_key(9))
    gallery.close()
    return folder


@pytest.fixture(scope="session")
def people_in() -> Callable[..., dict[str, object]]:
    """All that is kept of people in a folder, but for where it lies."""

    def facts(gallery: Gallery, sample: Sample) -> tuple[object, ...]:
        vectors = {model: vector.tobytes() for model, vector in sample.vectors.items()}
        where = (sample.box, sample.landmarks, sample.place, sample.photo_digest)
        return (sample.id, sample.added, vectors, where, gallery.pixels_of(sample).tobytes())

    def read(folder: Path, passphrase: str | None = None) -> dict[str, object]:
        with Gallery.open(folder, for_writing=False, passphrase=passphrase) as gallery:
            return {
                person.name: (
                    person.added,
                    person.sample_count,
                    [facts(gallery, sample) for sample in gallery.samples_of(person)],
                    gallery.rejections_of(person),
                )
                for person in gallery.people
            }

    return read


NEEDING_ROOM = ("open", "link", "mkdir", "fsync")


class Interruption:
    """Counts the calls that change the disk; instead of the n-th something else happens.

    Args:
        for_good: also instead of all later ones that need room on the disk.
    """

    def __init__(self, at: int, instead: Callable[[], NoReturn], *, for_good: bool = False) -> None:
        self.calls = 0
        self._at = at
        self._instead = instead
        self._for_good = for_good

    @property
    def has_come(self) -> bool:
        return self.calls >= self._at

    def count(self, *, needs_room: bool, first: Callable[[], object] = lambda: None) -> None:
        """One call more; `first` is done before what happens instead of the call."""
        self.calls += 1
        if self.calls == self._at or (self._for_good and needs_room and self.has_come):
            first()
            self._instead()

    @contextlib.contextmanager
    def watching(self) -> Iterator[Interruption]:
        """Python's calls, and SQLite's own where it lets them be seen."""

        def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
            def call(*arguments: Any, **options: Any) -> Any:
                if name != "open" or arguments[1] & os.O_CREAT:
                    self.count(needs_room=name in NEEDING_ROOM)
                return function(*arguments, **options)

            return call

        with pytest.MonkeyPatch.context() as patch, _sqlite_asking(self.count):
            for name in (*NEEDING_ROOM, "replace", "rename", "unlink", "rmdir"):
                patch.setattr(os, name, counted(name, getattr(os, name)))
            yield self


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs`, which lets tests put other calls in the place of the system's."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("version", "file_bytes", "path_bytes")),
        *((name, ctypes.c_void_p) for name in ("next", "name", "data")),
        *((f"method_{number}", ctypes.c_void_p) for number in range(13)),
        ("set_call", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)),
        ("get_call", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)),
    )


_WRITE = (ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t)
_SQLITE_CALLS = {
    b"write": _WRITE,
    b"pwrite": (*_WRITE, ctypes.c_int64),
    b"pwrite64": (*_WRITE, ctypes.c_int64),
    b"ftruncate": (ctypes.c_int, ctypes.c_int, ctypes.c_int64),
    b"unlink": (ctypes.c_int, ctypes.c_char_p),
}


def _vfs(driver: Any) -> Any:
    """What an SQLite calls the system by; None where it is a part of Python that cannot be reached."""
    try:
        find = ctypes.CDLL(driver.__file__).sqlite3_vfs_find
    except (AttributeError, OSError):
        return None
    find.restype = ctypes.POINTER(_Vfs)
    return find(None)


@contextlib.contextmanager
def _sqlite_asking(count: Callable[..., None]) -> Iterator[None]:
    """Has each call of SQLite and SQLCipher counted before it is made; one that is to kill is half done."""
    with contextlib.ExitStack() as stack:
        for driver in (_sqlite3, sqlcipher3._sqlite3):
            stack.enter_context(_asking(_vfs(driver), count))
        yield


@contextlib.contextmanager
def _asking(vfs: Any, count: Callable[..., None]) -> Iterator[None]:
    if vfs is None:
        yield
        return

    def asking(kind: Any, address: int) -> Any:
        real = kind(address)

        def call(*arguments: Any) -> int:
            def half() -> None:
                if len(arguments) > 2:
                    file, data, length, *at = arguments
                    real(file, data, length // 2, *at)

            try:
                count(needs_room=len(arguments) > 2, first=half)
            except OSError as exc:
                ctypes.set_errno(exc.errno or errno.EIO)
                return -1
            return int(real(*arguments))

        return kind(call)

    put = {}
    for name, signature in _SQLITE_CALLS.items():
        address = vfs.contents.get_call(vfs, name)
        if address:
            put[name] = asking(ctypes.CFUNCTYPE(*signature, use_errno=True), address)
    for name, call in put.items():
        vfs.contents.set_call(vfs, name, ctypes.cast(call, ctypes.c_void_p))
    try:
        yield
    finally:
        for name in put:
            vfs.contents.set_call(vfs, name, None)


class End(NamedTuple):
    """How a process ended: killed, or by itself; and whether it had reported its work as done."""

    was_killed: bool
    had_reported: bool


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _no_room() -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture(scope="session")
def writes_of_sqlite() -> None:
    """Skips where they are not among the calls that can be interrupted."""
    for driver in (_sqlite3, sqlcipher3._sqlite3):
        vfs = _vfs(driver)
        if vfs is None or not any(vfs.contents.get_call(vfs, name) for name in _SQLITE_CALLS):
            pytest.skip("SQLite's own calls cannot be seen here")


@pytest.fixture(scope="session")
def killing() -> Callable[[int], contextlib.AbstractContextManager[Interruption]]:
    """In its context the n-th call that changes the disk is the process's last."""
    return lambda at: Interruption(at, _die).watching()


@pytest.fixture(scope="session")
def failing() -> Callable[..., contextlib.AbstractContextManager[Interruption]]:
    """In its context the n-th call that changes the disk fails; if wished, there is no room from then on."""
    return lambda at, for_good=False: Interruption(at, _no_room, for_good=for_good).watching()


FORK_SECONDS = 120


@contextlib.contextmanager
def killed_after(seconds: float, process: int) -> Iterator[None]:
    """A process that has not ended by the end of its time is aborted, which prints where it was."""
    timer = threading.Timer(seconds, os.kill, (process, signal.SIGABRT))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


@pytest.fixture(scope="session")
def forked() -> Callable[[Callable[[Callable[[], None]], object]], End]:
    """Does some work in a process of its own, with a call to report when it is done; how that ended."""
    if not hasattr(os, "fork"):
        pytest.skip("kills a fork")

    def run(work: Callable[[Callable[[], None]], object]) -> End:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            gc.freeze()  # what other tests left is not to be freed: some has threads that no fork has
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
    """Whether some work, in a process of its own, came to the n-th call that changes the disk, and died."""

    def run(work: Callable[[], object], at: int) -> bool:
        def do(report: Callable[[], None]) -> None:
            with killing(at):
                work()
                report()

        return forked(do).was_killed

    return run


@pytest.fixture(params=["failing", "killed"])
def cut_off(
    request: pytest.FixtureRequest,
    killed: Callable[[Callable[[], object], int], bool],
    failing: Callable[..., contextlib.AbstractContextManager[Any]],
) -> Callable[[Callable[[], object], int], bool]:
    """Whether some work came to the n-th call that changes the disk, which failed or killed it."""

    def fails(work: Callable[[], object], at: int) -> bool:
        with failing(at) as fault, contextlib.suppress(FaceMatchError):
            work()
        return bool(fault.has_come)

    return killed if request.param == "killed" else fails
