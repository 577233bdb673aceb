"""Commands find a gallery that the window has moved, also one that is moved while they wait."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from face_match.core.settings import Settings

Program = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tells where settings are by a variable")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The environment of commands and of this process, with settings of their own."""
    chosen = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "FACE_MATCH_PASSPHRASE": "unguessable"}
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    yield chosen


def move(old: Path, new: Path) -> None:
    """What the window does, which moves it as a whole and remembers where it is."""
    old.rename(new)
    settings = Settings.load()
    settings.note_moved(old, old, new)
    settings.write()


@pytest.fixture
def old(gallery_of_two: Path, tmp_path: Path, program: Program, config: dict[str, str]) -> Path:
    folder = Path(shutil.copytree(gallery_of_two, tmp_path / "old"))
    assert program("encrypt", "--gallery", folder, env=config).returncode == 0
    return folder


def people(program: Program, env: dict[str, str], *where: object) -> list[str]:
    found = json.loads(program("people", "--json", *where, env=env).stdout)
    return [person["name"] for person in found["people"]]


def test_a_gallery_that_was_moved_is_found_by_its_old_name(
    program: Program, old: Path, tmp_path: Path, astronaut_file: Path, config: dict[str, str]
) -> None:
    move(old, tmp_path / "new")
    two = ["Eileen Collins", "Grace Hopper"]
    assert people(program, config, "--gallery", old) == two
    assert people(program, {**config, "FACE_MATCH_GALLERY": str(old)}) == two
    again = ("--box", "60,40,180,200", "--replace")
    added = program("add", astronaut_file, "--name", "Third", *again, "--gallery", old, env=config)
    assert added.returncode == 0, added.stderr
    assert "Third" in people(program, config, "--gallery", tmp_path / "new")
    assert not old.exists(), "no second gallery is begun, least of all a readable one"


def test_a_gallery_that_is_moved_while_a_passphrase_is_awaited_is_found_too(
    started_program: Program, old: Path, tmp_path: Path, config: dict[str, str]
) -> None:
    pipe, root = tmp_path / "passphrase", Path(__file__).parents[2]
    os.mkfifo(pipe)
    command = [sys.executable, str(root / "app_faces.py"), "rename", "Grace Hopper", "Grace"]
    command += ["--gallery", str(old), "--passphrase-file", str(pipe)]
    process = subprocess.Popen(command, env={**os.environ, **config}, stderr=subprocess.PIPE, text=True)
    with pipe.open("w") as file:  # it waits for the command to open it, which has looked for the gallery
        move(old, tmp_path / "new")
        file.write("unguessable\n")
    assert process.communicate(timeout=60)[1] == ""
    assert people(started_program, config, "--gallery", tmp_path / "new") == ["Eileen Collins", "Grace"]
    assert not old.exists()


@pytest.mark.parametrize("way", ["old name", "variable", "new name"])
def test_no_second_gallery_is_begun_where_its_drive_is_missing(
    program: Program, old: Path, astronaut_file: Path, config: dict[str, str], way: str
) -> None:
    tmp_path = old.parent
    drive = tmp_path / "drive"
    drive.mkdir()
    move(old, drive / "new")
    drive.rename(tmp_path / "unplugged")
    where = {"old name": ("--gallery", old), "variable": (), "new name": ("--gallery", drive / "new")}[way]
    env = {**config, "FACE_MATCH_GALLERY": str(old)} if way == "variable" else config
    for command in (("add", astronaut_file, "--name", "Third"), ("people",), ("undo",)):
        done = program(*command, *where, env=env)
        assert done.returncode == 1 and f"{drive / 'new'} is not there" in done.stderr, command
    assert not drive.exists() and not old.exists()
    (drive / "new").mkdir(parents=True)  # as the folder in which the drive appears
    for command in (("add", astronaut_file, "--name", "Third"), ("people",)):
        done = program(*command, *where, env=env)
        assert done.returncode == 1 and f"{drive / 'new'} is not there" in done.stderr, command
    assert not list((drive / "new").iterdir())


def test_what_needs_no_gallery_works_where_its_drive_is_missing(
    program: Program, old: Path, config: dict[str, str]
) -> None:
    move(old, old.parent / "new")
    (old.parent / "new").rename(old.parent / "unplugged")
    done = program("doctor", "--gallery", old, env=config)
    assert "Versions" in done.stdout and "is not there" not in done.stderr
    assert program("models", "list", "--gallery", old, env=config).returncode == 0
    assert not (old.parent / "new").exists()


@pytest.mark.parametrize("place", ["gone", "empty", "lock", "backups"])
def test_whoever_gives_a_passphrase_gets_no_readable_gallery(
    program: Program, old: Path, astronaut_file: Path, config: dict[str, str], place: str
) -> None:
    """No window has opened it, so that nothing tells that it was there."""
    drive, passphrase = old.parent / "drive", old.parent / "passphrase"
    passphrase.write_text("unguessable", "utf-8")
    if place != "gone":
        drive.mkdir()
    if place == "lock":
        (drive / "gallery.lock").touch()
    if place == "backups":
        shutil.copytree(old / "backups", drive / "backups")
    before = sorted(drive.rglob("*"))
    by_variable = {**config, "FACE_MATCH_GALLERY": str(drive)}
    by_file = {"FACE_MATCH_PASSPHRASE": "", "XDG_CONFIG_HOME": config["XDG_CONFIG_HOME"]}
    file = ("--gallery", drive, "--passphrase-file", passphrase)
    for command in (("add", astronaut_file, "--name", "Third"), ("store", "database"), ("people",)):
        done = program(*command, *file, env=by_file)
        assert done.returncode == 1 and f"there is no gallery in {drive}" in done.stderr, command
    assert sorted(drive.rglob("*")) == before
    assert program("encrypt", env=by_variable).returncode == 0
    assert program("add", astronaut_file, "--name", "Third", env=by_variable).returncode == 0
    assert b"Third" not in (drive / "embeddings.json").read_bytes()


def test_a_passphrase_in_the_environment_may_be_meant_for_other_galleries(
    program: Program, tmp_path: Path, astronaut_file: Path, config: dict[str, str]
) -> None:
    where = ("--gallery", tmp_path / "new")
    done = program("add", astronaut_file, "--name", "Third", *where, env=config)
    assert done.returncode == 0 and "It is not encrypted, although" in done.stderr
    assert people(program, config, *where) == ["Third"]
    assert "not encrypted" not in program("undo", *where, env=config).stderr


@pytest.mark.parametrize(
    "command", [("people",), ("add", "x.jpg", "--name", "Ada"), ("match", "x.jpg"), ("undo",)]
)
def test_a_folder_that_the_program_was_started_in_and_that_has_gone_is_no_traceback(
    tmp_path: Path, config: dict[str, str], command: tuple[str, ...]
) -> None:
    folder, root = tmp_path / "gone", Path(__file__).parents[2]
    folder.mkdir()
    run = [sys.executable, str(root / "app_faces.py"), *command, "--gallery", "gallery"]
    start = f"import os, sys; os.rmdir(os.getcwd()); os.execv({sys.executable!r}, {run!r})"
    done = subprocess.run(
        [sys.executable, "-c", start],
        check=False,
        cwd=folder,
        env={**os.environ, **config},
        capture_output=True,
    )
    assert done.returncode == 2 and b"the current folder has gone" in done.stderr, done.stderr
