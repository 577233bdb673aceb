"""A photo that the user turns stays turned, in every store, and its faces keep their places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.core.types import Box, Photo, PhotoFileInfo
from face_match.gallery import archive, restore
from face_match.gallery.gallery import Gallery, NewFace

PLACE = Box(100, 80, 60, 75)
"""In a photo of 800 × 600."""
TURNED = Box(600 - 80 - 75, 100, 75, 60)
"""The same, after a quarter turn to the right."""
FACING = Box(400, 300, 60, 75)

NewFaceOf = Callable[..., NewFace]
PhotoOf = Callable[..., Photo]


def test_faces_keep_their_places_and_undo_turns_back(
    gallery: Gallery, new_face: NewFaceOf, photo_of: PhotoOf
) -> None:
    gallery.add("Ada", new_face(1, PLACE), photo_of(1))
    record = gallery.turn_photo(photo_of(1), None, 6)
    assert (record.turned, record.orientation, record.width, record.height) == (6, 6, 600, 800)
    (face,) = gallery.faces_in(record)
    assert face.place == TURNED
    upright = photo_of(1, orientation=6, width=600, height=800)
    gallery.add("Grace", new_face(2, FACING), upright)
    assert [one.place for one in gallery.faces_in_file(upright)] == [TURNED, FACING]
    gallery.undo()
    gallery.undo()
    (now,) = gallery.photos()
    assert (now.turned, now.orientation, now.width, now.height) == (None, 1, 800, 600)
    assert [one.place for one in gallery.faces_in(now)] == [PLACE]
    gallery.redo()
    assert gallery.photos()[0].turned == 6
    assert gallery.history[-1].description == "turned a photo"


def test_a_file_does_not_overrule_the_turn(gallery: Gallery, new_face: NewFaceOf, photo_of: PhotoOf) -> None:
    gallery.turn_photo(photo_of(1), None, 6)
    for orientation, size in ((1, (800, 600)), (8, (600, 800)), (3, (800, 600))):
        photo = photo_of(1, orientation=orientation, width=size[0], height=size[1])
        for info in (photo, PhotoFileInfo.from_photo(photo)):
            record = gallery.record_photo(info, scan="mtcnn").photo
            assert (record.turned, record.orientation, record.width, record.height) == (6, 6, 600, 800)
    turned_over = gallery.turn_photo(photo_of(1), None, 3)
    assert (turned_over.orientation, turned_over.width, turned_over.height) == (3, 800, 600)
    while gallery.undo():
        pass
    assert gallery.photos()[0].turned is None


def test_a_scan_finds_a_turn_that_the_user_overrules(
    gallery: Gallery, new_face: NewFaceOf, photo_of: PhotoOf
) -> None:
    turned = photo_of(1, orientation=6, turned_from=1, width=600, height=800)
    gallery.record_photo(turned, scan="mtcnn", faces=[new_face(1, FACING)])
    (record,) = gallery.photos()
    assert (record.turn, record.turned, record.turned_by_scan, record.width) == (6, None, 6, 600)
    assert gallery.history == ()
    record = gallery.record_photo(photo_of(1), scan="other").photo  # read as its file says
    assert (record.turn, record.orientation, record.width) == (6, 6, 600)
    assert gallery.turn_photo(photo_of(1), None, 1).turn == 1
    other = photo_of(1, orientation=8, turned_from=1, width=600, height=800)
    record = gallery.record_photo(other, scan="third", faces=[new_face(2, PLACE)]).photo
    assert (record.turn, record.turned_by_scan, record.width) == (1, 6, 800)
    assert {one.place for one in gallery.faces_in_file(other)} >= {PLACE}
    undone = gallery.turn_photo(photo_of(1), None, None)
    assert (undone.turned, undone.turn, undone.orientation, undone.width) == (None, 6, 6, 600)


def test_an_archive_brings_turns_and_hints(
    gallery: Gallery, new_face: NewFaceOf, photo_of: PhotoOf, tmp_path: Path
) -> None:
    gallery.add("Ada", new_face(1, PLACE), photo_of(1))
    gallery.turn_photo(photo_of(1), None, 6)
    archive.export_archive(gallery.folder, None, tmp_path / "a.zip")
    for folder, is_known in ((tmp_path / "new", False), (tmp_path / "other", True)):
        with Gallery.open(folder, for_writing=True) as other:
            if is_known:
                other.record_photo(photo_of(1), scan="mtcnn", faces=[new_face(1, PLACE)])
            archive.import_archive(tmp_path / "a.zip", other)
            (record,) = other.photos()
            assert (record.turned, record.orientation, record.width) == (6, 6, 600)
            assert [one.place for one in other.faces_in(record)] == [TURNED]
            assert other.faces_of(other.person("Ada"))[0].place == TURNED
            assert other.undo() is not None
            assert [one.turned for one in other.photos()] == ([None] if is_known else [])


def test_a_backup_restores_the_turn(
    gallery: Gallery, new_face: NewFaceOf, photo_of: PhotoOf, folder: Path
) -> None:
    gallery.add("Ada", new_face(1, PLACE), photo_of(1))
    gallery.turn_photo(photo_of(1), None, 6)
    gallery.close()
    with Gallery.open(folder, for_writing=True) as again:
        backup = again.back_up()
        assert backup is not None
        again.turn_photo(photo_of(1), None, 3)
    restore.restore(folder, backup)
    with Gallery.open(folder, for_writing=True) as again:
        (record,) = again.photos()
        assert (record.turned, record.width) == (6, 600)
        assert [one.place for one in again.faces_in(record)] == [TURNED]


@pytest.mark.parametrize("orientation", [2, 4, 5, 7])
def test_mirrored_orientations_hold_too(
    gallery: Gallery, new_face: NewFaceOf, photo_of: PhotoOf, orientation: int
) -> None:
    gallery.add("Ada", new_face(1, PLACE), photo_of(1))
    record = gallery.turn_photo(photo_of(1), None, orientation)
    assert record.orientation == orientation
    assert gallery.turn_photo(photo_of(1), None, 1).width == 800
    assert [one.place for one in gallery.faces_in(gallery.photos()[0])] == [PLACE]
