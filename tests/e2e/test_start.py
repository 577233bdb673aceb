"""Starting the program: with words, without a display, and asking what it can do."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match import __version__
from face_match.cli.parser import COMMANDS, MODEL_OPTIONS, MODELS_AND_DETECTORS
from face_match.core.version import GALLERY_FORMAT
from face_match.gui.start import PLATFORM_LIBRARIES

Program = Callable[..., subprocess.CompletedProcess[str]]

ONE_SENTENCE = (
    "There is no display to open the window on; without one, use “python app_faces.py match PHOTO”."
)


@pytest.fixture(scope="session")
def program(started_program: Program) -> Program:
    return started_program


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a display be missing")
@pytest.mark.parametrize("as_module", [False, True], ids=["app_faces.py", "-m face_match"])
@pytest.mark.parametrize("photos", [[], ["photo.jpg", "another.jpg"]], ids=["alone", "with photos"])
def test_without_a_display_the_window_is_one_sentence_that_names_the_match_command(
    program: Program, photos: list[str], as_module: bool
) -> None:
    result = program(*photos, as_module=as_module)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [ONE_SENTENCE]


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a display be missing")
@pytest.mark.parametrize(
    "env",
    [{"DISPLAY": ":4242"}, {"WAYLAND_DISPLAY": "nowhere"}, {"QT_QPA_PLATFORM": "nonsense"}],
    ids=lambda env: next(iter(env)),
)
def test_a_display_that_does_not_answer_is_said_after_what_qt_has_to_say(
    program: Program, env: dict[str, str]
) -> None:
    result = program(env=env)
    assert result.returncode == 1
    assert result.stdout == ""
    last = result.stderr.splitlines()[-1]
    assert last == ONE_SENTENCE or last.startswith("The window needs system libraries that are missing: lib")
    assert last.endswith("use “python app_faces.py match PHOTO”.")
    assert result.stderr.count("match PHOTO") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the libraries are those of Linux")
@pytest.mark.parametrize(
    ("library", "package"), [("libEGL.so.1", "libegl1"), ("libfontconfig.so.1", "libfontconfig1")]
)
def test_a_library_without_which_qt_cannot_be_loaded_is_named(
    program: Program, tmp_path: Path, library: str, package: str
) -> None:
    (tmp_path / library).touch()  # the loader finds it first, and cannot load it
    result = program(env={"LD_LIBRARY_PATH": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"})
    assert result.returncode == 1
    assert result.stderr.startswith(f"The window needs system libraries that are missing: {package}. Install")


def test_the_guide_installs_all_packages_of_the_libraries_that_are_looked_for() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "user-guide.md").read_text(encoding="utf-8")
    installed = re.search(r"^apt install (.*?)^```", guide, re.MULTILINE | re.DOTALL)
    assert installed is not None
    assert {*installed[1].replace("\\\n", " ").split()} == {*PLATFORM_LIBRARIES.values()}


def test_the_window_takes_the_address_of_a_server_and_says_what_is_wrong_with_it(program: Program) -> None:
    result = program("--gallery", "postgresql://ada@archive.example")
    assert result.returncode == 2
    assert "names no database" in result.stderr
    assert program("--gallery", "postgresql://ada@archive.example/photos").returncode == 1  # no display


@pytest.mark.parametrize("as_module", [False, True], ids=["app_faces.py", "-m face_match"])
def test_the_version_is_told(program: Program, as_module: bool) -> None:
    result = program("--version", as_module=as_module)
    assert result.returncode == 0
    assert result.stdout == f"Face Match {__version__}\n"


@pytest.mark.parametrize("arguments", [("--version", "--json"), ("--json", "--version")])
def test_the_version_is_told_as_json_with_the_format_of_galleries(
    program: Program, arguments: tuple[str, str]
) -> None:
    result = program(*arguments)
    assert result.returncode == 0
    assert json.loads(result.stdout) == {"version": __version__, "gallery_format": GALLERY_FORMAT}


@pytest.mark.parametrize("as_module", [False, True], ids=["app_faces.py", "-m face_match"])
def test_help_lists_every_command_and_says_how_the_window_is_opened(
    program: Program, as_module: bool
) -> None:
    result = program("--help", as_module=as_module)
    assert result.returncode == 0
    assert result.stderr == ""
    for command in COMMANDS:
        assert re.search(rf"^    {command}( |$)", result.stdout, re.MULTILINE), command
    assert "the window opens" in " ".join(result.stdout.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_of_its_own_with_the_shared_options_that_it_uses(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    from app_faces import main

    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    said = capsys.readouterr().out
    assert f"app_faces.py {command}" in said
    shared = {"--gallery", "--passphrase-file", "--json", *MODELS_AND_DETECTORS}
    unused = set(MODELS_AND_DETECTORS) - set(MODEL_OPTIONS.get(command, ()))
    shown = set(re.findall(r"--[a-z-]+", said))
    assert shown & shared == shared - unused


def test_a_command_accepts_the_model_options_that_it_does_not_show(program: Program, tmp_path: Path) -> None:
    options = ("--model", "dlib", "--detector", "mtcnn", "--engine", "onnx", "--small-faces")
    result = program("people", "--gallery", tmp_path, *options)
    assert result.returncode == 0
    assert "--small-faces" not in program("people", "--help").stdout


@pytest.mark.parametrize("option", ["--colour", "-x"])
def test_an_option_that_there_is_not_is_wrong_usage(program: Program, option: str) -> None:
    result = program(option)
    assert result.returncode == 2
    assert "usage:" in result.stderr
    assert option in result.stderr


def test_a_word_that_is_neither_a_command_nor_a_photo_is_wrong_usage(program: Program) -> None:
    result = program("frobnicate", "A", "B")
    assert result.returncode == 2
    assert result.stderr.startswith("There is no command or photo frobnicate. Commands: match, add,")
