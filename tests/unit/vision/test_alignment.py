"""Alignment: from a face in a photo to the pixels that a model was trained on."""

from __future__ import annotations

import io
import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import Image

from face_match.core.types import Box, Crop, EmbeddedFace, Face, Landmarks, Photo, Pixels
from face_match.vision.alignment import (
    LANDMARK_WEIGHTS,
    MAX_FACE_PX,
    align_face,
    extract_crop,
    face_of_crop,
    resize_face,
    rotate_upright,
    similarity_transform,
)
from face_match.vision.embedders import DLIB_TEMPLATE
from face_match.vision.pipeline import FacePipeline

Points = npt.NDArray[np.float64]

TEMPLATE: Points = np.array(DLIB_TEMPLATE)
SIZE_PX = 150
coordinates = st.floats(-1000, 1000)
angles = st.floats(-math.pi, math.pi)
five_points = st.lists(st.tuples(coordinates, coordinates), min_size=5, max_size=5).map(np.array)


def turned(points: Points, angle: float, scale: float = 1.0) -> Points:
    c, s = math.cos(angle), math.sin(angle)
    return points @ np.array([[c, s], [-s, c]]) * scale


def mapped(matrix: Points, points: Points) -> Points:
    return points @ matrix[:, :2].T + matrix[:, 2]


def placed(middle: tuple[float, float], eye_distance: float, angle: float = 0.0) -> Face:
    """A face with the template's landmarks, turned, and a box around them."""
    scale = eye_distance / (TEMPLATE[1, 0] - TEMPLATE[0, 0])
    points = turned(TEMPLATE - TEMPLATE.mean(axis=0), angle, scale) + middle
    reach = 1.2 * eye_distance
    box = Box(middle[0] - reach, middle[1] - reach, 2 * reach, 2 * reach)
    return Face(box, Landmarks.of(points.tolist()), 1.0)


def with_spots(points: Points, width: int, height: int, radius: float) -> Pixels:
    """Black, with a spot of light around each point; the middle of pixel 0 is at 0.5."""
    across = np.exp(-((np.arange(width) + 0.5 - points[:, :1]) ** 2) / (2 * radius**2))
    down = np.exp(-((np.arange(height) + 0.5 - points[:, 1:]) ** 2) / (2 * radius**2))
    light = np.clip(255 * down.T @ across, 0, 255).astype(np.uint8)
    return np.dstack([light] * 3)


def middles_of_light(pixels: Pixels, near: Points, reach: float) -> Points:
    """The centres of gravity of the light around points."""
    rows, columns = np.mgrid[: pixels.shape[0], : pixels.shape[1]] + 0.5
    middles = []
    for x, y in near:
        light = pixels[:, :, 0] * (np.hypot(columns - x, rows - y) < reach)
        middles.append(((light * columns).sum() / light.sum(), (light * rows).sum() / light.sum()))
    return np.array(middles)


@given(angles, st.floats(0.01, 100), coordinates, coordinates)
def test_a_turn_a_scale_and_a_shift_are_recovered(angle: float, scale: float, x: float, y: float) -> None:
    onto = turned(TEMPLATE, angle, scale) + np.array((x, y))
    matrix = similarity_transform(TEMPLATE, onto, LANDMARK_WEIGHTS)
    c, s = scale * math.cos(angle), scale * math.sin(angle)
    assert matrix[:, :2] == pytest.approx(np.array([[c, -s], [s, c]]), abs=1e-9 * max(1, scale))
    assert mapped(matrix, TEMPLATE) == pytest.approx(onto, abs=1e-7 * max(1, scale))


@given(five_points)
def test_no_points_are_ever_mirrored_or_sheared(points: Points) -> None:
    (a, b, _), (c, d, _) = similarity_transform(points, TEMPLATE, LANDMARK_WEIGHTS)
    assert a * d - b * c >= 0
    assert (a, b) == pytest.approx((d, -c))


def test_mirrored_points_are_not_answered_with_a_mirror() -> None:
    matrix = similarity_transform(TEMPLATE * (-1, 1), TEMPLATE, LANDMARK_WEIGHTS)
    assert np.linalg.det(matrix[:, :2]) >= 0


@given(five_points, angles)
def test_no_other_turn_scale_or_shift_is_nearer_to_the_template(points: Points, angle: float) -> None:
    assume(np.ptp(points, axis=0).max() > 1)
    weights = np.array(LANDMARK_WEIGHTS)

    def cost(answer: Points) -> float:
        return float(weights @ ((answer - TEMPLATE) ** 2).sum(axis=1))

    best = mapped(similarity_transform(points, TEMPLATE, LANDMARK_WEIGHTS), points)
    middle = weights @ best / weights.sum()
    others = (
        turned(best - middle, angle) + middle,
        best + 0.1,
        (best - middle) * 1.01 + middle,
        (best - middle) * 0.99 + middle,
    )
    assert all(cost(other) >= cost(best) - 1e-6 for other in others)


def test_points_that_coincide_are_no_division_by_zero() -> None:
    assert np.isfinite(similarity_transform([(3, 4)] * 5, TEMPLATE, LANDMARK_WEIGHTS)).all()


@given(st.floats(-100, 790), st.floats(-100, 590), st.floats(1, 900), st.floats(0.5, 2.0))
def test_a_crop_is_never_larger_than_is_allowed(x: float, y: float, width: float, ratio: float) -> None:
    box = Box(x, y, width, width * ratio)
    assume(x + box.width > 1 and y + box.height > 1)
    face = replace(placed((x + box.width / 2, y + box.height / 2), width / 2), box=box)
    crop = extract_crop(np.zeros((600, 800, 3), np.uint8), face)
    rows, columns = crop.pixels.shape[:2]
    assert 1 <= rows <= min(600, 2 * MAX_FACE_PX + 2)
    assert 1 <= columns <= min(800, 2 * MAX_FACE_PX + 2)
    assert crop.pixels.flags.c_contiguous
    limit = min(box.longer_side, MAX_FACE_PX)
    assert crop.box.longer_side <= limit * (1 + 1 / min(rows, columns))


@pytest.mark.parametrize("angle", [0.0, 0.6, -2.0])
@pytest.mark.parametrize("eye_distance", [20.0, 110.0, 160.0, 260.0])
@pytest.mark.parametrize(
    "middle", [(500.3, 450.7), (120.5, 90.0), (930.0, 840.2)], ids=["mid", "near", "far"]
)
def test_landmarks_in_a_crop_are_where_the_photo_shows_them(
    middle: tuple[float, float], eye_distance: float, angle: float
) -> None:
    face = placed(middle, eye_distance, angle)
    landmarks = np.array(face.landmarks)
    reach = eye_distance / 5
    inside = ((landmarks > reach) & (landmarks < (1000 - reach, 900 - reach))).all(axis=1)
    crop = extract_crop(with_spots(landmarks, 1000, 900, radius=eye_distance / 20), face)
    here = np.array(crop.landmarks)[inside]
    scale = crop.box.width / face.box.width
    found = middles_of_light(crop.pixels, here, reach=scale * reach)
    assert inside.sum() >= 1
    assert np.abs(found - here).max() / scale <= 0.5


@pytest.mark.parametrize("middle", [(0, 300), (800, 300), (400, 0), (400, 600), (0, 0), (800, 600)])
def test_a_face_at_an_edge_is_cut_as_far_as_the_photo_reaches(middle: tuple[int, int]) -> None:
    photo = np.full((600, 800, 3), 200, np.uint8)
    face = placed(middle, 60)
    crop = extract_crop(photo, face)
    reach = 1.2 * 60 + 0.5 * face.box.longer_side
    assert crop.pixels.shape[1] == round(reach if middle[0] in (0, 800) else 2 * reach)
    assert crop.pixels.shape[0] == round(reach if middle[1] in (0, 600) else 2 * reach)
    assert (crop.pixels == 200).all()
    corner = align_face(crop, TEMPLATE.tolist(), SIZE_PX)[
        -1 if middle[1] == 600 else 0, -1 if middle[0] == 800 else 0
    ]
    assert corner.tolist() == [0, 0, 0]
    assert resize_face(crop, 0.125, 160).shape == (160, 160, 3)


@pytest.mark.parametrize("angle", [0.0, 0.4, -1.5, math.pi])
@pytest.mark.parametrize("eye_distance", [25.0, 58.0, 140.0, 200.0])
def test_landmarks_fall_on_the_template(eye_distance: float, angle: float) -> None:
    face = placed((250, 250), eye_distance, angle)
    landmarks = np.array(face.landmarks)
    crop = Crop(with_spots(landmarks, 500, 500, radius=eye_distance / 20), face.box, face.landmarks)
    result = align_face(crop, TEMPLATE.tolist(), SIZE_PX)
    assert result.shape == (SIZE_PX, SIZE_PX, 3)
    assert np.abs(middles_of_light(result, TEMPLATE, reach=12) - TEMPLATE).max() <= 0.5


def test_scaling_down_averages_rather_than_skips_pixels() -> None:
    noise = np.random.default_rng(2).integers(0, 256, (500, 500, 3), np.uint8)  # deviates by 74
    face = placed((250, 250), 58 * 3)
    result = align_face(Crop(noise, face.box, face.landmarks), TEMPLATE.tolist(), SIZE_PX)
    assert result.std() < 25  # the mean of nine pixels; bilinear sampling alone leaves 37


@pytest.mark.parametrize("margin", [0.0, 0.125, 0.3])
def test_a_box_is_stretched_to_a_square_with_its_margin(margin: float) -> None:
    box = Box(100, 120, 80, 160)
    corners = np.array([(100, 120), (180, 120), (140, 200), (100, 280), (180, 280)])
    face = placed((140, 200), 40)
    result = resize_face(Crop(with_spots(corners, 300, 400, radius=4), box, face.landmarks), margin, 160)
    expected = (corners - (100, 120)) / (80, 160) * 160 / (1 + 2 * margin) + 160 * margin / (1 + 2 * margin)
    within = ((expected > 15) & (expected < 145)).all(axis=1)
    found = middles_of_light(result, expected[within], reach=14)
    assert result.shape == (160, 160, 3)
    assert np.abs(found - expected[within]).max() <= 0.5


@pytest.mark.parametrize("box", [Box(-40, -40, 90, 90), Box(60, 60, 500, 500), Box(400, 400, 50, 50)])
def test_a_box_beyond_its_crop_is_still_stretched(box: Box) -> None:
    crop = Crop(np.full((100, 100, 3), 90, np.uint8), box, placed((50, 50), 30).landmarks)
    assert (resize_face(crop, 0.125, 160) == 90).all()


def test_a_crop_stored_as_png_gives_the_same_embedding_to_the_last_bit(
    astronaut_face: EmbeddedFace, pipeline: FacePipeline
) -> None:
    buffer = io.BytesIO()
    Image.fromarray(astronaut_face.crop.pixels).save(buffer, "PNG")
    with Image.open(buffer) as kept:
        crop = replace(astronaut_face.crop, pixels=np.asarray(kept))
    assert pipeline.embed_crop(crop).tobytes() == astronaut_face.embedding.tobytes()


@pytest.mark.parametrize("scale", [1, 3])
@pytest.mark.parametrize("middle", [(300.0, 240.0), (20.0, 30.0), (590.0, 410.0)])
@pytest.mark.parametrize("degrees", [0, 30, 80, 100, 170, 190, 265, 340])
def test_the_face_of_a_crop_is_the_one_it_was_taken_of(
    astronaut: Photo, degrees: int, middle: tuple[float, float], scale: int
) -> None:
    """Also where the crop was rotated since, and at the photo's edges."""
    whole = np.asarray(Image.fromarray(astronaut.pixels).resize((600 * scale, 420 * scale)))
    small = np.asarray(Image.fromarray(whole).resize((600, 420)))
    photo = Photo(small, 600 * scale, 420 * scale, "", "", lambda: whole)
    face = placed((middle[0] * scale, middle[1] * scale), 40.0 * scale, math.radians(degrees))
    crop = rotate_upright(extract_crop(whole, face))
    found = face_of_crop(crop, face.box, photo, 0.7)
    assert found is not None
    assert (found.box, found.confidence) == (face.box, 0.7)
    assert np.allclose(found.landmarks, face.landmarks, atol=1e-6 * scale)


@pytest.mark.parametrize("box", [Box(10, 10, 1e-300, 1e-300), Box(10, 10, 90, 30), Box(10, 10, 0.1, 50)])
def test_a_box_of_another_shape_is_no_face_of_that_place(astronaut: Photo, box: Box) -> None:
    crop = extract_crop(astronaut.pixels, placed((200.0, 200.0), 40.0))
    assert face_of_crop(replace(crop, box=box), Box(150, 150, 96, 96), astronaut) is None
