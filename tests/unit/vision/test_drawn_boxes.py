"""Drawn boxes: O-Net finds the face in them, with its confidence."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image

from face_match.core.errors import BoxUnusableError, EngineLacksError
from face_match.core.types import Box, EmbeddedFace, Face, Photo, Verdict
from face_match.vision.photo_loading import photo_from_pixels
from face_match.vision.pipeline import FacePipeline
from face_match.vision.reference import ReferenceDetector

SCALES = (0.75, 1.0, 1.3)
SHIFTS = ((0.0, 0.0), (0.15, -0.1), (-0.15, 0.15))


def drawn(box: Box, scale: float = 1.0, right: float = 0.0, down: float = 0.0) -> Box:
    """A box as somebody would draw it around a face whose own it is."""
    width, height = scale * box.width, scale * box.height
    x = box.x + box.width * (0.5 + right) - width / 2
    y = box.y + box.height * (0.5 + down) - height / 2
    return Box(x, y, width, height)


def landmarks_off(face: Face, other: Face) -> float:
    """Mean distance of their landmarks, in distances between the eyes."""
    eyes = math.dist(face.landmarks.left_eye, face.landmarks.right_eye)
    pairs = zip(face.landmarks, other.landmarks, strict=True)
    return sum(math.dist(one, two) for one, two in pairs) / 5 / eyes


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("shift", SHIFTS)
def test_a_box_about_where_a_face_is_gives_that_face(
    pipeline: FacePipeline,
    astronaut: Photo,
    astronaut_face: EmbeddedFace,
    scale: float,
    shift: tuple[float, float],
) -> None:
    found = astronaut_face.face
    face = pipeline.face_in_box(astronaut, drawn(found.box, scale, *shift))
    assert landmarks_off(found, face) < 0.08
    assert face.box.overlap(found.box) > 0.75
    assert face.confidence > 0.99
    (embedded,) = pipeline.embed(astronaut, [face])
    assert embedded.embedding @ astronaut_face.embedding > 0.99
    assert embedded.quality.verdict is Verdict.GOOD


@pytest.mark.parametrize("degrees", [50, 90, 180, -120])
def test_a_face_on_its_side_or_upside_down_is_the_same_person(
    pipeline: FacePipeline, astronaut: Photo, astronaut_face: EmbeddedFace, degrees: int
) -> None:
    box = astronaut_face.face.box
    middle = (box.x + box.width / 2, box.y + box.height / 2)
    turned = Image.fromarray(astronaut.pixels).rotate(degrees, Image.Resampling.BICUBIC, center=middle)
    photo = photo_from_pixels(np.asarray(turned), "turned.png")
    side = 1.1 * box.longer_side
    face = pipeline.face_in_box(photo, Box(middle[0] - side / 2, middle[1] - side / 2, side, side))
    (embedded,) = pipeline.embed(photo, [face])
    assert embedded.embedding @ astronaut_face.embedding > 0.97
    eyes = complex(*face.landmarks.right_eye) - complex(*face.landmarks.left_eye)
    off = (math.degrees(math.atan2(-eyes.imag, eyes.real)) - degrees + 180) % 360 - 180
    assert abs(off) < 15


def test_a_box_reaching_past_the_photo_is_cut_at_its_edges(
    pipeline: FacePipeline, astronaut: Photo, astronaut_face: EmbeddedFace
) -> None:
    box = astronaut_face.face.box
    left, top = round(box.x + 0.1 * box.width), round(box.y)
    part = photo_from_pixels(astronaut.pixels[top:, left:], "part.png")
    face = pipeline.face_in_box(part, Box(box.x - left - 20, -30, box.width + 20, box.height + 30))
    assert face.confidence > 0.9
    assert face.box.x >= 0
    assert face.box.y >= 0
    assert face.box.width > 0.7 * box.width


@pytest.mark.parametrize("level", [0, 128, 255])
def test_where_there_is_no_face_the_confidence_says_so_and_the_quality_too(
    pipeline: FacePipeline, level: int
) -> None:
    photo = photo_from_pixels(np.full((200, 300, 3), level, np.uint8), "blank.png")
    box = Box(100, 50, 60, 80)
    face = pipeline.face_in_box(photo, box)
    assert face.confidence < 0.5
    (embedded,) = pipeline.embed(photo, [face])
    assert embedded.quality.verdict is Verdict.UNUSABLE
    assert "unclear" in embedded.quality.reasons


def test_a_box_without_a_face_keeps_its_place_and_gets_average_landmarks(
    pipeline: FacePipeline, astronaut: Photo
) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (120, 120, 3)).astype(np.uint8)
    box = Box(30, 20, 50, 70)
    face = pipeline.face_in_box(photo_from_pixels(noise, "noise.png"), box)
    assert face.confidence < 0.005
    assert face.box == box
    left_eye, right_eye, nose, left_mouth, right_mouth = face.landmarks
    assert box.x < left_eye.x < nose.x < right_eye.x < box.x + box.width
    assert box.y < left_eye.y < nose.y < left_mouth.y < box.y + box.height
    assert left_mouth.y == right_mouth.y


def test_a_small_drawn_box_of_a_reduced_photo_is_searched_at_full_size(
    pipeline: FacePipeline, astronaut: Photo, astronaut_face: EmbeddedFace
) -> None:
    smaller = np.asarray(Image.fromarray(astronaut.pixels).reduce(4))
    times = []

    def decode_full() -> np.ndarray:
        times.append(1)
        return astronaut.pixels

    photo = Photo(smaller, astronaut.width, astronaut.height, "large.jpg", "", decode_full)
    face = pipeline.face_in_box(photo, astronaut_face.face.box)
    assert landmarks_off(astronaut_face.face, face) < 0.08
    assert times == [1]


def test_a_large_face_needs_only_the_smaller_copy(
    pipeline: FacePipeline, astronaut: Photo, astronaut_face: EmbeddedFace
) -> None:
    half = np.asarray(Image.fromarray(astronaut.pixels).reduce(2))

    def decode_full() -> np.ndarray:
        raise AssertionError("it was decoded")

    photo = Photo(half, astronaut.width, astronaut.height, "large.jpg", "", decode_full)
    box = drawn(astronaut_face.face.box, 1.1)
    assert box.longer_side > 96
    assert landmarks_off(astronaut_face.face, pipeline.face_in_box(photo, box)) < 0.08


@pytest.mark.parametrize(
    "box", [Box(10, 10, 11, 40), Box(10, 10, 40, 5), Box(600, 0, 90, 90), Box(-95, 10, 100, 100)]
)
def test_a_box_with_too_little_of_the_photo_in_it_is_refused(
    pipeline: FacePipeline, astronaut: Photo, box: Box
) -> None:
    with pytest.raises(BoxUnusableError) as raised:
        pipeline.face_in_box(astronaut, box)
    assert raised.value.box == box


@pytest.mark.reference
def test_the_reference_engine_says_that_it_cannot(reference_packages: None, astronaut: Photo) -> None:
    with pytest.raises(EngineLacksError):
        ReferenceDetector().face_in_box(astronaut.pixels, Box(0, 0, 100, 100))
