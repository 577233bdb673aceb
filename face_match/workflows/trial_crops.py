"""Choose faces of a gallery to try an added model on."""

from __future__ import annotations

from contextlib import suppress

from face_match.core.errors import ImageUnreadableError
from face_match.core.records import FaceRecord, Person
from face_match.core.types import Crop, Verdict
from face_match.gallery.gallery import Gallery

FEWEST_PEOPLE, MOST_PEOPLE = 2, 4
MOST_FACES = 2
"""Faces of each person. With more, the trial of a large network would take minutes."""

PEOPLE_ASKED = 100


def trial_crops(gallery: Gallery) -> list[list[Crop]]:
    """Crops of clear faces, person by person, people with several first; empty if fewer than two people have
    any.

    Nothing of them is stored with the model.
    """
    found = []
    for person in gallery.people[:PEOPLE_ASKED]:
        if crops := _clear_crops(gallery, person):
            found.append(crops)
        if sum(len(some) == MOST_FACES for some in found) == MOST_PEOPLE:
            break
    found.sort(key=len, reverse=True)
    return found[:MOST_PEOPLE] if len(found) >= FEWEST_PEOPLE else []


def _clear_crops(gallery: Gallery, person: Person) -> list[Crop]:
    faces = [face for face in gallery.faces_of(person) if face.box is not None and _is_clear(face)]
    faces.sort(key=lambda face: -face.quality.score if face.quality is not None else 0.0)
    crops: list[Crop] = []
    photos: set[str | None] = set()
    for face in faces:
        if len(crops) == MOST_FACES:
            break
        if face.photo is None or face.photo not in photos:
            photos.add(face.photo)
            with suppress(ImageUnreadableError):
                crops.append(gallery.crop_of(face))
    return crops


def _is_clear(face: FaceRecord) -> bool:
    return face.quality is None or face.quality.verdict is Verdict.GOOD
