"""The program is killed while photos are scanned and faces named; what it said is there afterwards."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from face_match.gallery.gallery import Gallery
from tests.portraits import make_photos, portraits

LONGEST_S = 120
ROOT = Path(__file__).parents[2]

PROGRAM = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from face_match.gui.main_window import MainWindow
from face_match.core.settings import Settings

gallery, album, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
app = QApplication([])
window = MainWindow(gallery, Settings())

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def wait(ms):  # QTest.qWait would keep the other threads of Python from running
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()

def settle():
    wait(50)
    while window.tasks.is_busy():
        wait(20)
    wait(50)

window.show()
window.activateWindow()
window.start()
settle()
if moment == "scanning":
    window.tasks.progressed.connect(lambda task, done, total: die() if 2 <= done < total else None)
window.folder_import.scan([album])
settle()
page = window.review_page
if moment == "named":
    window.messages.posted.connect(lambda text: die() if text.startswith("Added Eileen") else None)
if moment == "ignored":
    window.messages.posted.connect(lambda text: die() if text.startswith("Ignored") else None)
page.grid.setFocus()
if moment == "ignored":
    page.ignore()
else:
    page.name_edit.setText("Eileen")
    page.press_main()
if moment == "naming":
    die()
settle()
raise SystemExit("nothing killed it")
"""


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five photos of two people."""
    folder = tmp_path_factory.mktemp("album")
    for person, name, count in zip(portraits(), "EG", (3, 2), strict=True):
        make_photos(person, count, folder, name)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("moment", ["scanning", "naming", "named", "ignored"])
def test_killed_at_any_moment_of_a_review_nothing_that_was_said_is_lost(
    moment: str, album: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "gallery"
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), str(album), moment],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    with Gallery.open(folder, for_writing=True) as gallery:
        people = {person.name: person.face_count for person in gallery.people}
        asked, unfinished = len(gallery.unnamed()), gallery.unfinished_scans
    if moment == "scanning":
        assert people == {}
        assert 0 < asked < 5
        assert unfinished == [album]
    elif moment == "named":
        assert (people, asked) == ({"Eileen": 3}, 2)
    elif moment == "naming":
        assert (people, asked) in (({}, 5), ({"Eileen": 3}, 2))
    else:
        assert (people, asked) == ({}, 2)
