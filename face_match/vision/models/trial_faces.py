"""The faces on which an untrusted network is tried: two that come with the program, and a gallery's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.model_families import ARCFACE, FACENET_SHAPED
from face_match.core.types import Box, Crop, Face, Landmarks, Pixels
from face_match.vision.alignment import extract_crop
from face_match.vision.embedders import aligner_for

EMBEDDER_PX = {112: ARCFACE, 160: FACENET_SHAPED}
"""The family assumed for an embedder, by the side of its aligned faces in pixels."""


class CheckFace(NamedTuple):
    """One of the two photos that come with the program, with MTCNN's box and landmarks."""

    file: str
    box: Box
    landmarks: Landmarks

    def pixels(self) -> Pixels:
        from PIL import Image

        with Image.open(Path(__file__).parent / "check_faces" / self.file) as image:
            return np.asarray(image.convert("RGB"))


CHECK_FACES = (
    CheckFace(
        "collins.jpg",
        Box(89.2, 59.6, 77.1, 98.7),
        Landmarks.of(((109.4, 92.0), (149.4, 94.5), (129.1, 117.6), (107.1, 127.7), (147.2, 129.9))),
    ),
    CheckFace(
        "hopper.jpg",
        Box(89.0, 56.9, 85.7, 108.7),
        Landmarks.of(((109.6, 95.0), (153.4, 92.9), (134.1, 118.9), (115.7, 138.4), (152.3, 135.6))),
    ),
)
"""Eileen Collins (NASA) and Grace Hopper (US Navy), both in the public domain."""


class TrialFaces(NamedTuple):
    """Faces of several people, aligned for each family of embedders.

    Attributes:
        people: number of the person of each face.
        aligned: by the side in pixels, uint8 RGB, shape (n, side, side, 3).
    """

    people: tuple[int, ...]
    aligned: dict[int, Pixels]

    @classmethod
    def of(cls, people: Sequence[Sequence[Crop]]) -> TrialFaces:
        """The faces in crops, person by person."""
        numbers = tuple(number for number, crops in enumerate(people) for _ in crops)
        crops = [crop for some in people for crop in some]
        aligned = {}
        for side, family in EMBEDDER_PX.items():
            made = [aligner_for(family)(crop) for crop in crops]
            aligned[side] = np.stack(made) if made else np.zeros((0, side, side, 3), np.uint8)
        return cls(numbers, aligned)

    @classmethod
    def from_arrays(cls, people: Sequence[int], arrays: Sequence[Pixels]) -> TrialFaces:
        """The faces sent as `people` and the values of `aligned`."""
        return cls(tuple(people), dict(zip(EMBEDDER_PX, arrays, strict=True)))

    def __add__(self, others: object) -> TrialFaces:
        """These faces and those of other people."""
        assert isinstance(others, TrialFaces)
        first = max(self.people, default=-1) + 1
        return TrialFaces(
            (*self.people, *(first + number for number in others.people)),
            {side: np.concatenate([crops, others.aligned[side]]) for side, crops in self.aligned.items()},
        )

    @property
    def people_with_pairs(self) -> int:
        """Number of people with two faces or more."""
        return sum(self.people.count(person) > 1 for person in {*self.people})

    @property
    def same(self) -> npt.NDArray[np.bool_]:
        """For each pair of `pair_indices` whether it is of one person: bool, shape (pairs,)."""
        numbers = np.asarray(self.people)
        same: npt.NDArray[np.bool_] = (numbers[:, None] == numbers)[pair_indices(len(numbers))]
        return same


NO_FACES = TrialFaces.of(())


def pair_indices(count: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Row and column of each pair in a symmetric matrix, without the diagonal."""
    return np.triu_indices(count, 1)


@cache
def shipped_faces() -> TrialFaces:
    """The two faces that come with the program, each with its mirror image."""
    crops = [extract_crop(face.pixels(), Face(face.box, face.landmarks, 1.0)) for face in CHECK_FACES]
    return TrialFaces.of([(crop, mirror_crop(crop)) for crop in crops])


def mirror_crop(crop: Crop) -> Crop:
    """The mirror image of a crop."""
    width = crop.pixels.shape[1]
    box = crop.box._replace(x=width - crop.box.x - crop.box.width)
    return Crop(np.ascontiguousarray(crop.pixels[:, ::-1]), box, mirror_landmarks(crop.landmarks, width))


def mirror_landmarks(landmarks: Landmarks, width: int) -> Landmarks:
    """The landmarks in a mirrored image of that width; left and right are swapped."""
    points = [(width - point.x, point.y) for point in landmarks]
    return Landmarks.of([points[index] for index in (1, 0, 2, 4, 3)])
