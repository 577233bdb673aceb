"""A note of pending crops is trusted only as far as the records agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import CROPS_FOLDER, PENDING_CROPS, plain_files
from face_match.gallery.security import encryption
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
