"""A gallery can be read on a read-only file system and without permission to write."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import ErasingPendingError, GalleryUnreadableError, GalleryWriteError
from face_match.core.records import FaceRecord
from face_match.core.types import Photo
from face_match.gallery import relocation
from face_match.gallery.gallery import Gallery, NamingResult, NewFace
from face_match.gallery.security import encryption, purge

Add = Callable[..., NamingResult]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts, and gives rights, as Linux does")

NOBODY = 65534
"""The user who may do the least."""

EXPECTED = {
    "people": [("Ada", 2), ("Grace", 1)],
    "crops": [(24, 20, 3)] * 5,
    "photos": 4,
    "history": 3,
    "nearest": ("Ada", 1.0),
}


def read(folder: Path) -> dict[str, object]:
    """Something of everything that there is to be read."""
    with Gallery.open(folder, for_writing=False) as gallery:
        faces = [face for person in gallery.people for face in gallery.faces_of(person)] + gallery.unnamed()
        (match,) = gallery.nearest(faces[0].embeddings["made-up"], "made-up", 1)
        return {
            "people": [(person.name, person.face_count) for person in gallery.people],
            "crops": [gallery.pixels_of(face).shape for face in faces],
            "photos": len(gallery.photos()),
            "history": len(gallery.history),
            "nearest": (match.person.name, round(match.similarity, 4)),
        }


@pytest.fixture(params=["closed", "killed"])
def left(
    gallery: Gallery, add: Add, scan_photo: Callable[..., list[FaceRecord]], request: pytest.FixtureRequest
) -> Path:
    """A gallery in a folder of its own; its writer has closed it, or was killed and left a journal."""
    for number, name in ((1, "Ada"), (2, "Ada"), (3, "Grace")):
        add(gallery, name, number)
    scan_photo(gallery, 4, 4, 5)
    folder, place = gallery.folder, gallery.folder.with_name("left")
    if request.param == "closed":
        gallery.close()
        assert not (folder / "gallery.sqlite-wal").exists()
    shutil.copytree(folder, place)
    if request.param == "killed" and (folder / "gallery.sqlite").exists():
        assert (place / "gallery.sqlite-wal").stat().st_size > 0
    return place


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@contextlib.contextmanager
def mounted_read_only(folder: Path) -> Iterator[Path]:
    """The folder, mounted once more so that nobody can write there."""
    place = folder.with_name("mounted")
    place.mkdir()
    for command in (
        ["mount", "--bind", str(folder), str(place)],
        ["mount", "-o", "remount,ro,bind", str(place)],
    ):
        if subprocess.run(command, capture_output=True, check=False).returncode:
            subprocess.run(["umount", str(place)], capture_output=True, check=False)
            pytest.skip("this system lets nobody mount a folder read-only")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.skipif(not shutil.which("mount") or os.geteuid() != 0, reason="only root can mount")
def test_on_a_read_only_file_system_all_can_be_read(left: Path) -> None:
    before = contents(left)
    with mounted_read_only(left) as place:
        with pytest.raises(OSError, match="Read-only"):
            (place / "x").touch()
        assert read(place) == EXPECTED
        with pytest.raises(GalleryWriteError):
            Gallery.open(place, for_writing=True)
    assert contents(left) == before


@pytest.mark.parametrize(
    "rights", ["read everything", "write to its files alone", "write to its folder alone"]
)
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_without_the_right_to_write_all_can_be_read(
    left: Path, rights: str, forked: Callable[..., Any]
) -> None:
    files = {"write to its files alone": 0o666}.get(rights, 0o444)
    folders = {"write to its folder alone": 0o777}.get(rights, 0o555)
    for path in (*left.rglob("*"), left):
        path.chmod(folders if path.is_dir() else files)
    before = contents(left)
    with reachable(left) as place:

        def read_as_nobody(report: Callable[[], None]) -> None:
            as_nobody()
            assert read(place) == EXPECTED
            if rights != "write to its folder alone":
                with pytest.raises(GalleryWriteError):
                    Gallery.open(place, for_writing=True)
            report()

        assert forked(read_as_nobody).had_reported
    if rights == "read everything":
        assert contents(left) == before


@contextlib.contextmanager
def reachable(folder: Path) -> Iterator[Path]:
    """The same folder where every user can get to it: pytest's own are for who runs it."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        folder.rename(place / "gallery")
        try:
            yield place / "gallery"
        finally:
            for path in (place / "gallery").rglob("*"):
                if path.is_dir():
                    path.chmod(0o755)
            (place / "gallery").chmod(0o755)
            (place / "gallery").rename(folder)


def test_a_dry_run_works_where_nothing_can_be_written(
    left: Path, new_face: Callable[..., NewFace], photo_of: Callable[..., Photo]
) -> None:
    before = contents(left)
    with Gallery.open(left, for_writing=False, is_dry_run=True) as gallery:
        assert gallery.is_writable
        gallery.add("Joan", new_face(7), photo_of(7))
        gallery.rename(gallery.person("Ada"), "Augusta")
        assert [person.name for person in gallery.people] == ["Augusta", "Grace", "Joan"]
        assert gallery.pixels_of(gallery.faces_of(gallery.person("Joan"))[0]).shape == (24, 20, 3)
        gallery.undo()
    after = {name: data for name, data in contents(left).items() if not name.endswith(("-shm", "-wal"))}
    assert after == {name: data for name, data in before.items() if not name.endswith(("-shm", "-wal"))}


def without_lock(folder: Path) -> dict[str, bytes]:
    """The contents of all files but the lock's, which a killed writer left and the next one takes away."""
    return {path: content for path, content in contents(folder).items() if "gallery.lock" not in path}


def as_nobody() -> None:
    if os.geteuid() == 0:  # for whom rights do not count
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


JOBS: dict[str, Callable[[Path], object]] = {
    "encrypt": lambda place: encryption.encrypt(place, "correct horse"),
    "decrypt": lambda place: encryption.decrypt(place, None),
    "purge": lambda place: purge.purge(place, "Ada"),
    "clear": purge.clear,
    "move": lambda place: relocation.move_gallery(place, place.with_name("moved")),
}


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize("part", ["backups", "faces_db", "faces_db/Ada", "."])
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_folder_that_cannot_be_read_is_named_before_anything_is_missed_in_it(
    left: Path, job: str, part: str, forked: Callable[..., Any], quick_scrypt: None
) -> None:
    """Backups in such a folder stayed readable after encrypting, and were there after a deletion for good."""
    before = without_lock(left)
    with reachable(left) as place:
        place.parent.chmod(0o777)
        for path in (*place.rglob("*"), place):
            path.chmod(0o777 if path.is_dir() else 0o666)
        (place / part).chmod(0)

        def work(report: Callable[[], None]) -> None:
            as_nobody()
            with pytest.raises((GalleryUnreadableError, GalleryWriteError)) as caught:
                JOBS[job](place)
            assert "ermission" in caught.value.detail
            assert not isinstance(caught.value, ErasingPendingError)
            report()

        assert forked(work).had_reported
        (place / part).chmod(0o755)
    assert without_lock(left) == before


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_gallery_whose_folder_cannot_be_entered_is_refused(left: Path, forked: Callable[..., Any]) -> None:
    with reachable(left) as place:
        place.chmod(0)

        def open_it(report: Callable[[], None]) -> None:
            as_nobody()
            for for_writing in (False, True):
                with pytest.raises((GalleryUnreadableError, GalleryWriteError)):
                    Gallery.open(place, for_writing=for_writing)
            report()

        assert forked(open_it).had_reported
