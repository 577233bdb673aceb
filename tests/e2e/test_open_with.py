"""Photos that are opened while a window shows their gallery, on a screen of the test's own."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from face_match.core.settings import Settings
from face_match.gui.open_with import LOCK, MAX_BYTES, REQUEST, hand_over
from tests.e2e.conftest import ROOT

pytestmark = pytest.mark.skipif(
    any(shutil.which(program) is None for program in ("Xvfb", "xdotool", "openbox")),
    reason="Xvfb, xdotool and openbox are not installed",
)
WINDOW_S = 60
_displays = itertools.count(120 + os.getpid() % 300)


class Desktop:
    """A screen with a window manager, and the windows of the program on it."""

    def __init__(self, env: dict[str, str]) -> None:
        number = next(_displays)
        self.env = {**env, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        self._servers = [self._started("Xvfb", f":{number}", "-screen", "0", "1280x800x24")]
        self.wait_for(lambda: Path(f"/tmp/.X11-unix/X{number}").exists())
        self._servers.append(self._started("openbox"))
        self._windows: list[subprocess.Popen[str]] = []

    def _started(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
        )

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        """Start the program, as a file manager does."""
        command = [sys.executable, str(ROOT / "app_faces.py"), *map(str, arguments)]
        window = subprocess.Popen(command, env=self.env, stderr=subprocess.PIPE, text=True)
        self._windows.append(window)
        return window

    def xdotool(self, *arguments: str) -> str:
        result = subprocess.run(
            ["xdotool", *arguments], env=self.env, capture_output=True, text=True, check=False
        )
        return result.stdout.strip()

    def titles(self) -> list[str]:
        """Of the windows that are shown."""
        found = self.xdotool("search", "--onlyvisible", "--name", "Face Match", "getwindowname", "%@")
        return sorted(found.splitlines())

    def wait_for(self, is_so: Callable[[], object]) -> None:
        end = time.monotonic() + WINDOW_S
        while not is_so():
            assert time.monotonic() < end
            time.sleep(0.05)

    def wait_for_title(self, *parts: str) -> None:
        """Wait until there are as many windows, whose titles have these parts."""

        def is_so() -> bool:
            titles = self.titles()
            return len(titles) == len(parts) and all(map(str.__contains__, titles, parts))

        self.wait_for(is_so)

    def close(self) -> None:
        for process in (*self._windows, *reversed(self._servers)):
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture(scope="module")
def desktop(child_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    cache = linked_cache(child_env, tmp_path_factory.mktemp("cache"))
    desktop = Desktop({**child_env, "XDG_CACHE_HOME": str(cache)})
    yield desktop
    desktop.close()


def linked_cache(env: dict[str, str], folder: Path) -> Path:
    """A cache of the tests' own, with the networks that are built."""
    cache = folder / "face-match"
    cache.mkdir()
    for one in Path(env["XDG_CACHE_HOME"], "face-match").iterdir():
        if one.name != "windows":
            (cache / one.name).symlink_to(one)
    return folder


@pytest.fixture(scope="module")
def gallery(gallery_of_two: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(gallery_of_two, tmp_path_factory.mktemp("open") / "gallery"))


class Window(NamedTuple):
    """The window that was opened first, with a photo, and the folder that it watches."""

    process: subprocess.Popen[str]
    inbox: Path


@pytest.fixture(scope="module")
def window(desktop: Desktop, gallery: Path, hopper_file: Path) -> Window:
    process = desktop.start("--gallery", gallery, hopper_file)
    desktop.wait_for_title(hopper_file.name)
    (inbox,) = Path(desktop.env["XDG_CACHE_HOME"], "face-match", "windows").iterdir()
    return Window(process, inbox)


def test_the_window_shows_the_photos_of_a_folder_and_comes_to_the_front(
    desktop: Desktop, window: Window, gallery: Path, astronaut_file: Path
) -> None:
    assert stat.S_IMODE(window.inbox.stat().st_mode) == 0o700
    folder = gallery.parent / "photos of Eileen"
    folder.mkdir()
    shutil.copy(astronaut_file, folder / "eileen.png")
    number = desktop.xdotool("search", "--onlyvisible", "--name", "Face Match")
    desktop.xdotool("windowminimize", number)
    desktop.wait_for(lambda: not desktop.titles())
    later = desktop.start("--gallery", gallery, folder)
    assert later.wait(WINDOW_S) == 0
    desktop.wait_for_title("eileen.png")
    desktop.wait_for(lambda: desktop.xdotool("getactivewindow") == number)
    assert [path.name for path in window.inbox.iterdir()] == [LOCK]
    assert window.process.poll() is None


def test_what_is_no_list_of_paths_is_not_obeyed(desktop: Desktop, window: Window, hopper_file: Path) -> None:
    def put(name: str, data: bytes) -> None:
        (window.inbox / f"{name}.new").write_bytes(data)
        (window.inbox / f"{name}.new").rename(window.inbox / f"{name}{REQUEST}")

    before = desktop.titles()
    os.mkfifo(window.inbox / f"pipe{REQUEST}")
    put("relative", b"photo.jpg")
    put("long", b"/" + b"a" * 20_000)
    put("large", b"/a\0" * MAX_BYTES)
    put("command", b"--gallery\0postgresql://somewhere/else")
    put("empty", b"")
    (window.inbox / "list").write_bytes(os.fsencode(hopper_file.with_name("another.jpg")))
    (window.inbox / f"link{REQUEST}").symlink_to(window.inbox / "list")
    desktop.wait_for(lambda: not [*window.inbox.glob(f"*{REQUEST}")])
    (window.inbox / "list").unlink()
    desktop.wait_for(lambda: [path.name for path in window.inbox.iterdir()] == [LOCK])
    assert desktop.titles() == before
    put("good", os.fsencode(hopper_file))
    desktop.wait_for_title(hopper_file.name)


def test_another_gallery_and_a_folder_that_others_may_use_have_windows_of_their_own(
    desktop: Desktop, window: Window, gallery: Path, hopper_file: Path, astronaut_file: Path
) -> None:
    other = shutil.copytree(gallery, gallery.parent / "another")
    window.inbox.chmod(0o770)
    later = [desktop.start("--gallery", place, astronaut_file) for place in (other, gallery)]
    desktop.wait_for_title(*sorted([hopper_file.name, astronaut_file.name, astronaut_file.name]))
    window.inbox.chmod(0o700)
    for one in later:
        one.kill()
        one.wait()


def test_a_window_that_does_not_answer_or_was_killed_is_not_waited_for(
    desktop: Desktop,
    window: Window,
    gallery: Path,
    astronaut_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", desktop.env["XDG_CACHE_HOME"])
    before = desktop.titles()
    window.process.send_signal(signal.SIGSTOP)
    assert not hand_over(gallery, [astronaut_file], Settings())
    assert [path.name for path in window.inbox.iterdir()] == [LOCK], "what was asked for was taken back"
    window.process.send_signal(signal.SIGCONT)
    assert hand_over(gallery, [astronaut_file], Settings())
    desktop.wait_for_title(astronaut_file.name)
    assert before != desktop.titles()
    window.process.kill()
    window.process.wait()
    assert (window.inbox / LOCK).exists()
    monkeypatch.setattr("face_match.gui.open_with.PATIENCE_S", float("inf"))
    assert not hand_over(gallery, [astronaut_file], Settings())
    assert [*window.inbox.glob(f"*{REQUEST}*")] == []
