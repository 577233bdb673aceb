"""The records of a gallery: photos, faces, people and conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from face_match.core.types import SAME_FACE_OVERLAP, Box, Embedding, FaceQuality, Landmarks


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
