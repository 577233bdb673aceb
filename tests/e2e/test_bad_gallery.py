"""A gallery that is damaged, newer, of the original demo, in use or on a full disk is never harmed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from face_match.gallery.gallery import Gallery

Program = Callable[..., subprocess.CompletedProcess[str]]


def commands_on(folder: Path, photo: Path) -> list[list[str]]:
    """Every command that opens a gallery."""
    options = ["--gallery", str(folder), "--json"]
    return [
        ["people", *options],
        ["match", str(photo), *options],
        ["add", str(photo), "--name", "Joan Clarke", *options],
        ["show", "Grace Hopper", *options],
        ["models", "use", "dlib", *options],
        ["doctor", *options],
    ]


def test_broken_records_are_left_alone_and_the_backup_brings_them_back(
    program: Program, two: Path, astronaut_file: Path
) -> None:
    records, backup = two / "embeddings.json", two / "embeddings.json.bak"
    broken = records.read_bytes()[:-200]
    records.write_bytes(broken)
    before = backup.read_bytes()
    for command in commands_on(two, astronaut_file):
        result = program(*command)
        assert result.returncode == 1, command
        said = result.stderr if command[0] != "doctor" else " ".join(json.loads(result.stdout)["problems"])
        assert "embeddings.json cannot be read" in said
        assert "restore embeddings.json.bak" in said
        if command[0] != "doctor":
            assert json.loads(result.stdout)["error"]["kind"] == "GalleryDamagedError"
        assert (records.read_bytes(), backup.read_bytes()) == (broken, before)
    result = program("restore", "embeddings.json.bak", "--gallery", two, "--json")
    assert result.returncode == 0
    restored = json.loads(result.stdout)
    assert Path(restored["before"]).read_bytes() == broken
    people = json.loads(program("people", "--gallery", two, "--json").stdout)["people"]
    assert [person["name"] for person in people] == ["Eileen Collins"]


def test_the_backup_that_is_offered_can_be_restored_by_the_name_that_is_said(
    program: Program, two: Path
) -> None:
    assert program("backup", "--gallery", two).returncode == 0
    (two / "embeddings.json.bak").unlink()
    (two / "embeddings.json").write_bytes(b"{")
    said = program("people", "--gallery", two).stderr
    found = re.search("“restore (.* by hand.json)”", said)
    assert found is not None, said
    assert program("restore", found[1], "--gallery", two).returncode == 0
    assert Gallery.open(two, for_writing=False).face_count == 2


@pytest.mark.parametrize("file", ["embeddings.json.bak", "no such file", "faces_db"])
def test_what_is_no_backup_is_not_restored(program: Program, two: Path, file: str) -> None:
    (two / "embeddings.json.bak").write_bytes(b"[{]")
    before = (two / "embeddings.json").read_bytes()
    result = program("restore", file, "--gallery", two, "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"]["kind"] == "BackupUnusableError"
    assert (two / "embeddings.json").read_bytes() == before


def test_records_of_a_newer_version_are_refused_with_the_version(
    program: Program, two: Path, astronaut_file: Path
) -> None:
    records = two / "embeddings.json"
    newer = json.dumps({**json.loads(records.read_bytes()), "version": 99}).encode()
    records.write_bytes(newer)
    for command in commands_on(two, astronaut_file)[:3]:
        result = program(*command)
        assert result.returncode == 1
        assert json.loads(result.stdout)["error"]["kind"] == "GalleryNewerError"
        assert "(format 99; this version reads formats up to 5)" in result.stderr
        assert "Update the program" in result.stderr
    assert records.read_bytes() == newer


@pytest.fixture
def seed(place: Path, astronaut_file: Path, hopper_file: Path) -> bytes:
    """A gallery as the original demo left it; returns its records."""
    entries: list[dict[str, Any]] = []
    for number, (name, file) in enumerate(
        (("Eileen_Collins", astronaut_file), ("Grace_Hopper", hopper_file))
    ):
        photo = place / "faces_db" / name / f"{name}_0.jpg"
        photo.parent.mkdir(parents=True)
        with Image.open(file) as image:
            image.convert("RGB").save(photo, quality=95)
        entries.append(
            {
                "id": str(uuid.UUID(int=number)),
                "name": name,
                "image_path": str(photo.relative_to(place)),
                "embedding": np.eye(512)[number].tolist(),
                "model": "keras_facenet",
                "version": "1.0",
            }
        )
    data = json.dumps(entries).encode()
    (place / "embeddings.json").write_bytes(data)
    return data


def test_a_gallery_of_the_original_demo_is_matched_and_goes_on_being_one(
    program: Program, seed: bytes, place: Path, hopper_file: Path, group_file: Path
) -> None:
    result = program("match", hopper_file, "--gallery", place, "--json")
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["gallery"] == {"people": 2, "samples": 2}
    best, other = found["photos"][0]["faces"][0]["matches"]
    assert (best["person"], best["sample"]) == ("Grace_Hopper", "faces_db/Grace_Hopper/Grace_Hopper_0.jpg")
    assert best["similarity"] > 0.98
    assert other["similarity"] < 0.92
    assert (place / "embeddings.json").read_bytes() == seed, "matching changes nothing"

    result = program("add", group_file, "--face", 1, "--name", "Grace_Hopper", "--gallery", place)
    assert result.returncode == 0
    assert (place / "embeddings.json.seed").read_bytes() == seed
    result = program(
        "models", "use", "dlib", "--gallery", place, env={"XDG_CONFIG_HOME": str(place / "config")}
    )
    assert result.returncode == 0
    gallery = Gallery.open(place, for_writing=False)
    assert [(person.name, person.face_count) for person in gallery.people] == [
        ("Eileen_Collins", 1),
        ("Grace_Hopper", 2),
    ]
    assert gallery.without_embedding("dlib", named=True) == []
    assert len(gallery.without_embedding("facenet", named=True)) == 1


def test_a_gallery_in_use_can_be_looked_at_but_not_changed(
    program: Program, two: Path, astronaut_file: Path
) -> None:
    before = (two / "embeddings.json").read_bytes()
    with Gallery.open(two, for_writing=True):
        looking = [program(*command).returncode for command in commands_on(two, astronaut_file)[:2]]
        refused = [
            program("add", astronaut_file, "--name", "Joan", "--gallery", two, "--json"),
            program("restore", "embeddings.json.bak", "--gallery", two, "--json"),
        ]
    assert looking == [0, 0]
    for result in refused:
        assert result.returncode == 1
        assert json.loads(result.stdout)["error"]["kind"] == "GalleryLockedError"
        assert f"process {os.getpid()} on" in result.stderr
        assert "view it, but not change it" in result.stderr
    assert (two / "embeddings.json").read_bytes() == before
    replaced = program("add", astronaut_file, "--name", "Joan", "--replace", "--gallery", two)
    assert replaced.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("limit_bytes", [500, 3000])
def test_a_disk_that_is_full_costs_the_change_and_nothing_else(
    program: Program, two: Path, group_file: Path, limit_bytes: int
) -> None:
    import resource

    def keep_files_small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    before = {path: path.read_bytes() for path in two.rglob("*") if path.is_file()}
    options = ("--face", 1, "--name", "Joan Clarke", "--gallery", two, "--json")
    result = program("add", group_file, *options, preexec_fn=keep_files_small)
    assert result.returncode == 1
    (error,) = json.loads(result.stdout)["errors"]
    assert error["kind"] == "GalleryWriteError"
    assert "could not be written" in error["message"]
    assert {path: path.read_bytes() for path in two.rglob("*") if path.is_file()} == before
    assert program("add", group_file, *options).returncode == 0


def test_a_file_where_the_gallery_should_be_is_an_error(
    program: Program, tmp_path: Path, astronaut_file: Path
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"mine")
    for folder in (file, file / "below"):
        result = program("add", astronaut_file, "--name", "Ada", "--gallery", folder, "--json")
        assert result.returncode == 1
        assert json.loads(result.stdout)["error"]["kind"] == "GalleryWriteError"
    assert file.read_bytes() == b"mine"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only_can_be_matched_against(
    program: Program, two: Path, astronaut_file: Path
) -> None:
    (two / "gallery.lock").unlink(missing_ok=True)
    two.chmod(0o500)
    try:
        statuses = [program(*command).returncode for command in commands_on(two, astronaut_file)[:3]]
    finally:
        two.chmod(0o700)
    assert statuses == [0, 0, 1]
