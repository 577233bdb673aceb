"""Photos go into a folder for each person in them; nothing is changed, written over or left half written."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from face_match.core.atomic_files import open_file
from face_match.core.errors import (
    CancelledError,
    FileWriteError,
    GalleryDestinationError,
    ImageUnreadableError,
)
from face_match.core.types import Box, Crop, Landmarks
from face_match.gallery.gallery import Gallery, NewFace
from face_match.vision.photo_loading import identify_photo
from face_match.workflows import export_photos as workflow
from face_match.workflows.export_photos import ExportResult, TransferMethod, export_photos, photos_to_export

CROP = Crop(
    np.zeros((8, 8, 3), np.uint8), Box(1.0, 1.0, 6.0, 6.0), Landmarks.of([[3.0, n] for n in range(5)])
)
EMBEDDING = np.eye(1, 16, dtype=np.float32)[0]


@pytest.fixture
def gallery(tmp_path: Path) -> Iterator[Gallery]:
    with Gallery.open(tmp_path / "gallery", for_writing=True) as opened:
        yield opened


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "by person"


@pytest.fixture
def photo(photos: Path, gallery: Gallery) -> Callable[..., Path]:
    """A file in the folder of photos, of people who have a face in it."""

    def make(name: str, *people: str, content: bytes | None = None) -> Path:
        path = photos / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(portable_map(content or name.encode() * 1000))
        for person in people:
            place = Box(100.0 * people.index(person), 0.0, 50.0, 50.0)
            gallery.add(person, NewFace(CROP, {"made-up": EMBEDDING}, place), identify_photo(path))
        return path

    return make


@pytest.fixture
def sort(photos: Path, gallery: Gallery, into: Path) -> Callable[..., ExportResult]:
    def run(target: Path = into, **options: Any) -> ExportResult:
        return export_photos(photos_to_export(photos, target), gallery, target, **options)

    return run


def portable_map(grey: bytes) -> bytes:
    """A photo of one row."""
    return b"P5 %d 1 255\n" % len(grey) + grey


def files_in(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def made(result: ExportResult) -> dict[TransferMethod, int]:
    return {way: count for way, count in result.made.items() if count}


def test_a_photo_goes_to_everybody_who_is_in_it_and_stays_where_it_is(
    photo: Callable[..., Path], sort: Callable[..., ExportResult], photos: Path, into: Path
) -> None:
    both, ada = photo("both.jpg", "Ada", "Grace"), photo("deep/down/ada.png", "Ada")
    photo("nobody.jpg")
    (photos / "notes.txt").write_text("no photo")
    os.utime(both, (1_000_000_000, 1_000_000_000))
    before = files_in(photos)
    steps: list[tuple[int, int]] = []
    result = sort(on_progress=lambda done, total: steps.append((done, total)))
    assert files_in(into) == {
        "Ada/both.jpg": both.read_bytes(),
        "Ada/ada.png": ada.read_bytes(),
        "Grace/both.jpg": both.read_bytes(),
    }
    assert files_in(photos) == before
    assert (result.photos, result.with_people, made(result)) == (3, 2, {TransferMethod.COPY: 3})
    assert result.people == {"Ada": "Ada", "Grace": "Grace"}
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert (into / "Ada" / "both.jpg").stat().st_mtime == 1_000_000_000


def test_a_second_time_there_is_nothing_to_do(
    photo: Callable[..., Path], sort: Callable[..., ExportResult], into: Path
) -> None:
    photo("1.jpg", "Ada")
    photo("later/1.jpg", "Ada")
    sort()
    before = files_in(into)
    assert set(before) == {"Ada/1.jpg", "Ada/1 (2).jpg"}
    for as_links in (False, True):
        result = sort(as_links=as_links)
        assert (made(result), result.known) == ({}, 2)
        assert files_in(into) == before


def test_what_is_there_already_is_never_written_over(
    photo: Callable[..., Path], sort: Callable[..., ExportResult], into: Path
) -> None:
    path = photo("1.jpg", "Ada")
    (into / "Ada" / "1 (2).jpg").mkdir(parents=True)
    (into / "Ada" / "1.jpg").write_bytes(b"x" * len(path.read_bytes()))
    sort()
    assert files_in(into) == {
        "Ada/1.jpg": b"x" * len(path.read_bytes()),
        "Ada/1 (3).jpg": path.read_bytes(),
    }


def test_a_file_that_comes_meanwhile_is_not_written_over(
    photo: Callable[..., Path], sort: Callable[..., ExportResult], into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = photo("1.jpg", "Ada")
    real = workflow._copy

    def slowly(source: Path, new: Path) -> None:
        real(source, new)
        (new.parent / "1.jpg").touch()

    monkeypatch.setattr(workflow, "_copy", slowly)
    sort()
    assert files_in(into) == {"Ada/1.jpg": b"", "Ada/1 (2).jpg": path.read_bytes()}


def test_folders_are_called_as_people_are_now_and_are_safe_and_each_ones_own(
    photo: Callable[..., Path],
    sort: Callable[..., ExportResult],
    gallery: Gallery,
    into: Path,
    tmp_path: Path,
) -> None:
    names = ["A/B", "A_B", "../../out", "con", "Ada Byron"]
    for number, name in enumerate(names):
        photo(f"{number}.jpg", name)
    gallery.rename(gallery.person("Ada Byron"), "Ada Lovelace")
    result = sort()
    assert set(files_in(into)) == {
        "A_B/0.jpg",
        "A_B (2)/1.jpg",
        "_.._out/2.jpg",
        "_con/3.jpg",
        "Ada Lovelace/4.jpg",
    }
    assert result.people["A/B"] == "A_B"
    assert {path.name for path in tmp_path.iterdir()} == {"gallery", "photos", "by person"}


def test_what_was_sorted_into_the_folder_itself_is_not_sorted_again(
    photo: Callable[..., Path], sort: Callable[..., ExportResult], photos: Path
) -> None:
    photo("1.jpg", "Ada")
    target = photos / "by person"
    assert sort(target).photos == 1
    assert (target / "Ada" / "1.jpg").exists()
    again = sort(target)
    assert (again.photos, again.known) == (1, 1)


def test_links_take_no_room_and_say_what_kind_they_are(
    photo: Callable[..., Path],
    sort: Callable[..., ExportResult],
    into: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    path = photo("1.jpg", "Ada", "Grace")
    assert made(sort(as_links=True)) == {TransferMethod.LINK: 2}
    assert (into / "Ada" / "1.jpg").samefile(path)
    assert not (into / "Ada" / "1.jpg").is_symlink()
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", refuse)
        symlinks = into.with_name("elsewhere")
        assert made(sort(symlinks, as_links=True)) == {TransferMethod.SYMLINK: 2}
        assert (symlinks / "Grace" / "1.jpg").is_symlink()
        assert (symlinks / "Grace" / "1.jpg").read_bytes() == path.read_bytes()
        assert sort(symlinks, as_links=True).known == 2
        patch.setattr(os, "symlink", refuse)
        copies = into.with_name("copies")
        assert made(sort(copies, as_links=True)) == {TransferMethod.COPY: 2}
        assert not (copies / "Ada" / "1.jpg").samefile(path)
        assert files_in(copies)["Ada/1.jpg"] == path.read_bytes()


def test_without_room_it_ends_and_leaves_nothing_half_written(
    photo: Callable[..., Path],
    sort: Callable[..., ExportResult],
    into: Path,
    full_disk: Callable[..., contextlib.AbstractContextManager[None]],
) -> None:
    small = photo("1.jpg", "Ada", content=b"small")
    large = photo("2.jpg", "Ada", content=b"large" * 1_000_000)
    photo("3.jpg", "Ada", content=b"3")
    with full_disk(1_000_000):
        result = sort()
    assert isinstance(result.stopped_by, FileWriteError)
    assert result.stopped_by.path == into / "Ada" / "2.jpg"
    assert files_in(into) == {"Ada/1.jpg": small.read_bytes()}
    assert made(sort()) == {TransferMethod.COPY: 2}
    assert files_in(into)["Ada/2.jpg"] == large.read_bytes()


def test_a_target_that_is_no_folder_is_an_error(
    photo: Callable[..., Path], sort: Callable[..., ExportResult], into: Path
) -> None:
    photo("1.jpg", "Ada")
    for blocked in (into, into / "Ada"):
        blocked.parent.mkdir(exist_ok=True)
        blocked.write_bytes(b"a file")
        result = sort()
        assert isinstance(result.stopped_by, FileWriteError)
        assert blocked.read_bytes() == b"a file"
        blocked.unlink()


def test_a_photo_that_cannot_be_read_is_listed_and_the_others_go_on(
    photo: Callable[..., Path], sort: Callable[..., ExportResult], into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, good = photo("1.jpg", "Ada"), photo("2.jpg", "Ada")
    broken = photo("3.jpg", "Ada")

    def fails(path: Path) -> Any:
        if path == broken:
            raise OSError(errno.EIO, "Input/output error")
        return open_file(path)

    listed = [gone, good, broken]
    gone.unlink()
    monkeypatch.setattr(workflow, "photo_files", lambda paths: listed)
    monkeypatch.setattr(workflow, "open_file", fails)
    result = sort()
    assert [(path.name, type(error)) for path, error in result.failed] == [
        ("1.jpg", ImageUnreadableError),
        ("3.jpg", ImageUnreadableError),
    ]
    assert files_in(into) == {"Ada/2.jpg": good.read_bytes()}


def test_it_can_be_stopped_and_gone_on_with(
    photo: Callable[..., Path], sort: Callable[..., ExportResult]
) -> None:
    for number in range(5):
        photo(f"{number}.jpg", "Ada")
    asked = itertools.count()
    result = sort(is_cancelled=lambda: next(asked) >= 2)
    assert isinstance(result.stopped_by, CancelledError)
    assert made(result) == {TransferMethod.COPY: 2}
    again = sort()
    assert (again.known, made(again)) == (2, {TransferMethod.COPY: 3})


def test_what_a_killed_copy_has_left_is_cleared_away(
    photo: Callable[..., Path], sort: Callable[..., ExportResult], into: Path
) -> None:
    photo("1.jpg", "Ada")
    (into / "Ada").mkdir(parents=True)
    (into / "Ada" / f".{'a' * 32}.tmp").write_bytes(b"half")
    (into / "Ada" / "mine.tmp").write_bytes(b"mine")
    sort()
    assert set(files_in(into)) == {"Ada/1.jpg", "Ada/mine.tmp"}


def test_a_photo_that_was_scanned_is_not_read_to_know_it(
    photo: Callable[..., Path],
    sort: Callable[..., ExportResult],
    gallery: Gallery,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known, other = photo("1.jpg", "Ada"), photo("2.jpg", "Ada")
    gallery.record_photo(identify_photo(known), known, scan="made-up")
    read: list[Path] = []
    real = workflow.identify_photo
    monkeypatch.setattr(workflow, "identify_photo", lambda path: read.append(path) or real(path))
    assert made(sort()) == {TransferMethod.COPY: 2}
    assert read == [other]


@pytest.mark.parametrize("name", ["", "faces_db", "backups"])
def test_photos_are_not_put_among_the_files_of_the_gallery(
    name: str, photo: Callable[..., Path], sort: Callable[..., ExportResult], gallery: Gallery
) -> None:
    photo("a.ppm", "Ada")
    before = sorted(gallery.folder.rglob("*"))
    with pytest.raises(GalleryDestinationError):
        sort(gallery.folder / name)
    assert sorted(gallery.folder.rglob("*")) == before


def test_a_person_whose_folder_of_photos_would_be_the_gallery_stops_the_export(
    photo: Callable[..., Path], gallery: Gallery
) -> None:
    path = photo("a.ppm", gallery.folder.name)
    before = sorted(gallery.folder.rglob("*"))
    result = export_photos([path], gallery, gallery.folder.parent)
    assert isinstance(result.stopped_by, GalleryDestinationError)
    assert sorted(gallery.folder.rglob("*")) == before
