"""How long a review queue of thousands of faces takes to be arranged, at first and after each thing said.

python -m benchmarks.review [--faces N] [--people N] [--dimensions N]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from face_match.core.types import Box, Crop, Embeddings, FaceQuality, Landmarks, PhotoFileInfo, Verdict
from face_match.gallery.gallery import Gallery, NewFace
from face_match.workflows.face_groups import FaceGroup, GroupKind
from face_match.workflows.review import Review

MODEL, THRESHOLD = "dlib", 0.94
NOISE = 0.22
"""Of one person's faces, which are then 0.95 alike on average."""
NAMINGS = 5
WIDTH_PX = 120


Result = TypeVar("Result")


class Took(NamedTuple):
    """Seconds, and those that processors were at it, which other programs do not make more."""

    wall: float
    processor: float


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review", description=__doc__)
    parser.add_argument("--faces", type=int, default=5000)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--dimensions", type=int, default=128)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        print(f"| {options.faces} faces of {options.people} people | s | s of a processor |\n|---|---|---|")
        for job, (wall, processor) in rows(folder, options.faces, options.people, options.dimensions):
            print(f"| {job} | {wall:.2f} | {processor:.2f} |", flush=True)


def rows(folder: Path, faces: int, people: int, dimensions: int) -> Iterator[tuple[str, Took]]:
    """What is done, and how long it takes."""
    owners, embeddings = _faces(faces, people, dimensions)
    with Gallery.open(folder, for_writing=True) as gallery:
        yield "keep all faces", _seconds(lambda: _keep(gallery, embeddings))[0]
    with Gallery.open(folder, for_writing=True) as gallery:
        took, unnamed = _seconds(gallery.unnamed)
        yield "read all again", took
        review = Review(gallery, MODEL)
        took, groups = _seconds(lambda: review.groups(THRESHOLD))
        yield f"arrange at first: {_told(groups)}", took
        number_of = {photo.id: int(photo.digest, 16) for photo in gallery.photos()}
        person_of = {face.id: int(owners[number_of[str(face.photo)]]) for face in unnamed}
        yield from _namings(review, groups, person_of)
        yield from _naming_all(review, person_of)


def _namings(
    review: Review, groups: list[FaceGroup], person_of: dict[str, int]
) -> Iterator[tuple[str, Took]]:
    for number in range(1, NAMINGS + 1):
        group = next(group for group in groups if group.kind is GroupKind.CLUSTER)
        name = f"Person {person_of[group.faces[0].id]}"
        half = group.faces[: len(group.faces) // 2]
        took, _ = _seconds(lambda half=half, name=name: review.name(half, name))
        yield f"name {len(half)} faces", took
        took, groups = _seconds(lambda: review.groups(THRESHOLD))
        yield f"arrange after naming {number}: {_told(groups)}", took
    group = next(group for group in groups if group.kind is GroupKind.CLUSTER)
    took, _ = _seconds(lambda: review.remove_from_group(group.faces[-1:], group))
    yield "take a face out", took
    took, groups = _seconds(lambda: review.groups(THRESHOLD))
    yield f"arrange after that: {_told(groups)}", took
    some = [face for group in groups[-100:] for face in group.faces][:100]
    took, _ = _seconds(lambda: review.ignore(some))
    yield f"ignore {len(some)} faces", took


def _naming_all(review: Review, person_of: dict[str, int]) -> Iterator[tuple[str, Took]]:
    """Half of the groups."""
    groups = review.groups(THRESHOLD)
    half = [group for group in groups if group.kind is not GroupKind.SINGLES][::2]
    for group in half:
        review.name(group.faces, f"Person {person_of[group.faces[0].id]}")
    took, groups = _seconds(lambda: review.groups(THRESHOLD))
    yield f"arrange, {review.gallery.face_count} named faces: {_told(groups)}", took
    group = groups[0]
    review.name(group.faces, f"Person {person_of[group.faces[0].id]}")
    took, groups = _seconds(lambda: review.groups(THRESHOLD))
    yield f"arrange after one naming more: {_told(groups)}", took


def _told(groups: list[FaceGroup]) -> str:
    counts = {kind: sum(group.kind is kind for group in groups) for kind in GroupKind}
    return ", ".join(f"{count} {kind.value}" for kind, count in counts.items())


def _faces(count: int, people: int, dimensions: int) -> tuple[np.ndarray, Embeddings]:
    """Whose each face is, by photo, and its embedding: about the person's own."""
    rng = np.random.default_rng(7)
    own = rng.normal(size=(people, dimensions))
    own /= np.linalg.norm(own, axis=1, keepdims=True)
    shares = 1 / (np.arange(people) + 10)  # few are in many photos, many in few
    owners = rng.choice(people, size=count, p=shares / shares.sum())
    noise = rng.normal(size=(count, dimensions))
    noise *= NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
    embeddings = own[owners] + noise
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    return owners, embeddings.astype(np.float32)


def _keep(gallery: Gallery, embeddings: Embeddings) -> None:
    rng = np.random.default_rng(8)
    pixels = rng.integers(0, 256, (WIDTH_PX, WIDTH_PX, 3), np.uint8)
    landmarks = Landmarks.of([[40.0 + n, 40.0] for n in range(5)])
    crop = Crop(pixels, Box(30.0, 30.0, 60.0, 60.0), landmarks)
    place, good = Box(100.0, 100.0, 80.0, 90.0), FaceQuality(Verdict.GOOD, 0.9)
    for number, embedding in enumerate(embeddings):
        face = NewFace(crop, {MODEL: embedding}, place, 0.99, good)
        photo = PhotoFileInfo(f"{number:064x}", f"{number:064x}", 1, 1)
        gallery.record_photo(photo, Path(f"{number}.jpg"), scan="made up", faces=[face])


def _seconds(do: Callable[[], Result]) -> tuple[Took, Result]:
    began, before = time.perf_counter(), time.process_time()
    result = do()
    return Took(time.perf_counter() - began, time.process_time() - before), result


if __name__ == "__main__":
    main()
