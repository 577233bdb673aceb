"""Erasing a person leaves nothing of them in the folder, and all of the others."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.errors import GalleryDamagedError, GalleryLockedError, PersonNotFoundError
from face_match.gallery import backups, encryption, erasing, paths, vault
from face_match.gallery.gallery import Gallery, Named
from face_match.types import FaceRecord, Vector

Add = Callable[..., Named]
FaceVector = Callable[[int], Vector]
Killed = Callable[[Callable[[], object], int], bool]


@pytest.fixture
def lived_in(
    folder: Path, gallery: Gallery, add: Add, reject: Callable[..., None]
) -> tuple[Path, dict[int, FaceRecord]]:
    """Ada Lovelace, once Ada Byron, has faces 1 and 2, and had 3, which was one too many; she lost 4 to Grace,
    and got 5 of Bob Bobson. Face 8 was hers, and is not."""
    faces = {}
    for number, name in enumerate(
        ("Ada Byron", "Ada Byron", "Ada Byron", "Ada Byron", "Bob Bobson", "Grace", "Joan", "Ada Byron"),
        start=1,
    ):
        faces[number] = add(gallery, name, number).faces[0]
    gallery.back_up()
    gallery.rename(gallery.person("Ada Byron"), "Ada Lovelace")
    reject(gallery, "Ada Lovelace", 9)
    gallery.remove([faces[3].id], is_ignored=True)
    gallery.remove([faces[8].id])
    gallery.move([faces[4].id], "Grace")
    gallery.merge([gallery.person("Bob Bobson")], gallery.person("Ada Lovelace"))
    gallery.rename(gallery.person("Joan"), "Joan Clarke")
    gallery.close()
    (folder / faces[1].file).with_name("stray.png").write_bytes(b"of Ada, whose record was lost")
    (folder / "backups" / "2020-01-01 10.00.00 daily.json").write_text('{"Ada Lovelace": cut off', "utf-8")
    return folder, faces


def found_in(folder: Path, faces: dict[int, FaceRecord], face_vector: FaceVector) -> list[str]:
    """Traces of faces 1, 2, 3 and 5 and the names that went with them."""
    secrets = [name.encode() for name in ("Ada Lovelace", "Ada Byron", "Bob Bobson")]
    for number in (1, 2, 3, 5):
        secrets += [faces[number].id.encode(), face_vector(number).astype("<f4").tobytes()]
    return [
        f"{secret!r} in {path}"
        for path in folder.rglob("*")
        for secret in secrets
        if secret in (path.read_bytes() if path.is_file() else b"") or secret in str(path.name).encode()
    ]


def others(folder: Path, passphrase: str | None = None) -> dict[str, dict[str, bytes]]:
    gallery = Gallery.open(folder, for_writing=False, passphrase=passphrase)
    found = {
        person.name: {face.id: gallery.pixels_of(face).tobytes() for face in gallery.faces_of(person)}
        for person in gallery.people
        if person.name != "Ada Lovelace"
    }
    gallery.close()
    return found


def test_nothing_is_left_of_a_person_and_all_of_the_others(
    lived_in: tuple[Path, dict[int, FaceRecord]], face_vector: FaceVector
) -> None:
    folder, faces = lived_in
    before = others(folder)
    assert found_in(folder, faces, face_vector)
    erased = erasing.purge(folder, "ada lovelace")
    assert found_in(folder, faces, face_vector) == []
    assert erased.left == []
    assert (erased.faces, erased.crops) == (4, 5)
    assert others(folder) == before
    with Gallery.open(folder, for_writing=True) as gallery:
        assert gallery.find("Ada Lovelace") is None
        assert [step.description for step in gallery.history] == ["renamed Joan to Joan Clarke"]
        assert all(m.person.name != "Ada Lovelace" for m in gallery.nearest(face_vector(1), "made-up", 9))
        gallery.undo()
        assert gallery.find("Joan") is not None
    good = [path for path in (folder / "backups").iterdir() if "by hand" in path.name]
    backups.restore(folder, good[0])
    assert {p.name for p in Gallery.open(folder, for_writing=False).people} == {"Grace", "Joan"}


def test_a_vector_that_is_left_anywhere_is_seen(
    lived_in: tuple[Path, dict[int, FaceRecord]], face_vector: FaceVector
) -> None:
    folder, _ = lived_in
    for number in (1, 3, 6):
        (folder / f"{number}.txt").write_bytes(base64.b64encode(face_vector(number).astype("<f4").tobytes()))
    assert erasing.purge(folder, "Ada Lovelace").left == ["1.txt", "3.txt"], "6 is of Grace"


def test_an_encrypted_gallery_is_erased_from_too(
    lived_in: tuple[Path, dict[int, FaceRecord]], monkeypatch: pytest.MonkeyPatch, face_vector: FaceVector
) -> None:
    folder, faces = lived_in
    before = others(folder)
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    encryption.encrypt(folder, "secret")
    erased = erasing.purge(folder, "Ada Lovelace", "secret")
    assert (erased.faces, erased.crops) == (4, 5)
    assert others(folder, "secret") == before
    encryption.decrypt(folder, "secret")
    assert found_in(folder, faces, face_vector) == []


def test_who_is_not_there_cannot_be_erased(
    lived_in: tuple[Path, dict[int, FaceRecord]], files_in: Callable[..., object], tmp_path: Path
) -> None:
    folder, _ = lived_in
    before = others(folder)
    for place in (folder, tmp_path / "no gallery"):
        with pytest.raises(PersonNotFoundError):
            erasing.purge(place, "Ada Byron")
    with Gallery.open(folder, for_writing=True), pytest.raises(GalleryLockedError):
        erasing.purge(folder, "Ada Lovelace")
    assert others(folder) == before


def test_a_short_name_that_is_in_others_names_is_erased_alone(
    gallery: Gallery, folder: Path, add: Add
) -> None:
    add(gallery, "Al", 1)
    add(gallery, "Alice", 2)
    gallery.close()
    assert erasing.purge(folder, "Al").left == []
    assert [p.name for p in Gallery.open(folder, for_writing=False).people] == ["Alice"]


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_erasing_everybody_goes_on_after_a_kill(
    lived_in: tuple[Path, dict[int, FaceRecord]], killed: Killed
) -> None:
    source, _ = lived_in
    place, kills, is_gone = source.parent / "killed", 0, False
    while True:
        shutil.copytree(source, place)
        was_killed = killed(lambda: erasing.clear(place), kills + 1)
        with Gallery.open(place, for_writing=True) as gallery:
            assert len(gallery.people) in ((0,) if is_gone else (3, 0)), "from one point on they go"
            is_gone = not gallery.people
        assert not is_gone or not [*place.rglob("*.png"), *place.rglob("*.json"), *place.rglob("*.bak")]
        shutil.rmtree(place)
        if not was_killed:
            break
        kills += 1
    assert is_gone
    assert kills > 15


def test_everybody_can_be_erased(lived_in: tuple[Path, dict[int, FaceRecord]], add: Add) -> None:
    folder, _ = lived_in
    (folder / "my own notes.txt").write_text("stay", "utf-8")
    assert erasing.clear(folder) == []
    left = sorted(path.name for path in folder.rglob("*") if path.is_file())
    assert [name for name in left if "gallery.lock" not in name] == ["my own notes.txt"]
    with Gallery.open(folder, for_writing=True) as gallery:
        assert (gallery.people, gallery.history) == ((), ())
        add(gallery, "Ada", 1)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_killed_at_any_point_the_person_is_there_or_goes_when_it_is_opened_again(
    lived_in: tuple[Path, dict[int, FaceRecord]], face_vector: FaceVector, killed: Killed
) -> None:
    source, faces = lived_in
    before, place = others(source), source.parent / "killed"
    at, outcomes = 1, []
    while True:
        shutil.copytree(source, place)
        was_killed = killed(lambda: erasing.purge(place, "Ada Lovelace"), at)
        assert others(place) == before
        with Gallery.open(place, for_writing=True) as gallery:
            is_there = gallery.find("Ada Lovelace") is not None
            if is_there:
                assert gallery.person("Ada Lovelace").face_count == 3
                assert all(
                    gallery.pixels_of(face).size for face in gallery.faces_of(gallery.person("Ada Lovelace"))
                )
        assert not (place / paths.ERASING).exists()
        outcomes.append(is_there)
        if not is_there:
            assert found_in(place, faces, face_vector) == []
        assert others(place) == before
        shutil.rmtree(place)
        if not was_killed:
            break
        at += 1 if at < 30 else 9  # a new database is written in many pieces
    assert outcomes == sorted(outcomes, reverse=True), "from one point on it goes"
    assert outcomes.count(True) > 3
    assert outcomes.count(False) > 20


def test_live_records_that_cannot_be_read_are_not_erased(
    lived_in: tuple[Path, dict[int, FaceRecord]],
) -> None:
    folder, _ = lived_in
    records = Gallery.open(folder, for_writing=False).records
    records.write_bytes(b"Ada Lovelace, and much more that is damaged")
    for _ in range(2):
        with pytest.raises(GalleryDamagedError):
            erasing.purge(folder, "Ada Lovelace")
    assert records.exists()


def test_a_keyring_forgets_a_gallery_that_is_erased(
    lived_in: tuple[Path, dict[int, FaceRecord]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = lived_in
    forgotten = []
    keys = dict[str, str]()
    monkeypatch.setattr("keyring.set_password", lambda service, name, key: keys.update({name: key}))
    monkeypatch.setattr("keyring.get_password", lambda service, name: keys.get(name))
    monkeypatch.setattr("keyring.delete_password", lambda service, name: forgotten.append((service, name)))
    vault.make(folder, None)
    (name,) = keys
    assert erasing.clear(folder) == []
    assert forgotten == [(vault.KEYRING, name)]


def test_a_gallery_that_names_the_key_of_another_one_does_not_make_the_keyring_forget_it(
    lived_in: tuple[Path, dict[int, FaceRecord]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = lived_in
    keys = dict[str, str]()
    monkeypatch.setattr("keyring.set_password", lambda service, name, key: keys.update({name: key}))
    monkeypatch.setattr("keyring.get_password", lambda service, name: keys.get(name))
    monkeypatch.setattr("keyring.delete_password", lambda service, name: keys.pop(name))
    vault.make(folder, None)
    keys["of another gallery"] = base64.b64encode(os.urandom(32)).decode()
    record = json.loads((folder / "vault.json").read_text())
    (folder / "vault.json").write_text(json.dumps({**record, "keyring": "of another gallery"}))
    assert erasing.clear(folder) == []
    assert "of another gallery" in keys
