"""Vectors of folders of person/photo, as the other benchmarks take them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.evaluating import embed_photos
from face_match.importing import photos_by_person
from face_match.types import Vectors
from face_match.vision.pipeline import FacePipeline


class Labelled(NamedTuple):
    """Vectors, shape (n, dimensions), and whose each is, shape (n,): numbers from 0 on."""

    name: str
    vectors: Vectors
    people: npt.NDArray[np.int64]

    @property
    def count(self) -> int:
        """Of people."""
        return int(self.people.max()) + 1


def folders_and_model(description: str) -> argparse.Namespace:
    """What is asked for on the command line: `folders`, and `model`."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--model", default="dlib")
    return parser.parse_args()


def labelled(folders: Sequence[Path], model_id: str) -> list[Labelled]:
    """The face in the middle of every photo that has one, folder by folder."""
    pipeline = FacePipeline.load(model_id, threads=1)
    found = []
    for folder in folders:
        embedded = embed_photos(photos_by_person(folder), pipeline)
        people = np.unique(np.array(embedded.names), return_inverse=True)[1]
        found.append(Labelled(folder.name, np.stack(embedded.vectors), people.astype(np.int64)))
    return found


def together(sets: Sequence[Labelled]) -> Labelled:
    """All of them as one; nobody is in two."""
    starts = np.cumsum([0, *(one.count for one in sets)])
    people = [one.people + start for one, start in zip(sets, starts, strict=False)]
    name = " + ".join(one.name for one in sets)
    return Labelled(name, np.concatenate([one.vectors for one in sets]), np.concatenate(people))
