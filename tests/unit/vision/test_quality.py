"""Face quality: a good face that is degraded in one way gets that way as its reason."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from benchmarks.degraded import KINDS, Portrait, degraded, portrait
from benchmarks.missed import DISCARDED, error_versus_discard, missed
from benchmarks.probes import probes_of
from face_match.core.types import (
    Crop,
    EmbeddedFace,
    Face,
    FaceQuality,
    Landmarks,
    Photo,
    Pixels,
    Point,
    Verdict,
)
from face_match.vision.alignment import extract_crop
from face_match.vision.photo_loading import load_photo, photo_from_pixels
from face_match.vision.pipeline import FacePipeline
from face_match.vision.quality import LIMITS, Limit, Measures, assess, judge_measures, measure_face


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
    return photo_from_pixels(np.asarray(image), photo.name)


@pytest.fixture(scope="module", params=["astronaut_file", "hopper_file"])
def sitter(request: pytest.FixtureRequest, pipeline: FacePipeline) -> Portrait:
    photo = load_photo(request.getfixturevalue(request.param))
    (face,) = pipeline.detect(photo)
    return portrait(photo, face)


def steps_of(kind: str, sitter: Portrait, seed: int = 1) -> list[tuple[Pixels, Face]]:
    """The photo as it is, then as it gets worse, each with where the face is in it."""
    steps = [(pixels, sitter.face.scaled(scale)) for _, _, pixels, scale in degraded(sitter, seed, [kind])]
    return [(sitter.pixels, sitter.face), *steps]


@pytest.mark.parametrize(
    ("measure", "kind"),
    [
        ("sharpness", "blurred"),
        ("eyes_px", "small"),
        ("brightness", "dark"),
        ("overexposed", "bright"),
        ("contrast", "flat"),
        ("features", "half covered"),
    ],
)
def test_a_measure_gets_worse_with_every_step(sitter: Portrait, measure: str, kind: str) -> None:
    steps = steps_of(kind, sitter)
    values = [getattr(measure_face(extract_crop(pixels, face), face), measure) for pixels, face in steps]
    if measure == "overexposed":
        values = [-value for value in values]
    if kind == "half covered":  # the first step is beside the eyes
        values = values[1:]
    assert len(values) >= 4
    assert all(worse < better for better, worse in itertools.pairwise(values))


@pytest.mark.parametrize("measure", ["length", "nose_aside"])
def test_the_further_a_head_is_turned_the_more_its_landmarks_tell(
    sitter: Portrait, pipeline: FacePipeline, measure: str
) -> None:
    values = [getattr(value, measure) for value in as_found("turned", sitter, pipeline)]
    assert len(values) == 4
    if measure == "length":  # at 15 degrees the eyes draw nearer by 3 %, which the landmarks do not resolve
        values = values[1:]
    assert all(worse > better for better, worse in itertools.pairwise(values))


def test_the_nose_of_a_head_tilted_up_is_nearer_to_the_eyes(sitter: Portrait, pipeline: FacePipeline) -> None:
    values = [value.nose_height for value in as_found("tilted", sitter, pipeline)]
    assert len(values) == 4
    assert all(further < before for before, further in itertools.pairwise(values))


def as_found(kind: str, sitter: Portrait, pipeline: FacePipeline) -> list[Measures]:
    """What is measured of the face as it is found at 0 to 3 steps."""
    found = []
    for pixels, where in steps_of(kind, sitter)[:4]:
        faces = pipeline.detect(photo_from_pixels(pixels, kind))
        face = max(faces, key=lambda face: face.box.overlap(where.box))
        found.append(measure_face(extract_crop(pixels, face), face))
    return found


@pytest.mark.parametrize("kind", ["eyes covered", "mouth covered", "half covered"])
def test_a_covered_face_is_called_covered(sitter: Portrait, kind: str) -> None:
    reasons = [assess(extract_crop(pixels, face), face).reasons for pixels, face in steps_of(kind, sitter)]
    assert "partly covered" not in reasons[0]
    assert "partly covered" in reasons[3]


def test_a_blurred_face_is_not_called_covered_as_well(sitter: Portrait) -> None:
    reasons = [
        assess(extract_crop(pixels, face), face).reasons for pixels, face in steps_of("blurred", sitter)
    ]
    assert "blurred" in reasons[-1]
    assert "partly covered" not in set().union(*reasons)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: f"{limit.measure}, {limit.reason}")
def test_the_better_a_measure_the_better_the_score(limit: Limit) -> None:
    reach = 2 * (limit.best - limit.unusable)
    values = np.linspace(limit.best - reach, limit.best + reach / 4, 200)
    parts = [limit.score_factor(value) for value in values]
    assert parts == sorted(parts)
    assert parts[0] == 0.0
    assert parts[-1] == 1.0
    assert limit.score_factor(limit.unusable) == pytest.approx(0.5)
    assert limit.score_factor(limit.poor) == pytest.approx(0.85)


def test_the_verdict_is_that_of_the_worst_measure() -> None:
    best = Measures(*({limit.measure: limit.best for limit in LIMITS} | {"nose_height": 0.54}).values())
    assert judge_measures(best) == FaceQuality(Verdict.GOOD, 1.0, ())
    poor = judge_measures(best._replace(eyes_px=12.0))
    assert (poor.verdict, poor.reasons) == (Verdict.POOR, ("too small",))
    both = judge_measures(best._replace(eyes_px=12.0, sharpness=0.01))
    assert (both.verdict, both.reasons) == (Verdict.UNUSABLE, ("too small", "blurred"))
    assert both.score < poor.score < 0.85


def test_without_the_worst_tenth_a_third_fewer_faces_are_missed(
    shared_faces: Path, pipeline: FacePipeline
) -> None:
    """On people that no limit was set by."""
    kinds = ["blurred", "turned", "half covered"]
    probes = probes_of([shared_faces / "orl20"], pipeline, kinds, photos_of_each=4, degraded_of_each=1)
    held_out = missed(probes.every_second_person(1))
    scores = np.array([quality.score for quality in held_out.qualities])
    curve = dict(zip(DISCARDED, error_versus_discard(held_out, scores), strict=True))
    assert 0.03 < curve[0.0] < 0.3
    assert curve[0.1] < 2 / 3 * curve[0.0]
    assert max(curve[0.2], curve[0.3]) < curve[0.1]


def test_people_who_smile_into_the_camera_are_usable(shared_faces: Path, pipeline: FacePipeline) -> None:
    """A smile raises the mouth towards the nose, as a raised chin does."""
    faces = pipeline.faces(load_photo(shared_faces / "groups" / "multiface.jpg"))
    assert len(faces) == 6
    assert all(face.quality.verdict is not Verdict.UNUSABLE for face in faces)
    assert sum("tilted up or down" in face.quality.reasons for face in faces) <= 1


def test_every_kind_of_degradation_makes_a_photo_worse_than_the_one_before(sitter: Portrait) -> None:
    for kind in KINDS:
        off = [
            float(np.abs(pixels.astype(float) - sitter.pixels).mean())
            for pixels, face in steps_of(kind, sitter)
            if pixels.shape == sitter.pixels.shape
        ]
        assert off == sorted(set(off)), kind
        assert kind == "small" or len(off) > 4, kind


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
    quality = assess(changed(astronaut_face, astronaut_face.crop.pixels * 0.06), astronaut_face.face)
    assert "too dark" in quality.reasons
    assert quality.verdict is not Verdict.GOOD


def test_a_bright_face_is_called_bright(astronaut_face: EmbeddedFace) -> None:
    quality = assess(changed(astronaut_face, astronaut_face.crop.pixels * 0.3 + 220.0), astronaut_face.face)
    assert "too bright" in quality.reasons
    assert quality.verdict is not Verdict.GOOD


def test_a_face_without_contrast_is_called_so(astronaut_face: EmbeddedFace) -> None:
    quality = assess(changed(astronaut_face, astronaut_face.crop.pixels * 0.1 + 110.0), astronaut_face.face)
    assert quality.reasons == ("low in contrast",)
    assert quality.verdict is Verdict.POOR


def test_a_small_face_is_called_small(astronaut: Photo, pipeline: FacePipeline) -> None:
    small = Image.fromarray(astronaut.pixels).resize((135, 135), Image.Resampling.LANCZOS)
    (face,) = pipeline.faces(photo_from_pixels(np.asarray(small), "small"))
    assert face.quality.reasons == ("too small",)
    assert face.quality.verdict is Verdict.POOR


def test_a_face_turned_aside_is_called_turned(astronaut_face: EmbeddedFace) -> None:
    for part in (0.12, 0.88):
        quality = assess(astronaut_face.crop, with_nose_at(astronaut_face.face, part))
        assert quality.reasons == ("turned away",)
        assert quality.verdict is Verdict.POOR


def test_a_head_on_its_side_is_not_turned_away(astronaut: Photo, pipeline: FacePipeline) -> None:
    """Turned in the plane of the photo, a face is as recognisable as upright."""
    tilted = Image.fromarray(astronaut.pixels).rotate(25, Image.Resampling.BILINEAR)
    (face,) = pipeline.faces(photo_from_pixels(np.asarray(tilted), "tilted"))
    assert "turned away" not in face.quality.reasons


def test_a_face_that_the_detector_is_unsure_of_is_hard_to_make_out(astronaut_face: EmbeddedFace) -> None:
    quality = assess(astronaut_face.crop, replace(astronaut_face.face, confidence=0.85))
    assert quality.reasons == ("unclear",)
    assert quality.verdict is Verdict.POOR


def test_a_face_of_a_few_pixels_is_unusable(astronaut: Photo, astronaut_face: EmbeddedFace) -> None:
    small = Image.fromarray(astronaut.pixels).resize((64, 64), Image.Resampling.LANCZOS)
    box = type(astronaut_face.face.box)(*(value / 8 for value in astronaut_face.face.box))
    marks = Landmarks.of([(x / 8, y / 8) for x, y in astronaut_face.face.landmarks])
    face = Face(box, marks, 0.999)
    quality = assess(extract_crop(np.asarray(small), face), face)
    assert quality.verdict is Verdict.UNUSABLE
    assert quality.score == 0.0


@pytest.mark.parametrize("level", [0, 255])
def test_a_crop_of_one_colour_is_unusable(astronaut_face: EmbeddedFace, level: int) -> None:
    crop = changed(astronaut_face, np.full_like(astronaut_face.crop.pixels, level))
    quality = assess(crop, astronaut_face.face)
    assert quality.verdict is Verdict.UNUSABLE
    assert {"blurred", "low in contrast", "too dark" if level == 0 else "too bright"} <= set(quality.reasons)


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
