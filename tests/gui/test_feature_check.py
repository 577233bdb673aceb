"""PySide does not read the source of each module that the window imports, which it would keep for good."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import linecache, sys
from face_match.gui import feature_check
from face_match.gui.start import open_window
from PySide6.QtWidgets import QApplication

if sys.argv[1] == "on":
    feature_check.switch_off_feature_check = lambda: None
QApplication.exec = lambda *_: 0
status = open_window(["--gallery", sys.argv[2]])
print(status, sum(len(kept[2]) for kept in linecache.cache.values() if len(kept) > 1))
"""
MANY_LINES = 10_000


def lines_kept(check: str, folder: Path) -> int:
    """How many lines of source are in memory once the window was shown."""
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, check, str(folder / "gallery")],
        cwd=Path(__file__).parents[2],
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    status, lines = result.stdout.split()
    assert status == "0"
    return int(lines)


def test_the_source_of_the_program_is_not_kept(tmp_path: Path) -> None:
    assert lines_kept("off", tmp_path) < MANY_LINES


def test_it_would_be_kept_otherwise(tmp_path: Path) -> None:
    """Where this fails PySide no longer reads it, and the switch can go."""
    assert lines_kept("on", tmp_path) > MANY_LINES
