"""A clock that stands still while others have the cores, and a limit on how long something takes on it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

SCHEDULING = Path("/proc/thread-self/schedstat")


def clock_s() -> float:
    """Seconds on the clock, less those for which this thread could run but had no core, where Linux tells.
    On a busy machine that is most of the time. Waiting for anything else counts."""
    with contextlib.suppress(OSError):
        waited_ns = int(SCHEDULING.read_text("utf-8").split()[1])
        return time.monotonic() - waited_ns / 1e9
    return time.monotonic()


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail where what is done in it takes longer. Leave room for a machine that does other work as well."""
    began = clock_s()
    yield
    took = clock_s() - began
    assert took < seconds, f"it took {took:.1f} s"
