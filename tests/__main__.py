"""Run all tests: a few files in a process of their own, one more such process at a time than there are cores.

    python -m tests [--all] [--jobs N] [options of pytest]

A new process for every few files gives back the memory of networks and windows. And it has no thread but its
own: the tests that kill a fork of it would not be sound in a worker that hears from another in a thread.
Tests wait for timers and for processes, which leaves the cores idle for a fifth of the time without one more.

What fails in a few parts is run once more at the end, alone: that others had the cores is no fault of the
program. A test that passes then is named as unsteady, to be mended; where it fails again, the run has failed.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree

from tests.extent import JOBS, skipped_line
from tests.process_memory import memory_bytes

T = TypeVar("T")
TESTS = Path(__file__).parent
FILES_AT_ONCE = {"gui": 8, "unit/vision": 8, "e2e": 13, "": 16}
"""Files of one part, by room: windows and networks fill the memory, others spare the start of more processes.
Here and in the next table the first room that a part belongs to counts."""
GIGABYTES = {
    **{"unit/vision": 1.5, "unit/cases": 1.3, "unit/gallery/storage": 0.65, "unit/gallery": 0.35},
    **{"unit/core/images": 0.5, "unit/core": 0.2, "unit/cli": 0.15, "unit": 0.55, "e2e": 0.7},
    **{"gui/people": 1.3, "gui/state": 1.2, "gui/review": 0.8, "gui/photo": 0.95, "gui/widgets": 0.2},
    **{"gui": 0.75, "": 0.3},
}
"""Memory that a process of a room takes at its peak, about."""
SECONDS = {
    **{"e2e/hostile": 100, "e2e/shipped": 1, "e2e": 370, "fuzz": 7, "gui/dialogs": 24, "gui/people": 69},
    **{"gui/photo": 85, "gui/review": 84, "gui/shell": 14, "gui/state": 80, "gui/widgets": 6, "gui": 102},
    **{"unit/cases": 54, "unit/cli": 10, "unit/core/images": 57, "unit/core": 6, "unit/decision": 29},
    **{"unit/gallery/damage": 58, "unit/gallery/killed": 141, "unit/gallery/records": 4},
    **{"unit/gallery/search": 11, "unit/gallery/security": 100, "unit/gallery/storage/server": 142},
    **{"unit/gallery/storage": 77, "unit/gallery": 107, "unit/metadata": 43, "unit/metadata/embedded": 19},
    **{"unit/report": 15, "unit/vision": 148, "unit/workflows/cluster": 21, "unit/workflows": 49, "unit": 45},
}
"""How long the files of a room took on two cores; of a room that is new, a part starts first."""
MOST_GIGABYTES = 2.6
"""What the processes that run at the same time may take, so that all stay under 3 GB with their files."""
MOST_JOBS = 4
MEASURED_EVERY_S = 4.0
"""To measure the memory of a process of 1 GB takes the system 20 ms."""
MOST_REPEATED = 3
"""In more parts than these nothing fails by chance."""
NOTHING_SELECTED = 5
"""Exit status of pytest where options select no test of the files."""
SLOWEST = 10
IN_MEMORY, ROOM_BYTES = Path("/dev/shm"), 2_000_000_000
"""A folder that is written to in no time, if it has so much room: else tests wait for the disk."""


@dataclass
class Part:
    """Some test files of one room, and what came of them."""

    name: str
    files: list[Path]
    expected_s: float = math.inf
    process: subprocess.Popen[bytes] | None = None
    has_failed: bool = False
    output: str = ""
    seconds: float = 0.0
    bytes_now: int = 0
    peak_bytes: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    durations: list[tuple[float, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def gigabytes(self) -> float:
        """Memory that it is expected to take."""
        return of_room(GIGABYTES, self.name.partition(" ")[0])

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {outcome}" for outcome, count in self.counts.items() if count)
        return f"{self.name}: {counts or 'no tests'}, {self.seconds:.0f} s, {self.peak_bytes / 1e6:.0f} MB"


def parts() -> Iterator[Part]:
    """All test files by room."""
    rooms: dict[str, list[Path]] = {}
    for file in sorted(TESTS.rglob("test_*.py")):
        rooms.setdefault(file.parent.relative_to(TESTS).as_posix(), []).append(file)
    for room, files in rooms.items():
        count = -(-len(files) // of_room(FILES_AT_ONCE, room))
        for number in range(count):
            name = f"{room} ({number + 1} of {count})" if count > 1 else room
            yield Part(name, files[number::count], SECONDS.get(room, math.inf) / count)


def of_room(table: Mapping[str, T], room: str) -> T:
    """What a table has of a room, or of one that it is in."""
    return next(value for of, value in table.items() if f"{room}/".startswith(f"{of}/" if of else ""))


def next_of(waiting: Sequence[Part], running: Sequence[Part]) -> Part | None:
    """Of the parts for which there is memory, the one that takes the most for the longest; any, if none runs.
    What is left at the end fits beside each other."""
    free = MOST_GIGABYTES - sum(part.gigabytes for part in running)
    fitting = [part for part in waiting if part.gigabytes <= free or not running]
    return max(fitting, key=lambda part: part.expected_s * part.gigabytes, default=None)


def run(part: Part, options: Sequence[str], folder: Path) -> Part:
    """Run a part in a process of its own, with files below a folder. What failed is noted beside it."""
    folder.mkdir()
    report, started = folder / "report.xml", time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}"]
    command += [
        "-o",
        f"cache_dir={folder}-failed",
        f"--basetemp={folder / 't'}",
        *options,
        *map(str, part.files),
    ]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # each process that is started would compile the program again
    env["TMPDIR"] = str(folder.parents[1])
    env["OPENBLAS_NUM_THREADS"] = "1"  # the cores have enough to do, and forks have no threads
    with (folder / "output").open("w+b") as output:
        process = subprocess.Popen(
            command, cwd=TESTS.parent, env=env, stdout=output, stderr=subprocess.STDOUT
        )
        part.process = process
        while process.poll() is None:
            part.bytes_now = memory_bytes(process.pid)
            part.peak_bytes = max(part.peak_bytes, part.bytes_now)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(MEASURED_EVERY_S)
        part.bytes_now = 0
        output.seek(0)
        part.output = output.read().decode(errors="replace")
    part.seconds = time.monotonic() - started
    part.has_failed = process.returncode not in (0, NOTHING_SELECTED)
    if report.exists():
        _read(report, part)
    shutil.rmtree(folder, ignore_errors=True)
    return part


def _read(report: Path, part: Part) -> None:
    for case in ElementTree.parse(report).iter("testcase"):
        outcomes = [child for child in case if child.tag in ("failure", "error", "skipped")]
        for outcome in outcomes:
            part.counts[outcome.tag] += 1
            if outcome.tag == "skipped":
                part.skipped[outcome.get("message", "")] += 1
        test = f"{case.get('classname')}::{case.get('name')}"
        part.counts["passed"] += not outcomes
        part.failed += [test for outcome in outcomes if outcome.tag != "skipped"]
        part.durations.append((float(case.get("time", "0")), test))


def repeat(part: Part, options: Sequence[str], folder: Path) -> list[str]:
    """Run what failed in a part once more. Returns the tests that are unsteady: they pass now."""
    again = run(Part(f"{part.name}, what failed", part.files), [*options, "--last-failed"], folder)
    print(again.output if again.has_failed else again, flush=True)
    part.has_failed = again.has_failed
    return [] if again.has_failed else part.failed


def run_all(options: Sequence[str], jobs: int) -> bool:
    """Run all parts, print what came of them, and return whether no test failed."""
    started, peak, done, all_parts = time.monotonic(), 0, list[Part](), [*parts()]
    waiting, running, unsteady = [*all_parts], dict[Future[Part], Part](), list[str]()
    with tempfile.TemporaryDirectory(prefix="fm-", dir=where()) as folder, ThreadPoolExecutor(jobs) as pool:
        used = shutil.disk_usage(folder).used
        try:
            while waiting or running:
                while len(running) < jobs and (part := next_of(waiting, [*running.values()])):
                    waiting.remove(part)
                    place = Path(folder, str(all_parts.index(part)))
                    running[pool.submit(run, part, options, place)] = part
                ended, _ = wait(running, MEASURED_EVERY_S, FIRST_COMPLETED)
                in_files = shutil.disk_usage(folder).used - used if where() else 0
                peak = max(peak, sum(part.bytes_now for part in all_parts) + in_files)
                for future in ended:
                    del running[future]
                    done.append(part := future.result())
                    print(part.output if part.has_failed else part, flush=True)
        except KeyboardInterrupt:
            for part in running.values():
                if part.process is not None:
                    part.process.terminate()
            raise
        if len(failed := [part for part in done if part.has_failed]) <= MOST_REPEATED:
            for part in failed:
                unsteady += repeat(part, options, Path(folder, str(all_parts.index(part))))
    counts = sum((part.counts for part in done), Counter[str]())
    for seconds, test in sorted((one for part in done for one in part.durations), reverse=True)[:SLOWEST]:
        print(f"{seconds:6.1f} s  {test}")
    print(skipped_line(sum((part.skipped for part in done), Counter[str]())))
    if unsteady:
        print("Unsteady, failed beside others and passed alone: " + "; ".join(unsteady))
    names = [part.name for part in done if part.has_failed]
    print("FAILED: " + "; ".join(names) if names else "Passed.", dict(counts), end=", ")
    print(f"{time.monotonic() - started:.0f} s, {jobs} at a time, at most {peak / 1e9:.2f} GB of memory")
    return not names


def where() -> Path | None:
    """Where temporary files go; None for the system's folder, or the one in TMPDIR."""
    if "TMPDIR" in os.environ or not os.access(IN_MEMORY, os.W_OK):
        return None
    return IN_MEMORY if shutil.disk_usage(IN_MEMORY).free > ROOM_BYTES else None


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def main() -> None:
    """Exit with 0 where all passed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests", description="Run all tests. Other options go to pytest, as --all and -x do."
    )
    parser.add_argument("--jobs", type=int, default=min(cores() + 1, MOST_JOBS), help="processes at a time")
    chosen, options = parser.parse_known_args()
    os.environ[JOBS] = str(chosen.jobs)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is in memory goes then, too
    sys.exit(0 if run_all(options, chosen.jobs) else 1)


if __name__ == "__main__":
    main()
