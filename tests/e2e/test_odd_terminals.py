"""Terminals that lack letters, closed streams and arguments that are no paths end in no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.extent import is_all

ROOT = Path(__file__).parents[2]
Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.one_in(2, "every second encoding of a terminal")
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8", "utf-16", "ascii:strict"])
def test_json_is_json_in_any_encoding(program: Program, two: Path, encoding: str) -> None:
    name = "Ångström 😀 李"
    assert program("rename", "Grace Hopper", name, "--gallery", two).returncode == 0
    result = subprocess.run(
        [sys.executable, str(ROOT / "app_faces.py"), "people", "--gallery", str(two), "--json"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout.decode(encoding.partition(":")[0]))
    assert name in [person["name"] for person in told["people"]]


def streams_and_commands() -> list[tuple[str, list[str]]]:
    """Streams that are closed, and commands; without --all half of the pairs, with each of both twice."""
    return [
        (closed, command)
        for at, closed in enumerate(["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
        for number, command in enumerate([["people"], ["people", "--json"], ["purge", "Ada"], ["no command"]])
        if is_all() or (at + number) % 4 < 2
    ]


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")
@pytest.mark.parametrize(("closed", "command"), streams_and_commands())
def test_closed_streams_are_no_traceback(two: Path, closed: str, command: list[str]) -> None:
    line = " ".join(f'"{word}"' for word in [sys.executable, str(ROOT / "app_faces.py"), *command])
    script = f'{line} --gallery "{two}" {closed}'
    result = subprocess.run(["sh", "-c", script], capture_output=True, check=False, timeout=60)
    assert b"Traceback" not in result.stderr, result.stderr
    assert result.returncode in (0, 1, 2)


@pytest.mark.parametrize("path", ["", "n" * 100_000, "a/" * 3000])
@pytest.mark.parametrize(
    "command",
    [["import"], ["match"], ["evaluate"], ["restore"], ["export"], ["import-archive"], ["write-names"]],
)
def test_what_is_no_path_is_wrong_usage(program: Program, two: Path, command: list[str], path: str) -> None:
    result = program(*command, path, "--gallery", two)
    assert result.returncode == 2
    assert "is no path" in result.stderr


HOSTILE = "Ada\x1b[2J\x9b1A\u202e\b👩\u200d🚀"


@pytest.mark.parametrize("kind", ["json", "database"])
def test_no_command_lets_a_name_or_a_path_act_on_the_terminal(program: Program, two: Path, kind: str) -> None:
    assert program("store", kind, "--gallery", two).returncode == 0
    commands: list[list[str]] = [
        *(["rename", "Grace Hopper", HOSTILE], ["people"], ["show", HOSTILE], ["history"], ["check"]),
        *(
            ["merge", HOSTILE, f"No{HOSTILE}"],
            ["rename", "Eileen Collins", HOSTILE],
            ["match", f"{HOSTILE}.jpg"],
        ),
        *(["import", HOSTILE, "--people-from-folders"], ["evaluate", HOSTILE], ["models", "use", HOSTILE]),
        *(["conflicts"], ["conflicts", "--mine", HOSTILE]),
        *(["models", "add", HOSTILE, "--licence", "a", "--source", "b"], ["restore", HOSTILE]),
        *(["match", "--top", HOSTILE], [f"no{HOSTILE}"], ["write-names", HOSTILE], ["export", HOSTILE]),
        *(["sort", HOSTILE, HOSTILE], ["move", HOSTILE, HOSTILE], ["thin", HOSTILE], ["undo"], ["redo"]),
    ]
    for command in commands:
        result = program(*command, "--gallery", two)
        told = result.stdout + result.stderr
        assert "Traceback" not in told
        assert not set(told) & {"\x1b", "\x9b", "\u202e", "\b"}, command


def test_json_has_a_hostile_name_exactly(program: Program, two: Path) -> None:
    program("rename", "Grace Hopper", HOSTILE, "--gallery", two)
    result = program("people", "--gallery", two, "--json")
    assert HOSTILE in [person["name"] for person in json.loads(result.stdout)["people"]]
    assert not set(result.stdout) & {"\x1b", "\x9b", "\u202e", "\b"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("command", [["people"], ["people", "--json"], ["match"], ["history"], ["rename"]])
def test_output_that_cannot_be_written_is_said(
    command: list[str], program: Program, two: Path, hopper_file: Path
) -> None:
    more = {"match": [str(hopper_file)], "rename": ["Grace Hopper", "Grace"]}.get(command[0], [])
    line = [sys.executable, str(ROOT / "app_faces.py"), *command, *more, "--gallery", str(two)]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    assert result.returncode == 1
    assert result.stderr.endswith(
        "The output could not be written (No space left on device). "
        "Whatever the command has done stays done.\n"
    )
    assert "Traceback" not in result.stderr
    names = json.loads(program("people", "--gallery", two, "--json").stdout)["people"]
    assert ("Grace" in [person["name"] for person in names]) == (command == ["rename"])
