"""MTCNN on photos of every size and kind. For the comparison with the mtcnn package see
test_detection_parity.py."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from face_match.core.types import Box, Face, Photo, Pixels
from face_match.vision.detectors.mtcnn import MAX_IMAGE_PIXELS, MtcnnDetector, MtcnnNetworks
from face_match.vision.graphs import mtcnn
from face_match.vision.models.registry import load_detector
from face_match.vision.onnx.sessions import Network


@pytest.fixture(scope="module")
def detector() -> MtcnnDetector:
    return load_detector()


@pytest.fixture(scope="module")
def networks() -> MtcnnNetworks:
    spec = importlib.util.find_spec("mtcnn")
    assert spec is not None
    assert spec.origin is not None
    weights = Path(spec.origin).parent / "assets" / "weights"
    return MtcnnNetworks(
        Network(mtcnn.p_net(weights / "pnet.lz4")),
        Network(mtcnn.r_net(weights / "rnet.lz4")),
        Network(mtcnn.o_net(weights / "onet.lz4")),
    )


def resized(pixels: Pixels, times: float) -> Pixels:
    height, width = pixels.shape[:2]
    size = (round(width * times), round(height * times))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC))


def eye_distance(face: Face) -> float:
    return float(np.linalg.norm(np.subtract(face.landmarks.left_eye, face.landmarks.right_eye)))


def is_within(box: Box, pixels: Pixels) -> bool:
    height, width = pixels.shape[:2]
    return min(box.x, box.y) >= 0 and box.x + box.width <= width and box.y + box.height <= height


def test_a_face_has_a_box_five_landmarks_and_a_confidence(detector: MtcnnDetector, astronaut: Photo) -> None:
    (face,) = detector.detect(astronaut.pixels)
    assert face.confidence > 0.99
    assert face.box.overlap(Box(180, 64, 85, 115)) > 0.8
    marks = face.landmarks
    assert marks.left_eye.x < marks.nose.x < marks.right_eye.x
    assert marks.left_mouth.x < marks.right_mouth.x
    assert (
        max(marks.left_eye.y, marks.right_eye.y) < marks.nose.y < min(marks.left_mouth.y, marks.right_mouth.y)
    )


@pytest.mark.parametrize(
    "shape", [(0, 0), (0, 40), (1, 1), (11, 11), (12, 12), (13, 500), (1, 500), (2000, 1)]
)
def test_a_tiny_or_empty_image_has_no_face(detector: MtcnnDetector, shape: tuple[int, int]) -> None:
    assert detector.detect(np.full((*shape, 3), 127, np.uint8)) == []


@pytest.mark.parametrize("level", [0, 255])
def test_a_blank_image_has_no_face(detector: MtcnnDetector, level: int) -> None:
    assert detector.detect(np.full((300, 400, 3), level, np.uint8)) == []


@pytest.mark.parametrize("grain_px", [1, 4, 20])
def test_noise_has_no_face(detector: MtcnnDetector, grain_px: int) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (240 // grain_px, 320 // grain_px, 3), np.uint8)
    assert detector.detect(noise.repeat(grain_px, 0).repeat(grain_px, 1)) == []


@pytest.mark.parametrize("min_face_px", [12, 20, 40, 60, 80])
def test_raising_the_smallest_face_still_finds_larger_ones(
    networks: MtcnnNetworks, detector: MtcnnDetector, astronaut: Photo, min_face_px: int
) -> None:
    """The mtcnn package silently finds none."""
    (usual,) = detector.detect(astronaut.pixels)
    (face,) = MtcnnDetector(networks, min_face_px).detect(astronaut.pixels)
    assert face.box.overlap(usual.box) > 0.8


def test_faces_below_the_smallest_size_are_not_found(
    networks: MtcnnNetworks, detector: MtcnnDetector, astronaut: Photo
) -> None:
    small = resized(astronaut.pixels, 0.3)
    assert len(detector.detect(small)) == 1
    assert MtcnnDetector(networks, min_face_px=100).detect(small) == []


def test_a_photo_of_9_megapixels_has_the_same_face_larger(detector: MtcnnDetector, astronaut: Photo) -> None:
    times = 3000 / 512
    large = resized(astronaut.pixels, times)
    assert large.shape[0] * large.shape[1] > 4 * MAX_IMAGE_PIXELS
    (face,), (usual,) = detector.detect(large), detector.detect(astronaut.pixels)
    assert face.box.overlap(Box(*(value * times for value in usual.box))) > 0.85
    apart = np.linalg.norm(np.subtract(face.landmarks, np.multiply(usual.landmarks, times)), axis=1)
    assert apart.mean() < 0.03 * eye_distance(face)
    assert is_within(face.box, large)


@pytest.mark.parametrize("shape", [(12, 30_000), (40, 60_000)])
def test_faces_are_found_in_a_very_long_photo(detector: MtcnnDetector, shape: tuple[int, int]) -> None:
    assert detector.detect(np.full((*shape, 3), 90, np.uint8)) == []


def test_a_face_in_a_corner_of_a_long_photo_is_found(detector: MtcnnDetector, astronaut: Photo) -> None:
    panorama = np.zeros((512, 6000, 3), np.uint8)
    panorama[:, -512:] = astronaut.pixels
    (face,), (usual,) = detector.detect(panorama), detector.detect(astronaut.pixels)
    there = usual.box._replace(x=usual.box.x + 6000 - 512)
    assert face.box.overlap(there) > 0.8


@pytest.mark.parametrize(
    "part_of_photo",
    [np.s_[:, 200:], np.s_[85:], np.s_[:, :245], np.s_[:165], np.s_[70:178, 185:262]],
    ids=["left", "top", "right", "bottom", "all"],
)
def test_a_face_cut_by_an_edge_has_a_box_within_the_photo(
    detector: MtcnnDetector, astronaut: Photo, part_of_photo: Any
) -> None:
    part = astronaut.pixels[part_of_photo]
    faces = detector.detect(part)
    assert faces
    assert all(is_within(face.box, part) for face in faces)


def test_several_faces_come_the_most_prominent_first(detector: MtcnnDetector, astronaut: Photo) -> None:
    photo = np.full((512, 1024, 3), 255, np.uint8)
    photo[100:356, 20:276] = resized(astronaut.pixels, 0.5)
    photo[:, 512:] = astronaut.pixels
    large, small = detector.detect(photo)
    assert large.box.x > 512 > small.box.x
    assert large.box.area * large.confidence > small.box.area * small.confidence


def test_two_copies_of_a_face_are_found_alike(detector: MtcnnDetector, astronaut: Photo) -> None:
    photo = np.concatenate([astronaut.pixels, astronaut.pixels], axis=1)
    left, right = sorted(detector.detect(photo), key=lambda face: face.box.x)
    assert right.box.overlap(left.box._replace(x=left.box.x + 512)) > 0.9


@pytest.mark.parametrize(("times", "degrees"), [(0.75, -60), (1.5, 60), (2.0, -45), (2.5, -75)])
def test_a_tilted_head_is_found_once(
    detector: MtcnnDetector, astronaut: Photo, times: float, degrees: float
) -> None:
    """What remains of it is a face within a face, whose union overlaps too little."""
    tilted = Image.fromarray(astronaut.pixels).rotate(degrees)
    assert len(detector.detect(resized(np.asarray(tilted), times))) == 1


def test_a_view_of_an_array_is_like_its_copy(detector: MtcnnDetector, astronaut: Photo) -> None:
    mirrored = astronaut.pixels[:, ::-1]
    assert detector.detect(mirrored) == detector.detect(np.ascontiguousarray(mirrored))


def test_the_photo_is_left_as_it_was(detector: MtcnnDetector, astronaut: Photo) -> None:
    pixels = astronaut.pixels.copy()
    pixels.flags.writeable = False
    assert len(detector.detect(pixels)) == 1
    assert np.array_equal(pixels, astronaut.pixels)
