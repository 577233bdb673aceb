"""A person, or everybody, is erased by one command, which says what it did and that it is for good."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Program = Callable[..., subprocess.CompletedProcess[str]]


def test_a_person_is_erased_and_it_is_said_that_nothing_is_left(
    program: Program, place: Path, astronaut_file: Path, hopper_file: Path
) -> None:
    program("add", astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    program("add", hopper_file, "--name", "Grace Hopper", "--gallery", place)
    program("backup", "--gallery", place)
    erased = program("purge", "eileen collins", "--gallery", place, "--json", stdin=subprocess.DEVNULL)
    assert erased.returncode == 0
    assert "cannot be undone" in erased.stderr
    document = json.loads(erased.stdout)
    assert (document["samples"], document["crops"], document["left"]) == (1, 1, [])
    assert any(file.startswith("backups") for file in document["records"])
    told = [
        p for p in place.rglob("*") if "Eileen" in p.name or (p.is_file() and b"Eileen" in p.read_bytes())
    ]
    assert told == []
    again = program("purge", "Eileen Collins", "--gallery", place, "--json", stdin=subprocess.DEVNULL)
    assert json.loads(again.stdout)["error"]["kind"] == "PersonNotFoundError"
    people = json.loads(program("people", "--gallery", place, "--json").stdout)["people"]
    assert [person["name"] for person in people] == ["Grace Hopper"]


def test_everybody_is_erased_only_when_that_is_said(
    program: Program, place: Path, astronaut_file: Path
) -> None:
    program("add", astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    refused = program("clear", "--gallery", place, stdin=subprocess.DEVNULL)
    assert refused.returncode == 2
    assert "Eileen" in program("people", "--gallery", place).stdout
    cleared = program("clear", "--yes", "--gallery", place, "--json", stdin=subprocess.DEVNULL)
    assert (cleared.returncode, json.loads(cleared.stdout)) == (0, {"left": []})
    assert "cannot be undone" in cleared.stderr
    assert json.loads(program("people", "--gallery", place, "--json").stdout) == {"people": []}
    assert not [*place.rglob("*.png")]
