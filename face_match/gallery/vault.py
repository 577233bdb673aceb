"""Encryption at rest: what a gallery keeps, sealed with AES-256-GCM.

The key is random. `vault.json` has it wrapped by a key that scrypt makes of a passphrase, or names the entry
of the system's keyring that holds it. Every file, and every value in a database, says itself whether it is
sealed: so a gallery can be used at any moment of being encrypted or decrypted.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import uuid
from pathlib import Path
from typing import Any

from face_match.durable import write_file
from face_match.errors import (
    GalleryDamagedError,
    GalleryEncryptedError,
    GalleryNewerError,
    KeyringError,
    WrongPassphraseError,
    gallery_writes,
)
from face_match.gallery.records import MISREAD

VAULT = "vault.json"
FORMAT, VERSION = "face-match vault", 1
MARK = b"Face Match, sealed\n"
KEYRING = "Face Match"
"""What the entries in the system's keyring are called."""

KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 12, 16
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
"""OWASP's advice of 2023 for scrypt: 128 MB, and a third of a second, for each guess."""

ENCRYPTING, ENCRYPTED, DECRYPTING = "encrypting", "encrypted", "decrypting"


class BrokenSealError(Exception):
    """What is sealed was changed, or was sealed with another key."""


class Vault:
    """Seals and opens, with a key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        # imported here, as keyring is: galleries that are not encrypted do without
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        keys = HKDF(SHA256(), 3 * KEY_BYTES, salt=None, info=FORMAT.encode()).derive(key)
        content, self._same, self._names = (keys[i : i + KEY_BYTES] for i in range(0, len(keys), KEY_BYTES))
        self._content = AESGCM(content)

    def seal(self, data: bytes, *, alike: bool = False) -> bytes:
        """Data that only this key opens.

        Args:
            alike: the same data give the same, so that they can be looked up. The nonce is made of them,
                which tells no more than that.
        """
        made = hmac.digest(self._same, data, "sha256")
        nonce = made[:NONCE_BYTES] if alike else os.urandom(NONCE_BYTES)
        return nonce + self._content.encrypt(nonce, data, None)

    def unseal(self, sealed: bytes) -> bytes:
        """Raises BrokenSealError for what this key has not sealed."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._content.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
        except InvalidTag as exc:
            raise BrokenSealError("it is not what was sealed") from exc

    def alias(self, file: str) -> str:
        """A name that tells nothing of a file's, and is always the same."""
        return hmac.digest(self._names, file.encode("utf-8", "surrogatepass"), "sha256").hex()


def sealed_length(length: int) -> int:
    """In bytes, of so many."""
    return NONCE_BYTES + length + TAG_BYTES


def to_disk(data: bytes, vault: Vault | None) -> bytes:
    """What a file is to hold."""
    return data if vault is None else MARK + vault.seal(data)


def from_disk(data: bytes, vault: Vault | None, path: Path) -> bytes:
    """What a file holds, sealed or not.

    Raises:
        GalleryDamagedError: it cannot be opened.
    """
    if not data.startswith(MARK):
        return data
    if vault is None:
        raise GalleryDamagedError(path, f"it is encrypted, and there is no {VAULT} with its key")
    try:
        return vault.unseal(data[len(MARK) :])
    except BrokenSealError as exc:
        raise GalleryDamagedError(path, str(exc)) from exc


def state_of(folder: Path) -> str | None:
    """`ENCRYPTED`, or on the way there or back; None for a gallery that is not.

    Raises:
        GalleryDamagedError, GalleryNewerError.
    """
    record = _read(folder)
    return None if record is None else str(record["state"])


def asks_for_passphrase(folder: Path) -> bool:
    """Whether `unlock` needs one. Raises as `state_of` does."""
    record = _read(folder)
    return record is not None and "keyring" not in record


def unlock(folder: Path, passphrase: str | None) -> Vault | None:
    """The vault of a gallery; None if it is not encrypted.

    Raises:
        GalleryEncryptedError: a passphrase is needed.
        WrongPassphraseError, KeyringError.
        GalleryDamagedError, GalleryNewerError.
    """
    record = _read(folder)
    if record is None:
        return None
    if "keyring" in record:
        return Vault(_key_from_keyring(folder, str(record["keyring"])))
    if passphrase is None:
        raise GalleryEncryptedError(folder)
    try:
        scrypt = record["scrypt"]
        wrapping = _stretched(passphrase, _bytes(scrypt["salt"]), scrypt["n"], scrypt["r"], scrypt["p"])
        wrapped = _bytes(record["key"])
    except MISREAD as exc:
        raise GalleryDamagedError(folder / VAULT, "it is not a vault of this program") from exc
    try:
        return Vault(Vault(wrapping).unseal(wrapped))
    except BrokenSealError as exc:
        raise WrongPassphraseError(folder) from exc


def make(folder: Path, passphrase: str | None) -> Vault:
    """A new vault for a gallery that is about to be encrypted.

    Args:
        passphrase: None to leave the key to the system's keyring.
    Raises:
        GalleryWriteError, KeyringError: there is none.
    """
    key = os.urandom(KEY_BYTES)
    record: dict[str, Any] = {"format": FORMAT, "version": VERSION, "state": ENCRYPTING}
    if passphrase is None:
        record["keyring"] = _key_to_keyring(folder, key)
    else:
        salt = os.urandom(16)
        wrapping = _stretched(passphrase, salt, SCRYPT_N, SCRYPT_R, SCRYPT_P)
        record["scrypt"] = {"n": SCRYPT_N, "r": SCRYPT_R, "p": SCRYPT_P, "salt": _text(salt)}
        record["key"] = _text(Vault(wrapping).seal(key))
    _write(folder, record)
    return Vault(key)


def set_state(folder: Path, state: str) -> None:
    """Write down how far encrypting or decrypting has come; raises GalleryWriteError."""
    record = _read(folder)
    if record is not None and record["state"] != state:
        _write(folder, {**record, "state": state})


def remove(folder: Path) -> None:
    """Of a gallery of which nothing is sealed any more; raises GalleryWriteError."""
    record = _read(folder)
    with gallery_writes(folder / VAULT):
        (folder / VAULT).unlink(missing_ok=True)
    if record is not None and "keyring" in record:
        import keyring

        with contextlib.suppress(keyring.errors.KeyringError):  # it opens nothing any more
            keyring.delete_password(KEYRING, str(record["keyring"]))


def _read(folder: Path) -> dict[str, Any] | None:
    path = folder / VAULT
    try:
        record = json.loads(path.read_bytes())
        if record["format"] != FORMAT or record["state"] not in (ENCRYPTING, ENCRYPTED, DECRYPTING):
            raise ValueError(record["format"])
        if int(record["version"]) > VERSION:
            raise GalleryNewerError(path, str(record["version"]))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (*MISREAD, OSError) as exc:
        raise GalleryDamagedError(path, "it is not a vault of this program") from exc
    found: dict[str, Any] = record
    return found


def _write(folder: Path, record: dict[str, Any]) -> None:
    with gallery_writes(folder / VAULT):
        write_file(folder / VAULT, json.dumps(record, indent=1).encode() + b"\n")


def _stretched(passphrase: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(
        passphrase.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=n,
        r=r,
        p=p,
        maxmem=256 * n * r,
        dklen=KEY_BYTES,
    )


def _key_to_keyring(folder: Path, key: bytes) -> str:
    import keyring

    name = uuid.uuid4().hex
    try:
        keyring.set_password(KEYRING, name, _text(key))
    except keyring.errors.KeyringError as exc:
        raise KeyringError(folder) from exc
    return name


def _key_from_keyring(folder: Path, name: str) -> bytes:
    import keyring

    try:
        key = _bytes(keyring.get_password(KEYRING, name) or "")
    except (keyring.errors.KeyringError, ValueError) as exc:
        raise KeyringError(folder) from exc
    if len(key) != KEY_BYTES:
        raise KeyringError(folder)
    return key


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
