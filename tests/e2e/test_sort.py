"""Photos are copied into a folder for each person by one command."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def photos(tmp_path: Path, astronaut_file: Path, hopper_file: Path, group_file: Path) -> Path:
    folder = tmp_path / "photos"
    (folder / "deeper").mkdir(parents=True)
    shutil.copy(astronaut_file, folder)
    shutil.copy(hopper_file, folder / "deeper")
    shutil.copy(group_file, folder)
    return folder


@pytest.fixture
def with_group(program: Program, two: Path, photos: Path) -> Path:
    """A gallery that knows who the two are in the photo of both."""
    for name, number in (("Eileen Collins", 1), ("Grace Hopper", 2)):
        group = photos / "two faces.png"
        assert program("add", group, "--name", name, "--face", number, "--gallery", two).returncode == 0
    return two


def names_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


SORTED = [
    "Eileen Collins/astronaut.png",
    "Eileen Collins/two faces.png",
    "Grace Hopper/grace_hopper.jpg",
    "Grace Hopper/two faces.png",
]


def test_photos_are_copied_into_a_folder_for_each_person(
    program: Program, with_group: Path, photos: Path, tmp_path: Path
) -> None:
    into = tmp_path / "by person"
    first = program("sort", photos, into, "--gallery", with_group, "--json")
    assert first.returncode == 0
    assert json.loads(first.stdout) == {
        "photos": 3,
        "with_people": 3,
        "linked": 0,
        "symlinked": 0,
        "copied": 4,
        "known": 0,
        "people": {"Eileen Collins": "Eileen Collins", "Grace Hopper": "Grace Hopper"},
        "errors": [],
    }
    assert names_in(into) == SORTED
    assert names_in(photos) == ["astronaut.png", "deeper/grace_hopper.jpg", "two faces.png"]
    second = program("sort", photos, into, "--gallery", with_group)
    assert second.stdout.splitlines() == [
        "3 photos, 3 with people of the gallery: 0 copied, 4 there already, 0 failed.",
        f"  {into / 'Eileen Collins'}",
        f"  {into / 'Grace Hopper'}",
    ]
    assert names_in(into) == SORTED


def test_photos_are_linked_within_the_folder_itself(program: Program, with_group: Path, photos: Path) -> None:
    into = photos / "by person"
    for known in (0, 4):
        told = json.loads(program("sort", photos, into, "--link", "--gallery", with_group, "--json").stdout)
        assert (told["photos"], told["linked"] + told["symlinked"], told["known"]) == (3, 4 - known, known)
    assert (into / "Eileen Collins" / "astronaut.png").samefile(photos / "astronaut.png")


def test_a_folder_that_would_be_mixed_with_the_copies_is_wrong_usage(
    program: Program, two: Path, photos: Path
) -> None:
    for folder, into in ((photos, photos), (photos, photos.parent), (photos / "none", photos.parent / "x")):
        result = program("sort", folder, into, "--gallery", two)
        assert result.returncode == 2
    assert names_in(photos) == ["astronaut.png", "deeper/grace_hopper.jpg", "two faces.png"]


def test_what_cannot_be_written_is_said(program: Program, two: Path, photos: Path, tmp_path: Path) -> None:
    (tmp_path / "into").write_bytes(b"a file")
    result = program("sort", photos, tmp_path / "into", "--gallery", two, "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"]["kind"] == "FileWriteError"
    assert "could not be written" in result.stderr


@pytest.mark.parametrize("is_encrypted", [False, True], ids=["plain", "encrypted"])
def test_no_command_writes_over_the_gallery_or_into_its_folders(
    is_encrypted: bool, program: Program, two: Path, photos: Path
) -> None:
    secret = {"FACE_MATCH_PASSPHRASE": "secret"}
    if is_encrypted:
        assert program("encrypt", "--gallery", two, env=secret).returncode == 0
    before = {path: path.read_bytes() for path in two.rglob("*") if path.is_file()}
    table = two / ("vault.json" if is_encrypted else "embeddings.json")
    for command in (
        ("import", photos, "--dry-run", "--csv", table),
        ("export", two / "faces_db" / "all.zip"),
        ("sort", photos, two / "faces_db"),
        ("evaluate", photos, "--report", two / "backups"),
    ):
        result = program(*command, "--gallery", two, "--json", env=secret)
        assert result.returncode == 1
        assert json.loads(result.stdout)["error"]["kind"] == "GalleryDestinationError"
    assert {path: path.read_bytes() for path in two.rglob("*") if path.is_file()} == before
