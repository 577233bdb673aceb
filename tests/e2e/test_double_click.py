"""Started by the system's Python, which has none of the packages, as a double click does."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def bare_python(tmp_path: Path) -> Path:
    """A Python without packages."""
    venv.create(tmp_path / "bare", with_pip=False, symlinks=sys.platform != "win32")
    return tmp_path / "bare" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


@pytest.fixture
def program_folder(tmp_path: Path) -> Path:
    """The program without an environment beside it."""
    folder = tmp_path / "program"
    folder.mkdir()
    shutil.copy(CHECKOUT / "app_faces.py", folder)
    shutil.copytree(CHECKOUT / "face_match", folder / "face_match")
    return folder


def test_without_its_packages_it_says_in_one_sentence_what_to_do(
    bare_python: Path, program_folder: Path
) -> None:
    command = [bare_python, program_folder / "app_faces.py"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("Face Match needs the package ")
    assert result.stderr.rstrip().endswith("The first command in README.md installs it.")
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_the_environment_beside_it_is_used(bare_python: Path, program_folder: Path) -> None:
    python = program_folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    command = [bare_python, program_folder / "app_faces.py", "people", "--gallery", program_folder / "none"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0
    assert "0 people, 0 faces" in result.stdout
