"""One writer at a time: a lock that the system lets go of when its holder ends, however it ends."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from datetime import datetime
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from face_match.durable import make_folder
from face_match.errors import GalleryLockedError, GalleryWriteError
from face_match.gallery.paths import LOCK, LOCK_HOLDER, require_no_links

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""Windows has no such flag; links were looked for before."""


class WriterLock:
    """Held from `acquire` to `release`."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / LOCK, mode=0o600, thread_local=False)
        self._holder = folder / LOCK_HOLDER

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            GalleryLockedError: says who holds it.
            GalleryWriteError.
            GalleryDamagedError: a part of the gallery is a link.
        """
        folder = self._holder.parent
        try:
            make_folder(folder)
            require_no_links(folder)
            self._lock.acquire(timeout=0)
            since = datetime.now().strftime("%H:%M")
            holder = {"process": os.getpid(), "machine": socket.gethostname(), "since": since}
            self._holder.unlink(missing_ok=True)  # and not written into: it may have other names
            how = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK
            with os.fdopen(os.open(self._holder, how, 0o600), "w", encoding="utf-8") as file:
                json.dump(holder, file)
        except Timeout as exc:
            raise GalleryLockedError(folder, self._who()) from exc
        except OSError as exc:
            self._lock.release()
            raise GalleryWriteError(folder, exc.strerror or type(exc).__name__) from exc

    def __enter__(self) -> WriterLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _who(self) -> str:
        try:
            holder = json.loads(self._holder.read_text("utf-8"))
            return f"process {holder['process']} on {holder['machine']} since {holder['since']}"
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return "another program"
