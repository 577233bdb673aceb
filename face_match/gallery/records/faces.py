"""Face records: new ones, their rejections, and matching them with places in a photo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, cast

import numpy as np

from face_match.core.box_overlap import assign_pairs, box_rows, overlaps
from face_match.core.orientation import reorient_box
from face_match.core.records import (
    FaceRecord,
    Origin,
    Person,
    PhotoRecord,
    Rejection,
)
from face_match.core.types import (
    SAME_FACE_OVERLAP,
    Box,
    Crop,
    EmbeddedFace,
    Embedding,
    FaceQuality,
    PhotoInfo,
)
from face_match.gallery.records.fields import unit_vector
from face_match.gallery.records.rows import utc_now

FACES_AT_ONCE = 500
"""Their rows take several times as much memory as their records."""
MOST_APART = 128
"""Embeddings in arrays of their own that are not packed yet."""


class NewFace(NamedTuple):
    """A face to add: its crop, and the crop's embedding by model id."""

    crop: Crop
    embeddings: Mapping[str, Embedding]
    place: Box | None = None
    confidence: float | None = None
    quality: FaceQuality | None = None
    origin: Origin = Origin.DETECTED

    @classmethod
    def of(cls, face: EmbeddedFace, origin: Origin = Origin.DETECTED) -> NewFace:
        """A detected or drawn face, as a face to add."""
        embeddings = {face.model_id: face.embedding}
        return cls(face.crop, embeddings, face.face.box, face.face.confidence, face.quality, origin)


def new_face_record(new: NewFace, record: PhotoRecord | None, face_id: str, file: str) -> FaceRecord:
    """The record of a new, unnamed face.

    Args:
        record: of its photo, in the orientation for which its place holds.
    """
    return FaceRecord(
        face_id,
        file,
        None if record is None else record.id,
        new.place,
        orientation=1 if record is None else record.orientation,
        box=new.crop.box,
        landmarks=new.crop.landmarks,
        confidence=new.confidence,
        quality=new.quality,
        origin=new.origin,
        added=utc_now(),
        embeddings={model: unit_vector(embedding) for model, embedding in new.embeddings.items()},
    )


def faces_at_places(places: Sequence[Box | None], known: Sequence[FaceRecord]) -> list[FaceRecord | None]:
    """The known face at each place, best overlap first; no face is matched twice."""
    placed = [at for at, face in enumerate(known) if face.place is not None]
    rows = box_rows(face.place for face in known if face.place is not None)
    numbers = [number for number, place in enumerate(places) if place is not None]
    scores = (overlaps(place, rows) for place in places if place is not None)
    found = assign_pairs((np.where(one >= SAME_FACE_OVERLAP, one, 0.0) for one in scores), len(numbers))
    match = {numbers[row]: placed[column] for row, column in found.items()}
    return [known[match[number]] if number in match else None for number in range(len(places))]


def with_rejection(face: FaceRecord, person: Person, similarity: Mapping[str, float] = {}) -> FaceRecord:
    """The face with a rejection of a person."""
    rejection = Rejection(person.folder, person.name, dict(similarity))
    return replace(face, rejections=(*without_rejection(face, person).rejections, rejection))


def without_rejection(face: FaceRecord, person: Person) -> FaceRecord:
    """The face without rejections of a person."""
    return replace(face, rejections=tuple(r for r in face.rejections if r.folder != person.folder))


def faces_counted(count: int) -> str:
    """The number of faces for a description: "a face", "3 faces"."""
    return "a face" if count == 1 else f"{count:,} faces"


def by_photo(faces: Iterable[FaceRecord]) -> dict[str, list[FaceRecord]]:
    """The faces of each photo, by the photo's id; those whose photo is unknown are under "None"."""
    found: dict[str, list[FaceRecord]] = {}
    for face in faces:
        found.setdefault(str(face.photo), []).append(face)
    return found


def in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids of faces that are read one after another, in parts."""
    for first in range(0, len(ids), FACES_AT_ONCE):
        yield ids[first : first + FACES_AT_ONCE]


def comparable(faces: Iterable[FaceRecord], model_id: str, dimensions: int = 0) -> list[FaceRecord]:
    """The faces whose embeddings of a model can be compared. Untrusted records may have embeddings of any
    size.

    Args:
        dimensions: of the embeddings to compare with; 0 for the most common size among the faces.
    """
    found = [face for face in faces if model_id in face.embeddings]
    if not dimensions and found:
        ((dimensions, _),) = Counter(len(face.embeddings[model_id]) for face in found).most_common(1)
    return [face for face in found if len(face.embeddings[model_id]) == dimensions]


def pack_embeddings(faces: Iterable[FaceRecord], model_id: str) -> None:
    """Put the embeddings of comparable faces into one array, if many of them are arrays of their own.

    Those lie between what was freed since, such as pixels, of which glibc can return whole pages only.
    """
    held = [face.embeddings for face in faces]
    apart = sum(one[model_id].base is None for one in held)
    if apart <= max(MOST_APART, len(held) // 8):
        return
    packed = np.stack([one[model_id] for one in held])
    for one, embedding in zip(held, packed, strict=True):
        cast(dict[str, Embedding], one)[model_id] = embedding  # an equal one: the record stays as it is


def as_read(record: PhotoRecord, photo: PhotoInfo) -> PhotoRecord:
    """The record of a photo in the orientation in which the photo was read."""
    if not photo.width:  # the orientation is unknown
        return record
    return replace(record, width=photo.width, height=photo.height, orientation=photo.orientation)


def in_current_orientation(face: FaceRecord, photo: PhotoRecord | None) -> FaceRecord:
    """The face with its place turned to the photo's current orientation."""
    if face.place is None or photo is None or photo.orientation == face.orientation or not photo.width:
        return face
    place = reorient_box(face.place, photo.width, photo.height, face.orientation, photo.orientation)
    return replace(face, place=place, orientation=photo.orientation)
