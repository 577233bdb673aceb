"""Samples of one photo are told of: the same face twice, and two faces of a photo under one name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from face_match.gallery.gallery import Gallery
from face_match.gallery.same_photo import in_same_photo
from face_match.types import Box, Crop, Vector

HERE, NEARLY_HERE, THERE = Box(10, 10, 40, 40), Box(14, 12, 40, 40), Box(200, 10, 40, 40)


@pytest.fixture
def keep(
    gallery: Gallery, face_crop: Callable[[int], Crop], face_vector: Callable[[int], Vector]
) -> Callable[..., str]:
    """Makes a face at a place in a photo somebody's; gives the sample's id."""
    count = 0

    def do(name: str, photo: str, place: Box | None) -> str:
        nonlocal count
        count += 1
        vectors = {"made-up": face_vector(count)}
        other = gallery.add(f"{name} {count}", face_crop(count), vectors, photo, place)
        if gallery.find(name) is None:
            gallery.rename(other[0], name)
        else:
            gallery.merge([other[0]], gallery.person(name))
        return other[1].id

    return do


def told(gallery: Gallery, name: str) -> dict[str, tuple[str, bool]]:
    person = gallery.person(name)
    found = in_same_photo(gallery, person, gallery.samples_of(person))
    return {sample_id: (same.person.name, same.is_same_face) for sample_id, same in found.items()}


def test_a_face_that_two_people_have_is_told_of_to_both(gallery: Gallery, keep: Callable[..., str]) -> None:
    ada, grace = keep("Ada", "a", HERE), keep("Grace", "a", NEARLY_HERE)
    keep("Ada", "b", HERE)
    assert told(gallery, "Ada") == {ada: ("Grace", True)}
    assert told(gallery, "Grace") == {grace: ("Ada", True)}


def test_a_face_that_somebody_has_twice_is_told_of(gallery: Gallery, keep: Callable[..., str]) -> None:
    ids = [keep("Ada", "a", HERE), keep("Ada", "a", NEARLY_HERE)]
    assert told(gallery, "Ada") == dict.fromkeys(ids, ("Ada", True))


def test_two_faces_of_a_photo_under_one_name_are_told_of(gallery: Gallery, keep: Callable[..., str]) -> None:
    ids = [keep("Ada", "a", HERE), keep("Ada", "a", THERE), keep("Ada", "a", None)]
    assert told(gallery, "Ada") == dict.fromkeys(ids, ("Ada", False))


def test_two_people_in_one_photo_are_as_it_should_be(gallery: Gallery, keep: Callable[..., str]) -> None:
    keep("Ada", "a", HERE)
    keep("Grace", "a", THERE)
    assert told(gallery, "Ada") == told(gallery, "Grace") == {}


def test_photos_that_are_not_known_are_not_the_same(gallery: Gallery, keep: Callable[..., str]) -> None:
    for _ in range(2):
        keep("Ada", "", HERE)
    assert told(gallery, "Ada") == {}
