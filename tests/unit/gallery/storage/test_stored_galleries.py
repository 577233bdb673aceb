"""Galleries of version 0.1, encrypted or half-way there, are opened without loss and upgraded."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import GalleryError
from face_match.core.records import FaceRecord
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import plain_files
from face_match.gallery.security import encryption
from face_match.gallery.storage import vault
from face_match.gallery.storage.vault import OLD_MARK

STORED = Path(__file__).parents[1] / "stored"
PASSPHRASE = "correct horse"
ENCRYPTED = ("v3 json encrypted", "v3 database encrypted")
HALF_WAY = ("v3 json half encrypted", "v3 database half encrypted", "v3 json half decrypted")
PLAIN = ("v3 json", "v3 database", "demo")

pytestmark = pytest.mark.usefixtures("quick_scrypt")


@pytest.fixture(params=[*ENCRYPTED, *HALF_WAY, *PLAIN])
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A gallery of version 0.1 or the demo, and what it says is in it."""
    folder = tmp_path / "gallery"
    with zipfile.ZipFile(STORED / f"{request.param}.zip") as archive:
        archive.extractall(folder)
    described: dict[str, Any] = json.loads((STORED / f"{request.param}.json").read_text("utf-8"))
    if request.param == "demo":  # which says of nobody since when they are there: the file's time does
        (added,) = {person["added"] for person in described["people"].values()}
        changed = datetime.strptime(added, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp()
        os.utime(folder / "embeddings.json", (changed, changed))
    return folder, with_faces_alone(described)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def described(folder: Path, *, for_writing: bool, passphrase: str | None = PASSPHRASE) -> dict[str, Any]:
    """A gallery as the files beside the archives describe theirs."""
    with Gallery.open(folder, for_writing=for_writing, passphrase=passphrase) as gallery:
        digests = {photo.id: photo.file_digest for photo in gallery.photos()}

        def sample(one: FaceRecord) -> dict[str, Any]:
            return {
                "crop": sha(gallery.pixels_of(one).tobytes()),
                "vectors": {model: sha(embedding.tobytes()) for model, embedding in one.embeddings.items()},
                "photo": digests.get(one.photo or "", ""),
                "place": one.place and list(one.place),
            }

        people = {
            person.name: {
                "samples": {one.id: sample(one) for one in gallery.faces_of(person)},
                "rejections": len([r for r in gallery.all_rejections() if r.folder == person.folder]),
                "cover": person.cover,
                "added": person.added,
            }
            for person in gallery.people
        }
        faces: dict[str, dict[str, dict[str, Any]]] = {}
        for face in (*gallery.unnamed(), *gallery.ignored()):
            if face.is_unnamed:  # which was a sample, and was removed
                continue
            faces.setdefault(digests[str(face.photo)], {})[face.id] = {
                "id": face.id,
                "place": list(face.place or ()),
                "kept": bool(face.file),
                "ignored": face.is_ignored,
                "bundle": face.cluster,
                "crop": sha(gallery.pixels_of(face).tobytes()) if face.file else None,
            }
        return {
            "people": people,
            "history": [step.description for step in gallery.history],
            "waiting": faces,
            "unfinished": [path.as_posix() for path in gallery.unfinished_scans],
            "calibration": gallery.calibration("dlib"),
        }


def with_faces_alone(expected: dict[str, Any]) -> dict[str, Any]:
    """A description without the places of faces that had a name: they are those faces."""
    faces = {
        digest: {face["id"]: face for face in own if face["kept"] or face["ignored"]}
        for digest, own in expected["waiting"].items()
    }
    return expected | {"waiting": {digest: own for digest, own in faces.items() if own}}


def test_a_stored_gallery_is_read_without_loss_or_change(stored: tuple[Path, dict[str, Any]]) -> None:
    folder, expected = stored
    before = {path: path.read_bytes() for path in plain_files(folder)}
    assert described(folder, for_writing=False) == expected
    assert {path: path.read_bytes() for path in plain_files(folder)} == before


def test_a_stored_gallery_opened_for_writing_loses_nothing_and_can_be_undone(
    stored: tuple[Path, dict[str, Any]],
) -> None:
    folder, expected = stored
    for _ in range(2):
        assert described(folder, for_writing=True) == expected
    with Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE) as gallery:
        for step in reversed(expected["history"]):
            undone = gallery.undo()
            assert undone is not None
            assert undone.description == step
        assert gallery.undo() is None
        if expected["history"]:
            assert gallery.people == ()
        for step in expected["history"]:
            redone = gallery.redo()
            assert redone is not None
            assert redone.description == step
    assert described(folder, for_writing=False) == expected


@pytest.mark.parametrize("stored", ENCRYPTED, indirect=True)
def test_opening_for_writing_seals_every_file_for_its_place(
    stored: tuple[Path, dict[str, Any]],
) -> None:
    folder, expected = stored
    assert vault.unlock(folder, PASSPHRASE).is_old
    with Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE):
        pass
    assert vault.unlock(folder, PASSPHRASE).is_strict
    for path in plain_files(folder):
        assert OLD_MARK not in path.read_bytes(), path
        assert b"SQLite format 3" not in path.read_bytes(), path
    encryption.decrypt(folder, PASSPHRASE)
    assert described(folder, for_writing=True, passphrase=None) == expected


@pytest.mark.parametrize("stored", HALF_WAY, indirect=True)
def test_an_interrupted_encryption_of_0_1_can_be_resumed(stored: tuple[Path, dict[str, Any]]) -> None:
    folder, expected = stored
    encryption.encrypt(folder, PASSPHRASE)
    assert vault.unlock(folder, PASSPHRASE).is_strict
    assert described(folder, for_writing=True) == expected
    encryption.decrypt(folder, PASSPHRASE)
    assert described(folder, for_writing=True, passphrase=None) == expected


@pytest.mark.one_in(2, "every second stored gallery whose upgrade is interrupted")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.parametrize("stored", ENCRYPTED, indirect=True)
def test_an_interrupted_upgrade_of_the_vault_loses_nothing_and_continues(
    stored: tuple[Path, dict[str, Any]], tmp_path: Path, interrupted: Callable[..., bool]
) -> None:
    folder, expected = stored
    place = tmp_path / "copy"
    at, points = 1, 0
    while True:
        shutil.copytree(folder, place)

        def do() -> None:
            Gallery.open(place, for_writing=True, passphrase=PASSPHRASE).close()

        was_cut_off = interrupted(do, at)
        assert described(place, for_writing=at % 2 == 0) == expected, f"cut off at {at}"
        if at % 2 == 0:
            assert vault.unlock(place, PASSPHRASE).is_strict
        shutil.rmtree(place)
        if not was_cut_off:
            break
        points, at = points + 1, at + (1 if at < 10 else 23)
    assert points > 10


@pytest.mark.parametrize("stored", ENCRYPTED, indirect=True)
def test_another_passphrase_opens_nothing(stored: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = stored
    for passphrase in ("wrong", "", None):
        with pytest.raises(GalleryError):
            Gallery.open(folder, for_writing=True, passphrase=passphrase)
