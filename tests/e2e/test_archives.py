"""A gallery is carried to another place in one file, and merged there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Program = Callable[..., subprocess.CompletedProcess[str]]


def test_a_gallery_goes_out_of_one_place_and_into_another(
    program: Program, place: Path, astronaut_file: Path, hopper_file: Path, tmp_path: Path
) -> None:
    file, other = tmp_path / "people.zip", tmp_path / "other"
    program("add", astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    program("add", hopper_file, "--name", "Grace Hopper", "--gallery", other)
    exported = json.loads(program("export", file, "--gallery", place, "--json").stdout)
    assert exported == {"archive": str(file), "people": 1, "samples": 1, "unnamed": 0, "missing": 0}

    taken = program("import-archive", file, "--gallery", other)
    assert taken.returncode == 0
    assert "Added: 1 person, 1 face, 0 unnamed." in taken.stdout
    matched = json.loads(program("match", astronaut_file, "--gallery", other, "--json").stdout)
    best = matched["photos"][0]["faces"][0]["matches"][0]
    assert best["person"] == "Eileen Collins"
    assert best["similarity"] > 0.9999
    again = json.loads(program("import-archive", file, "--gallery", other, "--json").stdout)
    assert again == {
        **{"people": 1, "samples": 1, "new_people": 0},
        **{"added": 0, "unnamed": 0, "conflict_count": 0, "conflicts": [], "births": 0, "left_out": 0},
        "rejections": 0,
    }
    assert "imported a face" in program("undo", "--gallery", other).stdout
    people = json.loads(program("people", "--gallery", other, "--json").stdout)["people"]
    assert [person["name"] for person in people] == ["Grace Hopper"]


def test_what_is_no_archive_or_not_to_be_one_is_refused(
    program: Program, place: Path, astronaut_file: Path, tmp_path: Path
) -> None:
    program("add", astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    photo = tmp_path / "photo.png"
    photo.write_bytes(astronaut_file.read_bytes())
    assert program("export", photo, "--gallery", place).returncode == 2
    assert photo.read_bytes() == astronaut_file.read_bytes()
    refused = program("import-archive", photo, "--gallery", place, "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["kind"] == "ArchiveUnusableError"
    assert program("export", tmp_path / "a.zip", "--gallery", tmp_path / "nowhere").returncode == 2
    assert not (tmp_path / "nowhere").exists()


def test_a_crop_that_is_lost_is_said_to_be(program: Program, place: Path, astronaut_file: Path) -> None:
    program("add", astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    next(place.rglob("*.png")).unlink()
    exported = program("export", place.with_suffix(".zip"), "--gallery", place)
    assert exported.returncode == 1
    assert "missing or damaged" in exported.stderr


def test_a_backup_is_listed_and_restored_and_that_is_undone(
    program: Program, place: Path, astronaut_file: Path, hopper_file: Path
) -> None:
    program("add", astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    made = json.loads(program("backup", "--gallery", place, "--json").stdout)
    assert made["is_new"] is True
    again = program("backup", "--gallery", place)
    assert (again.returncode, "Nothing has changed" in again.stdout) == (0, True)
    program("add", hopper_file, "--name", "Grace Hopper", "--gallery", place)
    program("rename", "Eileen Collins", "Eileen", "--gallery", place)

    (listed,) = json.loads(program("backup", "--list", "--gallery", place, "--json").stdout)["backups"]
    assert (listed["file"], listed["people"], listed["samples"]) == (made["backup"], 1, 1)
    assert "1 person, 1 face" in program("backup", "--list", "--gallery", place).stdout
    name = Path(made["backup"]).name
    restored = program("restore", name, "--gallery", place)
    assert "- Grace Hopper" in restored.stderr
    assert "Eileen → Eileen Collins" in restored.stderr
    assert "Undo: “undo”" in restored.stdout
    again = json.loads(program("restore", name, "--yes", "--gallery", place, "--json").stdout)
    assert (again["people_added"], again["samples_changed"]) == ([], 0)
    assert "restored the backup" in program("undo", "--gallery", place).stdout
    people = json.loads(program("people", "--gallery", place, "--json").stdout)["people"]
    assert [person["name"] for person in people] == ["Eileen", "Grace Hopper"]
