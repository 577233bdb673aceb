"""Looking up many faces or photos at once gives the same as one by one."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from face_match.core.errors import FaceNotFoundError
from face_match.core.types import Box, Photo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.storage.sql import tables

PLACE, BESIDE = Box(100.0, 80.0, 60.0, 75.0), Box(300.0, 80.0, 60.0, 75.0)


@pytest.fixture
def with_faces(gallery: Gallery, new_face: Callable[..., NewFace], photo_of: Callable[..., Photo]) -> Gallery:
    """Ada in photos 1 to 5, Grace in 4 to 9, beside her; Joan in 20, it is not known where; unnamed faces in
    21 and 22. Ada was rejected in photos 7 and 8."""
    for name, numbers, place in (
        ("Ada", range(1, 6), PLACE),
        ("Grace", range(4, 10), BESIDE),
        ("Joan", (20,), None),
    ):
        for number in numbers:
            gallery.add(name, new_face(number, place), photo_of(number))
    for number in (21, 22):
        gallery.record_photo(photo_of(number), faces=[new_face(number)])
    for number in (7, 8):
        gallery.reject_at(photo_of(number), None, PLACE, gallery.person("Ada"))
    return gallery


@pytest.mark.parametrize("count", [3, 11, 400], ids=["few", "more", "more than there are faces"])
@pytest.mark.parametrize("at_once", [4, 500])
def test_many_values_are_looked_up_like_a_single_one(
    with_faces: Gallery,
    photo_of: Callable[..., Photo],
    count: int,
    at_once: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables, "VALUES_AT_ONCE", at_once)
    gallery = with_faces
    ids = [face.id for photo in gallery.photos() for face in gallery.faces_in(photo)]
    assert len(ids) == 16
    some = random.Random(1).sample(ids, min(count, len(ids)))
    assert [face.id for face in gallery.faces([*some, *some])] == some
    with pytest.raises(FaceNotFoundError):
        gallery.faces([*some, "nobody's"])
    photos = gallery.photos()[:count]
    assert len(photos) == min(count, 12)
    found = gallery.faces_in_each(photos)
    for photo in photos:
        assert [f.id for f in found[photo.id]] == [f.id for f in gallery.faces_in(photo)]
    asked = {photo.id for photo in photos} | {f"no photo {number}" for number in range(count)}
    owners = {(photo.id, face.person) for photo in photos for face in found[photo.id] if face.person}
    assert gallery.people_in(asked) == owners
    assert gallery.photos_at([f"/no/{number}.jpg" for number in range(count)]) == []
    assert gallery.faces([]) == []
    assert gallery.faces_in_each([]) == {}
    assert gallery.people_in([]) == set()
