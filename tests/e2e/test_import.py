"""A folder of people's photos into the gallery by one command."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from face_match.gallery.gallery import Gallery

Program = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def photos(tmp_path: Path, astronaut_file: Path, hopper_file: Path) -> Path:
    folder = tmp_path / "photos of people"
    for name, file in (("Eileen Collins", astronaut_file), ("Grace Hopper", hopper_file)):
        (folder / name).mkdir(parents=True)
        shutil.copy(file, folder / name)
    (folder / "Grace Hopper" / "broken.jpg").write_bytes(b"\xff\xd8 not much")
    (folder / "Grace Hopper" / "raw.CR2").write_bytes(b"II*\0 of a camera")
    shutil.copy(hopper_file, folder / "nobody's.jpg")
    return folder


def test_each_folder_becomes_a_person_and_a_second_import_changes_nothing(
    program: Program, photos: Path, place: Path
) -> None:
    arguments = ("import", photos, "--people-from-folders", "--gallery", place, "--json")
    tried = program(*arguments, "--dry-run")
    assert not place.exists()
    first = program(*arguments)
    second = program(*arguments)
    for result, added, known, dry_run in ((tried, 2, 0, True), (first, 2, 0, False), (second, 0, 2, False)):
        assert result.returncode == 1, "one photo failed"
        document = json.loads(result.stdout)
        (error,) = document.pop("errors")
        assert error["photo"].endswith("broken.jpg")
        assert error["kind"] == "ImageUnreadableError"
        assert "broken.jpg" in result.stderr
        people = ["Eileen Collins", "Grace Hopper"] if added else []
        expected = {"photos": 3, "added": added, "known": known, "people": people, "dry_run": dry_run}
        expected |= {"conflict_count": 0, "conflicts": [], "not_read": {"CR2": 1}}
        assert document == expected
    people = json.loads(program("people", "--gallery", place, "--json").stdout)["people"]
    assert [(person["name"], person["samples"]) for person in people] == [
        ("Eileen Collins", 1),
        ("Grace Hopper", 1),
    ]
    assert not [*(place / "backups").glob("*before import*")], "neither import changed what was there"
    (photos / "Joan").mkdir()
    with Image.open(photos / "nobody's.jpg") as image:
        image.rotate(4).save(photos / "Joan" / "turned.png")
    for _ in range(2):
        program(*arguments)
        assert len([*(place / "backups").glob("*before import*")]) == 1, "the second one added nothing"


def test_what_was_done_is_said_in_a_sentence(program: Program, photos: Path, place: Path) -> None:
    (photos / "Grace Hopper" / "broken.jpg").unlink()
    result = program("import", photos, "--people-from-folders", "--gallery", place)
    assert result.returncode == 0
    assert result.stdout.splitlines() == [
        "2 photos: 2 faces of 2 people added, 0 known already, 0 conflicts, 0 failed.",
        "Files of kinds that are not read: 1 CR2.",
    ]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((".", "--people-from-folders", "--people-from-sidecars"), "either"),
        ((".", "--people-from-folders", "--names-from-metadata"), "either"),
        ((".", "--people-from-folders", "--csv", "x.csv"), "--csv"),
        (("none", "--people-from-folders"), "is not a folder"),
        (("none",), "is not a folder"),
    ],
)
def test_an_import_that_makes_no_sense_is_wrong_usage(
    program: Program, tmp_path: Path, place: Path, arguments: tuple[str, ...], why: str
) -> None:
    folder, *flags = arguments
    result = program("import", tmp_path / folder, *flags, "--gallery", place)
    assert result.returncode == 2
    assert why in result.stderr
    assert not place.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_ends_an_import_that_says_and_keeps_what_it_did(
    child_env: dict[str, str], album: Callable[[int], Path], tmp_path: Path, place: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    album(400).rename(folder / "Eileen")
    command = [sys.executable, str(ROOT / "app_faces.py"), "import", str(folder), "--people-from-folders"]
    with subprocess.Popen(
        [*command, "--gallery", str(place), "--json"],
        env=child_env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        while not [*place.glob("faces_db/Eileen/*.png")]:
            assert child.poll() is None
        child.send_signal(signal.SIGINT)
        printed, told = child.communicate(timeout=60)
    assert child.returncode == 1
    assert "Traceback" not in told
    document = json.loads(printed)
    assert document["error"]["kind"] == "CancelledError"
    assert 0 < document["added"] < 400
    with Gallery.open(place, for_writing=False) as gallery:
        assert gallery.face_count == document["added"]
