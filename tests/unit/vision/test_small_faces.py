"""The smallest faces found in photos of every size, with and without the search for small faces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from face_match.core.types import Box, Face, Pixels
from face_match.vision.detectors.mtcnn import MIN_FACE_PX, MtcnnDetector
from face_match.vision.models.registry import load_detector
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from tests.portraits import make_photos, portraits

PAGE = Path(__file__).parents[3] / "docs" / "performance.md"
SIZES = {1.1: (1284, 856), 2.0: (1732, 1155), 4.0: (2450, 1632), 14.0: (4583, 3055)}
"""Photos of so many megapixels."""


@pytest.fixture(scope="module")
def usual() -> MtcnnDetector:
    return load_detector()


@pytest.fixture(scope="module")
def thorough() -> MtcnnDetector:
    return load_detector(small_faces=True)


@pytest.fixture(params=["usual", "thorough"])
def detector(request: pytest.FixtureRequest) -> MtcnnDetector:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def faces(usual: MtcnnDetector, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Pixels, Box]]:
    """Photos of 250 × 250 pixels with one face each."""
    folder = tmp_path_factory.mktemp("portraits")
    files = [
        file
        for person, name in zip(portraits(), "EG", strict=True)
        for file in make_photos(person, 10, folder, name)
    ]
    photos = [load_photo(file).pixels for file in files]
    found = [(pixels, usual.detect(pixels)) for pixels in photos]
    return [(pixels, faces[0].box) for pixels, faces in found if len(faces) == 1]


def wall(faces: list[tuple[Pixels, Box]], size: tuple[int, int], face_px: float) -> tuple[Pixels, list[Box]]:
    """The faces side by side on grey, each scaled so that the longer side of its face is as asked."""
    width, height = size
    photo = Image.new("RGB", size, "grey")
    boxes = []
    places: Iterator[tuple[int, int]] = (
        (x, y) for y in range(0, height, height // 4) for x in range(0, width - width // 5 + 1, width // 5)
    )
    for (pixels, box), (x, y) in zip(faces, places, strict=False):
        times = face_px / box.longer_side
        side = round(pixels.shape[0] * times)
        small = Image.fromarray(pixels).resize((side, side), Image.Resampling.LANCZOS)
        photo.paste(small.crop((0, 0, width // 5, height // 4)), (x, y))
        boxes.append(Box(x + box.x * times, y + box.y * times, box.width * times, box.height * times))
    return np.asarray(photo), boxes


def part_found(faces: list[Face], boxes: list[Box]) -> float:
    return sum(any(face.box.overlap(box) > 0.5 for face in faces) for box in boxes) / len(boxes)


@pytest.mark.parametrize("times", [1.0, 1.25])
@pytest.mark.parametrize("megapixels", SIZES)
def test_faces_of_the_smallest_size_and_above_are_found(
    detector: MtcnnDetector, faces: list[tuple[Pixels, Box]], megapixels: float, times: float
) -> None:
    """All 18 of them when this was written."""
    smallest_px = detector.smallest_face_px(*SIZES[megapixels])
    photo, boxes = wall(faces, SIZES[megapixels], times * smallest_px)
    assert len(boxes) >= 15
    assert part_found(detector.detect(photo), boxes) >= 0.9


@pytest.mark.parametrize("megapixels", SIZES)
def test_faces_of_half_the_smallest_size_are_seldom_found(
    detector: MtcnnDetector, faces: list[tuple[Pixels, Box]], megapixels: float
) -> None:
    smallest_px = detector.smallest_face_px(*SIZES[megapixels])
    photo, boxes = wall(faces, SIZES[megapixels], 0.5 * smallest_px)
    assert part_found(detector.detect(photo), boxes) <= 0.5


def test_small_photos_are_searched_the_same_with_and_without_small_faces(
    usual: MtcnnDetector, thorough: MtcnnDetector
) -> None:
    assert usual.smallest_face_px(600, 500) == thorough.smallest_face_px(600, 500) == MIN_FACE_PX


def test_the_page_on_performance_says_how_small_faces_may_be(
    usual: MtcnnDetector, thorough: MtcnnDetector
) -> None:
    rows = re.findall(r"^\| ([\d.]+) \| (\d+) \| (\d+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    said = {float(megapixels): (int(one), int(other)) for megapixels, one, other in rows}
    expected = {
        megapixels: tuple(round(detector.smallest_face_px(*size)) for detector in (usual, thorough))
        for megapixels, size in SIZES.items()
    }
    assert said == expected


def test_a_small_face_in_a_large_jpeg_is_found_where_it_was_asked_for(
    astronaut_file: Path, tmp_path: Path
) -> None:
    wide = Image.new("RGB", (4000, 3000), "seagreen")
    with Image.open(astronaut_file) as image:
        wide.paste(image.convert("RGB").resize((200, 200), Image.Resampling.LANCZOS), (2500, 1200))
    wide.save(tmp_path / "far.jpg", quality=95)
    photo = load_photo(tmp_path / "far.jpg")
    assert FacePipeline.load("dlib").detect(photo) == []
    (face,) = FacePipeline.load("dlib", small_faces=True).detect(photo)
    assert face.box.overlap(Box(2570, 1225, 33, 45)) > 0.6
