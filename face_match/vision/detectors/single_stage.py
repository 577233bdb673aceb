"""Detectors that look once: SCRFD and RetinaFace of InsightFace, and YuNet.

InsightFace's package and OpenCV decode these too. Neither is needed for a hundred lines of arithmetic: the
first brings its own downloads and scikit-image, OpenCV 60 MB for YuNet alone, and takes no network but from
its own reader. Tests hold the YuNet here to OpenCV's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from face_match.core.errors import EngineLacksError, ModelFailedError
from face_match.core.model_families import SCRFD, YUNET, Family
from face_match.core.types import Box, Face, Landmarks, Pixels
from face_match.vision.onnx.input_format import InputFormat
from face_match.vision.onnx.sessions import RunnableNetwork

Floats = npt.NDArray[np.float32]

SIDE_PX, SMALL_FACES_SIDE_PX = 640, 1280
"""Longer side of what is looked at where the network leaves it open; the usual one is InsightFace's."""

STEP_PX = 32
"""The coarsest stride: input sizes are multiples of it."""

MAX_CANDIDATES = 1_000
"""The surest, of which the same face's are one."""

MAX_BOX_SIDES = 4
"""Of the image that is looked at: the longest a box may be that reaches out of it."""

YUNET_STRIDES = (8, 16, 32)
YUNET_OUTPUTS = tuple(
    f"{what}_{stride}" for what in ("cls", "obj", "bbox", "kps") for stride in YUNET_STRIDES
)


class Detections(NamedTuple):
    """Boxes (n, 4) as left, top, right, bottom, scores (n,), landmarks (n, 5, 2); in pixels of the input."""

    boxes: Floats
    scores: Floats
    landmarks: Floats

    def at(self, index: npt.NDArray[np.intp]) -> Detections:
        return Detections(self.boxes[index], self.scores[index], self.landmarks[index])


Decode = Callable[[Sequence[Floats], int, int, float], Detections]
"""Outputs, and the input's height and width in pixels; what has less than a score is left out."""


def decode_scrfd(outputs: Sequence[Floats], height: int, width: int, least: float) -> Detections:
    """Of SCRFD and InsightFace's RetinaFace.

    The outputs are scores, then box distances, then landmarks, each for every stride from 8 on. A cell's
    distances go from its corner, in strides, to the box's left, top, right and bottom, landmarks likewise.
    """
    levels = len(outputs) // 3
    found = []
    for level in range(levels):
        stride = 8 << level
        scores = outputs[level].reshape(-1)
        cells = _cells(height, width, stride, len(scores))
        sure = np.flatnonzero(scores >= least)
        distances = outputs[level + levels].reshape(-1, 4)[sure] * stride
        corners = cells[sure] * stride
        boxes = np.hstack([corners - distances[:, :2], corners + distances[:, 2:]])
        points = outputs[level + 2 * levels].reshape(-1, 5, 2)[sure] * stride + corners[:, None]
        found.append(Detections(boxes, scores[sure], points))
    return _together(found)


def decode_yunet(outputs: Sequence[Floats], height: int, width: int, least: float) -> Detections:
    """Of YuNet, whose outputs are in the order of `YUNET_OUTPUTS`.

    A score is the geometric mean of two; a box is a centre and the logarithms of its sides, in strides.
    """
    found = []
    levels = len(YUNET_STRIDES)
    for level, stride in enumerate(YUNET_STRIDES):
        classes, objects = (outputs[level + k * levels].reshape(-1).clip(0, 1) for k in (0, 1))
        scores = np.sqrt(classes * objects)
        cells = _cells(height, width, stride, len(scores))
        sure = np.flatnonzero(scores >= least)
        values = outputs[level + 2 * levels].reshape(-1, 4)[sure]
        centres = (cells[sure] + values[:, :2]) * stride
        halves = np.exp(values[:, 2:].clip(max=20)) * (stride / 2)
        points = (outputs[level + 3 * levels].reshape(-1, 5, 2)[sure] + cells[sure][:, None]) * stride
        found.append(Detections(np.hstack([centres - halves, centres + halves]), scores[sure], points))
    return _together(found)


DECODERS: dict[str, Decode] = {SCRFD.id: decode_scrfd, YUNET.id: decode_yunet}
"""By family."""


class SingleStageDetector:
    """A network that finds all faces at once, behind the same protocol as MTCNN."""

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
        """Of a network that is ready to run.

        Args:
            size: width and height that it takes; None for any.
            small_faces: look at more of a large photo's pixels, where the network takes any size.
            face_in_box: looks into a box that was drawn, which these networks cannot: they find faces or do
                not. title: what to call it in an error.
        """
        self._title = title or family.title
        self._network = network
        self._family = family
        self._form = form
        self._size = size
        self._face_in = face_in_box
        self._side_px = SMALL_FACES_SIDE_PX if small_faces else SIDE_PX
        self._order = _order_of(network.output_names, family)

    def smallest_face_px(self, width: int, height: int) -> float:
        """Longer side of the smallest faces that `detect` looks for in an image of a size, in its pixels."""
        return self._family.smallest_px / self._scale(width, height)

    def face_in_box(self, pixels: Pixels, box: Box) -> Face:
        """The face in a box that somebody drew within an upright RGB image, in its pixels."""
        if self._face_in is None:
            raise EngineLacksError(self._family.id, "look into a box that was drawn")
        return self._face_in(pixels, box)

    def detect(self, pixels: Pixels) -> list[Face]:
        """Faces of an upright RGB image, largest times surest first, in its pixels.

        Raises:
            ModelFailedError.
        """
        height, width = pixels.shape[:2]
        if not height * width:
            return []
        scale = self._scale(width, height)
        canvas = self._canvas(pixels, scale)
        candidates = self._decoded(self._network(self._form.prepared(canvas[None])), *canvas.shape[:2])
        faces = []
        for index in strongest(candidates.boxes, candidates.scores, self._family.overlap):
            left, top, right, bottom = (candidates.boxes[index] / scale).tolist()
            left, top, right, bottom = max(0.0, left), max(0.0, top), min(width, right), min(height, bottom)
            if right > left and bottom > top:
                box = Box(left, top, right - left, bottom - top)
                landmarks = Landmarks.of((candidates.landmarks[index] / scale).tolist())
                faces.append(Face(box, landmarks, float(candidates.scores[index])))
        return sorted(faces, key=lambda face: face.box.area * face.confidence, reverse=True)

    def _decoded(self, answer: Sequence[Floats], height: int, width: int) -> Detections:
        decode = DECODERS[self._family.id]
        try:
            with np.errstate(all="ignore"):  # what is not finite is none of a face's
                outputs = [answer[index] for index in self._order]
                return plausible(decode(outputs, height, width, self._family.confidence), max(height, width))
        except (ValueError, IndexError) as exc:
            raise ModelFailedError(self._title, "its answer has not the shape that it should have") from exc

    def _scale(self, width: int, height: int) -> float:
        """Pixels of the network's input for one of the image; at most one where it may be any size."""
        if self._size is None:
            return min(1.0, self._side_px / max(width, height))
        return min(self._size[0] / width, self._size[1] / height)

    def _canvas(self, pixels: Pixels, scale: float) -> Pixels:
        """The image scaled, at the upper left of a black canvas of a size that the network takes."""
        height, width = pixels.shape[:2]
        wide, high = max(1, round(width * scale)), max(1, round(height * scale))
        if (wide, high) != (width, height):
            image = Image.fromarray(np.ascontiguousarray(pixels))
            pixels = np.asarray(image.resize((wide, high), Image.Resampling.BILINEAR, reducing_gap=2.0))
        size = self._size or (_multiple(wide), _multiple(high))
        canvas = np.zeros((size[1], size[0], 3), np.uint8)
        canvas[:high, :wide] = pixels[: size[1], : size[0]]
        return canvas


def plausible(found: Detections, side: int) -> Detections:
    """Those that may be faces in an image of a size: finite, their landmarks near the box and apart.

    Without this a network could ask for crops of any size.
    """
    longest = (found.boxes[:, 2:] - found.boxes[:, :2]).max(axis=1, initial=0)
    middles = (found.boxes[:, :2] + found.boxes[:, 2:]) / 2
    off = np.abs(found.landmarks - middles[:, None]).max(axis=(1, 2), initial=0)
    spread = np.ptp(found.landmarks, axis=1).max(axis=1, initial=0)
    is_one = (longest < MAX_BOX_SIDES * side) & (off < 2 * longest) & (spread > longest / 100)
    return found.at(np.flatnonzero(is_one))


def strongest(boxes: Floats, scores: Floats, overlap: float) -> list[int]:
    """Greedy non-maximum suppression: indices of boxes, surest first, none of which overlaps a surer one by
    more than a share of their union. What is not finite falls out."""
    is_finite = np.isfinite(boxes).all(axis=1) & np.isfinite(scores)
    order = np.flatnonzero(is_finite)
    order = order[np.argsort(-scores[order], kind="stable")][:MAX_CANDIDATES]
    areas = (boxes[:, 2:] - boxes[:, :2]).clip(min=0).prod(axis=1)
    kept = []
    while len(order):
        first, rest = order[0], order[1:]
        kept.append(int(first))
        ends, starts = np.minimum(boxes[first], boxes[rest]), np.maximum(boxes[first], boxes[rest])
        shared = (ends[:, 2:] - starts[:, :2]).clip(min=0).prod(axis=1)
        order = rest[shared <= overlap * (areas[first] + areas[rest] - shared)]
    return kept


def _order_of(names: Sequence[str], family: Family) -> list[int]:
    """Where in a network's outputs those are that the family's decoder takes, in its order."""
    if family is YUNET:
        return [list(names).index(name) for name in YUNET_OUTPUTS]
    return list(range(len(names)))


def _cells(height: int, width: int, stride: int, count: int) -> Floats:
    """Column and row of each of `count` anchors, shape (count, 2); there may be several to a cell."""
    rows, columns = height // stride, width // stride
    x, y = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
    cells = np.stack([x.ravel(), y.ravel()], axis=1)
    return np.repeat(cells, count // max(1, len(cells)), axis=0)


def _together(levels: Sequence[Detections]) -> Detections:
    return Detections(*(np.concatenate(parts) for parts in zip(*levels, strict=True)))


def _multiple(length: int) -> int:
    return STEP_PX * math.ceil(length / STEP_PX)
