"""Photos on their side or upside down are turned by the faces found in them; others stay as they are."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from face_match.core.types import Face
from face_match.vision.photo_loading import decode_photo, photo_from_pixels, reorient_photo
from face_match.vision.pipeline import FacePipeline

TURNS = {"left": (Image.Transpose.ROTATE_90, 6), "over": (Image.Transpose.ROTATE_180, 3)}


def stored(image: Image.Image, orientation: int | None = None) -> bytes:
    exif, buffer = Image.Exif(), io.BytesIO()
    if orientation is not None:
        exif[0x0112] = orientation
    image.save(buffer, "PNG", exif=exif)
    return buffer.getvalue()


def is_upright(face: Face) -> bool:
    left, right, _, mouth, _ = face.landmarks
    return left.x < right.x and left.y < mouth.y


@pytest.mark.parametrize("turn", TURNS)
def test_a_photo_is_turned_by_its_face(turn: str, astronaut_file: Path, pipeline: FacePipeline) -> None:
    how, orientation = TURNS[turn]
    with Image.open(astronaut_file) as image:
        photo = decode_photo(stored(image.convert("RGB").transpose(how)), "a.png")
        upright = np.asarray(image.convert("RGB"))
    found, (face,) = pipeline.detect_upright(photo)
    assert (found.orientation, found.turned_from) == (orientation, 1)
    assert (found.pixels == upright).all()
    assert (found.decode_full() == upright).all()
    assert is_upright(face)
    assert face.confidence > 0.99
    (as_stored,) = pipeline.detect(photo)
    assert as_stored.landmarks.left_eye != face.landmarks.left_eye


def test_an_orientation_that_is_wrong_is_overruled(astronaut_file: Path, pipeline: FacePipeline) -> None:
    with Image.open(astronaut_file) as image:
        photo = decode_photo(stored(image.convert("RGB"), 8), "a.png")
    assert photo.orientation == 8
    found, (face,) = pipeline.detect_upright(photo)
    assert (found.orientation, found.turned_from) == (1, 8)
    assert is_upright(face)


def test_an_upright_photo_and_one_without_faces_stay(hopper_file: Path, pipeline: FacePipeline) -> None:
    photo = decode_photo(hopper_file.read_bytes(), "b.jpg")
    found, faces = pipeline.detect_upright(photo)
    assert found is photo
    assert len(faces) == 1
    rng = np.random.default_rng(3)
    empty = photo_from_pixels(rng.integers(0, 255, (200, 300, 3), np.uint8), "noise")
    assert pipeline.detect_upright(empty) == (empty, [])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_that_is_turned_and_turned_back_is_the_same(orientation: int) -> None:
    rng = np.random.default_rng(4)
    photo = photo_from_pixels(rng.integers(0, 255, (20, 30, 3), np.uint8), "noise")
    turned = reorient_photo(photo, orientation)
    assert turned.turned_from == (None if orientation == 1 else 1)
    back = reorient_photo(turned, 1)
    assert (back.turned_from, back.width, back.height) == (None, 30, 20)
    assert (back.pixels == photo.pixels).all()
