"""A start that hands photos over fails at nothing in the cache, and leaves nothing open to others."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from face_match.core.settings import Settings
from face_match.gui.open_with import LOCK, PhotoInbox, _inbox, _lock, hand_over
from tests.gui.conftest import Driver

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the cache is elsewhere")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder in which the program was started is deleted."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    yield


@pytest.mark.usefixtures("folder_gone")
def test_a_folder_that_has_gone_is_no_traceback(tmp_path: Path) -> None:
    inbox = _inbox(tmp_path)
    inbox.mkdir(mode=0o700, parents=True)
    (inbox / LOCK).touch()
    assert not hand_over(Path("gallery"), [tmp_path], Settings())
    assert not hand_over(tmp_path, [Path("photo.jpg")], Settings())


def test_a_cache_that_cannot_be_is_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("/" + "a" * 300, "/" + "a/" * 3000, "/dev/null"):
        monkeypatch.setenv("XDG_CACHE_HOME", place)
        assert not hand_over(tmp_path, [tmp_path], Settings())


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_a_lock_that_is_no_file_is_not_opened(tmp_path: Path, driver: Driver, kind: str) -> None:
    """Qt waited for the pipe's other end."""
    inbox = _inbox(driver.window.gallery.place)
    inbox.mkdir(mode=0o700, parents=True)
    if kind == "pipe":
        os.mkfifo(inbox / LOCK)
    elif kind == "link":
        (inbox / LOCK).symlink_to("/dev/zero")
    else:
        (inbox / LOCK).mkdir()
    assert not hand_over(tmp_path / "gallery", [tmp_path], Settings())
    window = driver.window
    inbox_of_window = PhotoInbox(window, window.gallery, window.queue)
    window.gallery.opened.emit()
    assert inbox_of_window._folder is None


def test_the_folders_are_for_the_user_alone_whatever_the_umask(driver: Driver, cache: Path) -> None:
    window, before = driver.window, os.umask(0)
    try:
        inbox = PhotoInbox(window, window.gallery, window.queue)
        window.gallery.opened.emit()
    finally:
        os.umask(before)
    folder = _inbox(window.gallery.place)
    assert (folder / LOCK).exists()
    for made in (folder, folder.parent, folder.parent.parent, cache):
        assert stat.S_IMODE(made.stat().st_mode) == 0o700
    inbox.close()


def test_what_cannot_be_removed_gives_the_lock_back(driver: Driver) -> None:
    window = driver.window
    folder = _inbox(window.gallery.place)
    (folder / "left.photos").mkdir(mode=0o700, parents=True)
    folder.chmod(0o700)
    inbox = PhotoInbox(window, window.gallery, window.queue)
    window.gallery.opened.emit()
    assert inbox._folder is None
    assert _lock(folder) is not None, "another window may have it"


def test_photos_of_two_starts_wait_for_the_same_dialog(
    driver: Driver, astronaut_file: Path, hopper_file: Path
) -> None:
    window, dialog = driver.window, QDialog(driver.window)
    inbox = PhotoInbox(window, window.gallery, window.queue)
    dialog.open()
    inbox._open([astronaut_file])
    inbox._open([hopper_file])
    assert window.queue.count == 0
    dialog.close()
    driver.qtbot.waitUntil(lambda: window.queue.count == 2)
