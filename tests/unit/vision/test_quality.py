"""How well a face can be recognised: a good one made worse in one way gives that way as its reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageFilter

from face_match.types import Crop, EmbeddedFace, Face, Landmarks, Photo, Pixels, Point, Verdict
from face_match.vision.alignment import cut
from face_match.vision.images import photo_of_pixels
from face_match.vision.pipeline import FacePipeline
from face_match.vision.quality import assess


def changed(face: EmbeddedFace, pixels: Pixels) -> Crop:
    return replace(face.crop, pixels=pixels.clip(0, 255).astype(np.uint8))


def with_nose_at(face: Face, part: float) -> Face:
    """The nose moved so far of the way from the left to the right eye."""
    left, right, nose = face.landmarks.left_eye, face.landmarks.right_eye, face.landmarks.nose
    x, y = left.x + part * (right.x - left.x), left.y + part * (right.y - left.y) + 20
    marks = face.landmarks._replace(nose=Point(x, y))
    assert marks.nose != nose
    return replace(face, landmarks=marks)


def blurred(photo: Photo, radius: float) -> Photo:
    image = Image.fromarray(photo.pixels).filter(ImageFilter.GaussianBlur(radius))
    return photo_of_pixels(np.asarray(image), photo.name)


def test_a_good_face_is_good_and_has_no_reasons(astronaut_face: EmbeddedFace) -> None:
    quality = astronaut_face.quality
    assert quality.verdict is Verdict.GOOD
    assert quality.reasons == ()
    assert 0.5 < quality.score <= 1.0


def test_a_blurred_face_is_called_blurred(astronaut: Photo, pipeline: FacePipeline) -> None:
    (slightly,) = pipeline.faces(blurred(astronaut, 3))
    (strongly,) = pipeline.faces(blurred(astronaut, 6))
    assert slightly.quality.reasons == ("blurred",)
    assert slightly.quality.verdict is Verdict.POOR
    assert "blurred" in strongly.quality.reasons
    assert strongly.quality.score <= slightly.quality.score


def test_a_dark_face_is_called_dark(astronaut_face: EmbeddedFace) -> None:
    quality = assess(changed(astronaut_face, astronaut_face.crop.pixels * 0.15), astronaut_face.face)
    assert "too dark" in quality.reasons
    assert quality.verdict is not Verdict.GOOD


def test_a_bright_face_is_called_bright(astronaut_face: EmbeddedFace) -> None:
    quality = assess(changed(astronaut_face, astronaut_face.crop.pixels * 0.3 + 220.0), astronaut_face.face)
    assert "too bright" in quality.reasons
    assert quality.verdict is not Verdict.GOOD


def test_a_face_without_contrast_is_called_flat(astronaut_face: EmbeddedFace) -> None:
    quality = assess(changed(astronaut_face, astronaut_face.crop.pixels * 0.1 + 110.0), astronaut_face.face)
    assert "flat light" in quality.reasons


def test_a_small_face_is_called_small(astronaut: Photo, pipeline: FacePipeline) -> None:
    small = Image.fromarray(astronaut.pixels).resize((180, 180), Image.Resampling.LANCZOS)
    (face,) = pipeline.faces(photo_of_pixels(np.asarray(small), "small"))
    assert "too small" in face.quality.reasons
    assert face.quality.verdict is Verdict.POOR


def test_a_face_that_looks_aside_is_called_turned(astronaut_face: EmbeddedFace) -> None:
    for part in (0.12, 0.88):
        quality = assess(astronaut_face.crop, with_nose_at(astronaut_face.face, part))
        assert quality.reasons == ("turned away",)
        assert quality.verdict is Verdict.POOR


def test_a_head_on_its_side_is_not_turned_away(astronaut: Photo, pipeline: FacePipeline) -> None:
    """Turned in the plane of the photo, a face is as recognisable as upright."""
    tilted = Image.fromarray(astronaut.pixels).rotate(25, Image.Resampling.BILINEAR)
    (face,) = pipeline.faces(photo_of_pixels(np.asarray(tilted), "tilted"))
    assert "turned away" not in face.quality.reasons


def test_an_unsure_face_is_perhaps_none(astronaut_face: EmbeddedFace) -> None:
    quality = assess(astronaut_face.crop, replace(astronaut_face.face, confidence=0.85))
    assert quality.reasons == ("perhaps not a face",)
    assert quality.verdict is Verdict.POOR


def test_a_face_of_a_few_pixels_is_unusable(astronaut: Photo, astronaut_face: EmbeddedFace) -> None:
    small = Image.fromarray(astronaut.pixels).resize((64, 64), Image.Resampling.LANCZOS)
    box = type(astronaut_face.face.box)(*(value / 8 for value in astronaut_face.face.box))
    marks = Landmarks.of([(x / 8, y / 8) for x, y in astronaut_face.face.landmarks])
    face = Face(box, marks, 0.999)
    quality = assess(cut(np.asarray(small), face), face)
    assert quality.verdict is Verdict.UNUSABLE
    assert quality.score == 0.0


@pytest.mark.parametrize("level", [0, 255])
def test_a_crop_of_one_colour_is_unusable(astronaut_face: EmbeddedFace, level: int) -> None:
    crop = changed(astronaut_face, np.full_like(astronaut_face.crop.pixels, level))
    quality = assess(crop, astronaut_face.face)
    assert quality.verdict is Verdict.UNUSABLE
    assert {"blurred", "flat light", "too dark" if level == 0 else "too bright"} <= set(quality.reasons)


def test_eyes_in_one_point_are_no_division_by_zero(astronaut_face: EmbeddedFace) -> None:
    marks = astronaut_face.face.landmarks
    face = replace(astronaut_face.face, landmarks=marks._replace(right_eye=marks.left_eye))
    quality = assess(astronaut_face.crop, face)
    assert quality.verdict is Verdict.UNUSABLE
    assert {"too small", "turned away"} <= set(quality.reasons)


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (2, 2)])
def test_a_crop_of_a_pixel_or_two_is_judged_without_failing(
    astronaut_face: EmbeddedFace, shape: tuple[int, int]
) -> None:
    crop = replace(astronaut_face.crop, pixels=np.full((*shape, 3), 128, np.uint8))
    assert assess(crop, astronaut_face.face).verdict is Verdict.UNUSABLE
