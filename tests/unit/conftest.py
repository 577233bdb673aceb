"""Faces that wait for names, of which it is known how alike they are; and a full disk."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from face_match.gallery.gallery import Gallery
from face_match.gallery.waiting import Waiting
from face_match.gallery.waiting_file import WaitingFace
from face_match.reviewing import Review
from face_match.types import (
    Box,
    Crop,
    EmbeddedFace,
    Face,
    FaceQuality,
    Landmarks,
    Vector,
    Verdict,
)

MODEL = "made-up"
DIMENSIONS, PEOPLE = 512, 20
CROP = Crop(
    np.zeros((40, 40, 3), np.uint8),
    Box(8.0, 8.0, 24.0, 24.0),
    Landmarks.of([[14.0, 16.0], [26.0, 16.0], [20.0, 21.0], [15.0, 27.0], [25.0, 27.0]]),
)


def place_of(number: int) -> Box:
    """Of the n-th face in a photo."""
    return Box(100.0 * number, 50.0, 60.0, 70.0)


class Album:
    """A gallery, and photos whose faces wait.

    Each person has a vector of their own. A face is as alike to it as is said; so two faces of a person are
    as alike as the product, and those of different people not at all. Groups of a made-up model are made from
    0.7 on.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)
        self._directions = itertools.count(PEOPLE)
        self.open()

    def open(self) -> None:
        self.gallery = Gallery.open(self.folder, for_writing=True)
        self.waiting = Waiting.of(self.folder, self.gallery.vault, is_writable=True)
        self.review = Review(self.gallery, self.waiting, MODEL)

    def reopen(self) -> Review:
        self.gallery.close()
        self.open()
        return self.review

    def vector(self, person: int, likeness: float = 1.0) -> Vector:
        vector = np.zeros(DIMENSIONS, np.float32)
        vector[next(self._directions)] = np.sqrt(1 - likeness**2)
        vector[person] = likeness
        return vector

    def photo(self, *faces: tuple[int, float], verdict: Verdict = Verdict.GOOD) -> list[WaitingFace]:
        """A photo with faces of people, each so much like the person's own vector."""
        number = next(self._numbers)
        found = [
            EmbeddedFace(
                Face(place_of(at), CROP.landmarks, 0.9),
                CROP,
                FaceQuality(verdict, 0.5),
                self.vector(person, likeness),
                MODEL,
            )
            for at, (person, likeness) in enumerate(faces)
        ]
        photo = self.waiting.add(self.folder / f"{number}.jpg", f"{number:064x}", found)
        return list(photo.faces)

    def photos(self, person: int, count: int, likeness: float = 0.9) -> list[WaitingFace]:
        """A photo of that person alone, so many times."""
        return [self.photo((person, likeness))[0] for _ in range(count)]

    def sample(self, name: str, person: int, photo_digest: str = "") -> None:
        """Of a face that is the person's own vector."""
        self.gallery.add(name, CROP, {MODEL: self.vector(person)}, photo_digest, place_of(9))


@pytest.fixture
def album(tmp_path: Path) -> Iterator[Album]:
    made = Album(tmp_path / "gallery")
    yield made
    made.gallery.close()


@pytest.fixture(scope="session")
def album_of() -> type[Album]:
    """Of a folder."""
    return Album


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
