"""Values that pass between packages: photos, faces, crops, quality, embeddings.

All are frozen, and arrays in them are never written to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""An image: uint8 RGB, shape (height, width, 3)."""

Embeddings = npt.NDArray[np.float32]
"""Embeddings: float32, shape (n, dimensions), each row of unit L2 norm."""

Embedding = npt.NDArray[np.float32]
"""One embedding: float32, shape (dimensions,), of unit L2 norm."""

MIN_BOX_PX = 12
"""Smallest width and height of a drawn box: the receptive field of MTCNN's first network."""

SAME_FACE_OVERLAP = 0.5
"""Two boxes in one photo that overlap by this much or more (intersection over union) are one face."""


class Box(NamedTuple):
    """A rectangle in pixels. It may extend beyond the photo."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def longer_side(self) -> float:
        return max(self.width, self.height)

    def clipped_to(self, width: float, height: float) -> Box:
        """The part of the box inside a photo of that size; its width or height is 0 if there is none."""
        left, top = min(max(self.x, 0.0), width), min(max(self.y, 0.0), height)
        right = min(max(self.x + self.width, left), width)
        bottom = min(max(self.y + self.height, top), height)
        return Box(left, top, right - left, bottom - top)

    def overlap(self, other: Box) -> float:
        """Intersection over union with another box, 0..1."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        shared = max(0.0, across) * max(0.0, down)
        whole = self.area + other.area - shared
        return shared / whole if whole > 0 else 0.0


class Point(NamedTuple):
    """A point in pixels."""

    x: float
    y: float


class Landmarks(NamedTuple):
    """The five landmarks in pixels. Left and right are those of the image, not of the person."""

    left_eye: Point
    right_eye: Point
    nose: Point
    left_mouth: Point
    right_mouth: Point

    @classmethod
    def of(cls, points: Sequence[Sequence[float]]) -> Landmarks:
        return cls(*(Point(float(x), float(y)) for x, y in points))


class Verdict(str, Enum):
    """The verdict on a face's quality."""

    GOOD = "good"
    POOR = "poor"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class FaceQuality:
    """How well a face can be recognised.

    Attributes:
        score: 0..1, higher is better.
        reasons: short phrases, such as "too small".
    """

    verdict: Verdict
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Face:
    """A detected or drawn face, in pixels of the photo; confidence of the detector, 0..1."""

    box: Box
    landmarks: Landmarks
    confidence: float

    def scaled(self, factor: float) -> Face:
        """The face in a copy of the photo that is scaled by `factor`."""
        points = [(point.x * factor, point.y * factor) for point in self.landmarks]
        box = Box(*(value * factor for value in self.box))
        return Face(box, Landmarks.of(points), self.confidence)

    def shifted(self, x: float, y: float) -> Face:
        """The face in a larger photo that has this one's upper left corner at (x, y)."""
        points = [(point.x + x, point.y + y) for point in self.landmarks]
        box = self.box._replace(x=self.box.x + x, y=self.box.y + y)
        return Face(box, Landmarks.of(points), self.confidence)


@dataclass(frozen=True, eq=False)
class Photo:
    """A decoded photo, upright.

    Attributes:
        pixels: uint8 sRGB, shape (rows, columns, 3). For a large JPEG it is a reduced copy, which is decoded
            in a fraction of the time and suffices for display and detection.
        width, height: of the photo at full size. Boxes and landmarks are in its pixels.
        name: file name for display, without a path.
        digest: content digest, in hex: of the image data alone, or of the pixels if there is no file. It
            identifies the photo whatever happens to its ratings and captions.
        decode_full: decodes the photo at full size, at each call.
        orientation: under which the pixels are upright, 1..8, as in EXIF; that of the file unless the photo
            was turned.
        turned_from: EXIF orientation of the file, if the photo was turned to another one; None otherwise.
        size, modified_ns: of the file, in bytes and in nanoseconds since 1970; 0 without a file.
        taken: date and local time in ISO 8601, without a zone; "" if unknown.
        hash_file: computes `file_digest`. That takes as long as the content digest, and is seldom needed.
    """

    pixels: Pixels
    width: int
    height: int
    name: str
    digest: str
    decode_full: Callable[[], Pixels]
    orientation: int = 1
    size: int = 0
    modified_ns: int = 0
    taken: str = ""
    hash_file: Callable[[], str] = str  # which gives ""
    turned_from: int | None = None

    @cached_property
    def file_digest(self) -> str:
        """SHA-256 of the file's bytes, in hex; "" without a file. Galleries of version 0.1 identify photos by
        it."""
        return self.hash_file()

    @property
    def scale(self) -> float:
        """Pixels of the photo per pixel of `pixels`; 1 or more."""
        return self.width / int(self.pixels.shape[1])


class PhotoInfo(Protocol):
    """What is known of a photo without its pixels; see `Photo` for the attributes."""

    @property
    def digest(self) -> str: ...
    @property
    def file_digest(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def modified_ns(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def orientation(self) -> int: ...
    @property
    def taken(self) -> str: ...
    @property
    def turned_from(self) -> int | None: ...


class PhotoFileInfo(NamedTuple):
    """A photo's file that was read but not decoded; see `Photo` for the other attributes.

    Attributes:
        width, height: of the upright photo, in pixels; 0 if only decoding would tell.
    """

    digest: str
    file_digest: str
    size: int
    modified_ns: int
    orientation: int = 1
    width: int = 0
    height: int = 0
    taken: str = ""
    turned_from: int | None = None

    @classmethod
    def from_photo(cls, photo: PhotoInfo) -> PhotoFileInfo:
        """The information in a photo, without its pixels."""
        return cls(
            photo.digest,
            photo.file_digest,
            photo.size,
            photo.modified_ns,
            photo.orientation,
            photo.width,
            photo.height,
            photo.taken,
            photo.turned_from,
        )


@dataclass(frozen=True, eq=False)
class Crop:
    """A face's pixels with a margin, and its box and landmarks in them.

    All embeddings are made from crops. So a stored crop gives, under any model and at any later time, exactly
    the embedding that the photo gave.
    """

    pixels: Pixels
    box: Box
    landmarks: Landmarks


@dataclass(frozen=True, eq=False)
class EmbeddedFace:
    """A face with its crop, its quality, and its embedding under one model."""

    face: Face
    crop: Crop
    quality: FaceQuality
    embedding: Embedding
    model_id: str
