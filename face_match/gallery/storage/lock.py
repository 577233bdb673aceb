"""The writer lock: one writer at a time. The system releases it when the process ends, however it ends.

The lock is a file and, where possible, the folder itself, so that deleting the file admits nobody. On Windows
a locked file cannot be deleted. The holder checks before each change that the lock is still valid.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import sys
import threading
import time
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from face_match.core.atomic_files import FileId, file_id, make_folder, read_file
from face_match.core.errors import GalleryLockedError, GalleryLockLostError, GalleryWriteError
from face_match.core.translation import marked
from face_match.gallery.records.paths import LOCK, LOCK_HOLDER, require_no_links
from face_match.gallery.storage.private_files import make_private

if TYPE_CHECKING:  # imports asyncio, which readers do not need
    from filelock import FileLock

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""Windows has no such flag; links were checked before."""

_HELD_ELSEWHERE = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)

_MAX_HOLDER_BYTES = 4096
"""The size limit of the file that names the holder."""


class HeldLock(Protocol):
    """The right to change a gallery."""

    def require_held(self) -> None:
        """Check that changes are still allowed; raises GalleryLockLostError."""

    def release(self) -> None:
        """Give up the right."""


class WriterLock:
    """Held from `acquire` to `release`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = _file_lock(folder)
        self._holder = folder / LOCK_HOLDER
        self._descriptor: int | None = None
        self._check_lock = threading.Lock()
        self._ids: tuple[FileId | None, FileId | None] = (None, None)

    def acquire(self) -> None:
        """Acquire the lock.

        Raises:
            GalleryLockedError: names the holder.
            GalleryWriteError.
            GalleryDamagedError: a part of the gallery is a link.
        """
        from filelock import Timeout

        if time.time() < 0:  # SQLAlchemy would open a database in memory anew, without its rows
            raise GalleryWriteError(self._folder, marked("the clock of this computer is before 1970"))

        try:
            with contextlib.ExitStack() as on_failure:
                on_failure.callback(self._unlock_folder)
                on_failure.callback(self._lock.release)
                self._take()
                on_failure.pop_all()
        except Timeout as exc:
            raise GalleryLockedError(self._folder, self._describe_holder()) from exc
        except OSError as exc:
            raise GalleryWriteError(self._folder, exc.strerror or type(exc).__name__) from exc

    def _take(self) -> None:
        make_folder(self._folder)
        require_no_links(self._folder)
        self._descriptor = _locked_folder(self._folder)
        _remove_hard_link(self._folder / LOCK)
        self._lock.acquire(timeout=0)
        self._ids = self._current_ids()
        self._write_holder()
        make_private(self._folder)

    def __enter__(self) -> WriterLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def require_held(self) -> None:
        """Check that no other process can have become the writer: the lock file is still in place.

        If the folder itself is locked, a missing lock file is made again.

        Raises:
            GalleryLockLostError: another process may have written; do not write what is in memory.
        """
        with self._check_lock:
            self._require_held()

    def _require_held(self) -> None:
        places = self._current_ids()
        if places == self._ids:
            return
        if places[0] != self._ids[0]:
            raise GalleryLockLostError(self._folder, marked("its folder was moved or replaced"))
        if self._descriptor is None:
            raise GalleryLockLostError(self._folder, marked("its lock file was deleted or replaced"))
        from filelock import Timeout

        new = _file_lock(self._folder)
        try:
            require_no_links(self._folder)
            _remove_hard_link(self._folder / LOCK)
            new.acquire(timeout=0)
            self._lock.release()
            self._lock, self._ids = new, self._current_ids()
            self._write_holder()
        except (Timeout, OSError) as exc:
            raise GalleryLockLostError(self._folder, marked("its lock file was replaced")) from exc

    def release(self) -> None:
        if not self._lock.is_locked:
            return
        if self._ids == self._current_ids():  # otherwise it is another holder's
            with contextlib.suppress(OSError):
                self._holder.unlink(missing_ok=True)
        self._lock.release()
        self._unlock_folder()

    def _current_ids(self) -> tuple[FileId | None, FileId | None]:
        return file_id(self._folder), file_id(self._folder / LOCK)

    def _write_holder(self) -> None:
        since = datetime.now().strftime("%H:%M")
        holder = {"process": os.getpid(), "machine": socket.gethostname(), "since": since}
        self._holder.unlink(missing_ok=True)  # not overwritten: it may be a hard link
        how = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK
        with os.fdopen(os.open(self._holder, how, 0o600), "w", encoding="utf-8") as file:
            json.dump(holder, file)

    def _unlock_folder(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _describe_holder(self) -> str:
        try:
            holder = json.loads(read_file(self._holder, _MAX_HOLDER_BYTES))
            return f"process {holder['process']} on {holder['machine']} since {holder['since']}"
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return "another program"


def _remove_hard_link(lock: Path) -> None:
    """Delete a lock file that is a hard link, because locking it would empty the file and set its
    permissions."""
    with contextlib.suppress(FileNotFoundError):
        if lock.lstat().st_nlink > 1:
            lock.unlink()


def _file_lock(folder: Path) -> FileLock:
    from filelock import FileLock

    return FileLock(folder / LOCK, mode=0o600, thread_local=False)


def _locked_folder(folder: Path) -> int | None:
    """Lock a folder and return its descriptor; None where the system or file system has no such lock.

    Raises:
        Timeout: another process holds the lock.
        OSError.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    from filelock import Timeout

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as exc:
        os.close(descriptor)
        if exc.errno in _HELD_ELSEWHERE:
            raise Timeout(str(folder)) from exc
        return None
    return descriptor
