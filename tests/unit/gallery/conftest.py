"""Galleries in real folders, of made-up faces: the keeping is under test here, not the recognising."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from face_match.gallery import stores
from face_match.gallery.gallery import Gallery
from face_match.types import Box, Crop, Landmarks, Person, Rejection, Sample, Vector

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
def full_disk() -> Callable[..., contextlib.AbstractContextManager[None]]:
    """Within its context no file can be written to from some byte on, as on a disk without room."""
    resource = pytest.importorskip("resource", reason="only Unix can limit the size of files")

    @contextlib.contextmanager
    def limited(from_byte: int = 0) -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (from_byte, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return limited


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
