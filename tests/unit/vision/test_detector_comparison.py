"""The comparison of detectors on faces labelled by eye: what counts as found, and that the labels are
right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.detectors import KINDS, LABELS, Count, Label, count_of
from face_match.core.types import Box, Face, Landmarks, Pixels
from face_match.vision.detectors.detector import Detector
from face_match.vision.models.registry import load_detector

NO_MARKS = Landmarks.of([(0, 0)] * 5)


@pytest.fixture(scope="module")
def mtcnn() -> Detector:
    return load_detector()


def face(x: float, y: float, width: float) -> Face:
    return Face(Box(x - width / 2, y - width / 2, width, width), NO_MARKS, 1.0)


def pixels_of(folder: Path, name: str) -> Pixels:
    with Image.open(folder / "groups" / name) as image:
        return np.asarray(image.convert("RGB"))


def test_a_face_counts_once_and_other_detections_are_false() -> None:
    labels = [Label(100, 100, 50), Label(300, 100, 50)]
    assert count_of([face(105, 95, 60)], labels) == Count(2, 1, 0)
    assert count_of([face(105, 95, 60), face(100, 100, 50)], labels) == Count(2, 1, 1)
    assert count_of([face(100, 100, 200)], labels) == Count(2, 0, 1), "four times as wide is another thing"
    assert count_of([face(160, 100, 50), face(300, 100, 50)], labels) == Count(2, 1, 1)
    assert count_of([], labels) == Count(2, 0, 0)


@pytest.mark.parametrize("name", LABELS)
def test_the_labels_are_where_faces_are(name: str, mtcnn: Detector, shared_faces: Path) -> None:
    labels = LABELS[name]
    found = count_of(mtcnn.detect(pixels_of(shared_faces, name)), labels)
    assert (found.there, found.found) == (len(labels), len(labels))


@pytest.mark.parametrize(("kind", "step"), [("small", 40), ("dark", 0.25), ("turned", 15), ("turned", 30)])
def test_labels_follow_a_degraded_photo(kind: str, step: float, mtcnn: Detector, shared_faces: Path) -> None:
    worse, moved = KINDS[kind].degrade(pixels_of(shared_faces, "bbt5.jpg"), LABELS["bbt5.jpg"], step)
    assert count_of(mtcnn.detect(worse), moved).found == 5


@pytest.mark.parametrize("kind", ["chin covered", "eyes covered"])
def test_a_cover_hides_only_the_faces(kind: str, shared_faces: Path) -> None:
    before = pixels_of(shared_faces, "bbt5.jpg")
    steps = KINDS[kind].steps
    assert steps
    for step in steps:
        after, _ = KINDS[kind].degrade(before, LABELS["bbt5.jpg"], step)
        is_covered = (before != after).any(axis=2)
        assert 0.005 < is_covered.mean() < 0.15
        for label in LABELS["bbt5.jpg"]:
            below = kind == "chin covered"
            row = round(label.y + (0.5 if below else -0.25) * label.width)
            assert is_covered[row, round(label.x) - 5 : round(label.x) + 5].mean() > 0.8
