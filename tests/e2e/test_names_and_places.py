"""Names and photos of any letters, and galleries wherever a person says."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

Program = Callable[..., subprocess.CompletedProcess[str]]


def document(result: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(result.stdout)


def names(face: dict[str, Any]) -> list[str]:
    return [match["person"] for match in face["matches"]]


def test_a_name_or_photo_of_any_letters_goes_in_and_comes_out(
    program: Program, place: Path, tmp_path: Path, album: Callable[[int], Path]
) -> None:
    given = [
        "a/b\\c",
        "..",
        "CON",
        "x" * 300,
        "😀 👩\u200d👧",
        "שלום עולם",
        "Dots...",
        'He said "hi": <a|b>',
        "be\x07ll",
    ]
    photos = [
        path.rename(tmp_path / f"with spaces & “quotes” 写真 é {path.name}")
        for path in sorted(album(len(given)).iterdir())
    ]
    for name, photo in zip(given, photos, strict=True):
        result = program("add", photo, "--name", name, "--gallery", place, "--json")
        assert result.returncode == 0, result.stderr
        added = document(result)
        assert (added["person"], added["samples"][0]["source"]) == (name, str(photo))
        assert (place / added["samples"][0]["file"]).is_file()
    listed = document(program("people", "--gallery", place, "--json"))["people"]
    assert sorted(person["name"] for person in listed) == sorted(given)
    folders = [path.name for path in (place / "faces_db").iterdir()]
    assert len({name.casefold() for name in folders}) == len(given)
    assert {path.name for path in place.iterdir()} >= {"embeddings.json", "faces_db"}
    found = document(program("match", photos[0], "--gallery", place, "--json"))
    assert sorted(names(found["photos"][0]["faces"][0])) == sorted(given)


def test_the_option_the_variable_and_the_program_folder_say_where_the_gallery_is(
    started_program: Program, gallery_of_two: Path, place: Path
) -> None:
    program = started_program
    variable = {"FACE_MATCH_GALLERY": str(gallery_of_two)}
    assert len(document(program("people", "--json", env=variable))["people"]) == 2
    assert len(document(program("people", "--json", env=variable, as_module=True))["people"]) == 2
    option = ("--gallery", place)
    assert document(program("people", "--json", *option, env=variable))["people"] == []
    assert document(program(*option, "people", "--json", env=variable))["people"] == []
    assert not place.exists()
    for empty in ({}, {"FACE_MATCH_GALLERY": ""}):
        folders = json.loads(program("doctor", "--json", env=empty).stdout)["folders"]
        assert Path(folders["gallery"]) == Path(__file__).parents[2]
