"""The values that pass between the wings. All frozen; arrays in them are never written to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""An image: uint8, shape (height, width, 3), RGB."""

Embeddings = npt.NDArray[np.float32]
"""Embeddings: float32, shape (n, dimensions), each row of unit L2 norm."""

Embedding = npt.NDArray[np.float32]
"""One embedding: float32, shape (dimensions,), of unit L2 norm."""

MIN_BOX_PX = 12
"""Width and height from which on a box that somebody drew can be a face: that of MTCNN's own first look."""

SAME_FACE_OVERLAP = 0.5
"""From this intersection over union two boxes in one photo are one face."""


class Box(NamedTuple):
    """A rectangle in pixels; it may reach past the edges of the photo."""

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
        """The part of it that lies in a photo of that size; of no width or height where none does."""
        left, top = min(max(self.x, 0.0), width), min(max(self.y, 0.0), height)
        right = min(max(self.x + self.width, left), width)
        bottom = min(max(self.y + self.height, top), height)
        return Box(left, top, right - left, bottom - top)

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0..1."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        shared = max(0.0, across) * max(0.0, down)
        whole = self.area + other.area - shared
        return shared / whole if whole > 0 else 0.0


class Point(NamedTuple):
    """In pixels."""

    x: float
    y: float


class Landmarks(NamedTuple):
    """Five points in pixels. Left and right are those of the image, not of the person."""

    left_eye: Point
    right_eye: Point
    nose: Point
    left_mouth: Point
    right_mouth: Point

    @classmethod
    def of(cls, points: Sequence[Sequence[float]]) -> Landmarks:
        return cls(*(Point(float(x), float(y)) for x, y in points))


class Verdict(str, Enum):
    """What a face's quality lets one do with it."""

    GOOD = "good"
    POOR = "poor"
    UNUSABLE = "unusable"


@dataclass(frozen=True)
class FaceQuality:
    """How well a face can be recognised: score 0..1, higher is better; reasons in plain words."""

    verdict: Verdict
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Face:
    """One face, found or drawn, in photo pixels; confidence 0..1, the detector's in either case."""

    box: Box
    landmarks: Landmarks
    confidence: float

    def scaled(self, factor: float) -> Face:
        """The same face in a copy of the photo that is `factor` times as large."""
        points = [(point.x * factor, point.y * factor) for point in self.landmarks]
        box = Box(*(value * factor for value in self.box))
        return Face(box, Landmarks.of(points), self.confidence)

    def shifted(self, x: float, y: float) -> Face:
        """The same face in a photo in which this one is a part, whose upper left corner is there."""
        points = [(point.x + x, point.y + y) for point in self.landmarks]
        box = self.box._replace(x=self.box.x + x, y=self.box.y + y)
        return Face(box, Landmarks.of(points), self.confidence)


@dataclass(frozen=True, eq=False)
class Photo:
    """A decoded photo, upright.

    Attributes:
        pixels: uint8, shape (rows, columns, 3), sRGB; of a large JPEG a smaller copy, which takes a
            fraction of the time and is enough to look at and to find faces in.
        width, height: of the photo itself. Boxes and landmarks are in its pixels.
        name: the file name to show, never a path.
        digest: of the image data alone (of the pixels, for a photo without a file), in hex. A photo is known
            by it: ratings, captions and the like may change.
        decode_full: the photo at its full size, decoded at each call.
        orientation: EXIF's, 1 to 8: how the file's image was turned to be upright; 1 for not at all.
        size, modified_ns: of the file whose bytes were read, in bytes and in nanoseconds since 1970; 0
            without a file.
        taken: when it was taken, local time in ISO 8601 without a zone; "" where that is not known.
        hash_file: gives `file_digest`, which takes as long as the content digest and is seldom needed.
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

    @cached_property
    def file_digest(self) -> str:
        """SHA-256 of the file's bytes, in hex; "" without a file. Galleries of 0.1 know photos by it."""
        return self.hash_file()

    @property
    def scale(self) -> float:
        """Pixels of the photo for one of `pixels`; 1 or more."""
        return self.width / int(self.pixels.shape[1])


class PhotoInfo(Protocol):
    """What is known of a photo without its pixels; the attributes are those of `Photo`."""

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


class PhotoFileInfo(NamedTuple):
    """A photo's file that was read and not decoded.

    Attributes:
        width, height: of the upright photo, in pixels; 0 where only decoding would tell.
    """

    digest: str
    file_digest: str
    size: int
    modified_ns: int
    orientation: int = 1
    width: int = 0
    height: int = 0
    taken: str = ""

    @classmethod
    def from_photo(cls, photo: PhotoInfo) -> PhotoFileInfo:
        """What is known of a photo, without its pixels."""
        return cls(
            photo.digest,
            photo.file_digest,
            photo.size,
            photo.modified_ns,
            photo.orientation,
            photo.width,
            photo.height,
            photo.taken,
        )


@dataclass(frozen=True, eq=False)
class Crop:
    """The pixels of one face with margin, and where the face is in them.

    Everything that is embedded is embedded from a crop, so that a crop kept in the gallery gives,
    under any model and at any later time, exactly the embedding that the photo gave.
    """

    pixels: Pixels
    box: Box
    landmarks: Landmarks


@dataclass(frozen=True, eq=False)
class EmbeddedFace:
    """A face with what was made of it under one model."""

    face: Face
    crop: Crop
    quality: FaceQuality
    embedding: Embedding
    model_id: str
