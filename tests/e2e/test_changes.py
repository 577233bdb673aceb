"""People renamed, merged, and their faces moved and removed, one command after the other."""

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
        (("born", "Grace Hopper", "1906-12-09"), before),
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


def test_a_birth_date_is_set_shown_undone_and_removed(
    run: Callable[..., dict[str, Any]], program: Program, two: Path
) -> None:
    def born() -> list[str]:
        listed = {person["name"]: person["born"] for person in run("people")["people"]}
        return [listed["Grace Hopper"], run("show", "grace hopper")["born"], listed["Eileen Collins"]]

    assert born() == ["", "", ""]
    assert run("born", "Grace Hopper", "1906") == {"person": "Grace Hopper", "samples": 1, "born": "1906"}
    assert born() == ["1906", "1906", ""]
    run("born", "Grace Hopper", "1906-12-09")
    assert "Grace Hopper, born 1906-12-09, added" in program("show", "Grace Hopper", "--gallery", two).stdout
    assert run("undo") == {"undone": "set the birth date of Grace Hopper to 1906-12-09"}
    assert born() == ["1906", "1906", ""]
    run("born", "Grace Hopper")
    assert born() == ["", "", ""]
    again = program("born", "Grace Hopper", "--gallery", two)
    assert again.stdout == "That is so already; nothing was changed.\n"
    error = run("born", "Grace Hopper", "1906-13", status=1)["error"]
    assert (error["kind"], "1906-13" in error["message"]) == ("InvalidBirthDateError", True)
    assert run("born", "Nobody", "1906", status=1)["error"]["kind"] == "PersonNotFoundError"


def test_undo_goes_back_to_an_empty_gallery_and_then_says_that_there_is_nothing(
    run: Callable[..., dict[str, Any]], two: Path
) -> None:
    assert run("undo")["undone"] == "added a face to Grace Hopper"
    assert run("undo")["undone"] == "added a face to Eileen Collins"
    assert run("undo") == {"undone": None}
    assert people(run) == {}
    assert len([*two.rglob("*.png")]) == 2, "redo needs the crops"
    assert [step["undone"] for step in run("history")["changes"]] == [True, True]


def test_redo_in_the_next_process_goes_forward_to_the_last_change_and_then_says_that_there_is_nothing(
    run: Callable[..., dict[str, Any]], two: Path
) -> None:
    run("rename", "Grace Hopper", "Amazing Grace")
    descriptions = [run("undo")["undone"] for _ in range(3)]
    assert [step["description"] for step in run("history")["changes"]] == descriptions
    crops = {path: path.read_bytes() for path in two.rglob("*.png")}
    for description, after in zip(
        descriptions[::-1],
        (
            {"Eileen Collins": 1},
            {"Eileen Collins": 1, "Grace Hopper": 1},
            {"Eileen Collins": 1, "Amazing Grace": 1},
        ),
        strict=True,
    ):
        assert run("redo") == {"redone": description}
        assert people(run) == after
    assert run("redo") == {"redone": None}
    assert {path: path.read_bytes() for path in two.rglob("*.png")} == crops
    assert [step["undone"] for step in run("history")["changes"]] == [False] * 3


def test_a_new_change_after_undo_leaves_nothing_to_redo(
    run: Callable[..., dict[str, Any]], two: Path
) -> None:
    run("undo")
    assert len([*two.rglob("*.png")]) == 2
    run("rename", "Eileen Collins", "Eileen")
    assert run("redo") == {"redone": None}
    assert [step["undone"] for step in run("history")["changes"]] == [False, False]
    assert len([*two.rglob("*.png")]) == 1, "the crop of what cannot be redone is gone"
    assert people(run) == {"Eileen": 1}


@pytest.mark.parametrize("name", ["Ann {Lee}", "{}", "{0}", "{name!r}", "100 %s", "<b>Ann</b>"])
def test_a_name_is_said_as_it_is(program: Program, two: Path, name: str) -> None:
    said = program("rename", "Grace Hopper", name, "--gallery", two)
    assert said.stdout == f"Renamed Grace Hopper to {name}. Undo: “undo”.\n"
    said = program("rename", name, "Ann Lee", "--gallery", two)
    assert said.stdout == f"Renamed {name} to Ann Lee. Undo: “undo”.\n"
    assert program("undo", "--gallery", two).stdout == f"Undid: renamed {name} to Ann Lee.\n"
    assert program("redo", "--gallery", two).stdout == f"Redid: renamed {name} to Ann Lee.\n"


def test_a_face_that_was_removed_is_not_removed_again(run: Callable[..., dict[str, Any]]) -> None:
    face = run("show", "Grace Hopper")["samples"][0]["id"]
    assert run("remove", face) == {"person": "Grace Hopper", "samples": 0}
    for command in ("remove", "cover"):
        assert run(command, face, status=1)["error"]["kind"] == "FaceUnnamedError"
    assert run("move", face, "Ada") == {"person": "Ada", "samples": 1}
    assert people(run) == {"Eileen Collins": 1, "Ada": 1}


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (("rename", "Grace Hopper", "eileen collins"), "NameTakenError"),
        (("rename", "Nobody", "Somebody"), "PersonNotFoundError"),
        (("rename", "Grace Hopper", " "), "InvalidNameError"),
        (("merge", "Grace Hopper", "Nobody"), "PersonNotFoundError"),
        (("move", "0123", "Grace Hopper"), "FaceNotFoundError"),
        (("remove", "0123"), "FaceNotFoundError"),
        (("cover", "0123"), "FaceNotFoundError"),
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
    assert (restored["before"], restored["people_added"]) == (None, ["Eileen Collins"])
    assert people(run) == {"Eileen Collins": 1, "Grace Hopper": 1}
    assert len(run("history")["changes"]) == 4, "it is a step as others are"
    run("undo")
    assert people(run) == {"Grace Hopper": 2}


def test_what_was_done_is_said_in_a_sentence(program: Program, two: Path) -> None:
    said = program("merge", "eileen collins", "Grace Hopper", "--gallery", two).stdout
    assert said == "Merged Eileen Collins into Grace Hopper. Undo: “undo”.\n"
    assert program("undo", "--gallery", two).stdout == "Undid: merged Eileen Collins into Grace Hopper.\n"
    assert program("history", "--gallery", two).stdout.count("added a face to") == 2


@pytest.mark.parametrize(
    "command",
    [
        ("rename", "Grace Hopper", "Grace Hopper"),
        ("merge", "Grace Hopper", "grace hopper"),
        ("move", "", "Grace Hopper"),
    ],
)
def test_what_is_so_already_is_no_change_and_nothing_to_undo(
    command: tuple[str, ...], program: Program, two: Path, run: Callable[..., dict[str, Any]]
) -> None:
    face = run("show", "Grace Hopper")["samples"][0]["id"]
    before = run("history")
    said = program(*(word or face for word in command), "--gallery", two)
    assert (said.returncode, said.stdout) == (0, "That is so already; nothing was changed.\n")
    assert run("history") == before


@pytest.mark.parametrize("command", ["rename", "merge", "move", "match"])
def test_two_dashes_are_no_name(command: str, program: Program, two: Path) -> None:
    refused = program(command, "--gallery", two, "--", "Grace Hopper", "--")
    assert refused.returncode == 2
    assert "“--” may be there once" in refused.stderr


@pytest.mark.parametrize("argument", ["--name=--", "--gallery=--", "--model=--"])
def test_two_dashes_are_no_value(argument: str, program: Program, astronaut_file: Path) -> None:
    refused = program("add", astronaut_file, "--name", "Ada", argument)
    assert refused.returncode == 2
    assert f"“--” cannot be a value, as in “{argument}”" in refused.stderr
