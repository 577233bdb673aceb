"""The gallery's own samples say what a threshold costs."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def program(program: Program, tmp_path: Path) -> Program:
    """With settings of its own: thresholds are remembered there."""
    places = {name: str(tmp_path / "settings") for name in ("XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")}
    return functools.partial(program, env=places)


def test_a_gallery_says_what_its_threshold_costs_and_matches_have_chances(
    program: Program, place: Path, shared_faces: Path, tmp_path: Path
) -> None:
    photos = tmp_path / "photos"
    shutil.copytree(shared_faces / "lfw10", photos)
    kept_back = sorted((photos / "Tony_Blair").iterdir())[-1].rename(tmp_path / "blair.jpg")
    program("import", photos, "--people-from-folders", "--gallery", place)
    before = json.loads(program("match", kept_back, "--gallery", place, "--json").stdout)
    assert before["photos"][0]["faces"][0]["matches"][0]["probability"] is None

    told = json.loads(program("calibrate", "--target-fmr", "0.01", "--gallery", place, "--json").stdout)
    assert (told["genuine_comparisons"], told["impostor_comparisons"]) == (99, 891)
    assert told["threshold"]["threshold"] == 0.94
    assert told["threshold"]["fmr_95"][0] <= told["threshold"]["fmr"] <= told["threshold"]["fmr_95"][1]
    used = told["used"]
    assert 0.90 < used < 0.94
    at_target = next(one for one in told["thresholds"] if one["threshold"] == used)
    assert at_target["fmr"] <= 0.01

    after = json.loads(program("match", kept_back, "--gallery", place, "--json").stdout)
    assert after["threshold"] == used, "it is remembered"
    matches = after["photos"][0]["faces"][0]["matches"]
    assert matches[0]["person"] == "Tony_Blair"
    assert matches[0]["probability"] > 0.9
    assert matches[-1]["probability"] < 0.05
    assert "> 99 %" in program("match", kept_back, "--gallery", place).stdout
    assert program("calibrate", "--target-fmr", "0.0001", "--gallery", place).returncode == 2


def test_too_little_data_is_an_answer(program: Program, place: Path, astronaut_file: Path) -> None:
    program("add", astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    told = program("calibrate", "--gallery", place)
    assert told.returncode == 1
    assert "Too little data: 0 people with 2 faces or more; 10 are needed." in told.stderr
    assert "The model’s default threshold stays: 0.940." in told.stderr
