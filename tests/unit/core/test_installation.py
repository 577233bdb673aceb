"""The same package in a checkout and installed: where its gallery is, and how it is started."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from face_match.core.installation import checkout, install_command, program_name
from face_match.core.settings import default_gallery

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "face_match"
TOLD = """
from face_match.core.installation import install_command, program_name
from face_match.core.settings import default_gallery
print(default_gallery(), program_name(), install_command(), install_command("reference"), sep="\\n")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package and no app_faces.py beside it."""
    folder = tmp_path_factory.mktemp("site-packages")
    shutil.copytree(PACKAGE, folder / "face_match", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def told(folder: Path, data: Path, **env: str) -> list[str]:
    """What the package in a folder says of itself, for a user whose data folder is another."""
    places = dict.fromkeys(("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"), str(data))
    result = subprocess.run(
        [sys.executable, "-c", TOLD],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **places, **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return result.stdout.splitlines()


def test_a_checkout_is_known_by_its_launcher() -> None:
    assert checkout() == ROOT
    assert (program_name(), install_command()) == (
        "python app_faces.py",
        "pip install -r requirements.txt",
    )
    assert (ROOT / install_command("reference").split()[-1]).is_file()


def test_the_gallery_of_a_checkout_is_beside_its_launcher(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert default_gallery() == ROOT
    monkeypatch.setenv("FACE_MATCH_GALLERY", "")
    assert default_gallery() == ROOT
    monkeypatch.setenv("FACE_MATCH_GALLERY", str(tmp_path))
    assert default_gallery() == tmp_path


def test_the_gallery_of_an_installed_program_is_in_the_data_folder(installed: Path, tmp_path: Path) -> None:
    gallery, *names = told(installed, tmp_path / "data")
    assert tmp_path / "data" in Path(gallery).parents
    assert Path(gallery).parts[-2:] == ("face-match", "gallery")
    assert names == ["face-match", "pip install face-match", 'pip install "face-match[reference]"']


def test_the_variable_counts_for_an_installed_program_too(installed: Path, tmp_path: Path) -> None:
    assert told(installed, tmp_path, FACE_MATCH_GALLERY=str(tmp_path / "mine"))[0] == str(tmp_path / "mine")


def test_processes_are_started_in_one_place() -> None:
    """Which knows that a program that is packed as one file has no Python beside it. Only the file manager, a
    program of the system, is started elsewhere."""
    starts = re.compile(
        r"sys\.executable|Popen\(|subprocess\.(run|call|check_\w+)\(|QProcess|multiprocessing|ProcessPool"
        r"|os\.(fork|exec|spawn|posix_spawn|startfile|system)\w*\("
    )
    found = {path for path in PACKAGE.rglob("*.py") if starts.search(path.read_text("utf-8"))}
    assert found == {PACKAGE / "core" / "sandbox" / "child_process.py", PACKAGE / "gui" / "reveal_file.py"}
