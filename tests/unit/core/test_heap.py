"""Freed memory goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
from benchmarks.timing import resident_mb
from face_match.core.heap import return_freed_memory, return_large_blocks
CALL

before = resident_mb()
bytearray(24 << 20)  # once that is freed, glibc keeps smaller blocks
photos, records = [], []
for _ in range(30):
    photos.append(bytearray(b"x") * (3 << 20))
    records.append(bytearray(b"x") * 200_000)  # behind it, so that its place is a gap
del photos
print(resident_mb() - before)
"""


def growth_mb(call: str) -> float:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("CALL", call)], capture_output=True, text=True, check=True
    )
    return float(run.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="it is glibc's memory")
def test_freed_pixels_leave_no_gaps() -> None:
    assert growth_mb("return_freed_memory()") < 20
    assert growth_mb("return_freed_memory(); return_large_blocks()") < 20, "as after a large photo"
    assert growth_mb("") > 60, "else the test shows nothing"
