"""The values that pass between the wings. All frozen; arrays in them are never written to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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


SMALLEST_BOX_PX = 12
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

    def within(self, width: float, height: float) -> Box:
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

    def moved(self, x: float, y: float) -> Face:
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
        decode_whole: the photo at its full size, decoded at each call.
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
    decode_whole: Callable[[], Pixels]
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


class PhotoFacts(Protocol):
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


class SeenFile(NamedTuple):
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
    def of(cls, photo: PhotoFacts) -> SeenFile:
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


class Origin(str, Enum):
    """Where a face record comes from; LEGACY is of versions that kept crops, not faces."""

    DETECTED = "detected"
    DRAWN = "drawn"
    REGION = "region"
    LEGACY = "legacy"


class Rejection(NamedTuple):
    """A remembered "this face is not that person".

    Attributes:
        folder: the person's, who may be gone.
        name: the person's, when it was said.
        similarity: of the face to the person then, by model id, as far as it was known.
    """

    folder: str
    name: str
    similarity: Mapping[str, float] = {}


@dataclass(frozen=True)
class PhotoRecord:
    """A photo that the gallery knows.

    Attributes:
        id: unique in the gallery, never used again.
        digest: `Photo.digest`, of the image data alone; "" until a photo of version 0.1 is seen again.
        file_digest: SHA-256 of the file's bytes when it was last read, in hex; "" where there was no file.
        path: where it was last seen; "" where that is not known.
        size, modified_ns: of the file there, by which it is known again without being read.
        width, height: of the upright photo, in pixels; 0 where not known.
        orientation: EXIF's, 1 to 8.
        taken: ISO 8601, local time; "" where not known.
        scans: the detectors and settings that it was scanned with.
        extra: fields of the record that this version does not know, kept as they were.
    """

    id: str
    digest: str = ""
    file_digest: str = ""
    path: str = ""
    size: int = 0
    modified_ns: int = 0
    width: int = 0
    height: int = 0
    orientation: int = 1
    taken: str = ""
    scans: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class FaceRecord:
    """One face in one photo, named or not, with its crop.

    Attributes:
        id: unique in the gallery, never used again.
        file: the crop's file, relative to the gallery's folder, with forward slashes; "" where none is kept.
        photo: the id of its photo record; None where that is not known.
        place: where the face is in the upright photo, in pixels; None where that is not known.
        orientation: the photo's EXIF orientation under which `place` holds.
        box, landmarks: where the face is in the crop; None for a face of the original demo.
        confidence: of the detector, 0..1; None where not known.
        person: the folder of the person whose face it is; None for an unnamed face.
        is_ignored: nobody is asked about it.
        is_unnamed: a person has taken its name away: no file gives it one.
        is_scanned: a scan has detected it, or met it: without its name it is still a face of the photo.
        rejections: who it is not.
        cluster: the same for unnamed faces that a person has put together; None for the others.
        apart: ids of faces of which a person has said that they are somebody else.
        added: ISO 8601, UTC.
        embeddings: the embedding of the crop for each model id that has seen it.
        taken: `PhotoRecord.taken` of its photo, as far as that was looked up; no field of its own record.
        extra: fields of the record that this version does not know, kept as they were.
    """

    id: str
    file: str = ""
    photo: str | None = None
    place: Box | None = None
    orientation: int = 1
    box: Box | None = None
    landmarks: Landmarks | None = None
    confidence: float | None = None
    quality: FaceQuality | None = None
    origin: Origin = Origin.DETECTED
    person: str | None = None
    is_ignored: bool = False
    is_unnamed: bool = False
    is_scanned: bool = False
    rejections: tuple[Rejection, ...] = ()
    cluster: str | None = None
    apart: frozenset[str] = frozenset()
    added: str = ""
    embeddings: Mapping[str, Embedding] = field(default_factory=dict)
    taken: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def is_at(self, place: Box | None) -> bool:
        """Whether a place in the same photo is this face's."""
        return self.place is not None and place is not None and self.place.overlap(place) >= SAME_FACE_OVERLAP


@dataclass(frozen=True, eq=False)
class Person:
    """A name with faces.

    Attributes:
        folder: a safe form of the first name below faces_db/, unique and for good: the person's key.
        cover: the id of the face chosen to stand for the person, if one was.
        born: ISO 8601 date, or a month or year alone: "2014-05-17", "2014-05", "2014"; "" where not known.
        face_count: how many faces are the person's.
        extra: fields of the record that this version does not know, kept as they were.
    """

    name: str
    folder: str
    added: str
    face_count: int = 0
    cover: str | None = None
    born: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


class Decision(str, Enum):
    """What a person has said of a conflict."""

    OPEN = "open"
    MINE = "mine"
    THEIRS = "theirs"


class Source(str, Enum):
    """What gave another name than a person did."""

    FOLDER = "folder"
    METADATA = "metadata"
    ARCHIVE = "archive"


@dataclass(frozen=True)
class Conflict:
    """A file says another name for a face than a person has.

    Attributes:
        id: the same for the same face and name.
        face: the id of the face.
        name: what the file says.
        path: of the photo, folder or archive that says it.
        at: when it was first met; ISO 8601, UTC.
    """

    id: str
    face: str
    name: str
    source: Source
    path: str
    at: str
    decision: Decision = Decision.OPEN
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Candidate:
    """How alike a person is to a face, before anything is decided.

    Attributes:
        face: of the person's, the most alike.
        similarity: cosine to that, −1..1.
        mean_similarity: cosine to the mean of all of the person's embeddings.
    """

    person: Person
    face: FaceRecord
    similarity: float
    mean_similarity: float


@dataclass(frozen=True, eq=False)
class Match:
    """One person ranked for one face.

    Attributes:
        face: of the person's, the most alike.
        similarity: cosine to that, −1..1.
        score: what decides, on the scale of similarities; see `decision.scoring`.
        rival: who else is so alike that the score is lower for it; None where nobody is.
        years_apart: between the photo of the face and that of the person's face which is most alike; None
            where either date is not known.
        across_childhood: whether more than ten years lie between them in which the person was a child, or may
            have been: it is a maybe at most.
        age: the person's at the time of the earlier of the two, in years, below 0 before birth; None where
            not known.
        undecided: two people who are easily mixed up, and too close to each other for this face to match
            either, or anybody who is less alike; None where it can be decided.
    """

    person: Person
    face: FaceRecord
    similarity: float
    score: float
    rival: Person | None = None
    years_apart: float | None = None
    across_childhood: bool = False
    age: float | None = None
    undecided: tuple[Person, Person] | None = None

    @property
    def is_too_close(self) -> bool:
        """Whether it is of one of two people between whom nothing decides."""
        return self.undecided is not None and self.person in self.undecided


OnProgress = Callable[[int, int], None]
"""Called with how much is done and how much there is."""

IsCancelled = Callable[[], bool]


def no_progress(done: int, total: int) -> None:
    """For who does not watch."""


def never_cancelled() -> bool:
    """For what cannot be stopped."""
    return False
