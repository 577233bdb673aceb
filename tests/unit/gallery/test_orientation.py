"""Boxes are turned with their photo, as its pixels are."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from PIL import Image

from face_match.core.orientation import reorient_box
from face_match.core.types import Box, Photo
from face_match.gallery.gallery import Gallery, NewFace

WIDTH, HEIGHT = 7, 4
"""Of an image as its file has it."""
BOX = (1, 0, 4, 3)
"""Left, top, right and bottom of a box in it."""

PILLOW = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes an image upright, by its EXIF orientation, as Pillow's `exif_transpose` does it."""


def upright(orientation: int) -> tuple[Box, int, int]:
    """Where the box is in the image, made upright, and how wide and high that is."""
    stored = np.zeros((HEIGHT, WIDTH), np.uint8)
    left, top, right, bottom = BOX
    stored[top:bottom, left:right] = 255
    image = Image.fromarray(stored)
    if orientation in PILLOW:
        image = image.transpose(PILLOW[orientation])
    pixels = np.asarray(image)
    rows, columns = np.nonzero(pixels)
    x, y = int(columns.min()), int(rows.min())
    box = Box(x, y, int(columns.max()) + 1 - x, int(rows.max()) + 1 - y)
    return box, int(pixels.shape[1]), int(pixels.shape[0])


@pytest.mark.parametrize("orientation", range(2, 9))
def test_the_images_of_this_test_are_turned_as_exif_means_it(orientation: int) -> None:
    from PIL import ImageOps

    stored = Image.fromarray(np.arange(WIDTH * HEIGHT, dtype=np.uint8).reshape(HEIGHT, WIDTH))
    stored.getexif()[0x0112] = orientation
    expected = ImageOps.exif_transpose(stored)
    np.testing.assert_array_equal(np.asarray(stored.transpose(PILLOW[orientation])), np.asarray(expected))


@pytest.mark.parametrize(("before", "after"), [*product(range(1, 9), repeat=2)])
def test_a_box_turns_as_the_pixels_do(before: int, after: int) -> None:
    box, *_ = upright(before)
    expected, width, height = upright(after)
    assert reorient_box(box, width, height, before, after) == expected


@pytest.mark.parametrize(("before", "after"), [(1, 6), (6, 1), (1, 3), (8, 6), (5, 2), (7, 4)])
def test_faces_turn_with_a_photo_that_another_program_has_turned(
    gallery: Gallery,
    photo_of: Callable[..., Photo],
    new_face: Callable[..., NewFace],
    before: int,
    after: int,
) -> None:
    box, width, height = upright(before)
    first = photo_of(1, orientation=before, width=width, height=height)
    (named,) = gallery.add("Ada", new_face(1, box), first).faces
    expected, new_width, new_height = upright(after)
    now = photo_of(1, orientation=after, width=new_width, height=new_height)
    unnamed = [face.id for face in gallery.unnamed()]
    assert unnamed == []
    seen = gallery.record_photo(now, faces=[new_face(2, expected)])
    assert seen.new_faces == [], "it is the same face"
    assert seen.photo.orientation == after
    for opened in (gallery, Gallery.open(gallery.folder, for_writing=False)):
        (face,) = opened.faces_in(seen.photo)
        assert (face.id, face.place, face.orientation) == (named.id, expected, after)
        assert opened.face(named.id).place == expected
        assert opened.faces_of(opened.person("Ada"))[0].place == expected
    gallery.record_photo(first)
    assert gallery.face(named.id).place == box, "as it was, to the last bit"


def test_places_of_unnamed_faces_turn_too_also_those_in_memory(
    gallery: Gallery, photo_of: Callable[..., Photo], new_face: Callable[..., NewFace]
) -> None:
    box, width, height = upright(1)
    gallery.record_photo(photo_of(1, width=width, height=height), faces=[new_face(1, box)])
    assert [face.place for face in gallery.unnamed()] == [box]
    expected, width, height = upright(6)
    gallery.record_photo(photo_of(1, width=width, height=height, orientation=6))
    assert [face.place for face in gallery.unnamed()] == [expected]
