"""The gallery's own samples say what a threshold costs."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.gallery.gallery import Gallery

Program = Callable[..., subprocess.CompletedProcess[str]]
KEPT_BACK = Path("Tony_Blair", "Tony_Blair_0010.jpg")


@pytest.fixture
def program(program: Program, tmp_path: Path) -> Program:
    """With settings of its own: thresholds are remembered there."""
    places = {name: str(tmp_path / "settings") for name in ("XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")}
    return functools.partial(program, env=places)


@pytest.fixture(scope="module")
def gallery_of_ten(
    started_program: Program, shared_faces: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A gallery of ten people with ten faces each, but for a photo that is kept back; not to be changed."""
    folder = tmp_path_factory.mktemp("ten") / "gallery"
    photos = shutil.copytree(shared_faces / "lfw10", folder.with_name("photos"))
    shutil.move(photos / KEPT_BACK, folder.parent)
    done = started_program("import", photos, "--people-from-folders", "--gallery", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def ten(gallery_of_ten: Path, place: Path) -> None:
    """The same, at the place of the gallery."""
    shutil.copytree(gallery_of_ten, place)


@pytest.mark.usefixtures("ten")
def test_a_gallery_says_what_its_threshold_costs_and_matches_have_chances(
    program: Program, place: Path, gallery_of_ten: Path
) -> None:
    kept_back = gallery_of_ten.with_name(KEPT_BACK.name)
    before = json.loads(program("match", kept_back, "--gallery", place, "--json").stdout)
    assert (before["threshold"], before["threshold_from"]) == (0.94, "default")
    assert 0.001 < before["expected_fpir"] < 0.03
    assert before["photos"][0]["faces"][0]["matches"][0]["probability"] > 0.9

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
    assert sum(match["probability"] for match in matches) < 1.01
    assert "> 99 %" in program("match", kept_back, "--gallery", place).stdout
    assert program("calibrate", "--target-fmr", "0.0001", "--gallery", place).returncode == 2


def test_too_little_data_is_an_answer(program: Program, place: Path, astronaut_file: Path) -> None:
    program("add", astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    told = program("calibrate", "--gallery", place)
    assert told.returncode == 1
    assert "Not enough data: 0 people have 2 faces or more; 10 are needed." in told.stderr
    assert "The model’s default threshold stays: 0.940." in told.stderr


@pytest.mark.usefixtures("ten")
def test_a_threshold_follows_the_gallery_at_a_rate(
    program: Program, place: Path, shared_faces: Path, tmp_path: Path
) -> None:
    def matched() -> dict[str, object]:
        found: dict[str, object] = json.loads(program("match", photo, "--gallery", place, "--json").stdout)
        return found

    photo = sorted((shared_faces / "lfw10" / "Tony_Blair").iterdir())[0]
    told = json.loads(program("calibrate", "--target-fpir", "0.01", "--gallery", place, "--json").stdout)
    assert [rate["fpir"] for rate in told["rates"]] == [0.05, 0.01, 0.002]
    thresholds = [rate["threshold"] for rate in told["rates"]]
    assert thresholds == sorted(thresholds)
    assert told["used"] == thresholds[1]
    followed = matched()
    assert (followed["threshold"], followed["threshold_from"]) == (thresholds[1], "rate")
    assert followed["expected_fpir"] <= 0.01
    for person in sorted((shared_faces / "orl20").iterdir())[:6]:
        shutil.copytree(person, tmp_path / "others" / person.name)
    program("import", tmp_path / "others", "--people-from-folders", "--gallery", place)
    assert matched()["threshold"] != thresholds[1], "it is another gallery"

    program("calibrate", "--target-precision", "0.9", "--gallery", place)
    risky = program("match", photo, "--gallery", place)
    assert json.loads(program("match", photo, "--gallery", place, "--json").stdout)["threshold_from"] == "set"
    assert "strangers would get a wrong suggestion in this gallery." in risky.stderr
    assert "calibrate --target-fpir 0.01" in risky.stderr
    assert program("match", photo, "--gallery", place, "--threshold", "0.9").stderr == ""
    program("calibrate", "--default", "--gallery", place)
    assert matched()["threshold_from"] == "default"
    assert program("calibrate", "--target-fpir", "1.5", "--gallery", place).returncode == 2


def test_a_gallery_with_one_face_of_each_can_follow_a_rate_and_go_back(
    program: Program, place: Path, shared_faces: Path, tmp_path: Path
) -> None:
    photos = tmp_path / "photos"
    for person in sorted((shared_faces / "lfw10").iterdir()):
        if person.is_dir():
            (photos / person.name).mkdir(parents=True)
            shutil.copy(sorted(person.iterdir())[0], photos / person.name)
    program("import", photos, "--people-from-folders", "--gallery", place)
    followed = program("calibrate", "--target-fpir", "0.002", "--gallery", place, "--json")
    assert followed.returncode == 0
    told = json.loads(followed.stdout)
    assert told["used"] == told["rates"][2]["threshold"] > 0.94
    stays = program("calibrate", "--gallery", place)
    assert stays.returncode == 1
    assert f"The threshold stays: {told['used']:.3f}." in stays.stderr
    assert program("calibrate", "--default", "--gallery", place).returncode == 0
    assert "The model’s default threshold stays: 0.940." in program("calibrate", "--gallery", place).stderr


def test_who_calibrates_no_gallery_or_one_that_is_in_use_changes_nothing(
    program: Program, place: Path, gallery_of_ten: Path
) -> None:
    told = program("calibrate", "--gallery", place)
    assert told.returncode == 1
    assert "There is no folder" in told.stderr
    assert not place.exists()
    shutil.copytree(gallery_of_ten, place)
    with Gallery.open(place, for_writing=True):
        told = program("calibrate", "--target-fpir", "0.01", "--gallery", place)
    assert told.returncode == 0
    assert "follows the gallery from now on" in told.stdout
