"""Embeddings of folders of labelled photos, `person/photo`, for the other benchmarks."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.types import Embeddings
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.evaluate import embed_photos
from face_match.workflows.import_people import photos_by_person


class Labelled(NamedTuple):
    """Embeddings, shape (n, dimensions), and whose each is, shape (n,): numbers from 0 on."""

    name: str
    embeddings: Embeddings
    people: npt.NDArray[np.int64]

    @property
    def count(self) -> int:
        """Of people."""
        return int(self.people.max()) + 1


def folders_and_model(description: str, **flags: str) -> argparse.Namespace:
    """Parse the command line: `folders`, `model`, `without`, and flags with their help texts."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--model", default="dlib")
    parser.add_argument("--without", default="", metavar="GLOB", help="photos to leave out, as profile_*")
    for flag, what in flags.items():
        parser.add_argument(f"--{flag}", action="store_true", help=what)
    return parser.parse_args()


def labelled(folders: Sequence[Path], model_id: str, without: str = "") -> list[Labelled]:
    """The main face of every photo that has one, folder by folder."""
    pipeline = FacePipeline.load(model_id, threads=1)
    found = []
    for folder in folders:
        photos = [one for one in photos_by_person(folder) if not fnmatch(one.path.name, without)]
        embedded = embed_photos(photos, pipeline)
        people = np.unique(np.array(embedded.names), return_inverse=True)[1]
        found.append(Labelled(folder.name, np.stack(embedded.embeddings), people.astype(np.int64)))
    return found


def together(sets: Sequence[Labelled]) -> Labelled:
    """Several sets as one; no person may be in two."""
    starts = np.cumsum([0, *(one.count for one in sets)])
    people = [one.people + start for one, start in zip(sets, starts, strict=False)]
    name = " + ".join(one.name for one in sets)
    return Labelled(name, np.concatenate([one.embeddings for one in sets]), np.concatenate(people))


def halves(photos: Labelled) -> tuple[Labelled, Labelled]:
    """Two fixed halves of the people: one to choose constants on, one to test them on."""
    order = np.random.default_rng(19795).permutation(photos.count)
    chosen, shown = np.array_split(order, 2)
    return _of(photos, chosen, "chosen"), _of(photos, shown, "shown")


def _of(photos: Labelled, people: npt.NDArray[np.int64], half: str) -> Labelled:
    rows = np.flatnonzero(np.isin(photos.people, people))
    numbers = np.unique(photos.people[rows], return_inverse=True)[1]
    return Labelled(f"{photos.name}, {half}", photos.embeddings[rows], numbers.astype(np.int64))
