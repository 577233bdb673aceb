"""A clock that stands still while others have the cores, and a limit on how long something takes on it."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

PROCESS = Path("/proc/self/task")


def waits_for_a_core_s() -> dict[str, float]:
    """How long each thread of this process could run but had no core, by its number, where Linux tells."""
    waits = {}
    for thread in os.listdir(PROCESS) if PROCESS.is_dir() else ():  # noqa: PTH208 - it is called very often
        with contextlib.suppress(OSError):  # one that has ended
            waits[thread] = int((PROCESS / thread / "schedstat").read_bytes().split()[1]) / 1e9
    return waits


def clock_s() -> float:
    """Seconds on the clock, less those for which this thread could run but had no core.
    On a busy machine that is most of the time. Waiting for anything else counts."""
    return time.monotonic() - waits_for_a_core_s().get(str(threading.get_native_id()), 0.0)


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail where what is done in it takes longer. Leave room for a machine that does other work as well."""
    began = clock_s()
    yield
    took = clock_s() - began
    assert took < seconds, f"it took {took:.1f} s"
