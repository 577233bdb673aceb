"""What is installed, what is wrong and how to mend it; which models there are, and switching."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match import __version__

ROOT = Path(__file__).parents[2]
Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def own_home(tmp_path: Path) -> dict[str, str]:
    """Folders for settings and FaceNet's weights of one test alone; the cache is everybody's."""
    home = tmp_path / "home"
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "APPDATA": str(home / "config"),
        "FACE_MATCH_MODELS": str(home / "models"),
    }


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_doctor_finds_nothing_wrong_and_changes_nothing(
    program: Program, two: Path, own_home: dict[str, str]
) -> None:
    before = files_of(two)
    result = program("doctor", "--gallery", two, "--json", env=own_home)
    report = json.loads(result.stdout)
    assert report["problems"] == []
    assert result.returncode == 0
    assert report["versions"]["Face Match"] == __version__
    assert "not installed" not in report["versions"].values()
    assert (report["folders"]["gallery"], report["folders"]["people"]) == (str(two), "2")
    assert report["folders"]["settings"].startswith(own_home["HOME"])
    assert report["models"]["mtcnn"] == "ready"
    assert report["models"]["dlib"].startswith("ready (")
    assert "models download facenet" in report["models"]["facenet"]
    assert files_of(two) == before
    words = program("doctor", "--gallery", two, env=own_home, as_module=True).stdout
    assert "Nothing is wrong." in words
    assert __version__ in words


def test_the_doctor_looks_at_a_gallery_that_is_not_there_without_making_it(
    program: Program, place: Path, own_home: dict[str, str]
) -> None:
    result = program("doctor", "--gallery", place, "--json", env=own_home)
    assert result.returncode == 0
    assert json.loads(result.stdout)["folders"]["people"] == "0"
    assert not place.exists()


def test_the_doctor_names_what_is_wrong_with_a_gallery_and_with_weights(
    program: Program, two: Path, own_home: dict[str, str]
) -> None:
    (two / "embeddings.json").write_bytes(b"[")
    weights = Path(own_home["HOME"]) / ".keras-facenet" / "20180402-114759" / "20180402-114759-weights.h5"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"half a download")
    result = program("doctor", "--gallery", two, env=own_home)
    assert result.returncode == 1
    problems = [line[2:] for line in result.stdout.splitlines() if line.startswith("! ")]
    assert len(problems) == 2
    assert any("embeddings.json cannot be read" in problem for problem in problems)
    assert any("weights of facenet are damaged" in problem for problem in problems)
    assert all(problem.endswith(".") for problem in problems)
    assert f"not usable ({weights})" in result.stdout
    assert "Nothing is wrong" not in result.stdout


def test_a_gallery_folder_that_cannot_be_written_to_is_a_problem(
    program: Program, tmp_path: Path, own_home: dict[str, str]
) -> None:
    (tmp_path / "file").touch()
    result = program("doctor", "--gallery", tmp_path / "file", "--json", env=own_home)
    assert result.returncode == 1
    assert any("cannot be written to" in problem for problem in json.loads(result.stdout)["problems"])


@pytest.mark.parametrize("words", [["models"], ["models", "list"]], ids=" ".join)
def test_models_are_listed_with_what_to_do_for_those_that_are_not_here(
    program: Program, own_home: dict[str, str], words: list[str]
) -> None:
    lines = program(*words, env=own_home).stdout.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["facenet", "dlib", "mtcnn"]
    assert "“models download facenet” gets it" in lines[0]
    assert lines[1].endswith("installed")
    told = json.loads(program(*words, "--json", env=own_home).stdout)
    models = told["models"]
    assert [(m["name"], m["dimensions"], m["installed"], m["chosen"]) for m in models] == [
        ("facenet", 512, False, False),
        ("dlib", 128, True, False),
        ("mtcnn", None, True, True),
    ]
    offered = {known["name"]: known for known in told["known"]}
    assert {"yunet-2023mar", "sface-2021dec", "w600k_r50"} <= {*offered}
    assert not offered["w600k_r50"]["commercial_use"]
    assert offered["yunet-2023mar"]["commercial_use"]
    for name, known in offered.items():
        (line,) = [line for line in lines if line.split()[0] == name]
        assert known["licence"] in line
        assert ("not for commercial use" in line) != known["commercial_use"]
        assert "address not tried by us" in line
    assert Path(models[1]["file"]).is_file()


def test_a_model_that_was_switched_to_is_used_from_then_on(
    program: Program, two: Path, own_home: dict[str, str], hopper_file: Path
) -> None:
    result = program("models", "use", "dlib", "--gallery", two, "--json", env=own_home)
    assert result.returncode == 0
    assert json.loads(result.stdout)["model"] == "dlib"
    assert "chosen" in program("models", env=own_home).stdout.splitlines()[1]
    found = json.loads(program("match", hopper_file, "--gallery", two, "--json", env=own_home).stdout)
    assert found["model"] == "dlib"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["use", "facenet"], "models download facenet"),
        (["use", "arcface"], "no model called arcface"),
        (["download", "arcface"], "no model called arcface"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_model_that_is_not_here_cannot_be_switched_to_and_nothing_changes(
    program: Program, two: Path, own_home: dict[str, str], arguments: list[str], said: str
) -> None:
    before = files_of(two)
    result = program("models", *arguments, "--gallery", two, "--json", env=own_home)
    assert result.returncode == 1
    assert said in result.stderr
    assert json.loads(result.stdout)["error"]["kind"] == "ModelMissingError"
    assert files_of(two) == before
    assert not (Path(own_home["XDG_CONFIG_HOME"]) / "face-match" / "settings.json").exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("facenet", ("92.0 MB", "https://github.com/faustomorales/keras-facenet/releases/")),
        ("yunet-2023mar", ("0.2 MB", "https://media.githubusercontent.com/media/opencv/opencv_zoo/")),
    ],
)
def test_a_download_says_its_size_and_address_before_it_opens_a_connection(
    child_env: dict[str, str], own_home: dict[str, str], tmp_path: Path, name: str, told: tuple[str, str]
) -> None:
    size, address = told
    file = tmp_path / "stderr"
    with file.open("wb") as stderr, socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.settimeout(60)
        here = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, ROOT / "app_faces.py", "models", "download", name],
            env={**child_env, **own_home, "https_proxy": here, "no_proxy": ""},
            stdout=subprocess.DEVNULL,
            stderr=stderr,
        )
        try:
            connection, _ = proxy.accept()
            said = file.read_text("utf-8")
            with connection:
                request = connection.recv(4096).decode("ascii", "replace")
        finally:
            status = process.wait(60)
    assert size in said
    assert address in said
    assert request.startswith(f"CONNECT {address.split('/')[2]}:443"), "it is the address that was said"
    assert status == 1
    assert f"{name} could not be downloaded" in file.read_text("utf-8")


def test_the_threshold_that_was_set_for_a_model_is_the_one_that_counts(
    program: Program, two: Path, own_home: dict[str, str], hopper_file: Path
) -> None:
    settings = Path(json.loads(program("doctor", "--json", env=own_home).stdout)["folders"]["settings"])
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"thresholds": {"dlib": 0.8, "facenet": 0.9}}), "utf-8")
    command = ["match", hopper_file, "--gallery", two, "--json"]
    found = json.loads(program(*command, env=own_home).stdout)
    assert found["threshold"] == pytest.approx(0.8)
    assert [match["is_match"] for match in found["photos"][0]["faces"][0]["matches"]] == [True, True]
    found = json.loads(program(*command, "--threshold", 0.95, env=own_home).stdout)
    assert found["threshold"] == pytest.approx(0.95)


def test_broken_settings_are_passed_over_with_a_word(
    program: Program, two: Path, own_home: dict[str, str]
) -> None:
    settings = Path(json.loads(program("doctor", "--json", env=own_home).stdout)["folders"]["settings"])
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_bytes(b"{")
    result = program("models", "--json", "--gallery", two, env=own_home)
    assert result.returncode == 0
    assert json.loads(result.stdout)["models"]
    assert "settings cannot be read" in result.stderr


@pytest.mark.parametrize(
    "command", [("models", "use", "dlib"), ("models", "use", "mtcnn")], ids=["embedder", "detector"]
)
def test_settings_that_cannot_be_saved_are_a_failure(
    program: Program, two: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "no folder"
    file.write_bytes(b"mine")
    env = {"XDG_CONFIG_HOME": str(file), "HOME": str(file), "APPDATA": str(file)}
    result = program(*command, "--gallery", two, "--json", env=env)
    assert result.returncode == 1
    told = json.loads(result.stdout)
    assert told["error"]["kind"] == "FileWriteError"
    assert told.keys() == {"error"}, "nothing is claimed that the next start will not find"
    assert "settings.json could not be written" in result.stderr
    assert file.read_bytes() == b"mine"
