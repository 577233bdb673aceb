"""Ctrl+C at any moment: no traceback, and the exit status that says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.extent import is_all

ROOT = Path(__file__).parents[2]
PROGRAM = [ROOT / "face_match", ROOT / "app_faces.py"]
DELAYS_S = [step * 0.04 for step in range(1, 16)]
ENDS = (0, 130, -signal.SIGINT)
"""Done before, ended in good order, ended at once."""

COMMANDS = {
    "match": ["app_faces.py", "match", "PHOTO", "--gallery", "GALLERY"],
    "match as JSON": ["app_faces.py", "match", "PHOTO", "--gallery", "GALLERY", "--json"],
    "people": ["app_faces.py", "people", "--gallery", "GALLERY"],
    "add": ["app_faces.py", "add", "PHOTO", "--name", "Eileen", "--gallery", "GALLERY"],
    "import": ["app_faces.py", "import", "FOLDER", "--gallery", "GALLERY"],
    "doctor": ["app_faces.py", "doctor", "--gallery", "GALLERY"],
    "as a module": ["-m", "face_match", "match", "PHOTO", "--gallery", "GALLERY"],
    "window": ["app_faces.py", "--gallery", "GALLERY", "PHOTO"],
    "window as a module": ["-m", "face_match", "--gallery", "GALLERY"],
}


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
@pytest.mark.parametrize("command", COMMANDS)
def test_ctrl_c_ends_the_program_without_a_traceback(
    command: str, child_env: dict[str, str], astronaut_file: Path, tmp_path: Path
) -> None:
    env = {**child_env, "QT_QPA_PLATFORM": "offscreen"} if "window" in command else child_env
    for delay in DELAYS_S:
        if not is_all() and (DELAYS_S.index(delay) + [*COMMANDS].index(command)) % 3:
            continue
        gallery = tmp_path / f"gallery {delay}"  # where `add` has come to its end, it may not add again
        places = {"PHOTO": astronaut_file, "FOLDER": astronaut_file.parent, "GALLERY": gallery}
        words = [str(places.get(word, word)) for word in COMMANDS[command]]
        with subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as child:
            time.sleep(delay)
            os.killpg(child.pid, signal.SIGINT)
            try:
                _, told = child.communicate(timeout=30)
            except subprocess.TimeoutExpired:  # Python lost it before the program's first line
                os.killpg(child.pid, signal.SIGINT)
                try:
                    _, told = child.communicate(timeout=30)
                finally:
                    child.kill()
        # Python itself and the tests' guard, before the program's first line, print what they like
        is_starting = told.startswith("Fatal Python error: init_import_site")
        if is_starting or ("Traceback" in told and not any(str(place) in told for place in PROGRAM)):
            continue
        assert "Traceback" not in told, (delay, told)
        assert "KeyboardInterrupt" not in told, (delay, told)
        # an import has kept what it did
        stopped = child.returncode == 1 and told.endswith("Cancelled.\n")
        assert child.returncode in ENDS or stopped, (delay, told)
