"""A note of pending crops is trusted only as far as the records agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import CROPS_FOLDER, PENDING_CROPS, plain_files
from face_match.gallery.security import encryption
from tests.unit.gallery.call_counting import calls_made
from tests.unit.gallery.damage.conftest import Galleries, TryOut
from tests.unit.gallery.damage.variants import Variant

PASSPHRASE = "correct horse"


def _crops(folder: Path, passphrase: str | None) -> dict[str, bytes]:
    """The pixels of all named faces, by their ids."""
    with Gallery.open(folder, for_writing=True, passphrase=passphrase) as gallery:
        faces = [face for person in gallery.people for face in gallery.faces_of(person)]
        return {face.id: gallery.pixels_of(face).tobytes() for face in faces}


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
@pytest.mark.parametrize("names_the_face", [False, True])
def test_no_crop_in_use_is_deleted_whatever_the_note_says(
    galleries: Galleries,
    try_out: TryOut,
    quick_scrypt: None,
    passphrase: str | None,
    *,
    names_the_face: bool,
) -> None:
    with try_out.damaged(galleries.json, Variant("noted", lambda folder: None)) as folder:
        if passphrase is not None:
            encryption.encrypt(folder, passphrase)
        before = _crops(folder, passphrase)
        places = [path.relative_to(folder).as_posix() for path in plain_files(folder / CROPS_FOLDER)]
        ids = [*before] if names_the_face else ["e" * 32]
        notes = [[face_id, place] for place in places for face_id in ids]
        odd = [["x", "embeddings.json"], ["x", "../secret.png"], 7, ["x"], {"a": 1}]
        (folder / PENDING_CROPS).write_text(
            "".join(f"{json.dumps(one)}\n" for one in (*notes, *odd)), "utf-8"
        )
        assert _crops(folder, passphrase) == before
        assert not (folder / PENDING_CROPS).exists()


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
def test_a_crop_left_by_a_killed_edit_is_deleted(
    galleries: Galleries, try_out: TryOut, quick_scrypt: None, passphrase: str | None
) -> None:
    with try_out.damaged(galleries.json, Variant("left", lambda folder: None)) as folder:
        if passphrase is not None:
            encryption.encrypt(folder, passphrase)
        with Gallery.open(folder, for_writing=True, passphrase=passphrase) as gallery:
            file = f"{CROPS_FOLDER}/Grace/{'d' * 32}.png"
            gallery.crops.write_bytes(file, b"left")
            place = gallery.crops.stored_path(file)
        (folder / PENDING_CROPS).write_text(json.dumps(["d" * 32, place]) + "\n", "utf-8")
        Gallery.open(folder, for_writing=True, passphrase=passphrase).close()
        assert not (folder / place).exists()


LINES = 20_000
MOST_CALLS = 30
"""Function calls for each line of a note; looking for every path on the disk took several times as many."""


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
@pytest.mark.parametrize("place", [".unnamed/00/{}.png", "{}/a.png", ".unnamed/{}/{}.png", "../{}/{}.png"])
def test_a_long_note_of_crops_that_are_not_there_takes_little_work(
    galleries: Galleries, try_out: TryOut, quick_scrypt: None, passphrase: str | None, place: str
) -> None:
    with try_out.damaged(galleries.database, Variant("long", lambda folder: None)) as folder:
        if passphrase is not None:
            encryption.encrypt(folder, passphrase)
        before = _digests(folder)
        opening = calls_made(lambda: Gallery.open(folder, for_writing=True, passphrase=passphrase).close())
        ids = [f"{number:032x}" for number in range(LINES)]
        lines = (json.dumps([one, f"{CROPS_FOLDER}/{place.format(one, one)}"]) for one in ids)
        (folder / PENDING_CROPS).write_text("\n".join(lines) + "\n", "utf-8")
        calls = calls_made(lambda: Gallery.open(folder, for_writing=True, passphrase=passphrase).close())
        assert calls - opening < MOST_CALLS * LINES
        assert not (folder / PENDING_CROPS).exists()
        assert _digests(folder) == before


def _digests(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in plain_files(folder / CROPS_FOLDER)}


@pytest.mark.parametrize("line", [b"", b"1", b"["], ids=["empty", "numbers", "brackets"])
def test_a_note_of_millions_of_lines_is_ignored(galleries: Galleries, try_out: TryOut, line: bytes) -> None:
    with try_out.damaged(galleries.json, Variant("many", lambda folder: None)) as folder:
        (folder / PENDING_CROPS).write_bytes((line + b"\n") * 5_000_000)
        assert calls_made(lambda: Gallery.open(folder, for_writing=True).close()) < 1_000_000
        assert not (folder / PENDING_CROPS).exists()


def test_many_crops_left_by_a_killed_edit_are_deleted_with_their_folders(
    galleries: Galleries, try_out: TryOut
) -> None:
    with try_out.damaged(galleries.json, Variant("left", lambda folder: None)) as folder:
        before = _digests(folder)
        lines = []
        for number in range(2000):
            face = f"{number:032x}"
            place = f"{CROPS_FOLDER}/Newcomer {number % 7}/{face}.png"
            (folder / place).parent.mkdir(exist_ok=True)
            (folder / place).write_bytes(b"left")
            lines.append(json.dumps([face, place]) + "\n")
        (folder / PENDING_CROPS).write_text("".join(lines), "utf-8")
        Gallery.open(folder, for_writing=True).close()
        assert _digests(folder) == before
        assert not [*(folder / CROPS_FOLDER).glob("Newcomer*")]
