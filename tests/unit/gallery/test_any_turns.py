"""Whatever is turned, named, scanned, undone and redone, each face stays where it is in the stored image."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from face_match.core.orientation import reorient_box, reoriented_size
from face_match.core.types import Box, Photo
from face_match.gallery.gallery import Gallery, NewFace

SIZE = (800, 600)
PLACES = [Box(50 + 150 * at, 40 + 90 * at, 60, 75) for at in range(5)]
"""In the stored image, far apart."""


def read(photo_of: Callable[..., Photo], of_file: int, orientation: int) -> Photo:
    """The photo as it is read from a file with one orientation, and turned to another."""
    width, height = reoriented_size(*SIZE, 1, orientation)
    turned_from = None if orientation == of_file else of_file
    return photo_of(1, orientation=orientation, width=width, height=height, turned_from=turned_from)


def place_in(photo: Photo, place: Box) -> Box:
    return reorient_box(place, photo.width, photo.height, 1, photo.orientation)


@pytest.mark.parametrize("seed", range(12))
def test_faces_stay_where_they_are(
    gallery: Gallery, new_face: Callable[..., NewFace], photo_of: Callable[..., Photo], seed: int
) -> None:
    rng, of_file, turns = random.Random(seed), 1, 0
    for _ in range(40):
        photo = read(photo_of, of_file, rng.choice([of_file, of_file, rng.randint(1, 8)]))
        record = gallery.photo_of(photo)
        place = place_in(photo, rng.choice(PLACES))
        action = rng.choice(["turn", "turn", "reset", "scan", "name", "undo", "redo", "another program"])
        if action == "turn":
            assert gallery.turn_photo(photo, None, rng.randint(1, 8)).turned is not None
            turns += 1
        elif action == "reset":
            gallery.turn_photo(photo, None, None)
        elif action == "scan":
            gallery.record_photo(photo, scan="made-up", faces=[new_face(rng.randint(1, 9), place)])
        elif action == "name" and gallery.faces_at(photo, [place])[0] is None:
            gallery.add(rng.choice(["Ada", "Grace"]), new_face(rng.randint(1, 9), place), photo)
        elif action == "undo" and gallery.history:
            gallery.undo()
        elif action == "redo" and gallery.undone:
            gallery.redo()
        elif action == "another program":
            of_file = rng.randint(1, 8)
        record = gallery.photo_of(photo)
        if record is None:
            continue
        assert (record.width, record.height) == reoriented_size(*SIZE, 1, record.orientation)
        assert record.turn in (None, record.orientation)
        for face in gallery.faces_in(record):
            assert face.place is not None
            stored = reorient_box(face.place, *SIZE, record.orientation, 1)
            assert max(stored.overlap(place) for place in PLACES) > 0.99
        seen = gallery.faces_in_file(photo)
        assert len(gallery.faces_at(photo, [place_in(photo, one) for one in PLACES])) == len(PLACES)
        assert len({face.id for face in seen}) == len(seen) <= len(PLACES)
    assert turns
    (record,) = gallery.photos()
    with Gallery.open(gallery.folder, for_writing=False) as again:
        assert again.photos() == [record]
