"""A walk over folders ends, visits each once, skips files that are not photos, and reports unreadable
folders."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from face_match.core.errors import CancelledError, FolderUnreadableError, ImageUnreadableError
from face_match.core.messages import error_message
from face_match.core.photo_folders import PhotoWalk, photo_files
from face_match.vision.photo_loading import load_photo
from face_match.workflows.export_photos import photos_to_export
from face_match.workflows.import_people import photos_by_person
from tests.ordinary_rights import ordinary_rights

needs_links = pytest.mark.skipif(os.name == "nt", reason="links need rights there")


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def found_in(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in photo_files([folder])]


@needs_links
def test_links_are_followed_once_and_loops_end(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    put(photos, "Ann/1.jpg", "Zoe/2.jpg", "Zoe/deep/3.jpg")
    put(tmp_path, "elsewhere/4.jpg")
    (photos / "all").symlink_to(".")
    (photos / "Ann" / "up").symlink_to("..")
    (photos / "Aaa").symlink_to("Zoe")
    (photos / "Ann" / "aside").symlink_to(tmp_path / "elsewhere")
    (photos / "more").symlink_to(tmp_path / "elsewhere")
    (photos / "ring").symlink_to("ring")
    (photos / "Zoe" / "5.jpg").symlink_to("nowhere")
    (photos / "Zoe" / "6.jpg").symlink_to("2.jpg")
    listed = ["Ann/1.jpg", "Zoe/2.jpg", "Zoe/6.jpg", "Zoe/deep/3.jpg"]
    assert [name for name in found_in(photos) if not name.endswith("4.jpg")] == listed
    assert sum(name.endswith("4.jpg") for name in found_in(photos)) == 1
    people = {photo.name for photo in photos_by_person(photos)}
    assert people - {"more"} == {"Ann", "Zoe"}, "not those that are links to people"
    assert len(photos_by_person(photos)) == 5


@needs_links
def test_a_link_to_everything_ends_and_can_be_stopped(tmp_path: Path) -> None:
    put(tmp_path, "Ann/1.jpg")
    (tmp_path / "Ann" / "everything").symlink_to("/")
    (tmp_path / "Ann" / "around").symlink_to(tmp_path.parent)
    assert found_in(tmp_path) == ["Ann/1.jpg"], "it leads round"
    assert len(photos_by_person(tmp_path)) == 1
    (tmp_path / "Ann" / "programs").symlink_to("/usr")
    asked = iter([False] * 40 + [True])
    with pytest.raises(CancelledError):
        photos_by_person(tmp_path, PhotoWalk(lambda: next(asked)))
    (tmp_path / "Ann" / "programs").unlink()
    (tmp_path / "Ann" / "system").symlink_to("/proc")
    (tmp_path / "Ann" / "devices").symlink_to("/dev")
    assert found_in(tmp_path) == ["Ann/1.jpg"]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="Linux shows itself as files")
def test_proc_and_sys_cause_no_traceback() -> None:
    walk = PhotoWalk()
    assert walk.photos([Path("/proc"), Path("/proc/self"), Path("/sys")]) == []
    assert photos_by_person(Path("/proc"), walk) == photos_by_person(Path("/proc/self"), walk) == []


LEFT_OUT = (
    *(
        "@eaDir/IMG_1.JPG/SYNOPHOTO_THUMB_XL.jpg",
        "#recycle/1.jpg",
        "$RECYCLE.BIN/S-1-5/1.jpg",
        "@Recycle/1.jpg",
    ),
    *(".Trash-1000/files/1.jpg", ".thumbnails/1.jpg", "__MACOSX/1.jpg", "System Volume Information/1.jpg"),
    *(
        ".hidden.jpg",
        "._1.jpg",
        "a/.nomedia",
        "a/1.jpg",
        "a/b/2.jpg",
        "2019/@EADIR/1.jpg",
        "lost+found/1.jpg",
    ),
    *(
        "gallery/embeddings.json",
        "gallery/faces_db/Ada/1.png",
        "gallery/backups/1.png",
        "gallery/waiting/1.png",
    ),
    *("other/gallery.sqlite", "other/faces_db/Ada/1.png", "letter.txt", "film.mp4"),
)
KEPT = ("2019/1.jpg", "gallery/own.jpg", "recycle/1.jpg", "waiting/1.jpg", "faces_db/1.png")


def test_folders_of_other_programs_are_skipped_in_every_import(tmp_path: Path) -> None:
    put(tmp_path, *LEFT_OUT, *KEPT)
    wanted = sorted(KEPT)
    assert sorted(found_in(tmp_path)) == wanted
    people = photos_by_person(tmp_path)
    assert sorted(photo.path.relative_to(tmp_path).as_posix() for photo in people) == wanted
    assert {photo.name for photo in people} == {name.partition("/")[0] for name in KEPT}
    sorted_photos = photos_to_export(tmp_path, tmp_path / "faces_db")
    assert len(sorted_photos) == len(KEPT) - 1


@pytest.mark.parametrize(
    "waste",
    [
        *("#snapshot", "@tmp", "@sharebin", "@ShareSnap", "@S2S", "@Recently-Snapshot", "@__thumb"),
        *("RECYCLER", "Recycled", "Thumbs", "found.000", "FOUND.012", ".Trash-1000", "LOST.DIR"),
        *("~snapshot", "@GMT-2026.01.31-00.00.00", "Network Trash Folder"),
    ],
)
def test_waste_and_snapshots_are_nobody_wherever_they_are(tmp_path: Path, waste: str) -> None:
    put(tmp_path, f"{waste}/1.jpg", f"Ann/{waste}/deep/2.jpg", "Ann/3.jpg")
    assert found_in(tmp_path) == ["Ann/3.jpg"]
    assert [photo.name for photo in photos_by_person(tmp_path)] == ["Ann"]


@pytest.mark.parametrize(
    ("package", "inside"),
    [
        ("Fotos.photoslibrary", "resources/derivatives/1.jpg"),
        ("iPhoto.PhotoLibrary", "Thumbnails/1.jpg"),
        ("Aperture.aplibrary", "Previews/1.jpg"),
        ("Catalog Previews.lrdata", "A/1.jpg"),
        ("Catalog Smart Previews.LRDATA", "A/1.jpg"),
    ],
)
def test_libraries_that_a_program_keeps_for_itself_are_counted_and_not_read(
    tmp_path: Path, package: str, inside: str
) -> None:
    put(tmp_path, "Ann/own.jpg", f"Ann/{package}/{inside}", f"{package}/{inside}")
    walk = PhotoWalk()
    assert walk.photos([tmp_path]) == [tmp_path / "Ann" / "own.jpg"]
    assert dict(walk.unsupported) == {package.rpartition(".")[2].upper(): 2}
    assert [photo.name for photo in photos_by_person(tmp_path)] == ["Ann"]
    asked_for = tmp_path / package
    assert photo_files([asked_for]) == [asked_for / inside], "what is asked for is read"


def test_folder_names_that_only_resemble_skipped_ones_are_people(tmp_path: Path) -> None:
    names = ["#1 fan", "Thumbs up", "@home", "found.me", "found.0000", "Recycled art", "Found", "tmp", "@gmt"]
    put(tmp_path, *(f"{name}/1.jpg" for name in names))
    assert {photo.name for photo in photos_by_person(tmp_path)} == {*names}


def test_a_folder_that_is_asked_for_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    put(
        tmp_path,
        ".hidden/1.jpg",
        "g/embeddings.json",
        "g/faces_db/Ada/1.png",
        "phone/.nomedia",
        "phone/2.jpg",
    )
    assert found_in(tmp_path / ".hidden") == ["1.jpg"]
    assert found_in(tmp_path / "phone") == ["2.jpg"]
    assert [photo.name for photo in photos_by_person(tmp_path / "g" / "faces_db")] == ["Ada"]


def test_folders_and_files_are_given_once_and_in_the_order_asked_for(tmp_path: Path) -> None:
    put(tmp_path, "b/1.jpg", "b/c/2.jpg", "a/3.jpg", "notes.txt")
    asked = [tmp_path / "b" / "c", tmp_path / "notes.txt", tmp_path / "b", tmp_path / "a", tmp_path / "a"]
    assert [path.name for path in photo_files(asked)] == ["2.jpg", "notes.txt", "1.jpg", "3.jpg"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders there")
def test_pipes_sockets_and_devices_are_no_photos(tmp_path: Path) -> None:
    put(tmp_path, "1.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "null.jpg").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        before = Path.cwd()
        os.chdir(tmp_path)  # an address is short
        try:
            listening.bind("socket.jpg")
        finally:
            os.chdir(before)
        assert found_in(tmp_path) == ["1.jpg"]
    assert PhotoWalk().photos_directly_in(tmp_path) == [tmp_path / "1.jpg"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="Linux shows itself as files")
@pytest.mark.parametrize("file", ["/proc/self/mem", "/proc/self/pagemap", "/proc/kmsg", "/proc/kcore"])
def test_an_endless_file_is_not_read_as_a_photo(file: str, tmp_path: Path) -> None:
    (tmp_path / "1.jpg").symlink_to(file)
    with pytest.raises(ImageUnreadableError):
        load_photo(tmp_path / "1.jpg")


def closed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system refuse a folder, also to the user who may do anything."""
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)


def test_a_folder_that_cannot_be_read_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a/1.jpg", "b/2.jpg", "c/d/3.jpg")
    closed(tmp_path / "b", monkeypatch)
    for listed in (lambda walk: walk.photos([tmp_path]), lambda walk: photos_by_person(tmp_path, walk)):
        walk = PhotoWalk()
        assert len(listed(walk)) == 2
        ((path, error),) = walk.unreadable
        assert path == tmp_path / "b"
        assert isinstance(error, FolderUnreadableError)
        assert (
            error_message(error)
            == "The folder b cannot be read (Permission denied). Its photos were skipped."
        )


def test_a_folder_without_rights_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a/1.jpg", "b/2.jpg")
    (tmp_path / "b").chmod(0)
    walk = PhotoWalk()
    try:
        with ordinary_rights():
            assert walk.photos([tmp_path]) == [tmp_path / "a" / "1.jpg"]
    finally:
        (tmp_path / "b").chmod(0o700)
    assert [path.name for path, _ in walk.unreadable] == ["b"]


def test_folders_as_deep_as_they_can_be_are_read(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(200):
        deep /= "d"
    deep.mkdir(parents=True)
    put(deep, "1.jpg")
    assert len(found_in(tmp_path)) == 1
