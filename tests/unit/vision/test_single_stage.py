"""Single-stage detectors: the decoding of their outputs, by hand, against OpenCV, and on real photos."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from face_match.core.model_families import SCRFD, YUNET
from face_match.core.types import Photo, Pixels
from face_match.vision.detectors.single_stage import (
    YUNET_OUTPUTS,
    Detections,
    SingleStageDetector,
    decode_scrfd,
    decode_yunet,
    plausible_detections,
)
from face_match.vision.onnx.input_format import InputFormat
from face_match.vision.onnx.sessions import Network
from tests.made_models import scrfd_of

SIDE = 64
POINTS = np.array([[1, 2], [3, 2], [2, 3], [1, 4], [3, 4]], np.float32)


@pytest.fixture(scope="session")
def yunet(yunet_file: Path) -> SingleStageDetector:
    return SingleStageDetector(Network(yunet_file), YUNET, InputFormat("raw", "bgr"), None)


@pytest.fixture(scope="session")
def scrfd(yunet_file: Path, tmp_path_factory: pytest.TempPathFactory) -> SingleStageDetector:
    file = scrfd_of(yunet_file, tmp_path_factory.mktemp("made") / "scrfd.onnx")
    return SingleStageDetector(Network(file), SCRFD, InputFormat("signed-128", "rgb"), None)


@pytest.fixture
def group(shared_faces: Path) -> Pixels:
    with Image.open(shared_faces / "groups" / "bbt3.jpg") as image:
        return np.asarray(image.convert("RGB"))


def scrfd_outputs(anchors: int) -> list[np.ndarray]:
    """Nothing found, for a picture of 64 × 64."""
    counts = [anchors * (SIDE // stride) ** 2 for stride in (8, 16, 32)]
    return [np.zeros((count, width), np.float32) for width in (1, 4, 10) for count in counts]


@pytest.mark.parametrize("anchors", [1, 2])
@pytest.mark.parametrize(("level", "stride"), [(0, 8), (1, 16), (2, 32)])
def test_a_box_of_scrfd_goes_from_the_corner_of_its_cell_in_strides(
    anchors: int, level: int, stride: int
) -> None:
    outputs = scrfd_outputs(anchors)
    columns = SIDE // stride
    row, column = columns - 1, columns // 2
    place = anchors * (row * columns + column) + anchors - 1
    outputs[level][place] = 0.75
    outputs[level + 3][place] = (0.5, 1, 1.5, 2)
    outputs[level + 6][place] = POINTS.ravel()
    found = decode_scrfd(outputs, SIDE, SIDE, 0.5)
    x, y = column * stride, row * stride
    assert found.scores.tolist() == [0.75]
    assert found.boxes[0].tolist() == [x - 0.5 * stride, y - stride, x + 1.5 * stride, y + 2 * stride]
    assert found.landmarks[0] == pytest.approx(POINTS * stride + (x, y))


def test_retinaface_of_five_strides_is_read_as_well() -> None:
    side = 256
    counts = [(side // stride) ** 2 for stride in (8, 16, 32, 64, 128)]
    outputs = [np.zeros((count, width), np.float32) for width in (1, 4, 10) for count in counts]
    outputs[4][3], outputs[9][3] = 0.9, (1, 1, 0, 0)
    assert decode_scrfd(outputs, side, side, 0.5).boxes.tolist() == [[0, 0, 128, 128]]


def test_a_box_of_yunet_is_a_centre_and_the_logarithms_of_its_sides() -> None:
    widths = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}
    outputs = {
        name: np.zeros((1, (SIDE // int(name.split("_")[1])) ** 2, widths[name.split("_")[0]]), np.float32)
        for name in YUNET_OUTPUTS
    }
    place = 2 * (SIDE // 16) + 1  # row 2, column 1
    outputs["cls_16"][0, place], outputs["obj_16"][0, place] = 0.81, 0.64
    outputs["bbox_16"][0, place] = (0.5, 0.25, np.log(2), np.log(4))
    outputs["kps_16"][0, place] = POINTS.ravel()
    found = decode_yunet([outputs[name] for name in YUNET_OUTPUTS], SIDE, SIDE, 0.7)
    assert found.scores == pytest.approx([0.72])
    assert found.boxes[0] == pytest.approx([24 - 16, 36 - 32, 24 + 16, 36 + 32])
    assert found.landmarks[0] == pytest.approx(np.add(POINTS, (1, 2)) * 16)


def test_detections_that_are_not_finite_are_dropped_and_the_others_sorted_by_score() -> None:
    boxes = np.array([[0, 0, 10, 10], [0, 0, np.nan, 10], [0, 0, 10, 10], [20, 0, 30, 10]], np.float32)
    scores = np.array([0.8, 0.99, np.inf, 0.9], np.float32)
    landmarks = np.array([[[2, 2], [8, 2], [5, 5], [3, 8], [7, 8]]] * 4, np.float32)
    landmarks[3, :, 0] += 20
    found = plausible_detections(Detections(boxes, scores, landmarks), 100)
    assert found.scores.tolist() == pytest.approx([0.9, 0.8])
    assert found.boxes[:, 0].tolist() == [20, 0]


def test_a_huge_logarithm_of_a_side_gives_a_finite_box_without_a_warning() -> None:
    outputs = [
        np.full((1, (SIDE // stride) ** 2, width), 200.0, np.float32)
        for width in (1, 1, 4, 10)
        for stride in (8, 16, 32)
    ]
    found = decode_yunet(outputs, SIDE, SIDE, 0.5)
    assert np.isfinite(found.boxes).all()


def test_yunet_finds_what_opencv_finds_with_it(
    yunet: SingleStageDetector, yunet_file: Path, shared_faces: Path
) -> None:
    cv2 = pytest.importorskip("cv2")
    for name in ("bbt3.jpg", "bbt4.jpg"):
        with Image.open(shared_faces / "groups" / name) as image:
            image.thumbnail((640, 640))  # what is larger is scaled down here, and not there
            pixels = np.asarray(image.convert("RGB"))
        theirs = cv2.FaceDetectorYN.create(str(yunet_file), "", pixels.shape[1::-1], 0.7, 0.3)
        rows = theirs.detect(np.ascontiguousarray(pixels[..., ::-1]))[1]
        ours = yunet.detect(pixels)
        assert len(ours) == len(rows) >= 5
        for row in rows:
            x, y, width, height = row[:4]
            nearest = min(ours, key=lambda face: abs(face.box.x - x) + abs(face.box.y - y))
            assert list(nearest.box) == pytest.approx([x, y, width, height], abs=0.1)
            assert np.ravel(nearest.landmarks) == pytest.approx(row[4:14], abs=0.1)
            assert nearest.confidence == pytest.approx(row[14], abs=1e-3)


def test_scrfd_that_is_yunet_in_disguise_finds_the_same_faces(
    yunet: SingleStageDetector, scrfd: SingleStageDetector, group: Pixels
) -> None:
    ours, theirs = scrfd.detect(group), yunet.detect(group)
    assert len(ours) == len(theirs) == 5
    for one, other in zip(ours, theirs, strict=True):
        assert list(one.box) == pytest.approx(list(other.box), abs=0.05)
        assert np.ravel(one.landmarks) == pytest.approx(np.ravel(other.landmarks), abs=0.05)
        assert one.confidence == pytest.approx(other.confidence, abs=1e-3)


def test_the_left_eye_is_at_the_images_left_and_the_mouth_below(
    yunet: SingleStageDetector, astronaut: Photo
) -> None:
    (face,) = yunet.detect(astronaut.pixels)
    marks = face.landmarks
    assert marks.left_eye.x < marks.nose.x < marks.right_eye.x
    assert marks.left_mouth.x < marks.right_mouth.x
    assert marks.left_eye.y < marks.nose.y < marks.left_mouth.y


@pytest.mark.parametrize("factor", [0.5, 2.0, 4.3])
def test_faces_of_a_photo_of_any_size_are_in_its_own_pixels(
    yunet: SingleStageDetector, astronaut: Photo, factor: float
) -> None:
    image = Image.fromarray(astronaut.pixels)
    scaled = np.asarray(image.resize((round(512 * factor), round(512 * factor)), Image.Resampling.BICUBIC))
    (there,), (here,) = yunet.detect(astronaut.pixels), yunet.detect(scaled)
    assert here.box.overlap(there.scaled(factor).box) > 0.8


def test_a_network_of_one_size_takes_photos_of_every_shape(
    yunet_file: Path, tmp_path: Path, astronaut: Photo
) -> None:
    detector = SingleStageDetector(Network(yunet_file), YUNET, InputFormat("raw", "bgr"), (320, 320))
    tall = np.zeros((1500, 512, 3), np.uint8)
    tall[900:1412] = astronaut.pixels
    for pixels, top in ((astronaut.pixels, 0), (tall, 900), (np.ascontiguousarray(tall[850:]), 50)):
        (face,) = detector.detect(pixels)
        assert 170 < face.box.x < 250
        assert top + 40 < face.box.y < top + 100


@pytest.mark.parametrize("shape", [(0, 0, 3), (0, 9, 3), (1, 1, 3), (3, 2000, 3)])
def test_a_photo_too_small_for_a_face_has_none(yunet: SingleStageDetector, shape: tuple[int, ...]) -> None:
    assert yunet.detect(np.full(shape, 127, np.uint8)) == []


def test_a_box_ends_where_the_photo_ends(yunet: SingleStageDetector, astronaut: Photo) -> None:
    cut = np.ascontiguousarray(astronaut.pixels[110:, 200:])
    (face,) = yunet.detect(cut)
    assert face.box.x >= 0
    assert face.box.y >= 0
    assert face.box.x + face.box.width <= cut.shape[1]
    assert face.box.y + face.box.height <= cut.shape[0]


def test_small_faces_are_found_in_a_large_photo_where_they_are_asked_for(
    yunet_file: Path, yunet: SingleStageDetector, astronaut: Photo
) -> None:
    small = np.asarray(Image.fromarray(astronaut.pixels).resize((90, 90), Image.Resampling.BICUBIC))
    pixels = np.full((1280, 1280, 3), 90, np.uint8)
    pixels[600:690, 600:690] = small
    closer = SingleStageDetector(
        Network(yunet_file), YUNET, InputFormat("raw", "bgr"), None, small_faces=True
    )
    assert closer.smallest_face_px(1280, 1280) == pytest.approx(10)
    assert yunet.smallest_face_px(1280, 1280) == pytest.approx(20)
    assert len(closer.detect(pixels)) == 1


def test_pixels_are_given_as_the_network_wants_them() -> None:
    pixels = np.zeros((1, 2, 2, 3), np.uint8)
    pixels[0, 0, 1] = (255, 128, 0)
    wanted: dict[tuple[str, str], list[float]] = {
        ("raw", "rgb"): [255, 128, 0],
        ("raw", "bgr"): [0, 128, 255],
        ("unit", "rgb"): [1, 128 / 255, 0],
        ("signed", "rgb"): [1, 0.5 / 127.5, -1],
        ("signed-128", "rgb"): [127.5 / 128, 0.5 / 128, -127.5 / 128],
    }
    for (range_, colour), values in wanted.items():
        first = InputFormat(range_, colour).prepare(pixels)
        last = InputFormat(range_, colour, is_channels_last=True).prepare(pixels)
        assert first.shape == (1, 3, 2, 2)
        assert first[0, :, 0, 1] == pytest.approx(values)
        assert last[0, 0, 1] == pytest.approx(values)
        assert first.flags.c_contiguous
