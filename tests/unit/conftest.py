"""A gallery of faces of which it is known how alike they are; and a full disk."""

from __future__ import annotations

import contextlib
import gc
import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from face_match.core.records import FaceRecord
from face_match.core.types import Box, Crop, Embedding, FaceQuality, Landmarks, PhotoFileInfo, Verdict
from face_match.gallery.gallery import Gallery, NewFace
from face_match.workflows.review import Review

MODEL = "made-up"
DIMENSIONS, PEOPLE = 512, 20
CROP = Crop(
    np.zeros((40, 40, 3), np.uint8),
    Box(8.0, 8.0, 24.0, 24.0),
    Landmarks.of([[14.0, 16.0], [26.0, 16.0], [20.0, 21.0], [15.0, 27.0], [25.0, 27.0]]),
)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what was imported, and let it look less often: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)


def place_of(number: int) -> Box:
    """Of the n-th face in a photo."""
    return Box(100.0 * number, 50.0, 60.0, 70.0)


class Album:
    """A gallery, and photos that were scanned, whose faces have no names yet.

    Each person has an embedding of their own. A face is as alike to it as is said; so two faces of a person
    are as alike as the product, and those of different people not at all. Groups of a made-up model are made
    from 0.7 on.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)
        self._directions = itertools.count(PEOPLE)
        self._files: dict[str, PhotoFileInfo] = {}
        self.open()

    def open(self) -> None:
        self.gallery = Gallery.open(self.folder, for_writing=True)
        self.review = Review(self.gallery, MODEL)

    def reopen(self) -> Review:
        self.gallery.close()
        self.open()
        return self.review

    def embedding(self, person: int, likeness: float = 1.0) -> Embedding:
        embedding = np.zeros(DIMENSIONS, np.float32)
        embedding[next(self._directions)] = np.sqrt(1 - likeness**2)
        embedding[person] = likeness
        return embedding

    def photo(
        self, *faces: tuple[int, float], verdict: Verdict = Verdict.GOOD, hints: Sequence[str] = ()
    ) -> list[FaceRecord]:
        """A photo with faces of people, each so much like the person's own embedding.

        Args:
            hints: names in its metadata.
        """
        found = [
            NewFace(
                CROP, {MODEL: self.embedding(person, likeness)}, place_of(at), 0.9, FaceQuality(verdict, 0.5)
            )
            for at, (person, likeness) in enumerate(faces)
        ]
        number = next(self._numbers)
        file = PhotoFileInfo(f"{number:064x}", f"{number:064x}", 1000, number, 1, 2000, 1000)
        seen = self.gallery.record_photo(
            file, self.folder / f"{number}.jpg", scan="made-up", faces=found, hints=hints
        )
        self._files[seen.photo.id] = file
        return list(seen.new_faces)

    def photos(
        self, person: int, count: int, likeness: float = 0.9, hints: Sequence[str] = ()
    ) -> list[FaceRecord]:
        """A photo of that person alone, so many times."""
        return [self.photo((person, likeness), hints=hints)[0] for _ in range(count)]

    def known(self, name: str, person: int, beside: FaceRecord | None = None) -> FaceRecord:
        """A named face that is the person's own embedding, in the photo of another face, or in none."""
        file = None if beside is None else self._files[str(beside.photo)]
        new = NewFace(CROP, {MODEL: self.embedding(person)}, place_of(9))
        return self.gallery.add(name, new, file).faces[0]

    def path_of(self, face: FaceRecord) -> Path:
        """Of the face's photo."""
        photo = self.gallery.photo(face.photo)
        assert photo is not None
        return Path(photo.path)

    def now(self, faces: Sequence[FaceRecord]) -> list[FaceRecord]:
        """Faces as they are by now."""
        return self.gallery.faces([face.id for face in faces])


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
