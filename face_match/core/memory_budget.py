"""A memory budget shared by threads: a request that does not fit waits for its turn."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import sys
import threading
from collections import deque
from collections.abc import Iterator

_M_MMAP_THRESHOLD, _MAPPED_BYTES = -3, 8 << 20


@functools.cache
def return_large_blocks() -> None:
    """Make the C library return large blocks to the system as soon as they are freed.

    glibc keeps blocks of up to 32 MB, such as those that Pillow's images consist of, for the thread that
    freed them: with eight threads, photos of 108 megapixels then took 3 GB, and 1.4 GB without.
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):  # another C library, which does not do so
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _MAPPED_BYTES)


class MemoryBudget:
    """A weighted semaphore in bytes, first come, first served.

    A request may exceed the whole budget: it then waits until nothing else is in use. Do not nest requests in
    one thread.
    """

    def __init__(self, total_bytes: int) -> None:
        self._total = total_bytes
        self._used = 0
        self._queue = deque[object]()
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def use(self, amount: int) -> Iterator[None]:
        """Reserve `amount` bytes for the block, after waiting until they are free."""
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
            try:
                # only the first in the queue may enter: small requests would keep a large one waiting forever
                self._changed.wait_for(lambda: self._queue[0] is ticket and self._fits(amount))
                self._used += amount
            finally:
                self._queue.remove(ticket)
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._used -= amount
                self._changed.notify_all()

    def _fits(self, amount: int) -> bool:
        return self._used == 0 or self._used + amount <= self._total
