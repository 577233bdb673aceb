"""Faces of photos and of degraded copies of them: embeddings, what is measured of them, and who they are."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from benchmarks.degraded import KINDS, degraded, portrait
from face_match.core.photo_folders import photo_files
from face_match.core.types import Face, Photo
from face_match.vision.models.registry import DLIB
from face_match.vision.photo_loading import load_photo, photo_from_pixels
from face_match.vision.pipeline import FacePipeline
from face_match.vision.quality import Measures, measure_face
from face_match.workflows.evaluate import main_face

CLEAN = "clean"
SAME_PLACE = 0.3
"""Overlap with where the face was, from which on it is that face that was found."""


@dataclass(frozen=True, eq=False)
class Probes:
    """Photos as they are and degraded, one row each.

    Attributes:
        person: "set/name", shape (n,).
        photo: number of the photo that it is or was made of.
        kind: `CLEAN`, or one of `benchmarks.degraded.KINDS`.
        step: of that kind, from 0 on; −1 for clean.
        found: whether the face was.
        embeddings: float32, shape (n, dimensions), unit L2 norm; 0 where no face was found.
        measures: float64, shape (n, number of `Measures`); NaN where no face was found.
    """

    person: npt.NDArray[np.str_]
    photo: npt.NDArray[np.int64]
    kind: npt.NDArray[np.str_]
    step: npt.NDArray[np.int64]
    found: npt.NDArray[np.bool_]
    embeddings: npt.NDArray[np.float32]
    measures: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.person)

    def where(self, chosen: npt.NDArray[np.bool_]) -> Probes:
        """Those alone."""
        return Probes(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def every_second_person(self, first: int) -> Probes:
        """Half of the people of every set: those of even (0) or of odd (1) place by name."""
        names = np.unique(self.person)
        sets = [name.split("/")[0] for name in names]
        places = np.array([index - sets.index(name) for index, name in enumerate(sets)])
        return self.where(np.isin(self.person, names[places % 2 == first]))

    def save(self, path: Path) -> None:
        """As an .npz file."""
        np.savez_compressed(path, **{field.name: getattr(self, field.name) for field in fields(self)})

    @classmethod
    def load(cls, path: Path) -> Probes:
        """What `save` saved."""
        with np.load(path) as kept:
            return cls(*(kept[field.name] for field in fields(cls)))


def probes_of(
    folders: Sequence[Path],
    pipeline: FacePipeline,
    kinds: Sequence[str] = tuple(KINDS),
    photos_of_each: int | None = None,
    degraded_of_each: int | None = None,
) -> Probes:
    """Find and embed the main face of each photo, then of its degraded copies.

    Args:
        folders: sets, each of person/photo.
        photos_of_each, degraded_of_each: only so many photos of each person, and copies of so many; all where
            that is not said.
    """
    jobs: list[tuple[str, int, Path, Sequence[str]]] = []
    for folder in folders:
        for person in sorted(path for path in folder.iterdir() if path.is_dir()):
            for place, path in enumerate(photo_files([person])[:photos_of_each]):
                ways = kinds if degraded_of_each is None or place < degraded_of_each else ()
                jobs.append((f"{folder.name}/{person.name}", len(jobs), path, ways))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        rows = pool.map(lambda job: list(_rows(pipeline, *job)), jobs)
        told = tqdm(rows, total=len(jobs), unit=" photos", disable=None)
        columns = zip(*(row for rows_of_photo in told for row in rows_of_photo), strict=True)
    return Probes(*(np.asarray(column) for column in columns))


def _rows(
    pipeline: FacePipeline, person: str, number: int, path: Path, kinds: Sequence[str]
) -> Iterator[tuple[object, ...]]:
    photo = load_photo(path)
    face = main_face(photo, pipeline.detect(photo))
    yield person, number, CLEAN, -1, *_embedded(photo, face, pipeline)
    if face is None:
        return
    one = portrait(photo, face)
    for kind, step, pixels, scale in degraded(one, number, kinds):
        worse = photo_from_pixels(pixels, path.name)
        place = one.face.scaled(scale).box
        found = max(pipeline.detect(worse), key=lambda other: other.box.overlap(place), default=None)
        if found is not None and found.box.overlap(place) < SAME_PLACE:
            found = None
        yield person, number, kind, step, *_embedded(worse, found, pipeline)


def _embedded(photo: Photo, face: Face | None, pipeline: FacePipeline) -> tuple[object, ...]:
    """Whether there is a face, its embedding and its measures."""
    if face is None:
        return False, np.zeros(DLIB.dimensions, np.float32), np.full(len(Measures._fields), np.nan)
    (embedded,) = pipeline.embed(photo, [face])
    return True, embedded.embedding, np.array(measure_face(embedded.crop, face))
