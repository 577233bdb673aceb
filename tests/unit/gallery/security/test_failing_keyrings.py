"""Keyrings that fail: nothing is encrypted with a key that they do not hold, and each fault is one error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import keyring.backends.null
import pytest

from face_match.core.errors import KeyringError
from face_match.gallery.gallery import Gallery
from face_match.gallery.security import encryption

ERRORS = [RuntimeError("no bus"), OSError(5, "I/O"), TypeError("a plug-in's"), UnicodeError("a plug-in's")]


class OddKeyring(keyring.backend.KeyringBackend):
    """Raises an error, or answers something else than it was given."""

    priority = 1

    def __init__(self, error: Exception | None = None, answer: Any = None) -> None:
        super().__init__()
        self.error, self.answer = error, answer
        self.entries: dict[str, str] = {}

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error

    def get_password(self, service: str, username: str) -> Any:
        self._fail()
        return self.entries.get(username) if self.answer is None else self.answer

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.entries[username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()


ODD: dict[str, Callable[[], keyring.backend.KeyringBackend]] = {
    "switched off": keyring.backends.null.Keyring,
    **{type(error).__name__: lambda error=error: OddKeyring(error) for error in ERRORS},  # type: ignore[misc]
    **{f"answers {value!r}": lambda value=value: OddKeyring(answer=value) for value in ("", b"key", 7, "é")},  # type: ignore[misc]
}


@pytest.fixture
def named(folder: Path, gallery: Gallery, add: Callable[..., object]) -> Path:
    """The folder of a gallery with a person, in each store."""
    add(gallery, "Ada Lovelace", 1)
    gallery.close()
    return folder


@pytest.fixture(autouse=True)
def _system_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.mark.parametrize("odd", ODD)
def test_nothing_is_encrypted_with_a_key_that_the_keyring_does_not_hold(
    odd: str, named: Path, files_in: Callable[[Path], dict[str, bytes]]
) -> None:
    before = files_in(named)
    keyring.set_keyring(ODD[odd]())
    with pytest.raises(KeyringError):
        encryption.encrypt(named, None)
    assert files_in(named) == before


@pytest.mark.parametrize("odd", ODD)
def test_a_keyring_that_fails_later_is_one_error_and_can_be_tried_again(odd: str, named: Path) -> None:
    good = OddKeyring()
    keyring.set_keyring(good)
    encryption.encrypt(named, None)
    keyring.set_keyring(ODD[odd]())
    with pytest.raises(KeyringError):
        Gallery.open(named, for_writing=False)
    keyring.set_keyring(good)
    Gallery.open(named, for_writing=False).close()


def test_a_gallery_whose_entry_cannot_be_deleted_is_decrypted(named: Path) -> None:
    good = OddKeyring()
    keyring.set_keyring(good)
    encryption.encrypt(named, None)
    good.delete_password = lambda service, username: 1 / 0  # type: ignore[method-assign, assignment, return-value]
    encryption.decrypt(named, None)
    assert not (named / "vault.json").exists()


def test_a_keyring_whose_module_cannot_be_imported_is_one_error(
    named: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with `default-keyring` of keyring's settings naming a module that is not there."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(KeyringError):
        encryption.encrypt(named, None)
