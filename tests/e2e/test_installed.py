"""The program installed from its wheel, in an environment and a home of its own."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps

from face_match import __version__

ROOT = Path(__file__).parents[2]
SOURCES = ("pyproject.toml", "README.md", "LICENSE")
STARTS_WITHIN_S = 60

Installed = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the checkout, which stays as it is."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for name in SOURCES:
        shutil.copy(ROOT / name, source)
    for folder in ("face_match", "docs"):
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__", "*.png"))
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(built), str(source)]
    if importlib.util.find_spec("hatchling"):
        command.append("--no-build-isolation")
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, result.stderr
    (path,) = built.iterdir()
    return path


@pytest.fixture(scope="session")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the scripts of an environment that has the wheel.

    What the program depends on is that of the tests' own environment.
    """
    folder = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(folder, with_pip=False, symlinks=sys.platform != "win32")
    found = folder / ("Scripts" if sys.platform == "win32" else "bin")
    python = found / ("python.exe" if sys.platform == "win32" else "python")
    command = [sys.executable, "-m", "pip", f"--python={python}", "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*command, str(wheel)], check=True, timeout=300)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True, timeout=60)
    (Path(asked.stdout.strip()) / "others.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return found


@pytest.fixture(scope="session")
def env(child_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A user whose data and settings folders are empty; the networks are in the cache."""
    data, settings = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("settings")
    folders = {"XDG_DATA_HOME": data, "LOCALAPPDATA": data, "XDG_CONFIG_HOME": settings, "APPDATA": settings}
    return {**child_env, **{name: str(folder) for name, folder in folders.items()}, "PYTHONNOUSERSITE": "1"}


@pytest.fixture(scope="session")
def installed(scripts: Path, env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Run a program of the environment from a folder elsewhere."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(name: str, *arguments: object, status: int = 0) -> subprocess.CompletedProcess[str]:
        result = subprocess.run(
            [shutil.which(name, path=str(scripts)) or name, *map(str, arguments)],
            cwd=elsewhere,
            env=env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert "Traceback" not in result.stderr, result.stderr
        assert result.returncode == status, result.stderr
        return result

    return run


def answer(result: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def data_folder(env: dict[str, str]) -> Path:
    return Path(env["XDG_DATA_HOME"])


def best(found: dict[str, Any]) -> tuple[str, bool]:
    """Who the only face of the only photo is most like, and whether that is a match."""
    (photo,) = found["photos"]
    (face,) = photo["faces"]
    return face["matches"][0]["person"], face["matches"][0]["is_match"]


def test_the_wheel_holds_every_file_of_the_package_and_no_other(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = ROOT / "face_match"
    there = {path.relative_to(ROOT).as_posix() for path in package.rglob("*") if path.is_file()}
    files = {name for name in there if "__pycache__" not in name}
    assert packed == files | {"face_match/user-guide.md"}, "the guide that Help shows is put beside them"
    assert {"face_match/py.typed", "face_match/vision/models/check_faces/hopper.jpg"} <= packed


def test_the_package_is_that_of_the_wheel(installed: Installed, scripts: Path) -> None:
    said = installed("python", "-c", "import face_match; print(face_match.__file__, face_match.__version__)")
    place, version = said.stdout.rsplit(maxsplit=1)
    assert scripts.parent in Path(place).parents
    assert version == __version__
    assert installed("face-match", "--version").stdout == f"Face Match {__version__}\n"


def test_photos_are_added_and_matched_in_the_users_data_folder(
    installed: Installed, env: dict[str, str], scripts: Path, astronaut_file: Path, hopper_file: Path
) -> None:
    before = {*scripts.parent.rglob("*.json*")}
    report = answer(installed("face-match", "doctor", "--json"))
    gallery = Path(report["folders"]["gallery"])
    assert report["problems"] == []
    assert data_folder(env) in gallery.parents
    assert not gallery.exists()
    assert answer(installed("face-match", "match", astronaut_file, "--json"))["gallery"]["people"] == 0

    installed("face-match", "add", astronaut_file, "--name", "Eileen Collins")
    for photo, is_she in ((astronaut_file, True), (hopper_file, False)):
        found = answer(installed("face-match", "match", photo, "--json"))
        assert best(found) == ("Eileen Collins", is_she)
    assert (gallery / "embeddings.json").is_file()
    assert {*scripts.parent.rglob("*.json*")} == before

    people = answer(installed("python", "-m", "face_match", "people", "--json"))["people"]
    assert [person["name"] for person in people] == ["Eileen Collins"]


def test_it_says_what_to_type_where_it_is_installed(installed: Installed) -> None:
    assert installed("face-match", "match", "--help").stdout.startswith("usage: face-match match ")
    if sys.platform == "linux":
        said = installed("face-match", status=1).stderr
        assert "“face-match match PHOTO”" in said


def test_a_model_of_ones_own_runs_in_a_process_of_its_own(
    installed: Installed, env: dict[str, str], yunet_file: Path, astronaut_file: Path
) -> None:
    licence = ("--licence", "MIT", "--source", "OpenCV Zoo")
    detector = answer(installed("face-match", "models", "add", yunet_file, *licence, "--json"))["model"]
    found = answer(installed("face-match", "match", astronaut_file, "--detector", detector, "--json"))
    assert len(found["photos"][0]["faces"]) == 1


@pytest.mark.parametrize("script", ["face-match-gui", "face-match"])
def test_the_window_opens(
    scripts: Path, env: dict[str, str], script: str, astronaut_file: Path, tmp_path: Path
) -> None:
    gallery = tmp_path / "new" / "gallery"
    command = [
        shutil.which(script, path=str(scripts)) or script,
        str(astronaut_file),
        "--gallery",
        str(gallery),
    ]
    window_env = {**env, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=window_env, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as window:
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not [*gallery.glob("gallery.lock*")] and time.monotonic() < deadline and window.poll() is None:
            time.sleep(0.1)
        is_open = [*gallery.glob("gallery.lock*")]
        window.terminate()
        _, said = window.communicate(timeout=30)
    assert is_open, said
    assert "Traceback" not in said


@pytest.fixture
def example(tmp_path: Path, astronaut_file: Path, hopper_file: Path) -> Path:
    """The program of the documents, beside the photos that it asks for."""
    program = tmp_path / "example.py"
    program.write_text(block("python"), "utf-8")
    shutil.copy(hopper_file, tmp_path / "grace.jpg")
    shutil.copy(astronaut_file, tmp_path / "eileen.png")
    with Image.open(hopper_file) as photo:
        ImageOps.mirror(photo).resize((photo.width // 3, photo.height // 3)).save(tmp_path / "who.png")
    return program


def block(language: str) -> str:
    """The only block of a language in the page for programs."""
    text = (ROOT / "docs" / "library.md").read_text("utf-8")
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return found


def test_the_example_of_the_documents_prints_what_they_say(installed: Installed, example: Path) -> None:
    assert installed("python", "-W", "error", example, example.parent).stdout == block("text")


@pytest.mark.only_with_all("types as other programs see them")
def test_other_programs_see_the_types(scripts: Path, example: Path) -> None:
    wrong = example.with_name("wrong.py")
    wrong.write_text("from face_match import Galery, load_photo\n\nload_photo(3)\n", "utf-8")
    python = shutil.which("python", path=str(scripts))
    result = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", f"--python-executable={python}", example.name, wrong.name],
        cwd=example.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    *errors, _ = result.stdout.splitlines()
    assert [line.rpartition("[")[2] for line in errors] == ["attr-defined]", "arg-type]"], result.stdout
    assert all(line.startswith("wrong.py:") for line in errors)
