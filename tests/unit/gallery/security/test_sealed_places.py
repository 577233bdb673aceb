"""A sealed file is valid only in its place: swapped, planted and older files are detected."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.core.errors import (
    GalleryDamagedError,
    GalleryError,
    ImageUnreadableError,
    WrongPassphraseError,
)
from face_match.core.messages import error_message
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.paths import DATABASE, RECORDS, plain_files
from face_match.gallery.security import encryption, purge
from face_match.gallery.storage import vault
from face_match.gallery.storage.crops import Crops
from face_match.gallery.storage_change import move_records
from tests.extent import is_all
from tests.unit.gallery.security.sealed_galleries import PASSPHRASE, SCRYPT, opened, records_of

Add = Callable[..., NamingResult]

pytestmark = pytest.mark.usefixtures("quick_scrypt")


def content_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in plain_files(folder) if "lock" not in path.name}


def swap(one: Path, other: Path) -> None:
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def test_no_two_sealed_crops_can_be_swapped(sealed: Path) -> None:
    crops = [path for path in plain_files(sealed / "faces_db") if path.suffix == ".sealed"]
    assert len(crops) == 3
    for one, other in itertools.combinations(crops, 2):
        swap(one, other)
        with opened(sealed) as gallery:
            unreadable = 0
            for person in gallery.people:
                for face in gallery.faces_of(person):
                    try:
                        gallery.pixels_of(face)
                    except ImageUnreadableError:
                        unreadable += 1
        assert unreadable == 2
        swap(one, other)


def test_no_sealed_file_is_accepted_in_place_of_another(sealed: Path) -> None:
    with opened(sealed) as gallery:
        gallery.save_calibration("made-up", {"learned": 1})
    files = [path for path in plain_files(sealed) if path.read_bytes().startswith(vault.MARK)]
    places = {path.relative_to(sealed).as_posix() for path in files}
    key = vault.unlock(sealed, PASSPHRASE)
    assert key is not None
    assert any("calibrations" in place for place in places)
    for path, place in itertools.product(files, places):
        is_own = path.relative_to(sealed).as_posix() == place
        is_records = path.name.startswith(RECORDS) or path.parent.name == "backups"
        if is_own or is_records:  # records are known by their generation
            continue
        with pytest.raises(GalleryDamagedError):
            vault.from_disk(path.read_bytes(), key, place, path)


def test_a_file_sealed_for_another_gallery_is_refused(sealed: Path, tmp_path: Path) -> None:
    """Even with the same key: as of a gallery that was copied, and each changed since."""
    key = vault.unlock(sealed, PASSPHRASE)
    assert key is not None
    other = vault.Vault(key.key, "another gallery", vault.ENCRYPTED)
    path = sealed / "calibrations.json"
    path.write_bytes(vault.to_disk(b"{}", other, path.name))
    with pytest.raises(GalleryDamagedError):
        vault.from_disk(path.read_bytes(), key, path.name, path)


def test_older_records_in_place_of_the_newest_are_refused(sealed: Path, add: Add) -> None:
    records = records_of(sealed)
    older = records.read_bytes()
    with opened(sealed) as gallery:
        add(gallery, "Joan", 4)
    newest = records.read_bytes()
    records.write_bytes(older)
    for for_writing in (False, True):
        with pytest.raises(GalleryDamagedError, match="older"):
            Gallery.open(sealed, for_writing=for_writing, passphrase=PASSPHRASE)
    records.write_bytes(newest)
    with opened(sealed) as gallery:
        assert [person.name for person in gallery.people] == ["Ada", "Grace", "Joan"]


def test_the_bak_file_is_refused_as_records(sealed: Path, add: Add) -> None:
    with opened(sealed) as gallery:
        add(gallery, "Joan", 4)
        backup = gallery.back_up()
        add(gallery, "Mary", 5)
    records = records_of(sealed)
    shutil.copy(backup, records)
    with pytest.raises(GalleryDamagedError, match="older"):
        opened(sealed)
    restore.restore(sealed, backup, PASSPHRASE)
    with opened(sealed) as gallery:
        assert [person.name for person in gallery.people] == ["Ada", "Grace", "Joan"]
        add(gallery, "Mary", 5)
    with opened(sealed) as gallery:
        assert gallery.find("Mary") is not None


@pytest.mark.parametrize("name", [RECORDS, DATABASE, "calibrations.json", "vault.json"])
def test_an_unsealed_file_is_refused_in_an_encrypted_gallery(
    sealed: Path, name: str, tmp_path: Path, add: Add
) -> None:
    planted = tmp_path / "planted"
    with Gallery.open(planted, for_writing=True) as gallery:
        add(gallery, "Mallory", 9)
    if name in (RECORDS, DATABASE):
        move_records(planted, to_database=name == DATABASE)
    if name == "calibrations.json":
        (planted / name).write_text(json.dumps({"made-up": {"learned": 2}}))
    if name == "vault.json":
        record = json.loads((sealed / name).read_text())
        (planted / name).write_text(json.dumps({**record, "state": vault.ENCRYPTING}))
    before = records_of(sealed).read_bytes()
    shutil.copy(planted / name, sealed / name)
    if name == "calibrations.json" or (name == RECORDS and (sealed / DATABASE).exists()):
        with opened(sealed) as gallery:
            assert gallery.calibration("made-up") is None
            assert [person.name for person in gallery.people] == ["Ada", "Grace"]
        return
    for for_writing in (False, True):
        with pytest.raises(GalleryDamagedError):
            Gallery.open(sealed, for_writing=for_writing, passphrase=PASSPHRASE)
    if records_of(sealed).name not in (name, DATABASE):
        assert records_of(sealed).read_bytes() == before


def test_an_unsealed_crop_is_ignored_in_an_encrypted_gallery(sealed: Path, add: Add) -> None:
    with opened(sealed) as gallery:
        face = gallery.faces_of(gallery.person("Ada"))[0]
        crop = gallery.crops.read_bytes(face.file)
        gallery.crops.delete(face.file)
        (sealed / face.file).parent.mkdir(parents=True, exist_ok=True)
        (sealed / face.file).write_bytes(crop)
        with pytest.raises(ImageUnreadableError):
            gallery.pixels_of(face)
    assert purge.purge(sealed, "Ada", PASSPHRASE).traces == []
    assert not (sealed / face.file).exists()


@pytest.mark.parametrize(
    "start", [b"", b"../outside/new.png\0", b"faces_db/Ada/new.png\0", vault.OLD_MARK, vault.MARK]
)
def test_a_planted_sealed_file_has_no_effect(sealed: Path, start: bytes) -> None:
    planted = sealed / "faces_db" / "00" / "planted.sealed"
    planted.parent.mkdir(exist_ok=True)
    planted.write_bytes(start + b"planted")
    outside = sealed.parent
    before = {path for path in plain_files(outside) if not path.is_relative_to(sealed)}
    with opened(sealed) as gallery:
        assert not any("new.png" in file for file in gallery.crops.files())
    encryption.decrypt(sealed, PASSPHRASE)
    assert {path for path in plain_files(outside) if not path.is_relative_to(sealed)} == before
    assert not list(sealed.rglob("new.png"))


def test_every_sealed_crop_that_is_damaged_is_one_loss_and_nothing_else_stops(
    sealed: Path, folder: Path, tmp_path: Path, add: Add
) -> None:
    key = vault.unlock(sealed, PASSPHRASE)
    assert key is not None
    with opened(sealed) as gallery:
        alias = key.alias(gallery.faces_of(gallery.person("Ada"))[0].file)
    crop = sealed / "faces_db" / alias[:2] / f"{alias[2:]}.sealed"
    good = crop.read_bytes()
    for at in (*range(0, 60, 3 if is_all() else 9), len(good) - 1):
        place = tmp_path / f"copy {at}"
        shutil.copytree(sealed, place)
        damaged = place / crop.relative_to(sealed)
        damaged.write_bytes(good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :])
        with opened(place) as gallery:
            assert len(list(gallery.crops.files())) == 2
            add(gallery, "Joan", 4)
            gallery.undo()
            gallery.rename(gallery.person("Ada"), "Ada Lovelace")
            gallery.back_up()
        assert purge.purge(place, "Grace", PASSPHRASE).faces == 1
        result = encryption.decrypt(place, PASSPHRASE)
        assert result.lost == [damaged.relative_to(place).as_posix()]
        with Gallery.open(place, for_writing=True) as gallery:
            assert gallery.person("Ada Lovelace").face_count == 2
        shutil.rmtree(place)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "encrypting"},
        {"state": "decrypting"},
        {"generation": 0},
        {"gallery": "another"},
        {"mac": "0" * 64},
        {"mac": None},
        {"scrypt": {"n": 2**30, "r": 8, "p": 1, "salt": ""}},
        {"scrypt": {"n": 2**4, "r": 8, "p": 4096, "salt": ""}},
        {"scrypt": {"n": 0, "r": 0, "p": 0, "salt": ""}},
        {"scrypt": {"n": "many", "r": 8, "p": 1, "salt": ""}},
        {"scrypt": {"n": 3, "r": 8, "p": 1, "salt": ""}},
        {"key": "AAAA"},
        {"version": 1},
        {"version": "two"},
        {"generation": "many"},
    ],
    ids=repr,
)
def test_the_fields_of_the_vault_cannot_be_changed(sealed: Path, change: dict[str, object]) -> None:
    with opened(sealed) as gallery:
        gallery.rename(gallery.person("Ada"), "Ada Lovelace")
    record = json.loads((sealed / "vault.json").read_text())
    (sealed / "vault.json").write_text(json.dumps({**record, **change}))
    before = content_of(sealed)
    with pytest.raises(GalleryError) as caught:
        opened(sealed)
    assert content_of(sealed) == before
    assert "no readable backup" not in error_message(caught.value), "there is one"


HALF = "\ud800"
CHANGES: list[dict[str, object]] = [
    *[{"mac": value} for value in ("é", HALF, None, [1], 7)],
    *[{"gallery": value} for value in ("é", HALF, "\0", None, 7)],
    *[{"version": value} for value in (0, -5, 1.9, True, "2", float("nan"), float("inf"), 10**30)],
    *[{"generation": value} for value in (True, 1.5, None, 10**30, float("nan"))],
    *[{"state": value} for value in (None, [], {}, "unknown")],
    *[{"home": value} for value in ([[1]], 7, float("nan"))],
    *[{"keyring": value} for value in (HALF, "a\0b", "é", [1], None)],
    *[{"key": value} for value in (HALF, "é", None, [1])],
    *[{"scrypt": value} for value in (None, "nrp", [], {})],
    *[{"scrypt": {**SCRYPT, "salt": value}} for value in (HALF, "é", 5)],
    *[{"scrypt": {**SCRYPT, "n": value}} for value in ("16", 16.0, True, [1], -16, 3, 10**30)],
]


def test_a_vault_with_a_field_of_another_kind_is_damaged(sealed: Path) -> None:
    record = json.loads((sealed / "vault.json").read_text())
    for change in CHANGES:
        (sealed / "vault.json").write_text(json.dumps({**record, **change}))
        for for_writing in (False, True):
            try:
                Gallery.open(sealed, for_writing=for_writing, passphrase=PASSPHRASE).close()
            except GalleryDamagedError:
                continue
            pytest.fail(f"{change} was accepted")


@pytest.mark.parametrize(("n", "r", "p"), [(2**20, 7, 4), (2**19, 15, 4), (2**18, 8, 2), (2**17, 8, 3)])
def test_a_vault_whose_passphrase_would_take_long_or_much_memory_is_damaged(
    sealed: Path, n: int, r: int, p: int
) -> None:
    record = json.loads((sealed / "vault.json").read_text())
    (sealed / "vault.json").write_text(json.dumps({**record, "scrypt": {**SCRYPT, "n": n, "r": r, "p": p}}))
    with pytest.raises(GalleryDamagedError):  # it would be a wrong passphrase if the key had been derived
        opened(sealed)


def test_what_this_program_and_twice_that_take_is_accepted(sealed: Path) -> None:
    record = json.loads((sealed / "vault.json").read_text())
    for n, r, p in ((2**17, 8, 1), (2**18, 8, 1), (2**17, 8, 2)):
        changed = {**record, "scrypt": {**record["scrypt"], "n": n, "r": r, "p": p}}
        (sealed / "vault.json").write_text(json.dumps(changed))
        with pytest.raises(WrongPassphraseError):
            opened(sealed)


def test_a_passphrase_is_the_same_however_its_accents_are_typed(sealed: Path) -> None:
    for form in ("NFC", "NFD"):
        typed = unicodedata.normalize(form, PASSPHRASE)
        assert (typed == PASSPHRASE) == (form == "NFC")
        with Gallery.open(sealed, for_writing=False, passphrase=typed) as gallery:
            assert len(gallery.people) == 2


def test_a_passphrase_can_be_changed_and_the_old_one_opens_nothing(sealed: Path) -> None:
    sealed_before = {p: c for p, c in content_of(sealed).items() if p.suffix == ".sealed"}
    encryption.change_passphrase(sealed, PASSPHRASE, "another one")
    with pytest.raises(WrongPassphraseError):
        opened(sealed)
    with Gallery.open(sealed, for_writing=True, passphrase="another one") as gallery:
        assert len(gallery.people) == 2
    assert {p: c for p, c in content_of(sealed).items() if p.suffix == ".sealed"} == sealed_before
    with pytest.raises(WrongPassphraseError):
        encryption.change_passphrase(sealed, PASSPHRASE, "a third one")


def test_sealing_the_same_content_twice_gives_different_files(folder: Path) -> None:
    key = vault.Vault(bytes(32), "a gallery", vault.ENCRYPTED)
    crops = Crops(folder, key)
    (one, other) = (key.seal(b"the same", "a place") for _ in range(2))
    assert one != other
    assert key.unseal(one, "a place") == key.unseal(other, "a place") == b"the same"
    crops.write_bytes("faces_db/Ada/1.png", b"the same")
    assert crops.read_bytes("faces_db/Ada/1.png") == b"the same"


def test_records_from_before_a_purge_or_of_another_branch_are_refused(sealed: Path, add: Add) -> None:
    with opened(sealed) as gallery:
        gallery.rename(gallery.person("Ada"), "Ada Lovelace")
        backup = gallery.back_up()
    records = records_of(sealed)
    before_purge = records.read_bytes()
    purge.purge(sealed, "Grace", PASSPHRASE)
    purged = records.read_bytes()
    records.write_bytes(before_purge)
    with pytest.raises(GalleryDamagedError, match="older"):
        opened(sealed)
    records.write_bytes(purged)
    with opened(sealed) as gallery:
        for number in range(5):
            gallery.rename(gallery.people[0], f"Branch {number}")
    branch = records.read_bytes()
    restore.restore(sealed, backup, PASSPHRASE)
    records = records_of(sealed)
    records.write_bytes(branch)
    with pytest.raises(GalleryDamagedError, match="older"):
        opened(sealed)


def test_a_link_among_the_backups_is_not_restored(sealed: Path, tmp_path: Path, add: Add) -> None:
    planted = tmp_path / "planted"
    with Gallery.open(planted, for_writing=True) as gallery:
        add(gallery, "Mallory", 9)
    move_records(planted, to_database=False)
    link = sealed / "backups" / "2030-01-01 10.00.00 by hand.json"
    link.symlink_to(planted / RECORDS)
    with pytest.raises(GalleryError):
        restore.restore(sealed, link, PASSPHRASE)
    with pytest.raises(GalleryError):  # nor is what lies there, not sealed, itself
        link.unlink()
        shutil.copy(planted / RECORDS, link)
        restore.restore(sealed, link, PASSPHRASE)
    with opened(sealed) as gallery:
        assert gallery.find("Mallory") is None


def test_a_gallery_without_its_vault_is_not_opened_as_plain(sealed: Path) -> None:
    (sealed / "vault.json").unlink()
    records_of(sealed).unlink()
    (sealed / RECORDS).write_text('{"format": "face-match gallery", "version": 3, "people": []}')
    for for_writing in (False, True):
        with pytest.raises(GalleryDamagedError, match="vault"):
            Gallery.open(sealed, for_writing=for_writing, passphrase=PASSPHRASE)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("put", [Path.mkdir, getattr(os, "mkfifo", None)], ids=["folder", "pipe"])
def test_what_is_no_file_among_encrypted_crops_is_a_loss_when_the_gallery_is_decrypted(
    sealed: Path, put: Callable[[Path], None]
) -> None:
    with Gallery.open(sealed, for_writing=False, passphrase=PASSPHRASE) as gallery:
        people = [(person.name, person.face_count) for person in gallery.people]
        key = vault.unlock(sealed, PASSPHRASE)
        assert key is not None
        alias = key.alias(gallery.faces_of(gallery.person("Ada"))[0].file)
    crop = sealed / "faces_db" / alias[:2] / f"{alias[2:]}.sealed"
    crop.unlink()
    put(crop)
    result = encryption.decrypt(sealed, PASSPHRASE)
    assert [*result.lost] == [crop.relative_to(sealed).as_posix()]
    with Gallery.open(sealed, for_writing=True) as gallery:
        assert [(person.name, person.face_count) for person in gallery.people] == people
