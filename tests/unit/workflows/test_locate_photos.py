"""Photos that were moved, renamed or rated elsewhere are found by their image data."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from face_match.core.errors import CancelledError, ImageUnreadableError
from face_match.core.records import PhotoRecord
from face_match.gallery.gallery import Gallery
from face_match.vision.photo_loading import identify_photo
from face_match.workflows.locate_photos import LocateResult, locate_photos

NAMES = ("a.jpg", "b.jpg", "c.jpg")


class Library:
    """Three photos in a folder, which are in a gallery."""

    def __init__(self, folder: Path, gallery: Gallery) -> None:
        self.old, self.new = folder / "old", folder / "new"
        self.old.mkdir()
        self.new.mkdir()
        self.gallery = gallery
        for number, name in enumerate(NAMES):
            pixels = np.random.default_rng(number).integers(0, 255, (32, 32, 3), np.uint8)
            Image.fromarray(pixels).save(self.old / name, quality=90)
            gallery.record_photo(identify_photo(self.old / name), self.old / name)

    @property
    def photos(self) -> list[PhotoRecord]:
        return self.gallery.photos()

    @property
    def paths(self) -> list[Path]:
        return [Path(photo.path) for photo in self.photos]

    def locate(self, place: Path, **options) -> LocateResult:
        return locate_photos(self.photos, place, self.gallery, **options)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Gallery.open(tmp_path / "gallery", for_writing=True) as gallery:
        yield Library(tmp_path, gallery)


def test_a_folder_that_was_moved_is_found_whole(library: Library) -> None:
    moved = library.new / "deeper"
    shutil.move(library.old, moved)
    result = library.locate(library.new)
    assert (result.missing, len(result.found), result.failed, result.stopped_by) == (3, 3, [], None)
    assert library.paths == [moved / name for name in NAMES]
    assert library.locate(library.new).missing == 0


def test_a_photo_with_another_name_is_found_by_its_size(library: Library) -> None:
    shutil.move(library.old / "b.jpg", library.new / "holiday.jpg")
    result = library.locate(library.new)
    assert (result.missing, [*result.found.values()]) == (1, [library.new / "holiday.jpg"])
    assert library.paths[1] == library.new / "holiday.jpg"


def test_a_photo_whose_metadata_changed_is_the_same_photo(library: Library) -> None:
    data = (library.old / "a.jpg").read_bytes()
    (library.old / "a.jpg").unlink()
    comment = b"\xff\xfe\x00\x09comment"
    (library.new / "a.jpg").write_bytes(data[:2] + comment + data[2:])
    library.locate(library.new)
    assert library.paths[0] == library.new / "a.jpg"


def test_another_photo_of_the_same_name_is_not_taken_for_it(library: Library) -> None:
    (library.old / "a.jpg").unlink()
    shutil.copy(library.old / "b.jpg", library.new / "a.jpg")
    result = library.locate(library.new)
    assert (result.missing, result.found) == (1, {})
    assert library.paths == [library.old / name for name in NAMES]


def test_a_photo_that_is_there_keeps_its_place_where_it_has_copies(library: Library) -> None:
    for name in NAMES:
        shutil.copy(library.old / name, library.new)
    (library.old / "c.jpg").unlink()
    assert [*library.locate(library.new).found.values()] == [library.new / "c.jpg"]
    assert library.paths == [library.old / "a.jpg", library.old / "b.jpg", library.new / "c.jpg"]


def test_beside_a_file_the_others_of_its_folder_are_found(library: Library) -> None:
    for name in NAMES:
        shutil.move(library.old / name, library.new)
    shutil.move(library.new / "a.jpg", library.new / "renamed.jpg")
    result = library.locate(library.new / "renamed.jpg")
    assert sorted(result.found.values()) == [library.new / name for name in ("b.jpg", "c.jpg", "renamed.jpg")]


def test_a_file_that_cannot_be_read_is_named_and_the_search_goes_on(library: Library) -> None:
    for name in NAMES:
        shutil.move(library.old / name, library.new)
    (library.new / "a.jpg").write_bytes(b"no photo")
    result = library.locate(library.new)
    assert [(path.name, type(error)) for path, error in result.failed] == [("a.jpg", ImageUnreadableError)]
    assert library.paths == [library.old / "a.jpg", library.new / "b.jpg", library.new / "c.jpg"]


def test_a_search_that_is_cancelled_keeps_what_it_has_found(library: Library) -> None:
    shutil.move(library.old, library.new / "old")
    done: list[int] = []
    result = library.locate(
        library.new, on_progress=lambda count, _: done.append(count), is_cancelled=lambda: 1 in done
    )
    assert isinstance(result.stopped_by, CancelledError)
    found = [library.new / "old" / name for name in NAMES[: len(result.found)]]
    assert 1 <= len(found) < 3
    assert library.paths == [*found, *(library.old / name for name in NAMES[len(found) :])]


def test_odd_paths_in_the_records_end_nothing(library: Library) -> None:
    odd = [PhotoRecord(str(n), path=path) for n, path in enumerate(("", "/", "..", "x\0y", "a" * 5000))]
    result = locate_photos(odd, library.old / "a.jpg", library.gallery)
    assert (result.missing, result.found) == (5, {})
