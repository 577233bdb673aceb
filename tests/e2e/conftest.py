"""The program in a process of its own, as a person starts it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.extent import is_all
from tests.guard import sitecustomize as sockets_guard

ROOT = Path(__file__).parents[2]

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def child_env(home: Path, pipeline: object) -> dict[str, str]:
    """The environment of children: no display; networks are in the cache since the pipeline was loaded."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONUNBUFFERED"):
        env.pop(variable, None)
    env["PYTHONPATH"] = str(Path(sockets_guard.__file__).parent)
    return env


class ForkServer:
    """Runs the program in forks of a process that has imported it."""

    def __init__(self, env: dict[str, str], folder: Path, under: Sequence[str] = ()) -> None:
        """Start it, where asked for under another program, which watches it."""
        command = [*under, sys.executable, str(Path(__file__).with_name("fork_server.py"))]
        env = {**env, "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._out, self._err = folder / "out", folder / "err"

    def run(self, arguments: list[str], cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        for file in (self._out, self._err):
            file.write_bytes(b"")
        plan = {"arguments": arguments, "env": env, "cwd": str(cwd)}
        plan |= {"out": str(self._out), "err": str(self._err)}
        self._process.stdin.write(json.dumps(plan) + "\n")
        status = int(self._process.stdout.readline())
        out, err = (file.read_text("utf-8") for file in (self._out, self._err))
        return subprocess.CompletedProcess(arguments, status, out, err)

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="session")
def fork_server(child_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkServer]:
    server = ForkServer(child_env, tmp_path_factory.mktemp("forks"))
    yield server
    server.close()


@pytest.fixture(scope="session")
def started_program(child_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Run `app_faces.py` with arguments from a folder elsewhere, or `-m face_match` from the program's."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(
        *arguments: object,
        as_module: bool = False,
        env: dict[str, str] | None = None,
        timeout: float = 300,
        **options: object,
    ) -> subprocess.CompletedProcess[str]:
        start = ["-m", "face_match"] if as_module else [str(ROOT / "app_faces.py")]
        result = subprocess.run(
            [sys.executable, *start, *map(str, arguments)],
            cwd=ROOT if as_module else elsewhere,
            env={**child_env, **(env or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
            **options,  # type: ignore[call-overload]
        )
        return checked(result, elsewhere)

    return run


def checked(result: subprocess.CompletedProcess[str], elsewhere: Path) -> subprocess.CompletedProcess[str]:
    """What holds of every run."""
    assert "Traceback" not in result.stderr, result.stderr
    assert "Warning" not in result.stderr, result.stderr
    assert result.returncode in (0, 1, 2), result.stderr
    assert not [*elsewhere.iterdir()], "nothing is left where it was started"
    return result


@pytest.fixture(scope="session")
def program(
    request: pytest.FixtureRequest,
    started_program: Program,
    child_env: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Program:
    """The same; without --all in a fork of a process that has imported the program, where that can be."""
    if is_all() or not hasattr(os, "fork"):
        return started_program
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    server: ForkServer = request.getfixturevalue("fork_server")

    def run(
        *arguments: object, env: dict[str, str] | None = None, **options: object
    ) -> subprocess.CompletedProcess[str]:
        if options:
            return started_program(*arguments, env=env, **options)
        result = server.run([*map(str, arguments)], elsewhere, {**child_env, **(env or {})})
        return checked(result, elsewhere)

    return run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder of a gallery that is not there yet."""
    return tmp_path / "my gallery"


@pytest.fixture(scope="session")
def gallery_of_two(
    program: Program, astronaut_file: Path, hopper_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A gallery of Eileen Collins and Grace Hopper; not to be changed."""
    folder = tmp_path_factory.mktemp("two") / "gallery"
    for file, name in ((astronaut_file, "Eileen Collins"), (hopper_file, "Grace Hopper")):
        result = program("add", file, "--name", name, "--gallery", folder)
        assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def two(gallery_of_two: Path, place: Path) -> Path:
    """The same, to do with as one likes."""
    shutil.copytree(gallery_of_two, place)
    return place


@pytest.fixture(scope="session")
def album(astronaut_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Gives a folder of so many small photos of Eileen Collins, each with other image data."""
    from PIL import Image

    def make(count: int) -> Path:
        folder = tmp_path_factory.mktemp("album")
        with Image.open(astronaut_file) as image:
            photo = image.convert("RGB").crop((110, 0, 350, 240))
        for number in range(count):
            photo.putpixel((0, 0), (number % 256, number // 256, 0))
            photo.save(folder / f"{number}.png", compress_level=1)
        return folder

    return make


@pytest.fixture(scope="session")
def group_file(astronaut_file: Path, hopper_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo with two faces: the astronaut at the left, the admiral at the right."""
    from PIL import Image

    path = tmp_path_factory.mktemp("photos") / "two faces.png"
    with Image.open(astronaut_file) as left, Image.open(hopper_file) as right:
        photo = Image.new("RGB", (1024, 600))
        photo.paste(left, (0, 0))
        photo.paste(right, (512, 0))
    photo.save(path)
    return path
