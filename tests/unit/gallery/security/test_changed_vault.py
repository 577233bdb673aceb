"""What somebody without the key changes in `vault.json` while a gallery is open is not signed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.core.errors import GalleryDamagedError
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.security import encryption
from face_match.gallery.storage import vault
from tests.unit.gallery.security.sealed_galleries import PASSPHRASE, SCRYPT, opened, records_of

Add = Callable[..., NamingResult]

pytestmark = pytest.mark.usefixtures("quick_scrypt")

EDITS: list[dict[str, object]] = [
    *[{"state": state} for state in (vault.ENCRYPTING, vault.DECRYPTING, vault.UPGRADING)],
    *[{"generation": value} for value in (7, 10**4)],
    *[{name: "another"} for name in ("format", "gallery", "home", "keyring", "key", "mac", "new")],
    {"version": 1},
    {"version": 99},
    {"scrypt": SCRYPT},
]
"""An edit of each field, valid for itself, by somebody without the key."""


@pytest.mark.parametrize("edit", [*EDITS, None], ids=repr)
def test_a_vault_that_is_changed_while_the_gallery_is_open_is_not_signed(
    sealed: Path, edit: dict[str, object] | None, caplog: pytest.LogCaptureFixture
) -> None:
    path = sealed / "vault.json"
    with opened(sealed) as gallery:
        before = json.loads(path.read_text())
        assert edit is None or before != {**before, **edit}
        path.unlink() if edit is None else path.write_text(json.dumps({**before, **edit}))
        gallery.rename(gallery.person("Ada"), "Ada Lovelace")
    assert "was changed while the gallery was open" in caplog.text
    after = json.loads(path.read_text())
    assert after["generation"] > before["generation"]
    assert {**after, "generation": 0, "mac": ""} == {**before, "generation": 0, "mac": ""}
    with opened(sealed) as gallery:
        assert [person.name for person in gallery.people] == ["Ada Lovelace", "Grace"]
        assert gallery.vault is not None
        assert gallery.vault.is_strict


def test_a_link_in_place_of_the_vault_is_replaced_and_nothing_is_written_through_it(
    sealed: Path, tmp_path: Path
) -> None:
    path, outside = sealed / "vault.json", tmp_path / "outside.json"
    with opened(sealed) as gallery:
        shutil.copy(path, outside)
        before = outside.read_bytes()
        path.unlink()
        path.symlink_to(outside)
        gallery.rename(gallery.person("Ada"), "Ada Lovelace")
    assert outside.read_bytes() == before
    assert not path.is_symlink()
    with opened(sealed) as gallery:
        assert gallery.find("Ada Lovelace") is not None


def test_where_the_vault_cannot_be_put_back_the_gallery_is_refused_until_it_is(sealed: Path) -> None:
    path = sealed / "vault.json"
    kept = path.read_bytes()
    with opened(sealed) as gallery:
        path.unlink()
        path.mkdir()
        gallery.rename(gallery.person("Ada"), "Ada Lovelace")
    for for_writing in (False, True):
        with pytest.raises(GalleryDamagedError, match=r"vault\.json"):
            Gallery.open(sealed, for_writing=for_writing, passphrase=PASSPHRASE)
    path.rmdir()
    path.write_bytes(kept)
    with opened(sealed) as gallery:
        assert [person.name for person in gallery.people] == ["Ada Lovelace", "Grace"]


def test_unsealed_records_are_refused_after_the_vault_was_changed_while_open(
    sealed: Path, tmp_path: Path, add: Add
) -> None:
    path = sealed / "vault.json"
    with opened(sealed):
        path.write_text(path.read_text().replace('"encrypted"', '"encrypting"'))
    planted = tmp_path / "planted"
    with Gallery.open(planted, for_writing=True) as gallery:
        add(gallery, "Mallory", 9)
    shutil.copy(records_of(planted), records_of(sealed))
    for for_writing in (False, True):
        with pytest.raises(GalleryDamagedError, match="not encrypted"):
            Gallery.open(sealed, for_writing=for_writing, passphrase=PASSPHRASE)


@pytest.mark.parametrize("edit", EDITS, ids=repr)
def test_no_function_that_writes_the_vault_signs_what_it_did_not_verify(
    sealed: Path, edit: dict[str, object]
) -> None:
    path = sealed / "vault.json"
    written: list[tuple[Callable[[vault.Vault], None], str, str]] = [
        (lambda key: vault.change_passphrase(sealed, key, "another one"), "another one", vault.ENCRYPTED),
        (lambda key: vault.remember_generation(sealed, key, 10**4), PASSPHRASE, vault.ENCRYPTED),
        (lambda key: vault.set_state(sealed, key, vault.ENCRYPTED), PASSPHRASE, vault.ENCRYPTED),
        (lambda key: vault.set_state(sealed, key, vault.DECRYPTING), PASSPHRASE, vault.DECRYPTING),
    ]
    good = path.read_bytes()
    for write, passphrase, state in written:
        path.write_bytes(good)
        key = vault.unlock(sealed, PASSPHRASE)
        assert key is not None
        path.write_text(json.dumps({**json.loads(good), **edit}))
        write(key)
        again = vault.unlock(sealed, passphrase)
        assert again is not None
        assert (again.key, again.gallery, again.state) == (key.key, key.gallery, state)
        assert json.loads(path.read_bytes()).get("home") == json.loads(good)["home"]


def test_a_gallery_without_its_vault_is_not_taken_for_a_plain_one(
    sealed: Path, files_in: Callable[[Path], dict[str, bytes]]
) -> None:
    (sealed / "vault.json").unlink()
    before = files_in(sealed)
    for passphrase in (None, PASSPHRASE):
        with pytest.raises(GalleryDamagedError):
            encryption.decrypt(sealed, passphrase)
    assert files_in(sealed) == before


def test_decrypting_a_plain_gallery_does_nothing(
    folder: Path, gallery: Gallery, files_in: Callable[[Path], dict[str, bytes]]
) -> None:
    gallery.close()
    before = files_in(folder)
    assert not any(encryption.decrypt(folder, None))
    assert files_in(folder) == before
