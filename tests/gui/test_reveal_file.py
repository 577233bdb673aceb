"""A photo is selected in the file manager where there is one that can do so, else its folder is opened."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FILE_MANAGER = """
import sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection

@ClassInfo({"D-Bus Interface": "org.freedesktop.FileManager1"})
class FileManager(QObject):
    @Slot("QStringList", str)
    def ShowItems(self, uris, startup_id):
        print("selected", *uris, flush=True)
        QTimer.singleShot(50, app.quit)

app = QCoreApplication([])
bus = QDBusConnection.sessionBus()
manager = FileManager()
all_slots = QDBusConnection.RegisterOption.ExportAllSlots
assert bus.registerObject("/org/freedesktop/FileManager1", manager, all_slots)
assert bus.registerService("org.freedesktop.FileManager1")
print("ready", flush=True)
QTimer.singleShot(20_000, app.quit)
app.exec()
"""
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication

app = QGuiApplication([])
def opened(url):
    print("opened", url.toLocalFile(), flush=True)
    app.quit()
QDesktopServices.openUrl = opened
from face_match.gui.reveal_file import show_in_file_manager
from tests.stopwatch import clock_s
began = clock_s()
show_in_file_manager(Path(sys.argv[1]))
print("took", round(1000 * (clock_s() - began)), flush=True)
QTimer.singleShot(int(sys.argv[2]), app.quit)
app.exec()
"""
MOST_MS = 500
"""It takes about 13 ms, not counting waits for a core; one that waited would take as long as the file manager
does."""
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-run-session") is None, reason="needs dbus-run-session"
)


def run(tmp_path: Path, photo: Path, *, has_file_manager: bool) -> list[str]:
    """What the file manager and the program print, on a bus of their own."""
    (tmp_path / "manager.py").write_text(FILE_MANAGER, "utf-8")
    (tmp_path / "program.py").write_text(PROGRAM, "utf-8")
    manager = f"{sys.executable} manager.py > said & while ! grep -q ready said; do sleep 0.05; done; "
    script = f'{manager if has_file_manager else ""}{sys.executable} program.py "{photo}" 3000; wait'
    result = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    said = (tmp_path / "said").read_text("utf-8") if has_file_manager else ""
    return (result.stdout + said).splitlines()


def test_the_file_manager_selects_the_photo(tmp_path: Path) -> None:
    photo = tmp_path / "a photo, 100 %.jpg"
    photo.touch()
    lines = run(tmp_path, photo, has_file_manager=True)
    (took,) = [int(line.split()[1]) for line in lines if line.startswith("took")]
    assert took < MOST_MS
    assert f"selected {photo.as_uri().replace('%2C', ',')}" in [line.replace("%2C", ",") for line in lines]
    assert not any(line.startswith("opened") for line in lines)


def test_without_one_that_can_select_the_folder_is_opened(tmp_path: Path) -> None:
    assert f"opened {tmp_path}" in run(tmp_path, tmp_path / "a.jpg", has_file_manager=False)


@pytest.mark.parametrize("has_file_manager", [False, True])
def test_a_file_in_the_place_of_the_folder_is_never_opened(tmp_path: Path, has_file_manager: bool) -> None:
    """A gallery from elsewhere may name any file there, and the desktop would run it."""
    (tmp_path / "page.html").write_text("<script>", "utf-8")
    lines = run(tmp_path, tmp_path / "page.html" / "a.jpg", has_file_manager=has_file_manager)
    assert not any(line.startswith("opened") for line in lines)
