"""Memory of running processes, where Linux tells it."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from pathlib import Path


def memory_bytes(process: int) -> int:
    """Memory in use by a process and all below it; 0 where the system does not tell.

    What several processes share, as code of libraries and what a fork has not changed, counts once: each has
    its share of it ("Pss" in https://www.kernel.org/doc/html/latest/filesystems/proc.html).
    """
    children: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended
            parent = entry.read_text("utf-8", "replace").rpartition(")")[2].split()[1]
            children[int(parent)].append(int(entry.parent.name))
    total, below = 0, [process]
    while below:
        one = below.pop()
        total += _share(one)
        below += children[one]
    return total


def _share(process: int) -> int:
    """A process's memory and its share of what it has in common with others."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text("utf-8", "replace").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
