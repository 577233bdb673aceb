"""The rules of the house: who imports whom, what stays unloaded, and what the tools say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {
    *("PySide6", "tensorflow", "keras", "keras_facenet", "mtcnn", "torch", "onnx"),
    *("dask", "distributed", "sklearn", "scipy", "matplotlib"),
    *("pi_heif", "rawpy"),
}
LINES = {"app_faces.py": 800}
MOST_LINES = 500


def run(*command: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
        timeout=300,
        check=False,
    )


IMPORT_LINTER = "from importlinter.cli import lint_imports_command; lint_imports_command()"
TOOLS = {
    "ruff check": (["-m", "ruff", "check", "--no-cache", "."], "All checks passed"),
    "ruff format": (["-m", "ruff", "format", "--no-cache", "--check", "."], "already formatted"),
    "mypy": (["-m", "mypy"], "no issues found"),
    "import-linter": (["-c", IMPORT_LINTER], "6 kept, 0 broken"),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_finds_nothing_to_object_to(tool: str) -> None:
    command, praise = TOOLS[tool]
    result = run(*command)
    said = f"{tool}:\n{result.stdout}\n{result.stderr}"
    assert result.returncode == 0, said
    assert praise in result.stdout, said


LOADED = "import sys; print('loaded:', *sorted({name.split('.')[0] for name in sys.modules}))"


def loaded_after(code: str, **env: str) -> set[str]:
    """Names of the packages that are loaded once the code has run in a process of its own."""
    result = run("-W", "ignore", "-c", f"{code}\n{LOADED}", env=env)
    assert result.returncode == 0, result.stderr
    return set(result.stdout.splitlines()[-1].split()[1:])


@pytest.fixture
def commands(tmp_path: Path, astronaut_file: Path) -> dict[str, list[str]]:
    """Commands of the program on a gallery of its own, in an order in which they make sense."""
    place = ["--gallery", str(tmp_path / "gallery")]
    labelled = tmp_path / "labelled"
    (labelled / "Eileen Collins").mkdir(parents=True)
    shutil.copy(astronaut_file, labelled / "Eileen Collins")
    return {
        "add": ["add", str(astronaut_file), "--name", "Eileen Collins", *place],
        "people": ["people", *place],
        "match": ["match", str(astronaut_file), *place],
        "show": ["show", "Eileen Collins", *place],
        "models": ["models", *place],
        "evaluate": ["evaluate", str(labelled), *place],
    }


def test_importing_the_command_line_loads_none_of_the_large_packages() -> None:
    loaded = loaded_after("import face_match.cli")
    assert "face_match" in loaded
    assert not loaded & (HEAVY | {"onnxruntime", "PIL"})


def test_importing_the_program_loads_none_of_the_large_packages() -> None:
    loaded = loaded_after("import app_faces")
    assert not loaded & (HEAVY | {"onnxruntime", "PIL"})


def test_running_a_command_loads_none_of_the_large_packages(
    commands: dict[str, list[str]], home: Path
) -> None:
    added = run("-c", f"from face_match.cli import main; main({commands['add']!r})")
    assert added.returncode == 0, added.stderr  # and networks are in the cache now
    for name, arguments in commands.items():
        wanted = 1 if name == "add" else 0  # the photo is in the gallery already
        loaded = loaded_after(f"from face_match.cli import main; assert main({arguments!r}) == {wanted}")
        assert not loaded & HEAVY, name
        if name in ("people", "show"):
            assert not loaded & {"onnxruntime", "sqlalchemy"}, name


def test_the_window_is_made_without_the_networks_being_loaded(tmp_path: Path) -> None:
    loaded = loaded_after(
        "import face_match.gui.start, face_match.gui.main_window",
        QT_QPA_PLATFORM="offscreen",
        HOME=str(tmp_path),
    )
    assert "PySide6" in loaded
    assert not loaded & (HEAVY - {"PySide6"} | {"onnxruntime", "PIL"})


def test_the_window_is_made_without_the_gallery_being_loaded(tmp_path: Path) -> None:
    """It is read in the background once the window is shown."""
    code = "import sys, face_match.gui.start, face_match.gui.main_window; print(*sys.modules)"
    result = run("-W", "ignore", "-c", code, env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)})
    assert result.returncode == 0, result.stderr
    loaded = result.stdout.split()
    assert "face_match.gui.main_window" in loaded
    assert [name for name in loaded if name.startswith(("face_match.gallery", "sqlalchemy", "hashlib"))] == []


def source_files() -> list[Path]:
    places = ("face_match", "tests", "benchmarks", "tools", "shipping")
    return sorted([*ROOT.glob("*.py"), *(path for place in places for path in (ROOT / place).rglob("*.py"))])


def test_no_source_file_is_too_long_to_read() -> None:
    files = source_files()
    assert ROOT / "app_faces.py" in files
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in files
        if (count := len(path.read_text("utf-8").splitlines())) > LINES.get(path.name, MOST_LINES)
    }
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    words = re.compile(r"util|manager|helper|misc|common")
    assert [path.name for path in source_files() if words.search(path.stem)] == []


def test_the_help_of_the_program_lists_every_command() -> None:
    from face_match.cli.parser import COMMANDS

    listed = re.findall(r"^ {4}([a-z-]+)(?: |$)", run("app_faces.py", "--help").stdout, re.MULTILINE)
    assert listed == [*COMMANDS]
