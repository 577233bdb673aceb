"""A gallery that another process changes while it is being opened for reading is read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import GalleryDamagedError, WrongPassphraseError
from face_match.gallery import gallery as gallery_module
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery
from face_match.gallery.security import encryption
from face_match.gallery.storage_change import move_records

PASSPHRASE = "correct horse"

pytestmark = pytest.mark.usefixtures("quick_scrypt")

Change = Callable[[Path], object]


@pytest.fixture
def people(gallery: Gallery, folder: Path, add: Any) -> Path:
    for number, name in enumerate(("Ada", "Grace")):
        add(gallery, name, number)
    gallery.back_up()
    gallery.close()
    return folder


def restore_old(folder: Path) -> None:
    restore.restore(folder, max((folder / "backups").iterdir()), PASSPHRASE)


def move(folder: Path) -> None:
    move_records(folder, to_database=not (folder / "gallery.sqlite").exists(), passphrase=PASSPHRASE)


def encrypt_anew(folder: Path) -> None:
    """With another key, under the same passphrase."""
    encryption.decrypt(folder, PASSPHRASE)
    encryption.encrypt(folder, PASSPHRASE)


CHANGES: dict[str, tuple[bool, Change]] = {
    "encrypt": (False, lambda folder: encryption.encrypt(folder, PASSPHRASE)),
    "decrypt": (True, lambda folder: encryption.decrypt(folder, PASSPHRASE)),
    "encrypt anew": (True, encrypt_anew),
    "restore": (True, restore_old),
    "another store": (True, move),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_between_the_vault_and_the_records_is_no_damage(
    change: str, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_encrypted, do = CHANGES[change]
    if is_encrypted:
        encryption.encrypt(people, PASSPHRASE)
    changes = 0

    def unlock_and_be_late(folder: Path, passphrase: str | None) -> Any:
        nonlocal changes
        found = unlock(folder, passphrase)
        if not changes:
            changes += 1
            do(folder)
        return found

    unlock = gallery_module.unlock
    monkeypatch.setattr(gallery_module, "unlock", unlock_and_be_late)
    opened = Gallery.open(people, for_writing=False, passphrase=PASSPHRASE)
    assert [person.name for person in opened.people] == ["Ada", "Grace"]
    opened.close()
    assert changes == 1


def test_what_nobody_changes_is_read_once(people: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encryption.encrypt(people, PASSPHRASE)
    reads = []
    unlock = gallery_module.unlock
    monkeypatch.setattr(gallery_module, "unlock", lambda *given: reads.append(given) or unlock(*given))
    with pytest.raises(WrongPassphraseError):
        Gallery.open(people, for_writing=False, passphrase="wrong")
    records = next(path for path in (people / "gallery.sqlite", people / "embeddings.json") if path.exists())
    records.write_bytes(b"damaged" * 1000)
    with pytest.raises(GalleryDamagedError):
        Gallery.open(people, for_writing=False, passphrase=PASSPHRASE)
    assert len(reads) == 2
