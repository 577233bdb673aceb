"""Names with braces, tags, invisible characters and bytes that are no UTF-8 are text everywhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.cli import main
from face_match.gallery.records.names import clean_name, name_key

NAMES = {
    "braces": "Ann {Lee}",
    "a placeholder": "{name} {0} {n}",
    "half a brace": "}{",
    "tags": "<b>Bold</b> &amp; <img src=x>",
    "per cent": "%s %(x)d 100 %",
    "200 letters": "x" * 200,
    "right to left": "עברית \u202eabc",
    "invisible": "A\u200bnn\u00ad Lee",
    "a path": "../../etc/passwd",
    "dots": "..",
    "a device": "CON",
    "a formula": "=1+1|x",
    "quotes": "'q' \"dq\" `id` $HOME",
    "a family": "👩\u200d👩\u200d👧",
    "no UTF-8": "M\udcfcller",
    "lines": "Ann\nLee\x1b[31m",
}
Run = Callable[..., Any]


@pytest.fixture(params=["json", "database"])
def run(
    request: pytest.FixtureRequest, tmp_path: Path, world: Any, mum: Path, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command on a gallery with Mum, and returns its JSON, or its text if it has no --json."""
    world.import_sidecars(mum)
    world.gallery.close()
    folder = shutil.copytree(tmp_path / "gallery", tmp_path / "own")

    def command(*arguments: str, status: int = 0) -> Any:
        capsys.readouterr()
        assert main([*arguments, "--gallery", str(folder)]) == status, capsys.readouterr().err
        text = capsys.readouterr().out
        return json.loads(text) if "--json" in arguments else text

    if request.param == "database":
        command("store", "database")
    return command


@pytest.mark.one_in(2, "one of two kinds of gallery for each odd name")
@pytest.mark.parametrize("kind", NAMES)
def test_a_name_of_any_characters_is_kept_by_every_command(kind: str, run: Run, mum: Path) -> None:
    name, kept = NAMES[kind], clean_name(NAMES[kind])
    run("rename", "Mum", name, "--json")
    assert [person["name"] for person in run("people", "--json")["people"]] == [kept]
    assert run("show", name, "--json")["name"] == kept
    assert len(run("photos", name, "--json")["photos"]) == 1
    for read in ("people", "history", "conflicts"):
        assert "\x1b" not in run(read)
    run("show", name)
    run("show", f"no {name}", status=1)
    run("rename", name, "Mum")
    run("undo", "--json")
    run("redo")
    run("undo")
    run("purge", name, "--yes")
    assert run("people", "--json")["people"] == []


@pytest.mark.parametrize("run", ["json"], indirect=True)
@pytest.mark.parametrize("kind", ["braces", "tags", "right to left", "lines", "no UTF-8"])
def test_a_name_of_any_characters_is_written_and_read_again(kind: str, run: Run, mum: Path) -> None:
    run("rename", "Mum", NAMES[kind])
    assert run("import", str(mum), "--names-from-metadata", "--json")["conflict_count"] == 1
    assert run("write-names", str(mum / "a.jpg"), "--json")["errors"] == []
    assert run("import", str(mum), "--names-from-metadata", "--json")["known"] == 1
    assert run("sort", str(mum), str(mum.parent / "sorted"), "--json")["errors"] == []


def test_names_in_bytes_that_are_no_utf_8_stay_two() -> None:
    assert (clean_name("M\udcfcller"), clean_name("M\udcf6ller")) == ("Müller", "Möller")
    assert name_key("M\udcfcller") == name_key("Müller") != name_key("M\udcf6ller")


@pytest.mark.parametrize(
    "other", ["A\u200bnn Lee", "Ann\x07 Lee\x1b", "Ann\u00ad Lee", "\u2068Ann Lee\u2069", "ann  LEE\u200f"]
)
def test_names_that_look_the_same_are_one(other: str) -> None:
    assert name_key(other) == name_key("Ann Lee")
