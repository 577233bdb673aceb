"""Copies of databases in the system's temporary folder, where a database cannot be read in its place.

A process that is killed leaves its copy there, with everybody's names. The next copy, and each purge and
encryption, deletes what was left: a copy whose lock nobody holds.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from face_match.core.errors import gallery_read_errors
from face_match.gallery.records.paths import JOURNALS
from face_match.gallery.storage.sqlite.files import copy_database

_PREFIX = "face-match-"
_LOCK, _COPY = "in use", "copy.sqlite"
_NAMES = {_LOCK, _COPY, *(f"{_COPY}{end}" for end in JOURNALS)}


class TemporaryCopy:
    """A copy of a database with its journals; use it as a context manager or call `close`.

    Raises:
        GalleryUnreadableError, GalleryDamagedError: from the constructor; it cannot be read or copied.
    """

    def __init__(self, path: Path) -> None:
        from filelock import FileLock

        delete_left_copies()
        with contextlib.ExitStack() as on_failure:
            with gallery_read_errors(path):
                self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
                on_failure.callback(self._delete)
                self._lock = FileLock(self._folder / _LOCK, thread_local=False)
                self._lock.acquire(blocking=False)
            on_failure.callback(self._lock.release)
            self.path = copy_database(path, self._folder / _COPY)
            on_failure.pop_all()

    def close(self) -> None:
        self._lock.release()
        self._delete()

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _delete(self) -> None:
        _delete(self._folder)


def delete_left_copies() -> None:
    """Delete the copies that killed processes have left; of this user, and nothing but copies."""
    from filelock import FileLock, Timeout

    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError, Timeout):
            names = {path.name for path in folder.iterdir()}
            is_own = not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
            if folder.is_symlink() or not is_own or not {_LOCK, _COPY} <= names <= _NAMES:
                continue
            with FileLock(folder / _LOCK, thread_local=False).acquire(blocking=False):
                _delete(folder, but=_LOCK)
            _delete(folder)


def _delete(folder: Path, but: str | None = None) -> None:
    """Delete the copy's files; then the folder, if nothing is left in it."""
    with contextlib.suppress(OSError):
        for name in sorted(_NAMES - {but}):
            (folder / name).unlink(missing_ok=True)
        if but is None:
            folder.rmdir()
