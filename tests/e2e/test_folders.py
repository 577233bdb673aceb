"""Commands that take a folder end with links that lead round, and say which folders they could not read."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Program = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights there")


@pytest.fixture
def looping(tmp_path: Path, astronaut_file: Path, hopper_file: Path) -> Path:
    folder = tmp_path / "looping"
    for name, photo in (("Ann", astronaut_file), ("Grace", hopper_file)):
        (folder / name).mkdir(parents=True)
        shutil.copy(photo, folder / name)
    (folder / "all").symlink_to(".")
    (folder / "Ann" / "up").symlink_to("../..")
    (folder / "@eaDir" / "x").mkdir(parents=True)
    shutil.copy(hopper_file, folder / "@eaDir" / "x" / "thumb.jpg")
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ["import", "--people-from-folders", "--dry-run"],
        ["import", "--people-from-folders"],
        ["import", "--people-from-sidecars"],
        ["import", "--dry-run"],
        ["import"],
        ["evaluate"],
        ["write-names"],
    ],
)
def test_links_that_lead_round_are_followed_once(
    program: Program, looping: Path, tmp_path: Path, command: list[str]
) -> None:
    place = tmp_path / "gallery"
    result = program(*command, looping, "--gallery", place, "--json")
    told = json.loads(result.stdout)
    wanted = 0 if "--people-from-sidecars" in command else 2
    assert told["photos"] == (0 if command[0] == "write-names" else wanted), result.stderr
    if "--people-from-folders" in command:
        assert told["people"] == ["Ann", "Grace"]


def test_a_copy_of_photos_into_folders_ends_too(program: Program, looping: Path, tmp_path: Path) -> None:
    place = ["--gallery", tmp_path / "gallery"]
    assert program("import", looping, "--people-from-folders", *place).returncode == 0
    result = program("sort", looping, tmp_path / "out", *place, "--json")
    assert json.loads(result.stdout)["photos"] == 2


@pytest.mark.parametrize("command", [["evaluate"], ["import", "--people-from-folders", "--dry-run"]])
def test_a_folder_with_everything_in_it_is_stopped_by_ctrl_c(
    tmp_path: Path, astronaut_file: Path, command: list[str]
) -> None:
    person = tmp_path / "photos" / "Ann"
    person.mkdir(parents=True)
    shutil.copy(astronaut_file, person)
    (person / "everything").symlink_to("/usr")
    line = [sys.executable, ROOT / "app_faces.py", *command, person.parent, "--gallery", tmp_path / "gallery"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            time.sleep(2)
            assert process.poll() is None or process.returncode == 0
            for _ in range(2):
                process.send_signal(signal.SIGINT)
                time.sleep(0.3)
            _, told = process.communicate(timeout=60)
        finally:
            process.kill()
    assert "Traceback" not in told


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="Linux shows itself as files")
@pytest.mark.parametrize(
    "command", [["import", "--people-from-folders", "--dry-run"], ["import"], ["evaluate"]]
)
def test_the_systems_own_files_are_no_traceback(program: Program, tmp_path: Path, command: list[str]) -> None:
    result = program(*command, "/proc", "--gallery", tmp_path / "gallery")
    assert "Traceback" not in result.stderr
