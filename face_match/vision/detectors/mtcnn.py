"""MTCNN: faces with five landmarks by a cascade of three networks.

Zhang, Zhang, Li, Qiao: Joint Face Detection and Alignment using Multi-task Cascaded Convolutional
Networks, 2016 (arXiv:1604.02878). Thresholds, pyramid and box arithmetic are those of the `mtcnn`
package 1.0.0, whose weights are used; tests hold the two together.
"""

from __future__ import annotations

import cmath
import functools
import math
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from face_match.core.types import Box, Face, Landmarks, Pixels
from face_match.vision.onnx.sessions import Network

Floats = npt.NDArray[np.float32]

P_NET_CELL_PX = 12
P_NET_STRIDE_PX = 2
PYRAMID_FACTOR = 0.709
P_NET_THRESHOLD, R_NET_THRESHOLD, O_NET_THRESHOLD = 0.6, 0.7, 0.8
SAME_LEVEL_OVERLAP, OVERLAP = 0.5, 0.7
R_NET_PX, O_NET_PX = 24, 48

STRETCHES = 8
"""Columns of a level that are computed by one small matrix product."""

NMS_BLOCK = 128
"""Boxes compared at once with all that are less sure: as many as keep the arrays small."""

DRAWN_SCALES = (0.8, 1.0, 1.25)
"""Squares that O-Net is shown of a box that somebody drew, as parts of its longer side: with one alone its
landmarks are off where the box is too large, with more they are no better (`python -m benchmarks.drawn`). Nor
with squares moved aside, which make it surer, but of places further off."""

DRAWN_TURNS = (0, 45, -45, 90, -90, 135, -135, 180)
"""Degrees by which the photo is turned under such a box, the likeliest first: O-Net knows upright faces only
(`python -m benchmarks.drawn`)."""

SURE_OF_TURN = 0.97
"""Of one of which O-Net is less sure nothing is believed: in dark and covered faces it sees any."""

AS_SURE = 1e-3
"""A likelier turn is preferred to one of which O-Net is so little surer."""

AROUND_DRAWN = 1.0
"""Of the longer side, on each side: what of a photo O-Net can be shown around such a box."""

LEAST_CONFIDENCE = 0.005
"""Down to here O-Net's landmarks are nearer to the face's own than `AVERAGE_LANDMARKS` are
(`python -m benchmarks.drawn`)."""

AVERAGE_LANDMARKS = ((0.274, 0.372), (0.726, 0.372), (0.5, 0.579), (0.294, 0.747), (0.706, 0.747))
"""Where they lie in a face's box, as parts of its width and height: medians over labelled photos, made
symmetric (`python -m benchmarks.drawn`)."""

MIN_FACE_PX = 20
MAX_IMAGE_PIXELS = 1_000_000
MAX_CELLS = 1_000
"""The surest of P-Net's cells in one level that are proposals."""


class Limits(NamedTuple):
    """What bounds the time that a photo takes.

    Attributes:
        image_pixels: a larger photo is halved, or divided by three, four …, before faces are looked for.
        level_pixels: of the pyramid's largest level, which costs most and shows the smallest faces.
        candidates: the surest proposals of all levels together, for R-Net.
    """

    image_pixels: int
    level_pixels: int
    candidates: int


DEFAULT_LIMITS = Limits(MAX_IMAGE_PIXELS, level_pixels=110_000, candidates=150)
"""With 100 faces in one photo all are still found."""

SMALL_FACES = Limits(8 * MAX_IMAGE_PIXELS, level_pixels=1_450_000, candidates=1_000)
"""The level of a photo of 4 megapixels in which a face of 20 pixels is as large as P-Net's cells."""


class Detector(Protocol):
    """Finds faces.

    Attributes:
        confidence_tells: how sure it is says how well a face can be recognised, by MTCNN's measure.
    """

    confidence_shows_quality: bool

    def detect(self, pixels: Pixels) -> list[Face]:
        """Faces of an upright RGB image, the most prominent first, in its pixels."""
        ...

    def face_in_box(self, pixels: Pixels, box: Box) -> Face:
        """The face in a box that somebody drew within an upright RGB image, in its pixels.

        Raises:
            EngineLacksError: where a detector only finds faces by itself.
        """
        ...

    def smallest_face_px(self, width: int, height: int) -> float:
        """Longer side of the smallest faces that `detect` looks for in an image of a size, in its pixels."""
        ...


class MtcnnNetworks(NamedTuple):
    """The three stages."""

    p_net: Network
    r_net: Network
    o_net: Network


class _Seen(NamedTuple):
    """What O-Net makes of n boxes.

    Attributes:
        boxes: the face's, shape (n, 4), as left, top, right, bottom.
        landmarks: shape (n, 5, 2).
        scores: that there is a face, shape (n,), 0 to 1.
    """

    boxes: Floats
    landmarks: Floats
    scores: Floats

    def at(self, chosen: npt.NDArray[Any]) -> _Seen:
        """Those alone."""
        return _Seen(*(values[chosen] for values in self))

    def surest(self) -> _Seen:
        """That alone of which it is surest."""
        return self.at(np.argmax(self.scores, keepdims=True))


class MtcnnDetector:
    """The cascade. Boxes lie within the photo; landmarks may lie a little outside."""

    confidence_shows_quality = True

    def __init__(
        self, networks: MtcnnNetworks, min_face_px: int = MIN_FACE_PX, *, small_faces: bool = False
    ) -> None:
        """Of networks that are ready to run.

        Args:
            min_face_px: smaller faces are not looked for; in large photos it is more, see `smallest_face_px`.
            small_faces: look for small faces in large photos too, which takes several times as long.
        """
        self._networks = networks
        self._min_face_px = min_face_px
        self._limits = SMALL_FACES if small_faces else DEFAULT_LIMITS

    def smallest_face_px(self, width: int, height: int) -> float:
        """Longer side of the smallest faces that `detect` looks for in an image of a size, in its pixels."""
        return P_NET_CELL_PX / self._largest_scale(width * height)

    def detect(self, pixels: Pixels) -> list[Face]:
        """Faces of an upright RGB image, largest times surest first, in its pixels."""
        height, width = pixels.shape[:2]
        if not height * width:
            return []
        times = math.ceil(math.sqrt(height * width / self._limits.image_pixels))
        scale = times * self._largest_scale(height * width)
        if times > 1:
            pixels = np.asarray(Image.fromarray(pixels).reduce(times))
        image = pixels.transpose(2, 0, 1).astype(np.float32, order="C")
        boxes = self._refined(image, self._proposals(image, scale))
        faces = [face.scaled(times) for face in self._faces(image, boxes)]
        return sorted(faces, key=lambda face: face.box.area * face.confidence, reverse=True)

    def face_in_box(self, pixels: Pixels, box: Box) -> Face:
        """The face in a box that somebody drew within an upright RGB image, in its pixels.

        Upright, lying or upside down; with its own box and landmarks as O-Net sees them. Where that sees
        nothing like a face it is the box as it was drawn, with landmarks where they lie on average.
        """
        views = [(view, self._surest(view)) for view in _views_of(pixels, box)]
        upright, *_ = views
        sure = [pair for pair in views if pair[1].scores[0] >= SURE_OF_TURN] or [upright]
        best = max(float(seen.scores[0]) for _, seen in sure)
        view, seen = next(pair for pair in sure if pair[1].scores[0] >= best - AS_SURE)
        confidence = float(seen.scores[0])
        if confidence >= LEAST_CONFIDENCE:
            left, top, right, bottom = seen.boxes[0].tolist()
            place = view.box_in_photo(Box(left, top, right - left, bottom - top))
            place = place.clipped_to(pixels.shape[1], pixels.shape[0])
            if place.area > 0:
                return Face(place, Landmarks.of(view.in_photo(seen.landmarks[0])), confidence)
        points = [(box.x + x * box.width, box.y + y * box.height) for x, y in AVERAGE_LANDMARKS]
        return Face(box, Landmarks.of(points), confidence)

    def _surest(self, view: _View) -> _Seen:
        """What O-Net is surest of in a view, after a second look at what it was surest of at first."""
        image = view.pixels.transpose(2, 0, 1).astype(np.float32, order="C")
        first = self._looked_at(image, view.squares).surest()
        second = self._looked_at(image, _squared(first.boxes))
        return second if second.scores[0] >= first.scores[0] else first

    def _largest_scale(self, photo_pixels: int) -> float:
        """Of the pyramid's first level, which has the smallest faces as large as P-Net's cells."""
        wanted = P_NET_CELL_PX / self._min_face_px
        affordable = math.sqrt(self._limits.level_pixels / photo_pixels)
        left_out = max(0, math.ceil(math.log(affordable / wanted, PYRAMID_FACTOR)))
        return wanted * PYRAMID_FACTOR**left_out

    def _proposals(self, image: Floats, scale: float) -> Floats:
        """P-Net over the pyramid: square boxes, shape (n, 4), as left, top, right, bottom."""
        found = []
        for level, level_scale in _pyramid(image, scale):
            (cells,) = self._networks.p_net(*level)
            boxes, scores = _cells(cells[0], level_scale)
            kept = _strongest(boxes, scores, SAME_LEVEL_OVERLAP)
            found.append((boxes[kept], scores[kept]))
        if not found:
            return np.zeros((0, 4), np.float32)
        boxes, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
        surest = np.argsort(-scores, kind="stable")[: 2 * self._limits.candidates]
        boxes, scores = boxes[surest], scores[surest]
        kept = _strongest(boxes, scores, OVERLAP)[: self._limits.candidates]
        return _squared(boxes[kept])

    def _refined(self, image: Floats, boxes: Floats) -> Floats:
        """R-Net: fewer, better square boxes."""
        if not len(boxes):
            return boxes
        offsets, scores = self._networks.r_net(image[None], *_samples(image, boxes, R_NET_PX))
        sure = scores[:, 1] > R_NET_THRESHOLD
        boxes = _adjusted(boxes[sure], offsets[sure])
        return _squared(boxes[_strongest(boxes, scores[sure, 1], OVERLAP)])

    def _faces(self, image: Floats, boxes: Floats) -> Iterator[Face]:
        """Those of R-Net's boxes that O-Net is sure of, each face once."""
        if not len(boxes):
            return
        seen = self._looked_at(image, boxes)
        seen = seen.at(seen.scores > O_NET_THRESHOLD)
        last = np.array(image.shape[:0:-1], np.float32) - 1
        for index in _strongest(seen.boxes, seen.scores, OVERLAP, of_smaller=True):
            left, top = np.maximum(seen.boxes[index, :2], 0.0).tolist()
            right, bottom = np.minimum(seen.boxes[index, 2:], last).tolist()
            if right > left and bottom > top:
                box = Box(left, top, right - left, bottom - top)
                yield Face(box, Landmarks.of(seen.landmarks[index].tolist()), float(seen.scores[index]))

    def _looked_at(self, image: Floats, boxes: Floats) -> _Seen:
        """O-Net: the last word, and the landmarks."""
        offsets, parts, scores = self._networks.o_net(image[None], *_samples(image, boxes, O_NET_PX))
        # (n, 2, 5) parts of the box → (n, 5, 2) pixels; Caffe's boxes include their last pixel
        landmarks = parts.reshape(-1, 2, 5) * _sizes(boxes)[:, :, None] + boxes[:, :2, None] - 1
        return _Seen(_adjusted(boxes, offsets), landmarks.transpose(0, 2, 1), scores[:, 1])


def _pyramid(image: Floats, scale: float) -> Iterator[tuple[list[npt.NDArray[Any]], float]]:
    """P-Net's inputs for smaller and smaller copies of (3, height, width), each with its scale.

    They are those of TensorFlow's AREA scaling: means over equal stretches, at whose ends fractions of pixels
    count in part. (Pillow's BOX takes whole pixels only, which moves the landmarks that come out at the end
    by 4 % of the distance between the eyes.)
    """
    height, width = image.shape[1:]
    sums = _running_sums(image)
    while min(height, width) * scale >= P_NET_CELL_PX:
        rows, columns = int(height * scale), int(width * scale)
        size = np.array([columns, 3 * rows])
        yield [sums, *_differences(height, rows), *_stretches(width, columns), size], scale
        scale *= PYRAMID_FACTOR


def _running_sums(image: Floats) -> Floats:
    """Of (3, height, width) the sums of all rows before each and before the end: (height + 1, 3, width)."""
    sums = np.empty((image.shape[1] + 1, 3, image.shape[2]), np.float32)
    sums[0] = 0
    for row in range(image.shape[1]):  # np.cumsum goes down the columns: twice as slow
        np.add(sums[row], image[:, row], out=sums[row + 1])
    return sums


@functools.lru_cache(maxsize=64)
def _differences(length: int, count: int) -> tuple[npt.NDArray[np.int64], Floats]:
    """Means over `count` equal stretches of a line, from its running sums.

    Returns:
        For each stretch the four sums around its ends (count, 4), and their weights (count, 1, 4).
    """
    ends = np.arange(count + 1) * (length / count)
    whole = np.minimum(ends.astype(np.int64), length - 1)
    part = ends - whole
    sums = np.stack([whole[1:], whole[1:] + 1, whole[:-1], whole[:-1] + 1], axis=1)
    weights = np.stack([1 - part[1:], part[1:], part[:-1] - 1, -part[:-1]], axis=1)
    return sums, (weights[:, None] * (count / length)).astype(np.float32)


@functools.lru_cache(maxsize=64)
def _stretches(length: int, count: int) -> tuple[npt.NDArray[np.int64], Floats]:
    """Means over `count` equal stretches of a line, from its pixels.

    Returns:
        For each block of a few stretches the pixels that it covers (blocks, k), and their weights in its
        stretches (blocks, STRETCHES, k).
    """
    step = length / count
    k = min(length, math.ceil(STRETCHES * step) + 1)
    blocks = np.arange(0, count, STRETCHES)[:, None]
    pixels = np.minimum((blocks * step).astype(np.int64), length - k) + np.arange(k)
    ends = (blocks + np.arange(STRETCHES + 1)) * step
    covered = np.clip(ends[:, :, None] - pixels[:, None], 0, 1, dtype=np.float32)
    return pixels, np.diff(covered, axis=1) / np.float32(step)


def _cells(cells: Floats, scale: float) -> tuple[Floats, Floats]:
    """The cells of P-Net's map that may be a face, as boxes in image pixels, and their scores."""
    flat = cells.reshape(5, -1)
    found = np.flatnonzero(flat[4] > math.log(P_NET_THRESHOLD / (1 - P_NET_THRESHOLD)))
    if len(found) > MAX_CELLS:
        found = found[np.argpartition(-flat[4, found], MAX_CELLS)[:MAX_CELLS]]
    rows, columns = np.divmod(found, cells.shape[2])
    corners = P_NET_STRIDE_PX * np.stack([columns, rows], axis=1).astype(np.float32)
    boxes = np.hstack([corners + 1, corners + P_NET_CELL_PX])  # the last pixel is in the cell
    boxes += flat[:4, found].T * (P_NET_CELL_PX - 1)
    return boxes / np.float32(scale), 1 / (1 + np.exp(-flat[4, found]))


def _strongest(
    boxes: Floats, scores: Floats, threshold: float, *, of_smaller: bool = False
) -> npt.NDArray[np.intp]:
    """Non-maximum suppression as `mtcnn` does it: a box falls to any surer one that covers it.

    (The usual kind asks the surer one to be standing itself; this needs no loop over the boxes.)

    Args:
        of_smaller: the overlap is a part of the smaller box rather than of the union.
    Returns:
        Indices of the boxes kept, surest first.
    """
    order = np.argsort(-scores, kind="stable")
    left, top, right, bottom = np.ascontiguousarray(boxes[order].T)
    area = (right - left) * (bottom - top)
    covered = np.zeros(len(order), bool)
    for first in range(0, len(order), NMS_BLOCK):
        surer, rest = slice(first, first + NMS_BLOCK), slice(first, None)
        shared = np.minimum.outer(right[surer], right[rest]) - np.maximum.outer(left[surer], left[rest])
        down = np.minimum.outer(bottom[surer], bottom[rest]) - np.maximum.outer(top[surer], top[rest])
        shared = np.maximum(shared, 0) * np.maximum(down, 0)
        if of_smaller:
            whole = np.minimum.outer(area[surer], area[rest])
        else:
            whole = np.add.outer(area[surer], area[rest]) - shared
        covered[rest] |= np.triu(shared > threshold * whole, k=1).any(axis=0)
    kept: npt.NDArray[np.intp] = order[~covered]
    return kept


def _sizes(boxes: Floats) -> Floats:
    """Width and height, shape (n, 2), of boxes that include their last pixel."""
    return boxes[:, 2:] - boxes[:, :2] + 1.0


def _adjusted(boxes: Floats, offsets: Floats) -> Floats:
    """Boxes moved by a network's offsets, given as parts of their size."""
    return boxes + offsets * np.tile(_sizes(boxes), 2)


def _squared(boxes: Floats) -> Floats:
    """Around the same centres, as large as the longer side."""
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    half = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, keepdims=True) / 2
    return np.hstack([centre - half, centre + half])


class _View(NamedTuple):
    """What O-Net is shown of a box that was drawn: the photo around its middle, smaller and turned.

    Attributes:
        pixels: uint8 RGB, black beyond the photo.
        squares: about the middle, shape (n, 4), as left, top, right, bottom.
        start, step: where in the photo the first pixel is, and the one to the right of it from there, as
            complex numbers.
    """

    pixels: Pixels
    squares: Floats
    start: complex
    step: complex

    def in_photo(self, points: Floats) -> list[tuple[float, float]]:
        """Of points, shape (n, 2)."""
        return [(place.real, place.imag) for place in (self.start + self.step * (points @ (1, 1j))).tolist()]

    def box_in_photo(self, box: Box) -> Box:
        """Around the ellipse in a box of the view."""
        middle = self.start + self.step * complex(box.x + box.width / 2, box.y + box.height / 2)
        width = math.hypot(self.step.real * box.width, self.step.imag * box.height)
        height = math.hypot(self.step.imag * box.width, self.step.real * box.height)
        return Box(middle.real - width / 2, middle.imag - height / 2, width, height)


def _views_of(pixels: Pixels, box: Box) -> Iterator[_View]:
    """Of a box that somebody drew: as it is, and turned."""
    height, width = pixels.shape[:2]
    reach = (0.5 + AROUND_DRAWN) * math.sqrt(2) * box.longer_side  # of a square in any direction
    middle = complex(box.x + box.width / 2, box.y + box.height / 2)
    left, top = max(0, math.floor(middle.real - reach)), max(0, math.floor(middle.imag - reach))
    right, bottom = min(width, math.ceil(middle.real + reach)), min(height, math.ceil(middle.imag + reach))
    around = Image.fromarray(np.ascontiguousarray(pixels[top:bottom, left:right]))
    times = max(1, int(box.longer_side) // (2 * O_NET_PX))
    around = around.reduce(times)
    corner, middle = complex(left, top), (middle - complex(left, top)) / times
    side = box.longer_side / times
    size = math.ceil((1 + 2 * AROUND_DRAWN) * side)
    for degrees in DRAWN_TURNS:
        turn = cmath.rect(1.0, math.radians(degrees))
        start = middle - turn * size / 2 * (1 + 1j)
        if not degrees:
            start = complex(round(start.real), round(start.imag))  # the very pixels
        back = (turn.real, -turn.imag, start.real, turn.imag, turn.real, start.imag)
        view = around.transform((size, size), Image.Transform.AFFINE, back, Image.Resampling.BILINEAR)
        at = (middle - start) / turn
        squares = [
            (at.real - half, at.imag - half, at.real + half, at.imag + half)
            for half in (scale * side / 2 for scale in DRAWN_SCALES)
        ]
        yield _View(np.asarray(view), np.array(squares, np.float32), corner + times * start, times * turn)


def _samples(image: Floats, boxes: Floats, size: int) -> tuple[Floats, Floats, Floats]:
    """Where a network is to sample the image for size × size patches of boxes.

    The points are those of tf.image.crop_and_resize: the first and the last lie on the edges of
    the box, and all are moved by (length − 1) / length. The graphs take points in the middle of cells.

    Returns:
        Boxes (n, 4) for the graph, and whether rows and columns (n, size) lie inside the image, as 0 or 1.
    """
    extent = np.array(image.shape[:0:-1], np.float32)
    boxes = boxes * np.tile((extent - 1) / extent, 2)
    step = (boxes[:, 2:] - boxes[:, :2]) / (size - 1)
    cells: Floats = np.hstack([boxes[:, :2] - step / 2, boxes[:, 2:] + step / 2])
    points = boxes[:, :2, None] + step[:, :, None] * np.arange(size, dtype=np.float32)
    inside = ((points >= 0) & (points <= extent[:, None] - 1)).astype(np.float32)
    return cells, np.ascontiguousarray(inside[:, 1]), np.ascontiguousarray(inside[:, 0])
