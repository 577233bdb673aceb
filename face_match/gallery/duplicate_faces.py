"""Several faces of one person in one photo: duplicates, or a wrong name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from face_match.core.records import FaceRecord


def in_same_photo(faces: Iterable[FaceRecord]) -> Mapping[str, bool]:
    """The faces that share their photo with another face, by id; True if the other face is at the same place.

    Args:
        faces: all faces of one person.
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
