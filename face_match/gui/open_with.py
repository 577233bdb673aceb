"""Photos that are opened while a window shows their gallery, as by “open with”: that window opens them.

It watches a folder in the user's cache, which only the user may use; a later start puts the paths there. A
local socket would need QtNetwork, which brings libraries for Kerberos into the program.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QCryptographicHash, QEvent, QFileSystemWatcher, QLockFile, QObject, Qt, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QWidget

from face_match.core.atomic_files import make_folder, read_file
from face_match.core.gallery_place import GalleryPlace, ServerAddress
from face_match.core.settings import MAX_PATH_LETTERS, Settings

if TYPE_CHECKING:  # a start that hands photos over needs no window
    from face_match.gui.state.open_gallery import OpenGallery
    from face_match.gui.state.photo_queue import PhotoQueue

MAX_BYTES = 1 << 20
"""The most paths that are handed over at once, in bytes; with more, a start shows a window of its own."""
MOST_REQUESTS = 100
"""Taken at once. More are left to their senders."""
PATIENCE_S = 0.3
"""How long a start waits for the window: it may be busy, or ending."""
POLL_S = 0.005
DIALOG_POLL_MS = 200
"""How often to look whether the dialog has ended that photos wait for."""
LOCK = "window.lock"
REQUEST = ".photos"


def hand_over(place: GalleryPlace, photos: Sequence[Path], settings: Settings) -> bool:
    """Let the window that shows a gallery open photos and folders; returns whether there is one that does."""
    if not isinstance(place, ServerAddress):
        place = settings.located_gallery(place)
    try:
        folder = _inbox(place)
        if not photos or not (folder / LOCK).exists() or not _is_private(folder) or _lock(folder) is not None:
            return False
        paths = b"\0".join(os.fsencode(os.path.abspath(path)) for path in photos)  # noqa: PTH100 - keeps links
        if len(paths) > MAX_BYTES:
            return False
        request = folder / f"{os.getpid()}-{time.monotonic_ns()}{REQUEST}"
        _write(request, paths)
    except OSError:  # also where the folder has gone in which the program was started
        return False
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if not request.exists():
            return True
        time.sleep(POLL_S)
    try:
        request.unlink()
    except FileNotFoundError:  # it was taken at the last moment
        return True
    except OSError:
        pass
    return False


class PhotoInbox(QObject):
    """Opens what later starts hand over to this window, unless an earlier window has the same gallery."""

    def __init__(self, window: QWidget, gallery: OpenGallery, queue: PhotoQueue) -> None:
        super().__init__(window)
        self._window = window
        self._gallery = gallery
        self._queue = queue
        self._folder: Path | None = None
        self._held: QLockFile | None = None
        self._waiting: list[Path] = []
        self._poll = QTimer(self)
        self._poll.setSingleShot(True)
        self._poll.setInterval(DIALOG_POLL_MS)
        self._poll.timeout.connect(self._open_waiting)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._take)
        gallery.opened.connect(self._watch)
        gallery.refused.connect(self._watch)  # also where it asks for a passphrase
        if sys.platform == "darwin":  # which starts no second program
            QApplication.instance().installEventFilter(self)

    def close(self) -> None:
        """Take nothing from now on."""
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        if self._held is not None:
            self._held.unlock()
        self._folder = self._held = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self._open([Path(event.file())])
            return True
        return False

    def _watch(self) -> None:
        """Watch the folder of the gallery that is open now."""
        try:
            folder = _inbox(self._gallery.place)
            if folder == self._folder:
                return
            self.close()
            make_folder(folder)
            if not _is_private(folder):
                return
            self._held = _lock(folder)
            if self._held is None:
                return
            for left in islice(folder.glob(f"*{REQUEST}*"), MOST_REQUESTS):  # of starts that were killed
                left.unlink()
        except OSError:  # photos are then opened in windows of their own
            self.close()
            return
        self._folder = folder
        self._watcher.addPath(str(folder))

    def _take(self) -> None:
        """Open what was handed over, each once."""
        if self._folder is None:
            return
        for request in islice(self._folder.glob(f"*{REQUEST}"), MOST_REQUESTS):
            try:
                paths = read_file(request, MAX_BYTES, follows_links=False).split(b"\0")
            except (OSError, ValueError):
                paths = []
            with contextlib.suppress(OSError):  # its sender may have taken it back
                request.unlink()
                self._open([Path(os.fsdecode(path)) for path in paths if _is_path(path)])

    def _open(self, photos: Sequence[Path]) -> None:
        """Bring the window to the front and open photos, once no dialog asks about what is shown now."""
        if photos:
            self._waiting += photos  # to those that wait for the same dialog
            self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
            self._window.raise_()
            self._window.activateWindow()
            self._open_waiting()

    def _open_waiting(self) -> None:
        if QApplication.activeModalWidget() is not None:
            self._poll.start()
        elif self._waiting:
            photos, self._waiting = self._waiting, []
            self._queue.open(photos)


def _inbox(place: GalleryPlace) -> Path:
    """The folder for the window of a gallery."""
    if isinstance(place, ServerAddress):
        name = place.digest
    else:  # hashlib would load OpenSSL
        path = os.fsencode(os.path.normcase(os.path.realpath(place)))
        digest = QCryptographicHash.hash(path, QCryptographicHash.Algorithm.Sha256)
        name = bytes(digest.toHex().data()).decode()[:32]
    return Path(platformdirs.user_cache_dir("face-match", appauthor=False), "windows", name)


def _is_private(folder: Path) -> bool:
    """Whether a folder is the user's, and nobody else may use it; raises OSError."""
    if sys.platform == "win32":  # where the user's profile is private
        return True
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG((folder / LOCK).lstat().st_mode):  # Qt would wait for a pipe
            return False
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o077


def _lock(folder: Path) -> QLockFile | None:
    """The right to take what is in a folder; None while another process has it. One that is dead has none."""
    lock = QLockFile(str(folder / LOCK))
    lock.setStaleLockTime(0)  # no window is dead because it has been open for long
    return lock if lock.tryLock(0) else None


def _write(request: Path, data: bytes) -> None:
    """Write a file that appears as a whole; raises OSError."""
    new = request.with_suffix(f"{REQUEST}-new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    new.rename(request)


def _is_path(path: bytes) -> bool:
    return 0 < len(path) <= 4 * MAX_PATH_LETTERS and os.path.isabs(os.fsdecode(path))  # noqa: PTH117
