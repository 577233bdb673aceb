"""Memory of running processes, where Linux tells it."""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from pathlib import Path

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident_bytes(process: int) -> int:
    """Memory in use by a process and all below it; 0 where the system does not tell.

    What several processes share, as code of libraries, counts once for each of them.
    """
    children: dict[int, list[int]] = defaultdict(list)
    pages: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended
            fields = entry.read_text("utf-8", "replace").rpartition(")")[2].split()
            children[int(fields[1])].append(int(entry.parent.name))
            pages[int(entry.parent.name)] = int(fields[21])
    total, below = 0, [process]
    while below:
        one = below.pop()
        total += pages.get(one, 0) * PAGE_BYTES
        below += children[one]
    return total
