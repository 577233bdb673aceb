"""An encrypted gallery reveals nothing without its passphrase; encrypting and decrypting lose nothing."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import keyring
import keyring.backends.fail
import numpy as np
import pytest

from face_match.core.atomic_files import write_file
from face_match.core.errors import (
    BackupUnusableError,
    CancelledError,
    FaceMatchError,
    GalleryDamagedError,
    GalleryEncryptedError,
    GalleryError,
    GalleryWriteError,
    KeyringError,
    WrongPassphraseError,
)
from face_match.core.records import FaceRecord
from face_match.core.types import Crop, Embedding
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.security import encryption
from face_match.gallery.storage import backups, vault
from face_match.gallery.storage.gallery_files import read_records
from face_match.gallery.storage.json_store import records_digest
from face_match.gallery.storage.sqlite import database
from face_match.gallery.storage.sqlite.files import is_plain_database
from face_match.gallery.storage.sqlite.store import SqlStore
from face_match.gallery.storage_change import move_records
from tests.memory_keyring import MemoryKeyring
from tests.unit.gallery.interruptions import calls

PASSPHRASE = "corrêct horse"
Add = Callable[..., NamingResult]
ALL_THAT_IS_KEPT = dict[str, tuple[dict[str, tuple[dict[str, bytes], bytes]], list[Any]]]


pytestmark = pytest.mark.usefixtures("quick_scrypt")


@pytest.fixture
def folder_with_people(
    folder: Path, gallery: Gallery, add: Add, reject: Callable[..., None], scan_photo: Callable[..., object]
) -> Path:
    """Ada Lovelace with two faces and one removed, Zoë / Çelik with one, two faces without a name; a scan
    that was interrupted, backups, and leftovers."""
    for number, name in ((1, "Ada Lovelace"), (2, "Ada Lovelace"), (3, "Zoë / Çelik"), (4, "Ada Lovelace")):
        add(gallery, name, number)
    reject(gallery, "Ada Lovelace", 9)
    gallery.remove([gallery.faces_of(gallery.person("Ada Lovelace"))[2].id])
    scan_photo(gallery, 11, 11, 12)
    gallery.set_unfinished_scans([Path("/photos/Ada Lovelace")])
    gallery.save_calibration("made-up", {"learned from": "Ada Lovelace"})
    gallery.back_up()
    gallery.close()
    (folder / "embeddings.json.seed").write_text('[{"name": "Ada Lovelace"}]', "utf-8")
    (folder / "backups" / "2020-01-01 10.00.00 daily.json").write_text('{"Ada Lovelace": cut off', "utf-8")
    (folder / "backups" / "2020-01-01 10.00.00 daily.sqlite").write_bytes(b"no database, Ada Lovelace")
    (folder / "faces_db" / "Ada Lovelace" / f"{'e' * 32}.jpg").write_bytes(
        b"\xff\xd8\xff\xe0 JFIF of Ada Lovelace"
    )
    (folder / f".{'a' * 32}.tmp").write_text("Ada Lovelace, half written", "utf-8")
    return folder


def kept(folder: Path, passphrase: str | None) -> ALL_THAT_IS_KEPT:
    gallery = Gallery.open(folder, for_writing=False, passphrase=passphrase)
    found = {
        person.name: (
            {face.id: _facts(gallery, face) for face in gallery.faces_of(person)},
            [r for r in gallery.all_rejections() if r.folder == person.folder],
        )
        for person in gallery.people
    }
    found["unnamed"] = ({face.id: _facts(gallery, face) for face in gallery.unnamed()}, [])
    found["interrupted"] = ({}, [str(path) for path in gallery.unfinished_scans])
    gallery.close()
    return found


def _facts(gallery: Gallery, face: FaceRecord) -> tuple[dict[str, bytes], bytes]:
    embeddings = {model: embedding.tobytes() for model, embedding in face.embeddings.items()}
    return embeddings, gallery.pixels_of(face).tobytes()


def readable_in(folder: Path, face_embedding: Callable[[int], Embedding]) -> list[str]:
    """What of people can be found in a folder by who has no key; nothing that chance could put there."""
    secrets = {
        "a name": b"Ada Lovelace",
        "another name": "Çelik".encode(),
        "a name in UTF-16": "Ada".encode("utf-16-le"),
        "a PNG": b"\x89PNG\r\n\x1a\n",
        "a JPEG": b"\xff\xd8\xff\xe0 JFIF",
        "a vector": face_embedding(1).astype("<f4").tobytes()[:16],
        "a removed vector": face_embedding(4).astype("<f4").tobytes()[:16],
        "a photo": f"{1:064x}".encode(),
        "a calibration": b"learned",
    }
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for what, secret in secrets.items():
            if secret in content or secret in path.name.encode():
                found.append(f"{what} in {path.name}")
    return found


def test_encryption_leaves_nothing_readable_and_loses_nothing(
    folder_with_people: Path, face_embedding: Callable[[int], Embedding]
) -> None:
    folder = folder_with_people
    before = kept(folder, None)
    assert readable_in(folder, face_embedding)
    encryption.encrypt(folder, PASSPHRASE)
    assert readable_in(folder, face_embedding) == []
    assert kept(folder, PASSPHRASE) == before
    with Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE) as gallery:
        assert gallery.undo().description.startswith("removed a face")
        assert gallery.person("Ada Lovelace").face_count == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_encrypted_files_and_folders_are_private(folder_with_people: Path) -> None:
    encryption.encrypt(folder_with_people, PASSPHRASE)
    paths = [path for path in folder_with_people.rglob("*") if "gallery.lock" not in path.name]
    assert len(paths) > 5
    assert [path for path in paths if path.stat().st_mode & 0o077] == []


def test_the_passphrase_is_needed(folder_with_people: Path, files_in: Callable[..., object]) -> None:
    folder = folder_with_people
    encryption.encrypt(folder, PASSPHRASE)
    before = files_in(folder)
    for wrong, error in (
        (None, GalleryEncryptedError),
        ("", WrongPassphraseError),
        ("x", WrongPassphraseError),
    ):
        for opening in (
            lambda wrong=wrong: Gallery.open(folder, for_writing=True, passphrase=wrong),
            lambda wrong=wrong: Gallery.open(folder, for_writing=False, passphrase=wrong),
            lambda wrong=wrong: encryption.decrypt(folder, wrong),
            lambda wrong=wrong: encryption.encrypt(folder, wrong),
        ):
            with pytest.raises(error):
                opening()
    assert files_in(folder) == before


def test_an_encrypted_gallery_can_be_changed_and_stays_encrypted(
    folder_with_people: Path, add: Add, face_embedding: Callable[[int], Embedding]
) -> None:
    folder = folder_with_people
    encryption.encrypt(folder, PASSPHRASE)
    shutil.rmtree(folder / "backups")
    with Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE) as gallery:
        (face,) = add(gallery, "Grace", 5).faces
        gallery.rename(gallery.person("Zoë / Çelik"), "Çelik the elder")
        gallery.merge([gallery.person("Grace")], gallery.person("Ada Lovelace"))
        gallery.back_up()
        assert gallery.nearest(face_embedding(5), "made-up", 1)[0].person.name == "Ada Lovelace"
        np.testing.assert_array_equal(gallery.pixels_of(face).shape, (24, 20, 3))
        gallery.undo()
        gallery.undo()
        gallery.undo()
    assert readable_in(folder, face_embedding) == []
    assert set(kept(folder, PASSPHRASE)) == {"Ada Lovelace", "Zoë / Çelik", "unnamed", "interrupted"}


def test_decrypting_restores_the_gallery(
    folder_with_people: Path, files_in: Callable[..., dict[str, bytes]]
) -> None:
    folder = folder_with_people
    (folder / f".{'a' * 32}.tmp").unlink()
    before, people = files_in(folder), kept(folder, None)
    encryption.encrypt(folder, PASSPHRASE)
    assert encryption.decrypt(folder, PASSPHRASE).files == len(before)
    after = files_in(folder)
    assert after.keys() == before.keys()
    for name, data in before.items():  # a database is made anew
        assert after[name] == data or data.startswith(b"SQLite"), name
    assert kept(folder, None) == people
    assert encryption.decrypt(folder, None).files == 0


def test_backups_are_restored_in_an_encrypted_gallery(
    folder_with_people: Path, face_embedding: Callable[[int], Embedding], store_kind: str
) -> None:
    folder = folder_with_people
    before = kept(folder, None)
    shutil.copytree(folder / "backups", folder.parent / "elsewhere")
    encryption.encrypt(folder, PASSPHRASE)
    good = [path for path in (folder / "backups").iterdir() if backups.BY_HAND in path.name]
    with Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE) as gallery:
        gallery.rename(gallery.person("Zoë / Çelik"), "X")
        records = gallery.records
    records.write_bytes(b"broken")
    with pytest.raises(GalleryDamagedError) as caught:
        Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE)
    assert caught.value.backup is not None
    restore.restore(folder, good[0], PASSPHRASE)
    assert kept(folder, PASSPHRASE) == before
    plain = folder.parent / "elsewhere" / good[0].name
    if store_kind == "database":
        with pytest.raises(BackupUnusableError):
            restore.restore(folder, plain, PASSPHRASE)
    else:
        restore.restore(folder, plain, PASSPHRASE)
        assert kept(folder, PASSPHRASE) == before
    assert readable_in(folder, face_embedding) == []


def test_tampered_files_are_refused(folder_with_people: Path) -> None:
    folder = folder_with_people
    encryption.encrypt(folder, PASSPHRASE)
    crops = sorted((folder / "faces_db").rglob("*.sealed"))
    swapped = crops[0].read_bytes()
    crops[0].write_bytes(crops[1].read_bytes())
    crops[1].write_bytes(swapped[:-1] + bytes([swapped[-1] ^ 1]))
    gallery = Gallery.open(folder, for_writing=False, passphrase=PASSPHRASE)
    unreadable = 0
    for file in (f"{'e' * 32}.jpg", *(face.file for face in _all_faces(gallery))):
        try:
            gallery.crops.read_bytes(file if "/" in file else f"faces_db/Ada Lovelace/{file}")
        except FaceMatchError:
            unreadable += 1
    assert unreadable >= 1
    gallery.close()
    (folder / "vault.json").unlink()
    with pytest.raises(GalleryDamagedError):
        Gallery.open(folder, for_writing=False)


def _all_faces(gallery: Gallery) -> list[FaceRecord]:
    named = [face for person in gallery.people for face in gallery.faces_of(person)]
    return [*named, *gallery.unnamed()]


def test_a_changed_byte_of_sealed_records_is_noticed(folder_with_people: Path, store_kind: str) -> None:
    encryption.encrypt(folder_with_people, PASSPHRASE)
    records = folder_with_people / ("gallery.sqlite" if store_kind == "database" else "embeddings.json")
    good = records.read_bytes()
    for at in range(0, len(good), max(1, len(good) // 40)):
        records.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        with pytest.raises(GalleryError):
            read_all(folder_with_people)
    records.write_bytes(good)
    read_all(folder_with_people)


def read_all(folder: Path) -> None:
    """Every record, and every page of a database, also those of indexes that nothing is looked up in."""
    with Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE) as gallery:
        for person in gallery.people:
            gallery.faces_of(person)
            [r for r in gallery.all_rejections() if r.folder == person.folder]
        database = gallery.records
        key = gallery.vault
    if database.suffix == ".sqlite":
        with contextlib.closing(SqlStore(database, for_writing=False, vault=key)) as store:
            store.contents()
            with store.reading() as connection:
                if connection.exec_driver_sql("PRAGMA integrity_check").scalars().first() != "ok":
                    raise GalleryDamagedError(database, "a page cannot be read")


def test_a_cancelled_encryption_leaves_a_usable_gallery_and_can_be_resumed(
    folder_with_people: Path, face_embedding: Callable[[int], Embedding], add: Add
) -> None:
    folder = folder_with_people
    before = kept(folder, None)
    for stop_after in range(1, 6):
        calls = iter(range(100))
        with pytest.raises(CancelledError):
            encryption.encrypt(
                folder, PASSPHRASE, is_cancelled=lambda calls=calls, n=stop_after: next(calls) >= n
            )
        assert kept(folder, PASSPHRASE) == before
        with Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE) as gallery:
            gallery.undo()
            gallery.redo()
        assert kept(folder, PASSPHRASE) == before
    assert vault.state_of(folder) == vault.ENCRYPTING
    encryption.encrypt(folder, PASSPHRASE)
    assert readable_in(folder, face_embedding) == []
    assert kept(folder, PASSPHRASE) == before


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.one_in(2, "every second way in which an encryption is interrupted")
@pytest.mark.parametrize("way", ["encrypt", "decrypt"])
def test_an_encryption_interrupted_at_any_point_loses_nothing_and_can_be_resumed(
    folder_with_people: Path,
    way: str,
    interrupted: Callable[[Callable[[], object], int], bool],
    face_embedding: Callable[[int], Embedding],
    points: Callable[[Iterable[int]], Iterator[int]],
) -> None:
    before = kept(folder_with_people, None)
    if way == "decrypt":
        encryption.encrypt(folder_with_people, PASSPHRASE)
    place = folder_with_people.parent / "cut off"
    work = {"encrypt": encryption.encrypt, "decrypt": encryption.decrypt}[way]
    for number, at in enumerate(points(calls(60, 19))):
        shutil.copytree(folder_with_people, place)

        def do() -> None:
            work(place, PASSPHRASE)

        was_cut_off = interrupted(do, at)
        assert kept(place, PASSPHRASE) == before, f"{way}, cut off at {at}"
        if was_cut_off and number % 3 == 0:
            work(place, PASSPHRASE)
            assert kept(place, PASSPHRASE) == before
            assert (readable_in(place, face_embedding) == []) == (way == "encrypt")
        shutil.rmtree(place)
        if not was_cut_off:
            break
    assert at > 50


def test_the_systems_keyring_can_hold_the_key(
    folder_with_people: Path, own_keyring: MemoryKeyring, face_embedding: Callable[[int], Embedding]
) -> None:
    folder = folder_with_people
    before = kept(folder, None)
    encryption.encrypt(folder, None)
    assert len(own_keyring.entries) == 1
    assert not vault.needs_passphrase(folder)
    assert readable_in(folder, face_embedding) == []
    assert kept(folder, None) == before
    entries = dict(own_keyring.entries)
    own_keyring.entries.clear()
    with pytest.raises(KeyringError):
        Gallery.open(folder, for_writing=False)
    own_keyring.entries |= entries
    encryption.decrypt(folder, None)
    assert kept(folder, None) == before
    assert not own_keyring.entries


def test_without_a_keyring_nothing_is_encrypted(
    folder_with_people: Path, files_in: Callable[..., object], own_keyring: MemoryKeyring
) -> None:
    before = files_in(folder_with_people)
    keyring.set_keyring(keyring.backends.fail.Keyring())
    with pytest.raises(KeyringError):
        encryption.encrypt(folder_with_people, None)
    assert files_in(folder_with_people) == before


def test_a_damaged_or_newer_vault_is_refused(folder_with_people: Path) -> None:
    folder = folder_with_people
    encryption.encrypt(folder, PASSPHRASE)
    good = json.loads((folder / "vault.json").read_text())
    for bad in (b"", b"[]", b"{}", json.dumps({**good, "scrypt": {}}).encode()):
        write_file(folder / "vault.json", bad)
        with pytest.raises(GalleryDamagedError):
            Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE)
    write_file(folder / "vault.json", json.dumps({**good, "version": 99}).encode())
    with pytest.raises(FaceMatchError) as caught:
        Gallery.open(folder, for_writing=True, passphrase=PASSPHRASE)
    assert caught.value.detail == "99"


def test_a_backup_that_is_too_large_is_named_and_stays(folder_with_people: Path) -> None:
    name = "backups/000009 2026-11-30 08.51.22 by hand.json"
    with (folder_with_people / name).open("wb") as file:
        file.truncate(3 << 30)  # which takes no room on the disk
    assert encryption.encrypt(folder_with_people, PASSPHRASE).lost == [name]
    assert (folder_with_people / name).stat().st_size == 3 << 30
    with Gallery.open(folder_with_people, for_writing=False, passphrase=PASSPHRASE) as gallery:
        assert gallery.people


def test_a_full_disk_stops_encryption_without_loss(
    folder_with_people: Path, store_kind: str, full_disk: Callable[..., object]
) -> None:
    before = kept(folder_with_people, None)
    room = 40_000 if store_kind == "database" else 700
    with full_disk(room), pytest.raises(GalleryWriteError):
        encryption.encrypt(folder_with_people, PASSPHRASE)
    assert kept(folder_with_people, PASSPHRASE) == before
    encryption.encrypt(folder_with_people, PASSPHRASE)
    assert kept(folder_with_people, PASSPHRASE) == before


def test_a_sealed_crop_gives_the_same_pixels(folder: Path, face_crop: Callable[[int], Crop]) -> None:
    sealed = vault.Vault(bytes(32), "a gallery", vault.ENCRYPTED)
    from face_match.gallery.storage.crops import Crops

    crops = Crops(folder, sealed)
    crops.write("faces_db/Ada/1.png", face_crop(1).pixels)
    (file,) = (path for path in folder.rglob("*") if path.is_file())
    assert "Ada" not in str(file.relative_to(folder))
    data = crops.read_bytes("faces_db/Ada/1.png")
    assert data.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", ["v3 database", "v3 database encrypted", "v3 database half encrypted"])
def test_encrypting_an_older_database_backs_it_up(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "gallery"
    with zipfile.ZipFile(Path(__file__).parents[1] / "stored" / f"{kind}.zip") as archive:
        archive.extractall(folder)
    word = None if kind == "v3 database" else "correct horse"
    before = read_records(folder / "gallery.sqlite", vault.unlock(folder, word))
    known = {*(folder / "backups").glob("*")}
    encryption.encrypt(folder, "correct horse")
    key = vault.unlock(folder, "correct horse")
    (backup,) = (path for path in (folder / "backups").glob("*") if path not in known)
    assert backups.BEFORE_MIGRATION in backup.name
    kept_there = read_records(backup, key)
    assert records_digest(kept_there.contents, kept_there.history) == records_digest(
        before.contents, before.history
    )
    assert not is_plain_database(backup)


def test_a_database_that_sqlcipher_does_not_encrypt_is_refused(
    folder_with_people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It happened where SQLCipher called another SQLite, and nothing said so."""
    encryption.encrypt(folder_with_people, PASSPHRASE)
    path, real = folder_with_people / "gallery.sqlite", database.set_key

    def unlock(connection: Any, key: bytes) -> None:
        ((_, _, file),) = connection.execute("PRAGMA database_list").fetchall()
        if Path(file).stat().st_size:
            real(connection, key)

    before = kept(folder_with_people, PASSPHRASE)
    if path.exists():
        move_records(folder_with_people, to_database=False, passphrase=PASSPHRASE)
        path.unlink(missing_ok=True)
    monkeypatch.setattr(database, "set_key", unlock)
    with pytest.raises(GalleryWriteError, match="SQLCipher does not encrypt it"):
        move_records(folder_with_people, to_database=True, passphrase=PASSPHRASE)
    assert not path.exists()
    assert kept(folder_with_people, PASSPHRASE) == before


@pytest.mark.only_with_all("TensorFlow")
def test_an_encrypted_database_is_encrypted_after_tensorflow_too(tmp_path: Path) -> None:
    """TensorFlow has an SQLite of its own, whose symbols are everybody's. In a process of its own, for here
    SQLCipher was imported before."""
    pytest.importorskip("tensorflow")
    file = tmp_path / "a.sqlite"
    program = f"""
import tensorflow
from face_match.gallery.storage.sqlite.database import set_key, sqlcipher
connection = sqlcipher().connect({str(file)!r})
set_key(connection, b"k" * 32)
connection.execute("CREATE TABLE people (name)")
connection.execute("INSERT INTO people VALUES ('Ada Lovelace')")
connection.commit()
"""
    command, root = [sys.executable, "-c", program], Path(__file__).parents[4]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=root)
    assert done.returncode == 0, done.stderr
    content = file.read_bytes()
    assert len(content) > 1000
    assert b"SQLite format" not in content
    assert b"Ada" not in content
