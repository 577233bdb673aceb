"""MTCNN compared with the mtcnn package: with its recorded results on the labelled photos, and with its
current ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from face_match.core.types import Box, Face, Landmarks, Photo
from face_match.vision.detectors.mtcnn import MtcnnDetector
from face_match.vision.models.registry import load_detector
from face_match.vision.photo_loading import load_photo
from face_match.vision.reference import ReferenceDetector

LARGE_ENOUGH_PX = 40
NAMES = ("left_eye", "right_eye", "nose", "mouth_left", "mouth_right")


class Pair(NamedTuple):
    """A face that the reference found, and ours that overlaps it by more than half, if any."""

    photo: str
    reference: Face
    ours: Face | None


class Comparison(NamedTuple):
    pairs: list[Pair]
    photos: int
    photos_with_extra_faces: list[str]


@pytest.fixture(scope="module")
def detector() -> MtcnnDetector:
    return load_detector()


@pytest.fixture(scope="module")
def reference(reference_packages: None) -> ReferenceDetector:
    return ReferenceDetector()


@pytest.fixture(scope="module")
def comparison(shared_faces: Path, detector: MtcnnDetector) -> Comparison:
    pairs: list[Pair] = []
    extra = []
    recorded = json.loads((shared_faces / "mtcnn_reference.json").read_text())["photos"]
    for name, entries in recorded.items():
        ours = detector.detect(load_photo(shared_faces / name).pixels)
        for face in map(face_of, entries):
            match = next((other for other in ours if other.box.overlap(face.box) > 0.5), None)
            if match is not None:
                ours.remove(match)
            pairs.append(Pair(name, face, match))
        if ours:
            extra.append(name)
    return Comparison(pairs, len(recorded), extra)


@pytest.fixture(scope="module")
def matched(comparison: Comparison) -> list[tuple[Face, Face]]:
    """Reference and ours, of the faces that count."""
    large = [pair for pair in comparison.pairs if pair.reference.box.longer_side >= LARGE_ENOUGH_PX]
    return [(pair.reference, pair.ours) for pair in large if pair.ours is not None]


def face_of(entry: dict) -> Face:
    landmarks = Landmarks.of([entry["landmarks"][name] for name in NAMES])
    return Face(Box(*entry["box_xywh"]), landmarks, entry["confidence"])


def landmark_errors(reference: Face, ours: Face) -> np.ndarray:
    """Of the five points, as parts of the distance between the eyes."""
    eyes = np.subtract(reference.landmarks.left_eye, reference.landmarks.right_eye)
    apart = np.linalg.norm(np.subtract(reference.landmarks, ours.landmarks), axis=1)
    return apart / np.linalg.norm(eyes)


def test_at_least_99_percent_of_the_reference_faces_are_found(comparison: Comparison) -> None:
    large = [pair for pair in comparison.pairs if pair.reference.box.longer_side >= LARGE_ENOUGH_PX]
    missed = [pair.photo for pair in large if pair.ours is None]
    assert len(large) > 380
    assert len(missed) <= 0.01 * len(large), missed


def test_at_most_2_percent_of_the_photos_show_faces_that_the_reference_did_not_find(
    comparison: Comparison,
) -> None:
    assert len(comparison.photos_with_extra_faces) <= 0.02 * comparison.photos


def test_boxes_are_those_of_the_reference(matched: list[tuple[Face, Face]]) -> None:
    overlaps = [ours.box.overlap(reference.box) for reference, ours in matched]
    assert min(overlaps) >= 0.8
    assert np.median(overlaps) >= 0.92


def test_landmarks_are_those_of_the_reference(matched: list[tuple[Face, Face]]) -> None:
    means = [landmark_errors(reference, ours).mean() for reference, ours in matched]
    assert max(means) <= 0.06
    assert np.median(means) <= 0.02


def test_confidences_are_those_of_the_reference(matched: list[tuple[Face, Face]]) -> None:
    apart = [abs(reference.confidence - ours.confidence) for reference, ours in matched]
    assert np.median(apart) <= 0.001
    assert np.quantile(apart, 0.99) <= 0.05


@pytest.mark.reference
@pytest.mark.parametrize("which", ["astronaut", "hopper", "group"])
def test_the_package_run_now_finds_the_same_to_a_pixel(
    which: str, reference: ReferenceDetector, detector: MtcnnDetector, request: pytest.FixtureRequest
) -> None:
    photo = photo_called(which, request)
    theirs, ours = reference.detect(photo.pixels), detector.detect(photo.pixels)
    assert len(ours) == len(theirs) == (6 if which == "group" else 1)
    height, width = photo.pixels.shape[:2]
    for their, our in zip(theirs, ours, strict=True):
        assert corners(our, width, height) == pytest.approx(corners(their, width, height), abs=1.0)
        assert np.abs(np.subtract(our.landmarks, their.landmarks)).max() <= 1.0
        assert our.confidence == pytest.approx(their.confidence, abs=1e-3)


def photo_called(which: str, request: pytest.FixtureRequest) -> Photo:
    if which == "group":
        return load_photo(request.getfixturevalue("shared_faces") / "groups" / "multiface.jpg")
    return load_photo(request.getfixturevalue(f"{which}_file"))


def corners(face: Face, width: int, height: int) -> list[float]:
    """Left, top, right and bottom within the photo: the package's boxes may reach past it."""
    box = face.box
    return [max(0, box.x), max(0, box.y), min(width, box.x + box.width), min(height, box.y + box.height)]
