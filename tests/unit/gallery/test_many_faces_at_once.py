"""What is asked of many faces at once is the same as of one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from face_match.gallery import encryption, sql_store
from face_match.gallery.gallery import Gallery
from face_match.types import Box, Rejection

PLACE, BESIDE = Box(100.0, 80.0, 60.0, 75.0), Box(300.0, 80.0, 60.0, 75.0)


def key(number: int, place: Box = PLACE) -> Rejection:
    return Rejection(f"{number:064x}", place)


@pytest.fixture
def with_faces(
    gallery: Gallery, face_crop: Callable[[int], Any], face_vector: Callable[[int], Any]
) -> Gallery:
    """Ada in photos 1 to 5, Grace in 4 to 9, beside her; Joan in 20, it is not known where. Ada was rejected
    in photos 7 and 8, Grace in 8."""
    for name, numbers, place in (
        ("Ada", range(1, 6), PLACE),
        ("Grace", range(4, 10), BESIDE),
        ("Joan", (20,), None),
    ):
        for number in numbers:
            crop, vectors = face_crop(number), {"made-up": face_vector(number)}
            gallery.add(name, crop, vectors, f"{number:064x}", place)
    gallery.reject(gallery.person("Ada"), key(7), key(8))
    gallery.reject(gallery.person("Grace"), key(8))
    return gallery


@pytest.mark.parametrize("count", [3, 11, 400], ids=["few", "more", "more than there are samples"])
@pytest.mark.parametrize("is_encrypted", [False, True])
def test_many_are_asked_about_as_one_is(
    with_faces: Gallery,
    quick_scrypt: None,
    count: int,
    is_encrypted: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sql_store, "_AT_ONCE", 4)
    gallery = with_faces
    if is_encrypted:
        gallery.close()
        encryption.encrypt(gallery.folder, "secret")
        gallery = Gallery.open(gallery.folder, for_writing=False, passphrase="secret")
    numbers = [7, 4, 20, 1, 8, *range(9, 9 + count)][:count]
    shifted = Box(110.0, 85.0, 60.0, 75.0)
    keys = [key(number, place) for number in numbers for place in (shifted, BESIDE)]
    ada, grace, joan = (gallery.person(name).folder for name in ("Ada", "Grace", "Joan"))
    assert gallery.have_faces(keys) == [gallery.has_face(one) for one in keys]
    assert gallery.have_faces([key(4), key(4, BESIDE), key(1, BESIDE), key(20)]) == [True, True, False, False]
    assert gallery.rejected_for_each(keys) == [gallery.rejected_for(one) for one in keys]
    assert gallery.rejected_for_each([key(7), key(8), key(8, BESIDE)]) == [{ada}, {ada, grace}, set()]
    digests = {f"{number:064x}" for number in numbers}
    found = {(one, person.folder) for one in digests for person, _ in gallery.samples_in(one)}
    assert gallery.people_in(digests) == found
    assert (f"{20:064x}", joan) in found
    assert gallery.have_faces([]) == gallery.rejected_for_each([]) == []
    if is_encrypted:
        gallery.close()
