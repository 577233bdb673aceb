"""Once the window is shown, no turn of the event loop loads the pages: that is done beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MOST_MS = 30
FIRST_TURNS = 20
PROGRAM = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from face_match.core.settings import Settings
from face_match.gui import theme
from face_match.gui.main_window import MainWindow

app = QApplication([])
theme.apply(app, is_dark=False)
window = MainWindow(Path(sys.argv[1]), Settings())
window.show()
app.processEvents()
window.start()
for _ in range(int(sys.argv[2])):
    began = time.thread_time()
    app.processEvents()
    print(1000 * (time.thread_time() - began))
    time.sleep(0.001)
until = time.monotonic() + 30
while window.tasks.is_busy() and time.monotonic() < until:
    app.processEvents()
print("made" if "photo_parts" in window.__dict__ else "missing")
window.close()
"""


def test_the_first_turns_are_short(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "gallery"), str(FIRST_TURNS)],
        cwd=Path(__file__).parents[3],
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    *turns, made = result.stdout.split()
    assert len(turns) == FIRST_TURNS
    assert max(map(float, turns)) < MOST_MS
    assert made == "made", "the page of a photo is made without being asked for"
