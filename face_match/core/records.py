"""The records of a gallery: photos, faces, people and conflicts."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from face_match.core.types import SAME_FACE_OVERLAP, Box, Embedding, FaceQuality, Landmarks, Point


class Origin(str, Enum):
    """Where a face record comes from. LEGACY records are of versions that stored crops, not faces."""

    DETECTED = "detected"
    DRAWN = "drawn"
    REGION = "region"
    LEGACY = "legacy"


class Rejection(NamedTuple):
    """A stored "this face is not that person".

    Attributes:
        folder: of the person, who may have been deleted since.
        name: of the person at the time of the rejection.
        similarity: of the face to the person at that time, by model id; may be incomplete.
    """

    folder: str
    name: str
    similarity: Mapping[str, float] = {}


@dataclass(frozen=True)
class PhotoRecord:
    """A photo of the gallery.

    Attributes:
        id: unique in the gallery, never reused.
        digest: `Photo.digest`; "" for a photo of version 0.1 that was not read since.
        file_digest: SHA-256 of the file's bytes when it was last read, in hex; "" without a file.
        path: last known path; "" if unknown.
        size, modified_ns: of the file at that path. A file that still has both is not read again.
        width, height: of the upright photo, in pixels; 0 if unknown.
        orientation: under which the photo is upright, 1..8, as in EXIF: `turn` if it is set, else that of the
            file.
        taken: date and local time in ISO 8601; "" if unknown.
        scans: detectors and settings of the scans that the photo has had.
        turned: orientation that the user chose, whatever the file says; None if they chose none.
        turned_by_scan: orientation in which a scan found faces where the photo as it was had none.
        hints: names of people in the photo whose place no file says.
        extra: fields of the record that this version does not know; they are stored again unchanged.
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
    turned: int | None = None
    turned_by_scan: int | None = None
    hints: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def turn(self) -> int | None:
        """The orientation under which the photo is upright although its file says another; None: as the file
        says. The user's word precedes a scan's finding."""
        return self.turned if self.turned is not None else self.turned_by_scan


NOTHING: Mapping[str, Any] = {}
"""One empty mapping for all records; read-only."""
NOBODY = frozenset[str]()


@dataclass(frozen=True, eq=False, slots=True)
class FaceRecord:
    """One face in one photo, named or not, with its crop. Thousands are in memory while they are reviewed.

    Attributes:
        id: unique in the gallery, never reused.
        file: path of the crop's file, relative to the gallery's folder, with forward slashes; "" without a
            crop.
        photo: id of its photo record; None if unknown.
        place: its box in the upright photo, in pixels; None if unknown.
        orientation: EXIF orientation of the photo for which `place` holds.
        box, landmarks: in pixels of the crop; None for a face of the original demo.
        confidence: of the detector, 0..1; None if unknown.
        person: folder of its person; None for an unnamed face.
        is_ignored: the review does not ask about it.
        is_unnamed: the user removed its name, so no file may give it a name again.
        is_scanned: a scan has found it, so it stays in its photo when its name is removed.
        rejections: people that it is not.
        cluster: the same text for unnamed faces that the user has grouped; None for others.
        different_from: ids of faces that the user said show another person.
        added: ISO 8601, UTC.
        embeddings: of its crop, by model id; those that were asked for.
        taken, hints: those of its photo's record, if that was looked up; not stored in this record.
        extra: fields of the record that this version does not know; they are stored again unchanged.
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
    different_from: frozenset[str] = NOBODY
    added: str = ""
    embeddings: Mapping[str, Embedding] = field(default_factory=lambda: NOTHING)
    taken: str = ""
    hints: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=lambda: NOTHING)

    def is_at(self, place: Box | None) -> bool:
        """Whether a box in the same photo is that of this face."""
        return self.place is not None and place is not None and self.place.overlap(place) >= SAME_FACE_OVERLAP


class _Packed:
    """Numbers of a record in one object in their slot: those of its three fields would take 1,000 bytes as
    they are, and take 300 so."""

    def __init__(self, slot: Any, count: int, build: Callable[[tuple[float, ...]], object]) -> None:
        self._slot = slot
        self._numbers = struct.Struct(f"{count}d")
        self._build = build

    def __get__(self, record: FaceRecord | None, owner: type) -> Any:
        if record is None:
            return self
        packed = self._slot.__get__(record)
        return None if packed is None else self._build(self._numbers.unpack(packed))

    def __set__(self, record: FaceRecord, value: Box | Landmarks | None) -> None:
        numbers = itertools.chain.from_iterable(value) if isinstance(value, Landmarks) else value
        self._slot.__set__(record, None if numbers is None else self._numbers.pack(*numbers))


def _landmarks(numbers: tuple[float, ...]) -> Landmarks:
    return Landmarks(*map(Point, numbers[::2], numbers[1::2]))


for _field, _count, _build in (("place", 4, Box._make), ("box", 4, Box._make), ("landmarks", 10, _landmarks)):
    setattr(FaceRecord, _field, _Packed(getattr(FaceRecord, _field), _count, _build))


@dataclass(frozen=True, eq=False)
class Person:
    """A person of the gallery.

    Attributes:
        folder: key of the person, for good: a safe form of the first name, below faces_db/.
        cover: id of the cover face, if the user chose one.
        born: birth date in ISO 8601, or its month or year: "2014-05-17", "2014-05", "2014"; "" if unknown.
        face_count: number of the person's faces.
        extra: fields of the record that this version does not know; they are stored again unchanged.
    """

    name: str
    folder: str
    added: str
    face_count: int = 0
    cover: str | None = None
    born: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


class Decision(str, Enum):
    """The user's decision on a conflict."""

    OPEN = "open"
    MINE = "mine"
    THEIRS = "theirs"


class Source(str, Enum):
    """Where the conflicting name comes from."""

    FOLDER = "folder"
    METADATA = "metadata"
    ARCHIVE = "archive"


@dataclass(frozen=True)
class Conflict:
    """A name in a file that differs from the name that the user gave to a face.

    Attributes:
        id: derived from face and name, so it is the same at each import.
        face: id of the face.
        name: the name in the file.
        path: of the photo, folder or archive with that name.
        at: when it was first found; ISO 8601, UTC.
    """

    id: str
    face: str
    name: str
    source: Source
    path: str
    at: str
    decision: Decision = Decision.OPEN
    extra: Mapping[str, object] = field(default_factory=dict)
