"""Photos are copied into one folder: never over a file, never half, never from a server unasked."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from face_match.core.errors import CancelledError, FileWriteError, GalleryDestinationError
from face_match.gallery.gallery import Gallery
from face_match.vision.photo_loading import identify_photo
from face_match.workflows.export_photos import copy_photos


@pytest.fixture
def gallery(tmp_path: Path) -> Iterator[Gallery]:
    with Gallery.open(tmp_path / "gallery", for_writing=True) as opened:
        yield opened


@pytest.fixture
def photos(tmp_path: Path, gallery: Gallery) -> list[Path]:
    """Four photos of the gallery, two of which have the same name."""
    made = [tmp_path / "photos" / name for name in ("a/1.jpg", "b/1.jpg", "b/2.jpg", "b/3.jpg")]
    for path in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(portable_map(str(path).encode() * 100))
        gallery.record_photo(identify_photo(path), path)
    return made


def portable_map(grey: bytes) -> bytes:
    """A photo of one row."""
    return b"P5 %d 1 255\n" % len(grey) + grey


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_files_of_the_same_name_are_kept_apart(gallery: Gallery, photos: list[Path], tmp_path: Path) -> None:
    into = tmp_path / "new" / "copies"
    result = copy_photos(photos, into, gallery)
    assert (result.copied, result.known, result.failed, result.stopped_by) == (4, 0, [], None)
    expected = zip(("1.jpg", "1 (2).jpg", "2.jpg", "3.jpg"), photos, strict=True)
    assert contents(into) == {name: path.read_bytes() for name, path in expected}
    assert copy_photos(photos, into, gallery).known == 4


def test_a_copy_that_is_cancelled_leaves_whole_files_only(
    gallery: Gallery, photos: list[Path], tmp_path: Path
) -> None:
    done: list[int] = []
    result = copy_photos(
        photos,
        tmp_path / "copies",
        gallery,
        on_progress=lambda count, _: done.append(count),
        is_cancelled=lambda: 1 in done,
    )
    assert isinstance(result.stopped_by, CancelledError)
    copied = contents(tmp_path / "copies")
    assert 1 <= len(copied) == result.copied < 4
    assert {*copied.values()} <= {path.read_bytes() for path in photos}


def test_a_full_disk_ends_the_copying_and_leaves_nothing_half(
    gallery: Gallery,
    photos: list[Path],
    tmp_path: Path,
    full_disk: Callable[..., contextlib.AbstractContextManager[None]],
) -> None:
    with full_disk(100):
        result = copy_photos(photos, tmp_path / "copies", gallery)
    assert isinstance(result.stopped_by, FileWriteError)
    assert (result.copied, contents(tmp_path / "copies")) == (0, {})


def test_a_photo_on_a_server_is_copied_only_where_that_is_allowed(
    gallery: Gallery, photos: list[Path], tmp_path: Path
) -> None:
    foreign = Path("//server/share/x.jpg")
    result = copy_photos([foreign, photos[0]], tmp_path / "copies", gallery)
    assert result.copied == 1
    ((path, error),) = result.failed
    assert path == foreign and "server" in str(error.reason)
    asked: list[Path] = []
    copy_photos(
        photos,
        tmp_path / "others",
        gallery,
        may_read=lambda path: not asked.append(path) and path == photos[2],
    )
    assert sorted(asked) == sorted(photos)
    assert [*contents(tmp_path / "others")] == ["2.jpg"]


def test_nothing_is_copied_into_the_gallery(gallery: Gallery, photos: list[Path]) -> None:
    before = sorted(gallery.folder.rglob("*"))
    for into in (gallery.folder, gallery.folder / "faces_db", gallery.folder / "faces_db" / "Ada"):
        with pytest.raises(GalleryDestinationError):
            copy_photos(photos, into, gallery)
    assert sorted(gallery.folder.rglob("*")) == before


def test_a_gallery_from_elsewhere_does_not_copy_files_that_are_not_its_photos(
    gallery: Gallery, photos: list[Path], tmp_path: Path
) -> None:
    key, other, link = tmp_path / "id_rsa", tmp_path / "private.pgm", tmp_path / "holiday.jpg"
    key.write_text("a secret")
    other.write_bytes(portable_map(b"another photo"))
    link.symlink_to(key)
    places = [key, other, link, photos[0].parent / ".." / ".." / "id_rsa", tmp_path / "none.jpg", tmp_path]
    result = copy_photos([*places, photos[0]], tmp_path / "copies", gallery)
    assert sorted(path for path, _ in result.failed) == sorted(places)
    assert [*contents(tmp_path / "copies")] == ["1.jpg"]


def test_a_photo_that_was_turned_or_described_since_is_still_the_one_that_is_known(
    gallery: Gallery, tmp_path: Path
) -> None:
    path, exif = tmp_path / "photo.jpg", Image.Exif()
    Image.new("RGB", (40, 30), "red").save(path, "JPEG")
    gallery.record_photo(identify_photo(path), path)
    pixels = path.read_bytes()
    exif[0x0112], exif[0x010E] = 6, "a comment"
    path.write_bytes(
        pixels[:2] + b"\xff\xe1" + (len(exif.tobytes()) + 2).to_bytes(2, "big") + exif.tobytes() + pixels[2:]
    )
    assert copy_photos([path], tmp_path / "copies", gallery).copied == 1
