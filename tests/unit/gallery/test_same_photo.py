"""Faces of one person in one photo are reported: duplicates, and two faces with one name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from face_match.core.errors import FaceNamedError
from face_match.core.types import Box, Photo
from face_match.gallery.duplicate_faces import in_same_photo
from face_match.gallery.gallery import Gallery, NewFace

HERE, NEARLY_HERE, THERE = Box(10, 10, 40, 40), Box(14, 12, 40, 40), Box(200, 10, 40, 40)

Keep = Callable[..., str]


@pytest.fixture
def keep(gallery: Gallery, new_face: Callable[..., NewFace], photo_of: Callable[..., Photo]) -> Keep:
    """Makes a face at a place in a photo somebody's, whoever has another one there; gives its id."""
    count = 0

    def do(name: str, photo: int | None, place: Box | None) -> str:
        nonlocal count
        count += 1
        source = None if photo is None else photo_of(photo)
        person, (face,), *_ = gallery.add(f"{name} {count}", new_face(count, place), source)
        if gallery.find(name) is None:
            gallery.rename(person, name)
        else:
            gallery.merge([person], gallery.person(name))
        return face.id

    return do


def told(gallery: Gallery, name: str) -> dict[str, bool]:
    return dict(in_same_photo(gallery.faces_of(gallery.person(name))))


def test_a_place_in_a_photo_is_one_face_with_one_person(
    gallery: Gallery, keep: Keep, new_face: Callable[..., NewFace], photo_of: Callable[..., Photo]
) -> None:
    keep("Ada", 1, HERE)
    with pytest.raises(FaceNamedError):
        keep("Grace", 1, NEARLY_HERE)
    gallery.add("Grace", new_face(9, NEARLY_HERE), photo_of(1), replaces=True)
    assert [(person.name, person.face_count) for person in gallery.people] == [("Grace", 1)]


def test_two_faces_of_a_photo_with_one_name_are_reported(gallery: Gallery, keep: Keep) -> None:
    ids = [keep("Ada", 1, HERE), keep("Ada", 1, THERE), keep("Ada", 1, None)]
    keep("Ada", 2, HERE)
    assert told(gallery, "Ada") == dict.fromkeys(ids, False)


def test_a_duplicate_face_is_reported_as_such(
    gallery: Gallery, photo_of: Callable[..., Photo], new_face: Callable[..., NewFace]
) -> None:
    """As records of version 0.1 can have it, and detectors that find a face in two boxes."""
    places = [HERE, HERE._replace(x=HERE.x + 15), HERE._replace(x=HERE.x + 8)]
    for number, place in enumerate(places[:2]):
        gallery.record_photo(photo_of(1), faces=[new_face(number, place)])
    seen = gallery.record_photo(photo_of(1), faces=[new_face(n, place) for n, place in enumerate(places)])
    assert len(seen.new_faces) == 1
    faces = gallery.faces_in(seen.photo)
    gallery.name_faces([face.id for face in faces], "Ada", allow_same_photo=True)
    assert told(gallery, "Ada") == {face.id: True for face in faces}


def test_two_people_in_one_photo_are_not_reported(gallery: Gallery, keep: Keep) -> None:
    keep("Ada", 1, HERE)
    keep("Grace", 1, THERE)
    assert told(gallery, "Ada") == told(gallery, "Grace") == {}


def test_photos_that_are_not_known_are_not_the_same(gallery: Gallery, keep: Keep) -> None:
    for _ in range(2):
        keep("Ada", None, HERE)
    assert told(gallery, "Ada") == {}
