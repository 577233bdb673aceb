"""People renamed, merged, and their samples moved and removed, one command after the other."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(program: Program, two: Path) -> Callable[..., dict[str, Any]]:
    """Run a command on a gallery of Eileen Collins and Grace Hopper; gives its document."""

    def go(*arguments: str, status: int = 0) -> dict[str, Any]:
        result = program(*arguments, "--gallery", two, "--json")
        assert result.returncode == status, result.stderr
        return json.loads(result.stdout)  # type: ignore[no-any-return]

    return go


def people(run: Callable[..., dict[str, Any]]) -> dict[str, int]:
    return {person["name"]: person["samples"] for person in run("people")["people"]}


def test_each_change_is_undone_by_the_next_process(run: Callable[..., dict[str, Any]]) -> None:
    before = people(run)
    sample = run("show", "Grace Hopper")["samples"][0]["id"]
    for command, after in (
        (("rename", "grace hopper", "Amazing Grace"), {"Eileen Collins": 1, "Amazing Grace": 1}),
        (("merge", "Eileen Collins", "Grace Hopper"), {"Grace Hopper": 2}),
        (("move", sample, "Eileen Collins"), {"Eileen Collins": 2}),
        (("move", sample, "Joan"), {"Eileen Collins": 1, "Joan": 1}),
        (("remove", sample), {"Eileen Collins": 1}),
        (("cover", sample), before),
    ):
        run(*command)
        assert people(run) == after, command
        told = run("history")["changes"]
        assert len(told) == 3
        assert run("undo") == {"undone": told[0]["description"]}
        assert people(run) == before
    assert run("show", "Grace Hopper")["samples"][0]["id"] == sample


def test_a_chosen_sample_stands_for_its_person(run: Callable[..., dict[str, Any]]) -> None:
    first = run("show", "Grace Hopper")["samples"][0]
    run("merge", "Eileen Collins", "Grace Hopper")
    assert first["is_cover"]
    other = run("show", "Grace Hopper")["samples"][1]["id"]
    assert run("cover", other) == {"person": "Grace Hopper", "samples": 2}
    assert [sample["id"] for sample in run("show", "Grace Hopper")["samples"] if sample["is_cover"]] == [
        other
    ]


def test_undo_goes_back_to_an_empty_gallery_and_then_says_that_there_is_nothing(
    run: Callable[..., dict[str, Any]], two: Path
) -> None:
    assert run("undo")["undone"] == "added a sample to Grace Hopper"
    assert run("undo")["undone"] == "added a sample to Eileen Collins"
    assert run("undo") == {"undone": None}
    assert people(run) == {}
    assert not [*two.rglob("*.png")]


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (("rename", "Grace Hopper", "eileen collins"), "NameTakenError"),
        (("rename", "Nobody", "Somebody"), "PersonNotFoundError"),
        (("rename", "Grace Hopper", " "), "InvalidNameError"),
        (("merge", "Grace Hopper", "Nobody"), "PersonNotFoundError"),
        (("move", "0123", "Grace Hopper"), "SampleNotFoundError"),
        (("remove", "0123"), "SampleNotFoundError"),
        (("cover", "0123"), "SampleNotFoundError"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    run: Callable[..., dict[str, Any]], command: tuple[str, ...], kind: str
) -> None:
    before = people(run)
    assert run(*command, status=1)["error"]["kind"] == kind
    assert people(run) == before
    assert len(run("history")["changes"]) == 2


def test_a_backup_is_restored_with_all_that_was_in_it(run: Callable[..., dict[str, Any]], two: Path) -> None:
    kept = Path(run("backup")["backup"])
    assert kept.parent == two / "backups"
    run("merge", "Eileen Collins", "Grace Hopper")
    restored = run("restore", str(kept))
    assert restored["before"] is not None
    assert people(run) == {"Eileen Collins": 1, "Grace Hopper": 1}
    assert len(run("history")["changes"]) == 2


def test_what_was_done_is_said_in_a_sentence(program: Program, two: Path) -> None:
    said = program("merge", "eileen collins", "Grace Hopper", "--gallery", two).stdout
    assert said == "Eileen Collins is Grace Hopper now. “undo” takes that back.\n"
    assert program("undo", "--gallery", two).stdout == "Took back: merged Eileen Collins into Grace Hopper.\n"
    assert program("history", "--gallery", two).stdout.count("added a sample to") == 2
