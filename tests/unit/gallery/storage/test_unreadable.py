"""What the system does not let be read for now is not called damaged, and nothing is put in its place."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from face_match.core.errors import (
    FaceMatchError,
    GalleryDamagedError,
    GalleryError,
    GalleryUnreadableError,
    GalleryWriteError,
)
from face_match.core.messages import error_message
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.paths import DATABASE, RECORDS, VAULT
from face_match.gallery.security import encryption, purge
from face_match.gallery.storage import calibrations, vault
from tests.ordinary_rights import ordinary_rights

Add = Callable[..., NamingResult]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and rights of Linux")
PASSPHRASE = "a long passphrase"
MOST_FILES = 40


@pytest.fixture(params=[None, PASSPHRASE], ids=["plain", "encrypted"])
def passphrase(request: pytest.FixtureRequest) -> str | None:
    found: str | None = request.param
    return found


@pytest.fixture
def records(folder: Path, add: Add, passphrase: str | None, store_kind: str, quick_scrypt: None) -> Path:
    """The file of records of a gallery of Ada and Bob, with a backup."""
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        add(gallery, "Bob", 2)
        gallery.back_up()
    if passphrase is not None:
        encryption.encrypt(folder, passphrase)
    return folder / (RECORDS if store_kind == "file" else DATABASE)


@contextlib.contextmanager
def few_files(more: int) -> Iterator[None]:
    """Only so many more files can be opened."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    probe = os.open(os.devnull, os.O_RDONLY)
    os.close(probe)
    resource.setrlimit(resource.RLIMIT_NOFILE, (probe + more, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@contextlib.contextmanager
def closed_to_us(path: Path) -> Iterator[None]:
    """A file may not be read."""
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        with ordinary_rights():
            yield
    finally:
        if path.exists():
            path.chmod(mode)


@pytest.mark.parametrize("for_writing", [False, True])
def test_too_many_open_files(records: Path, passphrase: str | None, for_writing: bool) -> None:
    with Gallery.open(records.parent, for_writing=for_writing, passphrase=passphrase):
        pass  # what is imported at the first opening is there
    found = list[FaceMatchError]()
    for more in range(MOST_FILES):
        with few_files(more):
            try:
                Gallery.open(records.parent, for_writing=for_writing, passphrase=passphrase).close()
            except (GalleryUnreadableError, GalleryWriteError) as exc:
                found.append(exc)
            else:
                break
    assert any(type(one) is GalleryUnreadableError for one in found)
    assert not any("restore" in error_message(one) for one in found)
    with Gallery.open(records.parent, for_writing=False, passphrase=passphrase) as gallery:
        assert [person.name for person in gallery.people] == ["Ada", "Bob"]


def test_it_may_be_whole(records: Path, passphrase: str | None) -> None:
    with closed_to_us(records), pytest.raises(GalleryUnreadableError) as caught:
        Gallery.open(records.parent, for_writing=False, passphrase=passphrase)
    assert caught.value.path == records
    assert "restore" not in error_message(caught.value)
    Gallery.open(records.parent, for_writing=False, passphrase=passphrase).close()


def test_the_key_may_be_whole(records: Path, passphrase: str | None) -> None:
    path = records.with_name(VAULT)
    path.touch()
    with closed_to_us(path), pytest.raises(GalleryUnreadableError) as caught:
        Gallery.open(records.parent, for_writing=False, passphrase=passphrase)
    assert caught.value.path == path


def test_a_folder_in_its_place_is_damage(records: Path) -> None:
    records.unlink()
    records.mkdir()
    with pytest.raises(GalleryDamagedError):
        Gallery.open(records.parent, for_writing=False, passphrase=PASSPHRASE)


def test_restoring_keeps_what_cannot_be_read(records: Path, passphrase: str | None) -> None:
    before = records.read_bytes()
    backup = next((records.parent / "backups").iterdir())
    with closed_to_us(records), pytest.raises(GalleryError):
        restore.restore(records.parent, backup, passphrase)
    assert records.read_bytes() == before


def test_a_purge_changes_nothing_where_a_backup_cannot_be_read(records: Path, passphrase: str | None) -> None:
    backup = next((records.parent / "backups").iterdir())
    before = backup.read_bytes()
    with closed_to_us(backup), pytest.raises(GalleryUnreadableError):
        purge.purge(records.parent, "Ada", passphrase)
    assert backup.read_bytes() == before
    with Gallery.open(records.parent, for_writing=False, passphrase=passphrase) as gallery:
        assert [person.name for person in gallery.people] == ["Ada", "Bob"]


def test_calibrations_of_other_models_are_not_lost(records: Path, passphrase: str | None) -> None:
    key = vault.unlock(records.parent, passphrase)
    calibrations.write(records.parent, key, "facenet", {"threshold": 0.5})
    with (
        closed_to_us(records.with_name("calibrations.json")),
        pytest.raises(GalleryUnreadableError),
    ):
        calibrations.write(records.parent, key, "dlib", {"threshold": 0.9})
    assert set(calibrations.read(records.parent, key)) == {"facenet"}
