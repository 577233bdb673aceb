"""Contenders timed in turns, so that a machine that slows down slows them all."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple


class Timing(NamedTuple):
    """Seconds, or whatever else is measured, over several runs."""

    median: float
    lowest: float
    highest: float


def in_turns(
    contenders: Mapping[str, Callable[[], object]], *, runs: int, warmup: int = 1
) -> dict[str, Timing]:
    """Time each once, then each again, and so on; the first rounds do not count."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(warmup + runs):
        for name, contender in contenders.items():
            began = time.perf_counter()
            contender()
            taken = time.perf_counter() - began
            if turn >= warmup:
                seconds[name].append(taken)
    return {name: Timing(statistics.median(s), min(s), max(s)) for name, s in seconds.items()}


def process(*arguments: str) -> Callable[[], object]:
    """A Python process with those arguments, from its start to its end."""

    def run() -> object:
        return subprocess.run([sys.executable, *arguments], env=_quiet(), check=True, capture_output=True)

    return run


def memory_mb(program: str) -> Timing:
    """Of a Python process at the end of a program, resident. Linux only."""
    report = "import benchmarks.timing; print(); print(benchmarks.timing.resident_mb())"
    command = [sys.executable, "-c", f"{program}\n{report}"]
    done = subprocess.run(command, env=_quiet(), check=True, capture_output=True, text=True)
    now = float(done.stdout.split()[-1])
    return Timing(now, now, now)


def resident_mb() -> float:
    """Of this process, now. Linux only."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _quiet() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TF_CPP_MIN_LOG_LEVEL": "3"}


def milliseconds(timing: Timing) -> str:
    """ "12.3 ms (11.9–13.0)"; seconds from one second on."""
    factor, unit = (1000, "ms") if timing.median < 1 else (1, "s")
    low, middle, high = (factor * t for t in (timing.lowest, timing.median, timing.highest))
    return f"{middle:.3g} {unit} ({low:.3g}–{high:.3g})"
