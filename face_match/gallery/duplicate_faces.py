"""Faces of one person in one photo: a face that is there twice, or two faces under one name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from face_match.core.records import FaceRecord


def in_same_photo(faces: Iterable[FaceRecord]) -> Mapping[str, bool]:
    """Which faces of a person have another one in their photo, by id, and whether that is at the same place.

    Args:
        faces: all of the person's.
    """
    by_photo: dict[str, list[FaceRecord]] = {}
    for face in faces:
        if face.photo is not None:
            by_photo.setdefault(face.photo, []).append(face)
    return {
        face.id: any(other.is_at(face.place) for other in own if other is not face)
        for own in by_photo.values()
        if len(own) > 1
        for face in own
    }
