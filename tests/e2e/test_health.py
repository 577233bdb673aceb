"""A gallery is looked after: what is lost is named, and what is there twice can go."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from PIL import Image

Program = Callable[..., subprocess.CompletedProcess[str]]


def test_a_copy_of_a_photo_is_a_near_duplicate_that_can_go(
    program: Program, place: Path, astronaut_file: Path, hopper_file: Path, tmp_path: Path
) -> None:
    smaller = tmp_path / "smaller.jpg"
    with Image.open(astronaut_file) as image:
        image.resize((400, 400)).save(smaller, quality=90)
    program("add", smaller, astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    program("add", hopper_file, "--name", "Grace Hopper", "--gallery", place)
    checked = program("check", "--gallery", place, "--json")
    assert checked.returncode == 0
    (near,) = json.loads(checked.stdout)["near_duplicates"]
    assert near["person"] == "Eileen Collins"
    assert near["similarity"] > 0.98
    assert "1 near-duplicate under dlib" in program("check", "--gallery", place).stdout

    assert program("thin", "Nobody", "--gallery", place).returncode == 1
    assert json.loads(program("thin", "grace hopper", "--gallery", place, "--json").stdout)["removed"] == {}
    thinned = json.loads(program("thin", "--gallery", place, "--json").stdout)
    assert thinned["removed"] == {"Eileen Collins": [near["sample"]]}
    assert "no near-duplicates" in program("thin", "--gallery", place).stdout
    assert "removed a face of Eileen Collins" in program("undo", "--gallery", place).stdout
    people = json.loads(program("people", "--gallery", place, "--json").stdout)["people"]
    assert [person["samples"] for person in people] == [2, 1]


def test_a_lost_crop_is_named(program: Program, place: Path, astronaut_file: Path) -> None:
    program("add", astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    crop = next(place.rglob("*.png"))
    crop.rename(crop.with_name("stray.png"))
    checked = program("check", "--gallery", place)
    assert checked.returncode == 1
    assert f"{crop.name} is not a readable image (there is no such file)" in checked.stderr
    assert "No face refers to faces_db/Eileen Collins/stray.png." in checked.stdout
    assert "1 face: 1 crop is missing or damaged" in checked.stdout
