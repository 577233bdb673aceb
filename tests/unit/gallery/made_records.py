"""Records made of the values that the program works with, to be put into a store."""

from __future__ import annotations

from collections.abc import Sequence

from face_match.gallery.records import (
    Contents,
    Table,
    row_of_conflict,
    row_of_face,
    row_of_person,
    row_of_photo,
)
from face_match.types import Conflict, FaceRecord, Person, PhotoRecord


def contents_of(
    people: Sequence[Person] = (),
    faces: Sequence[FaceRecord] = (),
    photos: Sequence[PhotoRecord] = (),
    conflicts: Sequence[Conflict] = (),
) -> Contents:
    """All of a gallery."""
    return Contents(
        {
            Table.PEOPLE: [*map(row_of_person, people)],
            Table.PHOTOS: [*map(row_of_photo, photos)],
            Table.FACES: [*map(row_of_face, faces)],
            Table.CONFLICTS: [*map(row_of_conflict, conflicts)],
        },
        {face.id: face.vectors for face in faces},
    )
