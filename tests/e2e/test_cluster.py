"""`import --scheduler`: what is wrong is said; without it nothing of Dask is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]


def test_a_scan_without_a_cluster_loads_nothing_of_dask(
    child_env: dict[str, str], astronaut_file: Path, place: Path
) -> None:
    arguments = ["import", str(astronaut_file.parent), "--gallery", str(place)]
    code = f"import sys; from face_match.cli import main; main({arguments!r}); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=child_env, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()
    assert "face_match.workflows.scan" in loaded
    assert not {"dask", "distributed", "face_match.workflows.cluster"} & {*loaded}


@pytest.mark.parametrize(
    "options",
    [["--scheduler", "tcp://127.0.0.1:9", "--names-from-metadata"], ["--worker-path", "/a=/b"]],
    ids=["names", "path alone"],
)
def test_what_does_not_go_together_is_wrong_usage(
    program: Program, tmp_path: Path, place: Path, options: list[str]
) -> None:
    result = program("import", tmp_path, "--gallery", place, *options)
    assert result.returncode == 2
    assert "--scheduler" in result.stderr


def test_a_scheduler_that_does_not_answer_is_said(program: Program, tmp_path: Path, place: Path) -> None:
    pytest.importorskip("distributed", reason="the packages dask and distributed are not installed")
    address = "tcp://127.0.0.1:9"
    result = program("import", tmp_path, "--gallery", place, "--scheduler", address, "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"]["kind"] == "ClusterError"
