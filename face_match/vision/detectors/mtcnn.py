"""MTCNN: faces with five landmarks, by a cascade of three networks.

Zhang, Zhang, Li, Qiao: Joint Face Detection and Alignment using Multi-task Cascaded Convolutional Networks,
    2016 (arXiv:1604.02878). P-Net proposes boxes at all scales, R-Net refines them, O-Net decides and adds
    the landmarks. Thresholds, scales and box arithmetic are those of the `mtcnn` package 1.0.0, whose weights
    are used. Tests compare the two.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.images.pixels import reduced
from face_match.core.types import Box, Face, Landmarks, Pixels
from face_match.vision.detectors.drawn_boxes import AVERAGE_LANDMARKS, O_NET_PX, View, views_of
from face_match.vision.detectors.image_pyramid import P_NET_CELL_PX, PYRAMID_FACTOR, pyramid
from face_match.vision.detectors.nms import nms
from face_match.vision.onnx.sessions import Network

Floats = npt.NDArray[np.float32]

P_NET_STRIDE_PX = 2
R_NET_PX = 24
P_NET_THRESHOLD, R_NET_THRESHOLD, O_NET_THRESHOLD = 0.6, 0.7, 0.8
LEVEL_OVERLAP, STAGE_OVERLAP = 0.5, 0.7
"""Highest overlaps in non-maximum suppression within a level of the pyramid, and after each network."""

MIN_TURN_CONFIDENCE = 0.97
"""O-Net must be this sure of a face in a turned view: it sees turned faces in dark and covered upright
ones."""

TURN_TIE = 1e-3
"""A less likely turn must beat a likelier one by more than this confidence."""

MIN_LANDMARK_CONFIDENCE = 0.005
"""Below it `AVERAGE_LANDMARKS` are closer to the face's own than O-Net's (`python -m benchmarks.drawn`)."""

MIN_FACE_PX = 20
MAX_IMAGE_PIXELS = 1_000_000
MAX_CELLS = 1_000
"""Proposals taken from one level of the pyramid, highest score first."""


class CascadeLimits(NamedTuple):
    """Limits on the time that a photo takes.

    Attributes:
        image_pixels: a larger image is first reduced to a half, a third …
        level_pixels: size of the pyramid's largest level, which takes the most time and shows the smallest
            faces. candidates: proposals of all levels given to R-Net, highest score first.
    """

    image_pixels: int
    level_pixels: int
    candidates: int


DEFAULT_LIMITS = CascadeLimits(MAX_IMAGE_PIXELS, level_pixels=110_000, candidates=150)
"""All of 100 faces in one photo are still found."""

SMALL_FACE_LIMITS = CascadeLimits(8 * MAX_IMAGE_PIXELS, level_pixels=1_450_000, candidates=1_000)
"""The largest level of a photo of 4 megapixels shows a face of 20 pixels at the size of P-Net's cells."""


class MtcnnNetworks(NamedTuple):
    """The three networks."""

    p_net: Network
    r_net: Network
    o_net: Network


class _ONetOutput(NamedTuple):
    """O-Net's output for n boxes.

    Attributes:
        boxes: float32, shape (n, 4): left, top, right, bottom.
        landmarks: float32, shape (n, 5, 2): x, y.
        scores: probability of a face, float32, shape (n,).
    """

    boxes: Floats
    landmarks: Floats
    scores: Floats

    def select(self, indices: npt.NDArray[Any]) -> _ONetOutput:
        """The output for some of the boxes."""
        return _ONetOutput(*(values[indices] for values in self))

    def best(self) -> _ONetOutput:
        """The output for the box with the highest score."""
        return self.select(np.argmax(self.scores, keepdims=True))


class MtcnnDetector:
    """The cascade. Boxes lie within the image; landmarks may lie a little outside."""

    confidence_shows_quality = True

    def __init__(
        self, networks: MtcnnNetworks, min_face_px: int = MIN_FACE_PX, *, small_faces: bool = False
    ) -> None:
        """Make a detector.

        Args:
            min_face_px: size of the smallest faces to find; in large images it is more, see
                `smallest_face_px`. small_faces: find small faces in large images too. That takes several
                times as long.
        """
        self._networks = networks
        self._min_face_px = min_face_px
        self._limits = SMALL_FACE_LIMITS if small_faces else DEFAULT_LIMITS

    def smallest_face_px(self, width: int, height: int) -> float:
        """The longer side, in pixels, of the smallest faces that `detect` finds in an image of that size."""
        return P_NET_CELL_PX / self._largest_scale(width * height)

    def detect(self, pixels: Pixels) -> list[Face]:
        """The faces of an upright image, by area times confidence, in pixels of the image.

        Args:
            pixels: uint8 RGB, shape (height, width, 3).
        """
        height, width = pixels.shape[:2]
        if not height * width:
            return []
        times = math.ceil(math.sqrt(height * width / self._limits.image_pixels))
        scale = times * self._largest_scale(height * width)
        if times > 1:
            pixels = reduced(pixels, (times, times))
        image = _channels_first(pixels)
        boxes = self._refine(image, self._propose(image, scale))
        faces = [face.scaled(times) for face in self._decide(image, boxes)]
        return sorted(faces, key=lambda face: face.box.area * face.confidence, reverse=True)

    def face_in_box(self, pixels: Pixels, box: Box) -> Face:
        """The face in a drawn box, upright, on its side or upside down, in pixels of the image.

        It has O-Net's box and landmarks. If O-Net finds nothing like a face, it has the drawn box and average
        landmarks.

        Args:
            pixels: uint8 RGB, shape (height, width, 3).
            box: in pixels of the image, inside it.
        """
        outputs = [(view, self._best_in(view)) for view in views_of(pixels, box)]
        upright, *_ = outputs
        sure = [pair for pair in outputs if pair[1].scores[0] >= MIN_TURN_CONFIDENCE] or [upright]
        highest = max(float(found.scores[0]) for _, found in sure)
        view, found = next(pair for pair in sure if pair[1].scores[0] >= highest - TURN_TIE)
        confidence = float(found.scores[0])
        if confidence >= MIN_LANDMARK_CONFIDENCE:
            left, top, right, bottom = found.boxes[0].tolist()
            place = view.box_in_photo(Box(left, top, right - left, bottom - top))
            place = place.clipped_to(pixels.shape[1], pixels.shape[0])
            if place.area > 0:
                return Face(place, Landmarks.of(view.points_in_photo(found.landmarks[0])), confidence)
        points = [(box.x + x * box.width, box.y + y * box.height) for x, y in AVERAGE_LANDMARKS]
        return Face(box, Landmarks.of(points), confidence)

    def _best_in(self, view: View) -> _ONetOutput:
        """O-Net's best output for the squares of a view, refined by a second run on its own box."""
        image = _channels_first(view.pixels)
        first = self._run_o_net(image, view.squares).best()
        second = self._run_o_net(image, _squares_around(first.boxes))
        return second if second.scores[0] >= first.scores[0] else first

    def _largest_scale(self, image_pixels: int) -> float:
        """Scale of the pyramid's first level, which shows the smallest faces at the size of P-Net's cells."""
        wanted = P_NET_CELL_PX / self._min_face_px
        affordable = math.sqrt(self._limits.level_pixels / image_pixels)
        skipped_levels = max(0, math.ceil(math.log(affordable / wanted, PYRAMID_FACTOR)))
        return wanted * PYRAMID_FACTOR**skipped_levels

    def _propose(self, image: Floats, scale: float) -> Floats:
        """P-Net's proposals over the pyramid: square boxes, shape (n, 4): left, top, right, bottom."""
        found = []
        for level, level_scale in pyramid(image, scale):
            (cells,) = self._networks.p_net(*level)
            boxes, scores = _boxes_of_cells(cells[0], level_scale)
            kept = nms(boxes, scores, LEVEL_OVERLAP, greedy=False)
            found.append((boxes[kept], scores[kept]))
        if not found:
            return np.zeros((0, 4), np.float32)
        boxes, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
        best = np.argsort(-scores, kind="stable")[: 2 * self._limits.candidates]
        boxes, scores = boxes[best], scores[best]
        kept = nms(boxes, scores, STAGE_OVERLAP, greedy=False)[: self._limits.candidates]
        return _squares_around(boxes[kept])

    def _refine(self, image: Floats, boxes: Floats) -> Floats:
        """The boxes that R-Net accepts, improved: square, shape (n, 4)."""
        if not len(boxes):
            return boxes
        offsets, scores = self._networks.r_net(image[None], *_patch_inputs(image, boxes, R_NET_PX))
        accepted = scores[:, 1] > R_NET_THRESHOLD
        boxes = _with_offsets(boxes[accepted], offsets[accepted])
        return _squares_around(boxes[nms(boxes, scores[accepted, 1], STAGE_OVERLAP, greedy=False)])

    def _decide(self, image: Floats, boxes: Floats) -> Iterator[Face]:
        """The faces that O-Net accepts in R-Net's boxes, each face once."""
        if not len(boxes):
            return
        found = self._run_o_net(image, boxes)
        found = found.select(found.scores > O_NET_THRESHOLD)
        last = np.array(image.shape[:0:-1], np.float32) - 1
        for index in nms(found.boxes, found.scores, STAGE_OVERLAP, greedy=False, relative_to_smaller=True):
            left, top = np.maximum(found.boxes[index, :2], 0.0).tolist()
            right, bottom = np.minimum(found.boxes[index, 2:], last).tolist()
            if right > left and bottom > top:
                box = Box(left, top, right - left, bottom - top)
                landmarks = Landmarks.of(found.landmarks[index].tolist())
                yield Face(box, landmarks, float(found.scores[index]))

    def _run_o_net(self, image: Floats, boxes: Floats) -> _ONetOutput:
        offsets, parts, scores = self._networks.o_net(image[None], *_patch_inputs(image, boxes, O_NET_PX))
        # (n, 2, 5) parts of the box → (n, 5, 2) pixels; Caffe's boxes include their last pixel
        landmarks = parts.reshape(-1, 2, 5) * _sizes(boxes)[:, :, None] + boxes[:, :2, None] - 1
        return _ONetOutput(_with_offsets(boxes, offsets), landmarks.transpose(0, 2, 1), scores[:, 1])


def _channels_first(pixels: Pixels) -> Floats:
    """Pixels, shape (height, width, 3), as float32, shape (3, height, width)."""
    return pixels.transpose(2, 0, 1).astype(np.float32, order="C")


def _boxes_of_cells(cells: Floats, scale: float) -> tuple[Floats, Floats]:
    """The cells of P-Net's output that may be a face: boxes, shape (n, 4), in image pixels, and scores, shape
    (n,).

    Args:
        cells: shape (5, rows, columns): four box offsets and the log-odds of a face.
        scale: of the pyramid's level.
    """
    flat = cells.reshape(5, -1)
    found = np.flatnonzero(flat[4] > math.log(P_NET_THRESHOLD / (1 - P_NET_THRESHOLD)))
    if len(found) > MAX_CELLS:
        found = found[np.argpartition(-flat[4, found], MAX_CELLS)[:MAX_CELLS]]
    rows, columns = np.divmod(found, cells.shape[2])
    corners = P_NET_STRIDE_PX * np.stack([columns, rows], axis=1).astype(np.float32)
    boxes = np.hstack([corners + 1, corners + P_NET_CELL_PX])  # the last pixel is in the cell
    boxes += flat[:4, found].T * (P_NET_CELL_PX - 1)
    return boxes / np.float32(scale), 1 / (1 + np.exp(-flat[4, found]))


def _sizes(boxes: Floats) -> Floats:
    """Width and height, shape (n, 2), of boxes that include their last pixel."""
    return boxes[:, 2:] - boxes[:, :2] + 1.0


def _with_offsets(boxes: Floats, offsets: Floats) -> Floats:
    """Boxes moved by a network's offsets, which are parts of the boxes' sizes; both have shape (n, 4)."""
    return boxes + offsets * np.tile(_sizes(boxes), 2)


def _squares_around(boxes: Floats) -> Floats:
    """Squares with the boxes' centres and longer sides, shape (n, 4)."""
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    half = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, keepdims=True) / 2
    return np.hstack([centre - half, centre + half])


def _patch_inputs(image: Floats, boxes: Floats, size: int) -> tuple[Floats, Floats, Floats]:
    """R-Net's and O-Net's inputs for patches of `size` × `size` samples, one patch for each box.

    The sample points are those of `tf.image.crop_and_resize`: the first and the last lie on the edges of the
    box, and all are moved by (length − 1) / length. The graphs sample the middles of cells.

    Returns:
        Boxes of cells, shape (n, 4), and 1 or 0 for each row and column, shape (n, size), inside or outside
        the image.
    """
    extent = np.array(image.shape[:0:-1], np.float32)
    boxes = boxes * np.tile((extent - 1) / extent, 2)
    step = (boxes[:, 2:] - boxes[:, :2]) / (size - 1)
    cells: Floats = np.hstack([boxes[:, :2] - step / 2, boxes[:, 2:] + step / 2])
    points = boxes[:, :2, None] + step[:, :, None] * np.arange(size, dtype=np.float32)
    inside = ((points >= 0) & (points <= extent[:, None] - 1)).astype(np.float32)
    return cells, np.ascontiguousarray(inside[:, 1]), np.ascontiguousarray(inside[:, 0])
