"""A photo is recognized by its image data, wherever it is and whatever metadata other programs write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from face_match.core.errors import GalleryWriteError
from face_match.core.types import Photo, PhotoFileInfo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.records.edits import Draft
from face_match.gallery.records.rows import Table
from face_match.gallery.records.rows import photo_from_row as photo_record
from face_match.gallery.storage.active_store import open_store
from face_match.vision.photo_loading import load_photo

PhotoOf = Callable[..., Photo]
MakeFace = Callable[..., NewFace]


def test_a_photo_at_another_path_is_the_same_photo_there(
    gallery: Gallery, photo_of: PhotoOf, new_face: MakeFace, tmp_path: Path
) -> None:
    old, new = tmp_path / "old.jpg", tmp_path / "new.jpg"
    (face,) = gallery.add("Ada", new_face(1), photo_of(1), old).faces
    seen = gallery.record_photo(photo_of(1), new, faces=[new_face(1)])
    assert seen.new_faces == []
    assert seen.photo.path == str(new)
    assert gallery.photos_at([str(old)]) == []
    assert [photo.id for photo in gallery.photos_at([str(new)])] == [face.photo]
    assert len(gallery.photos()) == 1


def test_a_copy_of_a_photo_leaves_the_path_where_it_was_seen_while_it_is_there(
    gallery: Gallery, new_face: MakeFace, tmp_path: Path, hopper_file: Path
) -> None:
    first, copy = tmp_path / "first.jpg", tmp_path / "copy.jpg"
    for path in (first, copy):
        path.write_bytes(hopper_file.read_bytes())
    gallery.record_photo(load_photo(first), first)
    gallery.record_photo(load_photo(copy), copy)
    gallery.add("Grace", new_face(1), load_photo(copy), copy)
    gallery.turn_photo(load_photo(copy), copy, 6)
    assert [photo.path for photo in gallery.photos()] == [str(first)]
    first.unlink()
    gallery.record_photo(load_photo(copy), copy)
    assert [photo.path for photo in gallery.photos()] == [str(copy)]


def test_another_photo_at_a_path_is_another_photo_and_the_old_one_is_there_no_more(
    gallery: Gallery, folder: Path, photo_of: PhotoOf, new_face: MakeFace, tmp_path: Path
) -> None:
    path = tmp_path / "photo.jpg"
    (face,) = gallery.add("Ada", new_face(1), photo_of(1), path).faces
    seen = gallery.record_photo(photo_of(2), path, faces=[new_face(2)])
    assert len(seen.new_faces) == 1
    for opened in (gallery, Gallery.open(folder, for_writing=False)):
        (there,) = opened.photos_at([str(path)])
        assert (there.id, there.size) == (seen.photo.id, photo_of(2).size)
        old = opened.photo(face.photo)
        assert old is not None
        assert (old.path, old.size, old.modified_ns, old.digest) == ("", 0, 0, photo_of(1).digest)
        assert [one.id for one in opened.faces_in(old)] == [face.id]


def test_metadata_that_another_program_writes_changes_the_file_and_not_the_photo(
    gallery: Gallery, new_face: MakeFace, tmp_path: Path, hopper_file: Path
) -> None:
    path = tmp_path / "hopper.jpg"
    path.write_bytes(hopper_file.read_bytes())
    before = load_photo(path)
    (face,) = gallery.add("Grace", new_face(1), before, path).faces
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xfe\x00\x0cfive stars" + data[2:])  # a comment
    after = load_photo(path)
    assert (after.digest, after.file_digest != before.file_digest) == (before.digest, True)
    record = gallery.photo_of(after)
    assert record is not None
    assert record.id == face.photo
    seen = gallery.record_photo(after, path, faces=[new_face(1)])
    assert seen.new_faces == []
    assert (seen.photo.file_digest, seen.photo.size) == (after.file_digest, path.stat().st_size)
    with Image.open(path) as image:
        image.crop((0, 0, 300, 300)).save(tmp_path / "other.jpg")
    assert gallery.photo_of(load_photo(tmp_path / "other.jpg")) is None


@pytest.fixture
def of_0_1(gallery: Gallery, folder: Path, photo_of: PhotoOf) -> Path:
    """A gallery with the record of photo 1 as a migration makes it: only the digest of the file is known."""
    gallery.close()
    with Gallery.open(folder, for_writing=True) as opened:
        opened.record_photo(photo_of(1))
    store, draft = open_store(folder, for_writing=True, vault=None), Draft()
    (row,) = store.all_rows(Table.PHOTOS)
    before = photo_record(row)
    draft.photo(before, replace(before, digest="", width=0, height=0, taken="", size=0, modified_ns=0))
    store.commit(draft.edits())
    store.close()
    return folder


def test_a_photo_of_0_1_is_known_by_its_file_and_completed(
    of_0_1: Path, photo_of: PhotoOf, new_face: MakeFace, tmp_path: Path
) -> None:
    with Gallery.open(of_0_1, for_writing=True) as gallery:
        (before,) = gallery.photos()
        assert (before.digest, before.file_digest) == ("", photo_of(1).file_digest)
        assert gallery.photo_of(photo_of(1)) is not None
        seen = gallery.record_photo(photo_of(1), tmp_path / "1.jpg", faces=[new_face(1)])
        assert seen.photo.id == before.id
        assert (seen.photo.digest, seen.photo.width) == (photo_of(1).digest, 800)
        changed = photo_of(1, hash_file=lambda: "c" * 64)
        record = gallery.photo_of(changed)
        assert record is not None
        assert record.id == before.id, "from now on the file may change"
        assert len(gallery.photos()) == 1


def test_a_photo_without_a_file_is_known_by_what_0_1_took_of_its_pixels(
    of_0_1: Path, photo_of: PhotoOf
) -> None:
    """Its digest was the file's, and of a picture from the clipboard that of the pixels."""
    digest = photo_of(1).file_digest
    pasted = photo_of(1, digest=digest, hash_file=str)
    with Gallery.open(of_0_1, for_writing=False) as opened:
        assert opened.photo_of(pasted) is not None


def test_the_digest_of_a_file_is_no_identity_where_the_content_is_known(
    gallery: Gallery, photo_of: PhotoOf
) -> None:
    gallery.record_photo(photo_of(1))
    other = photo_of(2, hash_file=photo_of(1).hash_file)
    assert gallery.photo_of(other) is None
    gallery.record_photo(other)
    assert len(gallery.photos()) == 2


def test_what_a_photo_was_scanned_with_is_remembered_once_each(gallery: Gallery, photo_of: PhotoOf) -> None:
    for scan in ("mtcnn", "yunet", "mtcnn", ""):
        gallery.record_photo(photo_of(1), scan=scan)
    (photo,) = gallery.photos()
    assert photo.scans == ("mtcnn", "yunet")
    assert gallery.history == ()


@pytest.mark.parametrize(
    "wrong",
    [{"modified_ns": 1 << 63}, {"size": -1}, {"orientation": 9}, {"taken": "2020\0"}, {"width": 0.5}],
    ids=str,
)
def test_what_could_not_be_read_again_is_not_written(
    gallery: Gallery, folder: Path, photo_of: PhotoOf, new_face: MakeFace, wrong: dict[str, Any]
) -> None:
    gallery.add("Ada", new_face(1), photo_of(1))
    (field,) = wrong
    with pytest.raises(GalleryWriteError, match=field):
        gallery.record_photo(PhotoFileInfo.from_photo(photo_of(2))._replace(**wrong), folder / "x.jpg")
    with Gallery.open(folder, for_writing=False) as read:
        assert len(read.photos()) == 1
    gallery.record_photo(photo_of(2))
    assert len(gallery.photos()) == 2
