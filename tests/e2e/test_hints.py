"""Names in metadata that have no place, at the command line: suggestions, which name nobody."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def photo(tmp_path: Path, hopper_file: Path) -> Path:
    """A photo whose metadata name two people: Google Takeout's, which does not say where they are."""
    folder = tmp_path / "photos"
    folder.mkdir()
    photo = Path(shutil.copy(hopper_file, folder / "b.jpg"))
    people = [{"name": "Grace Hopper"}, {"name": "Ann {Lee}"}]
    photo.with_name("b.jpg.json").write_text(json.dumps({"title": "b.jpg", "people": people}))
    return photo


def test_match_says_who_is_in_the_photo_according_to_its_metadata(
    program: Any, place: Path, photo: Path, hopper_file: Path, astronaut_file: Path
) -> None:
    program("add", hopper_file, "--name", "Grace  HOPPER", "--gallery", place)
    program("add", astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    turned = photo.with_name("c.jpg")
    shutil.copy(astronaut_file, turned)
    result = program("match", photo, turned, "--gallery", place, "--json")
    first, second = json.loads(result.stdout)["photos"]
    assert (first["hints"], second["hints"]) == (["Grace Hopper", "Ann {Lee}"], [])
    (face,) = first["faces"]
    assert face["person"] == "Grace HOPPER"
    assert {one["hinted"] for one in face["matches"]} == {False}, "the name is used up: this face has it"
    told = program("match", photo, "--gallery", place).stdout
    assert "named in its metadata, but not where: Grace Hopper, Ann {Lee}" in told


def test_a_scan_counts_them_and_proposes_them_and_check_counts_the_names(
    program: Any, place: Path, photo: Path
) -> None:
    scanned = json.loads(program("import", photo.parent, "--gallery", place, "--json").stdout)
    assert (scanned["faces"], scanned["hinted"]) == (1, 1)
    assert [row["decision"] for row in scanned["results"]] == ["unnamed"], "either of two may be meant"
    assert json.loads(program("check", "--gallery", place, "--json").stdout)["hints"] == 2
    assert "without a place: 2 names" in program("check", "--gallery", place).stdout
    assert json.loads(program("people", "--gallery", place, "--json").stdout)["people"] == []


def test_one_name_for_one_face_is_a_maybe_in_the_result_of_a_scan(
    program: Any, place: Path, photo: Path
) -> None:
    people = {"title": "b.jpg", "people": [{"name": "Grace Hopper"}]}
    photo.with_name("b.jpg.json").write_text(json.dumps(people))
    scanned = json.loads(program("import", photo.parent, "--gallery", place, "--json").stdout)
    ((person, similarity, decision),) = [
        (row["person"], row["similarity"], row["decision"]) for row in scanned["results"]
    ]
    assert (person, similarity, decision) == ("Grace Hopper", None, "maybe")
    assert json.loads(program("people", "--gallery", place, "--json").stdout)["people"] == []


def test_a_broken_file_with_names_does_not_stop_a_match_or_a_scan(
    program: Any, place: Path, photo: Path
) -> None:
    photo.with_name("b.jpg.json").write_text('{"title": "b.jpg", "people": [{"name": ')
    assert (
        json.loads(program("match", photo, "--gallery", place, "--json").stdout)["photos"][0]["hints"] == []
    )
    scanned = program("import", photo.parent, "--gallery", place, "--json")
    assert (scanned.returncode, json.loads(scanned.stdout)["faces"]) == (0, 1)
