"""How the C library keeps memory that was freed."""

from __future__ import annotations

import ctypes
import sys

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""From glibc's malloc.h."""
LARGE_BYTES = 256 << 10
ARENAS = 2


def return_freed_memory() -> None:
    """Let memory that a program of many threads has freed go back to the system, for as long as it runs.

    By default, glibc keeps an arena for each of up to eight threads a core, and raises the size from which on
    a block is returned at once to 32 MB. Pixels of photos then leave gaps in each arena: of 490 MB, 340 were
    free and not returned after 100 small photos. Elsewhere than on Linux with glibc nothing is done.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES)
        mallopt(_M_TRIM_THRESHOLD, LARGE_BYTES)
        mallopt(_M_ARENA_MAX, ARENAS)
