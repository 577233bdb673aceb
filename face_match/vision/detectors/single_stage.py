"""Single-stage detectors: SCRFD and RetinaFace of InsightFace, and YuNet.

Only the decoding of their outputs is needed, a hundred lines of arithmetic. InsightFace's package would bring
its own downloads and scikit-image, and runs no network but those of its own reader. OpenCV would bring 60 MB
for YuNet alone. Tests compare YuNet here with OpenCV's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from face_match.core.errors import EngineLacksError, ModelFailedError
from face_match.core.images.pixels import resized
from face_match.core.model_families import SCRFD, YUNET, Family
from face_match.core.translation import marked
from face_match.core.types import Box, Face, Landmarks, Pixels
from face_match.vision.detectors.nms import nms
from face_match.vision.onnx.input_format import InputFormat
from face_match.vision.onnx.sessions import RunnableNetwork

Floats = npt.NDArray[np.float32]

SIDE_PX, SMALL_FACES_SIDE_PX = 640, 1280
"""Longer side of the input of a network that takes any size. 640 is InsightFace's."""

STEP_PX = 32
"""The coarsest stride. Input sizes are multiples of it."""

MAX_DETECTIONS = 1_000
"""Detections kept for non-maximum suppression, highest score first."""

MAX_BOX_SIDES = 4
"""Longest side of a plausible box, in longer sides of the image."""

YUNET_STRIDES = (8, 16, 32)
YUNET_OUTPUTS = tuple(
    f"{what}_{stride}" for what in ("cls", "obj", "bbox", "kps") for stride in YUNET_STRIDES
)


class Detections(NamedTuple):
    """The detections in one image, in pixels of the network's input.

    Attributes:
        boxes: float32, shape (n, 4): left, top, right, bottom.
        scores: float32, shape (n,), 0..1.
        landmarks: float32, shape (n, 5, 2): x, y.
    """

    boxes: Floats
    scores: Floats
    landmarks: Floats

    def select(self, indices: npt.NDArray[np.intp]) -> Detections:
        return Detections(self.boxes[indices], self.scores[indices], self.landmarks[indices])


Decode = Callable[[Sequence[Floats], int, int, float], Detections]
"""Gives detections from the network's outputs, its input's height and width in pixels, and the lowest
score."""


def decode_scrfd(outputs: Sequence[Floats], height: int, width: int, min_score: float) -> Detections:
    """The detections of SCRFD, or of InsightFace's RetinaFace, with a score of `min_score` or more.

    The outputs are the scores of all strides from 8 on, then the box distances, then the landmarks. Distances
    and landmarks are in strides: a cell's distances go from its corner to the box's left, top, right and
    bottom edge, its landmarks are relative to its corner. (`distance2bbox` and `distance2kps` of
    insightface/model_zoo/scrfd.py.)
    """
    levels = len(outputs) // 3
    found = []
    for level in range(levels):
        stride = 8 << level
        scores = outputs[level].reshape(-1)
        cells = _anchor_cells(height, width, stride, len(scores))
        sure = np.flatnonzero(scores >= min_score)
        distances = outputs[level + levels].reshape(-1, 4)[sure] * stride
        corners = cells[sure] * stride
        boxes = np.hstack([corners - distances[:, :2], corners + distances[:, 2:]])
        points = outputs[level + 2 * levels].reshape(-1, 5, 2)[sure] * stride + corners[:, None]
        found.append(Detections(boxes, scores[sure], points))
    return _concatenate(found)


def decode_yunet(outputs: Sequence[Floats], height: int, width: int, min_score: float) -> Detections:
    """The detections of YuNet with a score of `min_score` or more.

    The outputs are in the order of `YUNET_OUTPUTS`. A score is the geometric mean of two outputs. A box is a
    centre and the logarithms of its sides, in strides. (`FaceDetectorYNImpl::postProcess` of OpenCV's
    face_detect.cpp.)
    """
    found = []
    levels = len(YUNET_STRIDES)
    for level, stride in enumerate(YUNET_STRIDES):
        classes, objects = (outputs[level + k * levels].reshape(-1).clip(0, 1) for k in (0, 1))
        scores = np.sqrt(classes * objects)
        cells = _anchor_cells(height, width, stride, len(scores))
        sure = np.flatnonzero(scores >= min_score)
        values = outputs[level + 2 * levels].reshape(-1, 4)[sure]
        centres = (cells[sure] + values[:, :2]) * stride
        halves = np.exp(values[:, 2:].clip(max=20)) * (stride / 2)
        points = (outputs[level + 3 * levels].reshape(-1, 5, 2)[sure] + cells[sure][:, None]) * stride
        found.append(Detections(np.hstack([centres - halves, centres + halves]), scores[sure], points))
    return _concatenate(found)


DECODERS: dict[str, Decode] = {SCRFD.id: decode_scrfd, YUNET.id: decode_yunet}
"""The function that decodes a family's outputs, by family id."""


class SingleStageDetector:
    """A network that finds all faces in one run, with the protocol of `Detector`."""

    confidence_shows_quality = False

    def __init__(
        self,
        network: RunnableNetwork,
        family: Family,
        form: InputFormat,
        size: tuple[int, int] | None,
        *,
        small_faces: bool = False,
        face_in_box: Callable[[Pixels, Box], Face] | None = None,
        title: str = "",
    ) -> None:
        """Make a detector.

        Args:
            size: width and height of the network's input; None for any.
            small_faces: use a larger input, if the network takes any size.
            face_in_box: finds the face in a drawn box, which single-stage detectors cannot do.
            title: the model's title in errors.
        """
        self._title = title or family.title
        self._network = network
        self._family = family
        self._form = form
        self._size = size
        self._face_in = face_in_box
        self._side_px = SMALL_FACES_SIDE_PX if small_faces else SIDE_PX
        self._output_order = _output_order(network.output_names, family)

    def smallest_face_px(self, width: int, height: int) -> float:
        """The longer side, in pixels, of the smallest faces that `detect` finds in an image of that size."""
        return self._family.smallest_px / self._scale(width, height)

    def face_in_box(self, pixels: Pixels, box: Box) -> Face:
        """The face in a drawn box, by the function given for it; see `Detector.face_in_box`."""
        if self._face_in is None:
            raise EngineLacksError(self._family.id, "find a face in a drawn box")
        return self._face_in(pixels, box)

    def detect(self, pixels: Pixels) -> list[Face]:
        """The faces of an upright image, by area times confidence, in pixels of the image.

        Args:
            pixels: uint8 RGB, shape (height, width, 3).
        Raises:
            ModelFailedError: the network failed, or its output has the wrong shape.
        """
        height, width = pixels.shape[:2]
        if not height * width:
            return []
        scale = self._scale(width, height)
        canvas = self._canvas(pixels, scale)
        detections = self._decode(self._network(self._form.prepare(canvas[None])), *canvas.shape[:2])
        faces = []
        for index in nms(detections.boxes, detections.scores, self._family.overlap):
            left, top, right, bottom = (detections.boxes[index] / scale).tolist()
            left, top, right, bottom = max(0.0, left), max(0.0, top), min(width, right), min(height, bottom)
            if right > left and bottom > top:
                box = Box(left, top, right - left, bottom - top)
                landmarks = Landmarks.of((detections.landmarks[index] / scale).tolist())
                faces.append(Face(box, landmarks, float(detections.scores[index])))
        return sorted(faces, key=lambda face: face.box.area * face.confidence, reverse=True)

    def _decode(self, answer: Sequence[Floats], height: int, width: int) -> Detections:
        decode = DECODERS[self._family.id]
        try:
            with np.errstate(all="ignore"):  # values that are not finite are dropped below
                outputs = [answer[index] for index in self._output_order]
                found = decode(outputs, height, width, self._family.confidence)
                return plausible_detections(found, max(height, width))
        except (ValueError, IndexError) as exc:
            raise ModelFailedError(self._title, marked("its output has the wrong shape")) from exc

    def _scale(self, width: int, height: int) -> float:
        """Pixels of the network's input per pixel of the image; at most 1 for a network that takes any
        size."""
        if self._size is None:
            return min(1.0, self._side_px / max(width, height))
        return min(self._size[0] / width, self._size[1] / height)

    def _canvas(self, pixels: Pixels, scale: float) -> Pixels:
        """The scaled image in the upper left corner of a black canvas: uint8 RGB, of a size that the network
        takes."""
        height, width = pixels.shape[:2]
        wide, high = max(1, round(width * scale)), max(1, round(height * scale))
        if (wide, high) != (width, height):
            pixels = resized(np.ascontiguousarray(pixels), wide, high, Image.Resampling.BILINEAR)
        size = self._size or (_rounded_up(wide), _rounded_up(high))
        canvas = np.zeros((size[1], size[0], 3), np.uint8)
        canvas[:high, :wide] = pixels[: size[1], : size[0]]
        return canvas


def plausible_detections(found: Detections, side: int) -> Detections:
    """The detections that may be faces, highest score first, at most `MAX_DETECTIONS`.

    They are finite, no larger than `MAX_BOX_SIDES` allows, with landmarks that are near the box and apart.
    Without this check a network could make the program cut crops of any size.

    Args:
        side: longer side of the network's input, in pixels.
    """
    longest = (found.boxes[:, 2:] - found.boxes[:, :2]).max(axis=1, initial=0)
    middles = (found.boxes[:, :2] + found.boxes[:, 2:]) / 2
    off = np.abs(found.landmarks - middles[:, None]).max(axis=(1, 2), initial=0)
    spread = np.ptp(found.landmarks, axis=1).max(axis=1, initial=0)
    is_plausible = (longest < MAX_BOX_SIDES * side) & (off < 2 * longest) & (spread > longest / 100)
    found = found.select(np.flatnonzero(is_plausible & np.isfinite(found.scores)))
    return found.select(np.argsort(-found.scores, kind="stable")[:MAX_DETECTIONS])


def _output_order(names: Sequence[str], family: Family) -> list[int]:
    """Indices into a network's outputs, in the order that the family's decoder takes."""
    if family is YUNET:
        return [list(names).index(name) for name in YUNET_OUTPUTS]
    return list(range(len(names)))


def _anchor_cells(height: int, width: int, stride: int, count: int) -> Floats:
    """Column and row of each of `count` anchors, float32, shape (count, 2); a cell may have several
    anchors."""
    rows, columns = height // stride, width // stride
    x, y = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
    cells = np.stack([x.ravel(), y.ravel()], axis=1)
    return np.repeat(cells, count // max(1, len(cells)), axis=0)


def _concatenate(levels: Sequence[Detections]) -> Detections:
    return Detections(*(np.concatenate(parts) for parts in zip(*levels, strict=True)))


def _rounded_up(length: int) -> int:
    return STEP_PX * math.ceil(length / STEP_PX)
