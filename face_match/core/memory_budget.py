"""A memory budget shared by threads: a request that does not fit waits for its turn."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Iterator


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
