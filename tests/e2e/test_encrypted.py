"""A gallery that is encrypted, used with its passphrase, and made readable again."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Program = Callable[..., subprocess.CompletedProcess[str]]


def test_an_encrypted_gallery_is_used_with_its_passphrase_only(
    program: Program, place: Path, astronaut_file: Path, hopper_file: Path, tmp_path: Path
) -> None:
    program("add", astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    assert program("encrypt", "--gallery", place).returncode == 2, "there is nobody to be asked"
    secret = tmp_path / "secret.txt"
    secret.write_text("ünguessable\n", "utf-8")
    with_it = ("--gallery", place, "--passphrase-file", secret, "--json")
    assert json.loads(program("encrypt", *with_it).stdout)["encrypted"] is True
    readable = [path for path in place.rglob("*") if "Eileen" in path.name or path.suffix == ".png"]
    assert readable == []
    assert not [path for path in place.rglob("*") if path.is_file() and b"Eileen" in path.read_bytes()]

    locked = program("people", "--gallery", place, "--json")
    assert locked.returncode == 1
    assert json.loads(locked.stdout)["error"]["kind"] == "GalleryEncryptedError"
    wrong = program("people", "--gallery", place, "--json", env={"FACE_MATCH_PASSPHRASE": "guess"})
    assert json.loads(wrong.stdout)["error"]["kind"] == "WrongPassphraseError"
    assert program("doctor", "--gallery", place, "--json").returncode == 0

    program("add", hopper_file, "--name", "Grace Hopper", *with_it)
    given = {"FACE_MATCH_PASSPHRASE": "ünguessable"}
    people = json.loads(program("people", "--gallery", place, "--json", env=given).stdout)["people"]
    assert [person["name"] for person in people] == ["Eileen Collins", "Grace Hopper"]
    matched = json.loads(program("match", hopper_file, *with_it).stdout)
    assert matched["photos"][0]["faces"][0]["matches"][0]["person"] == "Grace Hopper"

    assert json.loads(program("decrypt", *with_it).stdout)["encrypted"] is False
    people = json.loads(program("people", "--gallery", place, "--json").stdout)["people"]
    assert len(people) == 2
    assert len([*place.rglob("*.png")]) == 2


def test_records_move_to_a_database_and_back(program: Program, place: Path, astronaut_file: Path) -> None:
    program("add", astronaut_file, "--name", "Eileen Collins", "--gallery", place)
    program("rename", "Eileen Collins", "Eileen", "--gallery", place)
    for kind, file in (
        ("database", "gallery.sqlite"),
        ("json", "embeddings.json"),
        ("json", "embeddings.json"),
    ):
        moved = json.loads(program("store", kind, "--gallery", place, "--json").stdout)
        assert moved == {"records": str(place / file)}
        assert (place / "gallery.sqlite").exists() == (kind == "database")
        assert "Eileen" in program("show", "Eileen", "--gallery", place).stdout
    assert "Eileen Collins" in program("undo", "--gallery", place).stdout
    assert program("store", "paper", "--gallery", place).returncode == 2
