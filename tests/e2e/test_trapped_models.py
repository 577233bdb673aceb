"""A network that passed its trial and then does harm, as a person meets it: one bad photo is one row."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.made_models import trapped

ROOT = Path(__file__).parents[2]
Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    home = tmp_path / "home"
    return {"XDG_CONFIG_HOME": str(home / "config"), "FACE_MATCH_MODELS": str(home / "models")}


@pytest.fixture
def env(child_env: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    return {**child_env, **own}


@pytest.fixture
def run(program: Program, own: dict[str, str]) -> Program:
    return partial(program, env=own)


@pytest.fixture
def add(run: Program, yunet_file: Path, tmp_path: Path) -> Callable[[str], None]:
    """Add a YuNet with a trap, and use it."""

    def add(trap: str) -> None:
        file = Path(shutil.copy(yunet_file, tmp_path / "Trapped.onnx"))
        trapped(file, trap, above=250)
        for words in (("add", file, "--licence", "CC0", "--source", "a test"), ("use", "Trapped")):
            result = run("models", *words)
            assert result.returncode == 0, result.stderr

    return add


@pytest.fixture
def white(tmp_path: Path) -> Path:
    """A photo that springs a trap."""
    path = tmp_path / "photos" / "white.png"
    path.parent.mkdir()
    Image.new("RGB", (640, 640), "white").save(path)
    return path


def document(result: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(result.stdout)


@pytest.mark.parametrize("trap", ["memory by Expand", "a huge answer", "another shape"])
def test_a_photo_on_which_a_model_fails_is_one_row(
    trap: str, run: Program, add: Callable[[str], None], white: Path, two: Path
) -> None:
    add(trap)
    face = Path(shutil.copy(next(two.glob("faces_db/Eileen*/*")), white.parent))
    result = run("match", white, face, "--gallery", two, "--json")
    assert result.returncode == 1
    bad, good = document(result)["photos"]
    assert bad["error"]["kind"] == "ModelFailedError"
    assert bad["error"]["message"].startswith("The model Trapped failed: ")
    assert good["error"] is None
    assert good["faces"][0]["matches"][0]["person"] == "Eileen Collins"
    result = run("import", white.parent, "--gallery", two, "--json")
    told = document(result)
    assert told["photos"] == 2
    assert [Path(error["photo"]).name for error in told["errors"]] == ["white.png"]
    assert told["errors"][0]["kind"] == "ModelFailedError"


@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
@pytest.mark.parametrize("words", [["match"], ["import"]])
def test_ctrl_c_ends_a_run_without_end_and_leaves_no_process(
    words: list[str], env: dict[str, str], add: Callable[[str], None], white: Path, two: Path
) -> None:
    add("time")
    what = white if words == ["match"] else white.parent
    with subprocess.Popen(
        [sys.executable, str(ROOT / "app_faces.py"), *words, str(what), "--gallery", str(two), "--json"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        busy = _busy_child_of(child.pid)
        os.killpg(child.pid, signal.SIGINT)
        began = time.monotonic()
        printed, told = child.communicate(timeout=20)
    assert time.monotonic() - began < 5
    assert child.returncode == (130 if words == ["match"] else 1)
    assert "Traceback" not in told
    assert json.loads(printed)["error"]["kind"] == "CancelledError"
    assert not busy.exists()


def _busy_child_of(pid: int) -> Path:
    """The process of a sandbox, once it has worked for a second."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        time.sleep(0.05)
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):  # one that has ended
                for number in (task / "children").read_text().split():
                    fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
                    if int(fields[11]) > 1.5 * os.sysconf("SC_CLK_TCK"):
                        return Path("/proc") / number
    pytest.fail("no process works")
