"""One window, used for a while, neither grows nor fails; `python -m benchmarks.soak` uses it for an hour."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.soak import Measure, judged

ROOT = Path(__file__).parents[2]
MOST_GROWTH_MB = 150
"""Of a window that has seen 50 photos before: its caches are not full yet."""
OF_A_DATABASE = 3
"""Open files of the database, to which a gallery moves that outgrows its file."""


@pytest.mark.only_with_all("a short soak")
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_window_that_is_used_for_a_minute_is_steady(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.soak", "--share", "0.02", "--json", tmp_path / "soak.json"]
    run = subprocess.run([*map(str, command)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "errors in slots" not in run.stdout, run.stderr
    first, *_, last = (Measure(**one) for one in json.loads((tmp_path / "soak.json").read_bytes())["tenths"])
    assert (last.photos, last.imports, last.models, last.errors) == (500, 10, 20, 0), run.stderr
    assert last.reviewed >= 250
    assert last.undone == 50
    assert last.threads <= first.threads
    assert last.handles <= first.handles + OF_A_DATABASE
    assert last.resident_mb < first.resident_mb + MOST_GROWTH_MB


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"resident_mb": 451.0}, ["Memory grew by 51 MB after the first tenth."]),
        ({"threads": 19}, ["There are more threads: 19, after 18."]),
        ({"handles": 15}, ["There are more handles: 15, after 14."]),
        ({"errors": 1}, ["1 errors in slots or threads."]),
    ],
)
def test_what_is_not_steady_is_said(change: dict[str, float], said: list[str]) -> None:
    first = Measure(resident_mb=400.0, threads=18, handles=14)
    assert judged([first, replace(first, **change)]) == said
