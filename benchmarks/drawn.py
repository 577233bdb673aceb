"""How well is a face known whose box was drawn by hand, and what of those that MTCNN misses?

The main face of each photo, as MTCNN finds it, gets boxes as somebody might draw them: moved by up
to 15 %, up to 15 % wider or narrower and higher or lower; then all of that a quarter smaller, and a third
larger. The built-in model's embedding of the face in such a box is compared with that of the face as found,
and with the person's other photos at the model's threshold. Then the same for copies in which MTCNN finds no
face there any more: degraded (`benchmarks.degraded`), and turned as a picture is.

    python -m benchmarks.drawn FOLDER …      folders of person/photo; some minutes for a hundred photos
"""

from __future__ import annotations

import argparse
import cmath
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
from PIL import Image

from benchmarks.degraded import KINDS, degraded, portrait
from benchmarks.probes import SAME_PLACE
from face_match.core.photo_folders import photo_files
from face_match.core.types import MIN_BOX_PX, Box, Embedding, Embeddings, Face, Landmarks, Photo
from face_match.decision.threshold import threshold_range
from face_match.vision.detectors import drawn_boxes, mtcnn
from face_match.vision.models.registry import DLIB
from face_match.vision.photo_loading import load_photo, photo_from_pixels
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.evaluate import main_face

OFF = 0.15
SIZES = {"about right": 1.0, "tighter": 0.75, "looser": 1.33}
WAYS: Mapping[str, Mapping[str, Any]] = {
    "as it is": {"VIEW_SCALES": drawn_boxes.VIEW_SCALES},
    "one square": {"VIEW_SCALES": (1.0,)},
    "five squares": {"VIEW_SCALES": (0.65, 0.8, 1.0, 1.25, 1.5)},
    "upright only": {"VIEW_DEGREES": (0,)},
    "on average": {"MIN_LANDMARK_CONFIDENCE": 2.0},
}
"""Constants of `drawn_boxes`, or of `mtcnn`, with other values. The last variant never uses O-Net's
landmarks."""

TURNS = (60, 90, 150, 180)
CONFIDENCES = (0.0, 0.005, 0.05, 0.5, 0.81, 0.97, 1.01)


class Case(NamedTuple):
    """A photo of a face, as it is or made worse: where the face is in it, and the number of the photo that it
    is or was made of."""

    number: int
    photo: Photo
    face: Face


class DrawnFace(NamedTuple):
    """What came of a box.

    Attributes:
        off: how far landmarks are from the face's own, in distances between the eyes.
        overlap, overlap_drawn: of the face's own box with the one given, and with the one drawn.
        confidence: O-Net's.
        similarity: with the embedding of the face as it was found.
        with_others: with that of the most alike of the person's other photos.
    """

    off: float
    overlap: float
    overlap_drawn: float
    confidence: float
    similarity: float
    with_others: float


class Labelled(NamedTuple):
    """Photos with a face, the embeddings as found, shape (n, dimensions), and whose each is, shape (n,)."""

    cases: Sequence[Case]
    embeddings: Embeddings
    people: npt.NDArray[np.str_]

    def with_others(self, embedding: Embedding, number: int) -> float:
        """The best similarity with another photo of the person of a photo."""
        others = (self.people == self.people[number]) & (np.arange(len(self.people)) != number)
        return float((self.embeddings[others] @ embedding).max(initial=-1.0))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--worse", type=int, default=10, help="so many photos are made worse")
    options = parser.parse_args()
    pipeline = FacePipeline.load(DLIB.id)
    labelled = _labelled(options.folders, pipeline)
    threshold = threshold_range(DLIB.id).default
    found = [labelled.with_others(embedding, number) for number, embedding in enumerate(labelled.embeddings)]
    print(f"{len(labelled.cases)} faces of {len(set(labelled.people))} people")
    print(f"landmarks on average, in parts of the box: {_average_landmarks(labelled.cases)}")
    print(
        f"as found, {np.mean(np.array(found) >= threshold):.1%} match another photo of theirs at {threshold}"
    )
    print(f"\n{'box':12} {'way':14} {HEADING}")
    for name, size in SIZES.items():
        for way in WAYS:
            results = _drawn(labelled.cases, size, way, labelled, pipeline)
            print(f"{name:12} {way:14} {_row(results)}", flush=True)
    step = max(1, len(labelled.cases) // options.worse)
    missed = list(_missed(labelled.cases[::step], pipeline))
    for way in WAYS:
        results = _drawn([case for _, case in missed], 1.0, way, labelled, pipeline)
        print(f"\nno longer found, {way}\n{'':27} {HEADING}")
        for kind in dict.fromkeys(kind for kind, _ in missed):
            chosen = [one for one, (other, _) in zip(results, missed, strict=True) if other == kind]
            print(f"{kind:27} {_row(chosen)}")
        for low, high in itertools.pairwise(CONFIDENCES):
            chosen = [one for one in results if low <= one.confidence < high]
            if chosen:
                print(f"confidence {low:<5} to {high:<5}     {_row(chosen)}", flush=True)


def drawn_box(box: Box, size: float, generator: np.random.Generator) -> Box:
    """As somebody might draw it around a face whose own it is."""
    right, down = generator.uniform(-OFF, OFF, 2)
    width, height = (size * (1 + generator.uniform(-OFF, OFF, 2)) * (box.width, box.height)).tolist()
    x = box.x + (0.5 + right) * box.width - width / 2
    y = box.y + (0.5 + down) * box.height - height / 2
    return Box(x, y, width, height)


def _labelled(folders: Sequence[Path], pipeline: FacePipeline) -> Labelled:
    cases, embeddings, people = [], [], []
    for folder in folders:
        for path in photo_files([folder]):
            photo = load_photo(path)
            face = main_face(photo, pipeline.detect(photo))
            if face is not None:
                cases.append(Case(len(cases), photo, face))
                embeddings.append(pipeline.embed(photo, [face])[0].embedding)
                people.append(f"{folder.name}/{path.parent.name}")
    return Labelled(cases, np.stack(embeddings), np.array(people))


def _average_landmarks(cases: Sequence[Case]) -> str:
    """Medians, made symmetric."""
    marks = np.array([case.face.landmarks for case in cases])
    boxes = np.array([case.face.box for case in cases])[:, None]
    middle = np.median((marks - boxes[..., :2]) / boxes[..., 2:], axis=0)
    mirrored = middle[[1, 0, 2, 4, 3]] * (-1, 1) + (1, 0)
    return ", ".join(f"({x:.3f}, {y:.3f})" for x, y in (middle + mirrored) / 2)


def _drawn(
    cases: Sequence[Case], size: float, way: str, labelled: Labelled, pipeline: FacePipeline
) -> list[DrawnFace]:
    generator = np.random.default_rng(0)
    results = []
    module = drawn_boxes if hasattr(drawn_boxes, next(iter(WAYS[way]))) else mtcnn
    with patch.multiple(module, **WAYS[way]):
        for number, photo, own in cases:
            box = drawn_box(own.box, size, generator)
            face = pipeline.face_in_box(photo, box)
            embedding = pipeline.embed(photo, [face])[0].embedding
            results.append(
                DrawnFace(
                    _off(own, face),
                    own.box.overlap(face.box),
                    own.box.overlap(box),
                    face.confidence,
                    float(labelled.embeddings[number] @ embedding),
                    labelled.with_others(embedding, number),
                )
            )
    return results


def _off(own: Face, other: Face) -> float:
    eyes = math.dist(own.landmarks.left_eye, own.landmarks.right_eye)
    return (
        float(np.mean([math.dist(*pair) for pair in zip(own.landmarks, other.landmarks, strict=True)])) / eyes
    )


def _missed(cases: Sequence[Case], pipeline: FacePipeline) -> Iterator[tuple[str, Case]]:
    """Worse copies in which the detector finds no face in that place, with how they were made."""
    for number, photo, face in cases:
        one = portrait(photo, face)
        worse = [
            (kind, photo_from_pixels(pixels, photo.name), one.face.scaled(scale))
            for kind, _, pixels, scale in degraded(one, number, tuple(KINDS))
        ]
        worse += [(f"on its side, {degrees}°", *_on_its_side(photo, face, degrees)) for degrees in TURNS]
        for kind, copy, there in worse:
            is_found = any(found.box.overlap(there.box) >= SAME_PLACE for found in pipeline.detect(copy))
            if not is_found and min(there.box.width, there.box.height) >= 2 * MIN_BOX_PX:
                yield kind, Case(number, copy, there)


def _on_its_side(photo: Photo, face: Face, degrees: float) -> tuple[Photo, Face]:
    """The photo turned about the middle of the face, as large as it was."""
    box = face.box
    middle = complex(box.x + box.width / 2, box.y + box.height / 2)
    image = Image.fromarray(photo.decode_full())
    turned = image.rotate(degrees, Image.Resampling.BICUBIC, center=(middle.real, middle.imag))
    turn = cmath.rect(1.0, -math.radians(degrees))
    points = [middle + turn * (complex(*point) - middle) for point in face.landmarks]
    width = math.hypot(turn.real * box.width, turn.imag * box.height)
    height = math.hypot(turn.imag * box.width, turn.real * box.height)
    there = Box(middle.real - width / 2, middle.imag - height / 2, width, height)
    marks = Landmarks.of([(point.real, point.imag) for point in points])
    return photo_from_pixels(np.asarray(turned), photo.name), Face(there, marks, face.confidence)


HEADING = "faces   off  p95   overlap (drawn)   sure ≥ 0.97   as found  p5     match"


def _row(results: Sequence[DrawnFace]) -> str:
    threshold = threshold_range(DLIB.id).default
    off, overlap, of_drawn, confidence, similarity, with_others = np.array(results).T
    return (
        f"{len(results):5} {np.median(off):5.3f} {np.quantile(off, 0.95):5.3f}    "
        f"{np.median(overlap):5.2f} ({np.median(of_drawn):4.2f})        {np.mean(confidence >= 0.97):5.1%}"
        f"      {np.median(similarity):6.4f} {np.quantile(similarity, 0.05):6.4f}  "
        f"{np.mean(with_others >= threshold):5.1%}"
    )


if __name__ == "__main__":
    main()
