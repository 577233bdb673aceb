"""An installation asks for what a checkout asks for, and what other people's machines run is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import face_match
from tests.guard import sitecustomize as sockets_guard

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
SYSTEMS = (
    {"sys_platform": "linux", "platform_machine": "x86_64", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_machine": "arm64", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_machine": "AMD64", "platform_system": "Windows", "os_name": "nt"},
)
"""Of which others run the tests."""


def lines(name: str) -> list[str]:
    """Of a file of requirements, without comments and those that name another file."""
    text = (ROOT / name).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith(("#", "-"))]


def parsed(requirements: list[str]) -> set[str]:
    """In one way of writing, so that only what is meant is compared: names, versions, markers."""
    found = set()
    for text in requirements:
        one = Requirement(text)
        one.name = canonicalize_name(one.name)
        found.add(str(one))
    assert len(found) == len(requirements), "something is asked for twice"
    return found


def asked_for(requirements: list[str], environment: dict[str, str]) -> dict[str, SpecifierSet]:
    """Which versions of which packages in an environment."""
    found = {}
    for one in map(Requirement, requirements):
        if one.marker is None or one.marker.evaluate(environment):
            name = canonicalize_name(one.name)
            assert name not in found, f"{name} is asked for twice in {environment}"
            found[name] = one.specifier
    return found


def test_an_installation_asks_for_what_a_checkout_does() -> None:
    assert parsed(PROJECT["dependencies"]) == parsed(lines("requirements.txt"))


def test_the_extras_ask_for_what_the_development_environment_does() -> None:
    extras = PROJECT["optional-dependencies"]
    assert "face-match[reference,raw,shared]" in extras["dev"]
    others = (one for one in extras["dev"] if one != "face-match[reference,raw,shared]")
    assert parsed([*extras["reference"], *extras["raw"], *extras["shared"], *others]) == parsed(
        lines("requirements-dev.txt")
    )


def test_the_supported_pythons_are_listed() -> None:
    names = [classifier.split(" :: ")[-1] for classifier in PROJECT["classifiers"]]
    assert tuple(name for name in names if re.fullmatch(r"3\.\d+", name)) == PYTHONS
    assert PROJECT["requires-python"] == f">={PYTHONS[0]}"


def test_every_public_name_is_there() -> None:
    assert face_match._MODULES.keys() == {*face_match.__all__}
    for name, module in face_match._MODULES.items():
        assert getattr(face_match, name) is getattr(import_module(f"face_match.{module}"), name)
    with pytest.raises(AttributeError, match="no attribute 'Galery'"):
        _ = face_match.Galery


def test_every_public_name_is_documented() -> None:
    page = (ROOT / "docs" / "library.md").read_text("utf-8")
    assert [name for name in face_match.__all__ if not re.search(rf"`{name}\b", page)] == []


def test_importing_the_package_imports_nothing_else() -> None:
    """Ctrl+C in that moment would end in a traceback: the program can ask for silence only after it."""
    code = "import sys; before = {*sys.modules}; import face_match; print(*({*sys.modules} - before))"
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.split() == ["face_match"]


# The floors

FILES = ("requirements.txt", "requirements-dev.txt", "requirements-ship.txt")
WITHOUT_WHEELS = ("face_recognition_models", "keras-facenet", "mtcnn")
"""Their weights come as archives of source."""


def floors(name: str) -> dict[str, set[str]]:
    """The lowest versions that a file of requirements allows, by package; some differ by system."""
    found: dict[str, set[str]] = {}
    for one in map(Requirement, lines(name)):
        lowest = {bound.version for bound in one.specifier if bound.operator in (">=", "==")}
        assert len(lowest) == 1, f"{one} has no floor"
        found.setdefault(one.name, set()).update(lowest)
    return found


def test_every_floor_has_a_line_that_says_why() -> None:
    page = (ROOT / "docs" / "contributing.md").read_text("utf-8")
    table = page.split("| package | from | why |\n|---|---|---|\n")[1].split("\n\n")[0]
    told = {}
    for line in table.splitlines():
        names, versions, why = line.strip("| ").split(" | ", 2)
        assert why
        for name in names.split(", "):
            told[name] = {part for part in re.split(r"[ ,]+", versions) if part[0].isdigit()} - {"3.10"}
    assert told == {name: lowest for file in FILES for name, lowest in floors(file).items()}


@pytest.mark.only_with_all("whether all floors can be installed together, which asks the index of packages")
def test_the_floors_can_be_installed_together(tmp_path: Path) -> None:
    """pip is only asked: nothing is installed."""
    pinned = []
    for one in map(Requirement, [*lines(FILES[0]), *lines(FILES[1])]):
        if one.marker is None or one.marker.evaluate():
            (lowest,) = (bound.version for bound in one.specifier if bound.operator in (">=", "=="))
            extras = f"[{','.join(sorted(one.extras))}]" if one.extras else ""
            pinned.append(f"{one.name}{extras}=={lowest}")
    (tmp_path / "floors.txt").write_text("\n".join(pinned), "utf-8")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--dry-run",
        "--ignore-installed",
        "--only-binary=:all:",
    ]
    command += [f"--no-binary={','.join(WITHOUT_WHEELS)}", "-r", str(tmp_path / "floors.txt")]
    env = {name: value for name, value in os.environ.items() if name != sockets_guard.LOG}  # it may connect
    result = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=1800)
    if "NewConnectionError" in result.stderr or "Failed to establish" in result.stderr:
        pytest.skip("the index of packages cannot be reached")
    assert result.returncode == 0, result.stderr[-2000:]


# The pinned versions


def pins() -> list[str]:
    return lines("constraints.txt")


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system["sys_platform"])
def test_every_requirement_has_one_pinned_version_that_it_allows(python: str, system: dict[str, str]) -> None:
    names = {"platform_python_implementation": "CPython", "implementation_name": "cpython"}
    environment = {"python_version": python, "python_full_version": f"{python}.1", **names, **system}
    pinned = asked_for(pins(), environment)
    wanted = asked_for([*lines("requirements.txt"), *lines("requirements-dev.txt")], environment)
    assert wanted.keys() <= pinned.keys()
    for name, specifier in pinned.items():
        ((operator, version),) = [(one.operator, one.version) for one in specifier]
        assert operator == "=="
        assert name not in wanted or version in wanted[name], f"{name} {version}"


# What runs on other people's machines


def yaml_of(name: str) -> dict:
    yaml = pytest.importorskip("yaml", reason="PyYAML, which requirements-dev.txt asks for, is not installed")
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def readme_commands() -> list[str]:
    """The test commands of the README: for Linux and macOS, and for Windows."""
    text = (ROOT / "README.md").read_text("utf-8").partition("<!-- test command -->")[2]
    return [block.strip() for block in re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)][:2]


def test_the_workflow_runs_the_test_command_on_every_system_and_python() -> None:
    workflow = yaml_of(".github/workflows/tests.yml")
    (job,) = workflow["jobs"].values()
    matrix = job["strategy"]["matrix"]
    assert tuple(matrix["python"]) == PYTHONS
    assert [name.split("-")[0] for name in matrix["system"]] == ["ubuntu", "windows", "macos"]
    steps = {step["run"].strip(): step.get("if", "") for step in job["steps"] if "run" in step}
    assert "!=" in steps[".ci/run"]
    assert (ROOT / ".ci" / "run").is_file()
    _, on_windows = readme_commands()
    assert "==" in steps[on_windows]


def test_the_workflow_may_only_read_and_keeps_nothing() -> None:
    workflow = yaml_of(".github/workflows/tests.yml")
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    text = (ROOT / ".github" / "workflows" / "tests.yml").read_text("utf-8")
    assert not re.search(r"secrets\.|cache|upload-artifact", text)
    (checkout,) = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["persist-credentials"] is False


def test_the_hooks_are_tools_of_the_development_environment_and_all_that_is_checked() -> None:
    (repository,) = yaml_of(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    commands = []
    for hook in repository["hooks"]:
        assert (hook["language"], hook["pass_filenames"]) == ("system", False)
        assert shutil.which(hook["entry"].split()[0], path=str(Path(sys.executable).parent)), hook["entry"]
        commands.append(hook["entry"])
    contributing = (ROOT / "docs" / "contributing.md").read_text("utf-8")
    assert " && ".join(commands) in contributing
