"""Near-duplicates are the same picture: copies of a photo, and no other photos, however alike the face."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from face_match.core.errors import CancelledError, ImageUnreadableError
from face_match.core.records import FaceRecord
from face_match.core.types import Box, Landmarks, Pixels
from face_match.gallery.near_duplicates import near_duplicates, picture_of

MODEL = "made-up"
BOX = Box(150, 60, 200, 240)
LANDMARKS = Landmarks.of([[205.0, 150.0], [285.0, 150.0], [245.0, 195.0], [215.0, 235.0], [278.0, 235.0]])
"""Of a face somewhere in a crop: what matters is that they are at the same place of both pictures."""


@pytest.fixture(scope="module")
def photo(astronaut_file: Path) -> Image.Image:
    with Image.open(astronaut_file) as image:
        return image.convert("RGB").crop((0, 0, 512, 400))


@pytest.fixture(scope="module")
def other(hopper_file: Path) -> Image.Image:
    """A plainly different picture."""
    with Image.open(hopper_file) as image:
        return image.convert("RGB").resize((512, 400))


def face(number: int, scale: float = 1.0, moved: tuple[float, float] = (0, 0)) -> FaceRecord:
    points = (np.asarray(LANDMARKS) - moved) * scale
    box = Box(BOX.x * scale, BOX.y * scale, BOX.width * scale, BOX.height * scale)
    embedding = np.array([1.0, 0.01 * number], np.float32)
    embedding /= np.linalg.norm(embedding)
    made = FaceRecord(str(number), f"{number}.png", box=box, embeddings={MODEL: embedding})
    return replace(made, landmarks=Landmarks.of(points.tolist()))


def found(faces: list[FaceRecord], images: list[Image.Image]) -> list[str]:
    pixels = {one.id: np.asarray(image) for one, image in zip(faces, images, strict=True)}
    return [near.face.id for near in near_duplicates(faces, MODEL, lambda one: pixels[one.id])]


def saved(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


def test_copies_are_found_however_they_were_saved(photo: Image.Image) -> None:
    copies = {
        "saved anew": (saved(photo, 30), face(2)),
        "smaller": (photo.resize((205, 160)), face(2, 0.4)),
        "cut": (photo.crop((20, 10, 500, 390)), face(2, moved=(20, 10))),
        "brighter": (ImageEnhance.Brightness(photo).enhance(1.3), face(2)),
        "grey": (photo.convert("L").convert("RGB"), face(2)),
    }
    for name, (image, copied) in copies.items():
        assert found([face(1, 1.01), copied], [photo, image]) == ["2"], name


def test_another_picture_is_none_however_alike_the_face(photo: Image.Image, other: Image.Image) -> None:
    assert found([face(1), face(2)], [photo, other]) == []
    assert found([face(1), face(2), face(3)], [photo, other, saved(other, 60)]) == ["3"]


def test_a_crop_that_cannot_be_read_or_shows_nothing_is_none(photo: Image.Image) -> None:
    def lost(one: FaceRecord) -> Pixels:
        raise ImageUnreadableError(one.file, "missing")

    assert near_duplicates([face(1), face(2)], MODEL, lost) == []
    blank = Image.new("RGB", photo.size)
    assert found([face(1), face(2)], [blank, blank]) == []


def test_crops_of_faces_that_are_like_no_other_are_not_read(photo: Image.Image) -> None:
    far = replace(face(3), embeddings={MODEL: np.array([0.0, 1.0], np.float32)})
    asked: list[str] = []

    def read(one: FaceRecord) -> Pixels:
        asked.append(one.id)
        return np.asarray(photo)

    near_duplicates([face(1), far, face(2)], MODEL, read)
    assert sorted(asked) == ["1", "2"]
    with pytest.raises(CancelledError):
        near_duplicates([face(1), face(2)], MODEL, read, is_cancelled=lambda: True)


@pytest.mark.parametrize("places", [1e12, -1e12, 0.0])
def test_landmarks_anywhere_give_a_picture(photo: Image.Image, places: float) -> None:
    points = Landmarks.of([[places, places / (number + 1)] for number in range(5)])
    picture = picture_of(np.asarray(photo), points)
    assert picture.shape == (576,)
    assert np.isfinite(picture).all()
