"""Galleries of unnamed faces that are made up, without photos: quick, and of any number."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from face_match.core.types import (
    Box,
    Crop,
    EmbeddedFace,
    Face,
    FaceQuality,
    Landmarks,
    PhotoFileInfo,
    Verdict,
)
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.records.paths import DATABASE, RECORDS
from face_match.gallery.records.rows import Table
from face_match.gallery.storage.json_store import JsonStore
from face_match.gallery.storage.sqlite.store import SqlStore

DIMENSIONS = 128
GOOD = FaceQuality(Verdict.GOOD, 0.9)
POINTS = ((38.0, 46.0), (74.0, 46.0), (56.0, 66.0), (42.0, 84.0), (70.0, 84.0))


def made_face(
    rng: np.random.Generator, centre: np.ndarray, spread: float = 0.18, quality: FaceQuality = GOOD
) -> EmbeddedFace:
    """One of a person, whose embeddings lie around a centre as the built-in model's do."""
    embedding = centre + spread * rng.normal(size=DIMENSIONS) / np.sqrt(DIMENSIONS)
    crop = Crop(
        np.full((112, 112, 3), rng.integers(40, 220, 3), np.uint8),
        Box(20.0, 20.0, 72.0, 84.0),
        Landmarks.of(POINTS),
    )
    return EmbeddedFace(
        Face(crop.box, crop.landmarks, 1.0),
        crop,
        quality,
        (embedding / np.linalg.norm(embedding)).astype(np.float32),
        "dlib",
    )


def made_clusters(folder: Path, *, people: int, each: int) -> Path:
    """A gallery without people, with unnamed faces of some, each of a photo of its own."""
    rng = np.random.default_rng(7)
    centres = rng.normal(size=(people, DIMENSIONS))
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    return made_gallery(folder, [made_face(rng, centres[n % people]) for n in range(people * each)])


def made_pair(folder: Path, *, others: int, qualities: Sequence[FaceQuality] = (GOOD, GOOD)) -> Path:
    """Two faces that are a little more alike than those of different people, who all look alike."""
    rng, axes = np.random.default_rng(7), np.eye(DIMENSIONS)
    alone = [np.sqrt(0.91) * axes[0] + np.sqrt(0.09) * axes[4 + number] for number in range(others)]
    own = np.sqrt(0.91) * axes[0] + np.sqrt(0.03) * axes[1]
    pair = [own + np.sqrt(0.06) * axes[axis] for axis in (2, 3)]
    made = [made_face(rng, one, spread=0.0) for one in alone]
    made += [made_face(rng, one, 0.0, how) for one, how in zip(pair, qualities, strict=True)]
    return made_gallery(folder, made)


def made_gallery(folder: Path, faces: Sequence[EmbeddedFace]) -> Path:
    """A gallery without people, with unnamed faces, each of a photo of its own."""
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)  # they need not outlive the machine
        with Gallery.open(folder, for_writing=True) as gallery:
            for number, face in enumerate(faces):
                gallery.record_photo(
                    PhotoFileInfo(f"{number:064x}", f"{number:064x}", 1, 1),
                    folder / f"{number}.jpg",
                    scan="mtcnn",
                    faces=[NewFace.of(face)],
                )
    return folder


def many_clusters(folder: Path, *, people: int, each: int) -> Path:
    """The same of thousands of faces, which are copied into a database: to record each takes too long."""
    store = JsonStore(made_clusters(folder, people=people, each=1))
    store.load()
    contents, rng, numbers = store.contents(), np.random.default_rng(8), itertools.count()
    photos = {row["id"]: row for row in contents.rows[Table.PHOTOS]}
    for face in [*contents.rows[Table.FACES]]:
        (centre,) = contents.embeddings[face["id"]].values()
        for number in itertools.islice(numbers, each - 1):
            name = f"{number:032x}"
            file = f"{face['file'].rpartition('/')[0]}/{name}.png"
            os.link(folder / face["file"], folder / file)
            photo = {"id": name, "digest": f"f{number:063x}", "path": f"{folder / name}.jpg"}
            contents.rows[Table.PHOTOS].append({**photos[face["photo"]], **photo})
            contents.rows[Table.FACES].append({**face, "id": name, "photo": name, "file": file})
            contents.embeddings[name] = {"dlib": made_face(rng, centre).embedding}
    SqlStore.create(folder / DATABASE, contents)
    (folder / RECORDS).unlink()
    return folder
