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

from face_match.errors import GalleryLockedError, GalleryWriteError

LOCK = "gallery.lock"
HOLDER = "gallery.lock.json"


class WriterLock:
    """Held from `acquire` to `release`."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / LOCK, thread_local=False)
        self._holder = folder / HOLDER

    def acquire(self) -> None:
        """Raises GalleryLockedError, saying who holds it, or GalleryWriteError."""
        folder = self._holder.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            since = datetime.now().strftime("%H:%M")
            holder = {"process": os.getpid(), "machine": socket.gethostname(), "since": since}
            self._holder.write_text(json.dumps(holder), "utf-8")
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
