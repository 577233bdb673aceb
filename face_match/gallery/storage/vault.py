"""Encryption at rest. A sealed file is encrypted and authenticated with AES-SIV (RFC 5297) and bound to its
path.

The key is random. `vault.json` holds it wrapped by a key that scrypt derives from a passphrase, or names the
entry in the system's keyring that holds it. The associated data of a sealed file names the gallery and the
file's path, so that sealed files cannot be swapped. A database is encrypted by SQLCipher with a key of its
own.

{"format": "face-match vault", "version": 2, "gallery": "<its id>", "state": "encrypted",
 "generation": <of the records when they were last closed>, "scrypt": {…}, "key": "…", "mac": "…"}

While a gallery is being encrypted or decrypted, each file's first bytes tell whether it is sealed. Afterwards
unsealed files are refused. Version 1 did not bind files to paths; its files can be read until they are
sealed again.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import logging
import os
import uuid
from pathlib import Path
from typing import Any

from face_match.core.atomic_files import read_file, sync_folder, write_file
from face_match.core.errors import (
    GalleryDamagedError,
    GalleryEncryptedError,
    GalleryNewerError,
    GalleryUnreadableError,
    KeyringError,
    VaultDamagedError,
    WrongPassphraseError,
    gallery_read_errors,
    gallery_write_errors,
)
from face_match.core.normal_form import normalized
from face_match.core.translation import marked
from face_match.gallery.records.fields import READ_ERRORS, parse_int
from face_match.gallery.records.paths import VAULT, require_no_link
from face_match.gallery.storage.system_keyring import delete_entry, read_entry, write_entry

log = logging.getLogger(__name__)

FORMAT, VERSION = "face-match vault", 2
MARK = b"Face Match, sealed 2\n"
OLD_MARK = b"Face Match, sealed\n"
MAX_BYTES = 1 << 20
"""The size limit of `vault.json`, which takes about 400 bytes."""
KEYRING = "Face Match"
"""The service name of entries in the system's keyring."""

ENTRY_START = "2:"
"""The prefix of entries from version 2 on, so that a forged `vault.json` of version 1 cannot use them."""

KEY_BYTES, NONCE_BYTES, OLD_NONCE_BYTES = 32, 16, 12
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
"""OWASP's recommendation of 2023 for scrypt: 128 MB and a third of a second for each guess."""
MAX_SCRYPT_COST = 2 * 2**17 * 8 * 1
"""The limit of n · r · p, twice what any version has written: 256 MB and a second. A forged vault could take
minutes and gigabytes before a wrong passphrase is detected."""

ENCRYPTING, ENCRYPTED, DECRYPTING, UPGRADING = "encrypting", "encrypted", "decrypting", "upgrading"
STATES = (ENCRYPTING, ENCRYPTED, DECRYPTING, UPGRADING)


class BrokenSealError(Exception):
    """A sealed file was changed, moved, or sealed with another key."""


class Vault:
    """Seals and unseals the files of one gallery.

    Attributes:
        state: of the gallery, one of STATES.
        generation: the records have at least this generation.
        is_old: `vault.json` is of version 1.
        record: the fields of `vault.json` as they were verified, or written last.
    """

    def __init__(
        self, key: bytes, gallery: str, state: str, *, generation: int = 0, is_old: bool = False
    ) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        old = _derive_key(key, FORMAT, 3 * KEY_BYTES)
        self._old, self._names = AESGCM(old[:KEY_BYTES]), old[2 * KEY_BYTES :]
        keys = _derive_key(key, f"{FORMAT} {VERSION}", 4 * KEY_BYTES)
        self._siv = _Siv(keys[: 2 * KEY_BYTES], gallery)
        self._mac, self.database_key = keys[2 * KEY_BYTES : 3 * KEY_BYTES], keys[3 * KEY_BYTES :]
        self.key = key
        self.gallery = gallery
        self.state = state
        self.generation = generation
        self.is_old = is_old
        self.record: dict[str, Any] = {}

    @property
    def is_strict(self) -> bool:
        """Whether every file must be sealed. An unsealed file was put there by something else."""
        return self.state == ENCRYPTED and not self.is_old

    @property
    def needs_upgrade(self) -> bool:
        """Whether some files may still be sealed by version 1."""
        return self.is_old or self.state == UPGRADING

    def seal(self, data: bytes, sealed_path: str) -> bytes:
        """Encrypt and authenticate data, bound to a path."""
        return self._siv.seal(data, sealed_path)

    def unseal(self, sealed: bytes | memoryview, sealed_path: str) -> bytes:
        """Decrypt data; raises BrokenSealError if it was not sealed with this key for this path."""
        return self._siv.unseal(sealed, sealed_path)

    def unseal_old(self, sealed: bytes) -> bytes:
        """Decrypt data of version 1; raises BrokenSealError."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._old.decrypt(sealed[:OLD_NONCE_BYTES], sealed[OLD_NONCE_BYTES:], None)
        except (InvalidTag, ValueError) as exc:
            raise BrokenSealError("it was changed or sealed with another key") from exc

    def alias(self, file: str) -> str:
        """A constant name that reveals nothing about the file's name."""
        return hmac.digest(self._names, file.encode("utf-8", "surrogatepass"), "sha256").hex()

    def mac_of(self, record: dict[str, Any]) -> str:
        """The authentication code of `vault.json`'s fields, in hex."""
        signed = json.dumps([record["gallery"], record["state"], record["generation"], record.get("home")])
        return hmac.digest(self._mac, signed.encode(), "sha256").hex()


class _Siv:
    """AES-SIV with a random nonce as the last associated data, as in RFC 5297, section 3."""

    def __init__(self, key: bytes, gallery: str) -> None:
        # imported here, like keyring: plain galleries do not need it
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV

        self._cipher = AESSIV(key)
        self._gallery = gallery.encode()

    def seal(self, data: bytes, sealed_path: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(data, self._associated_data(sealed_path, nonce))

    def unseal(self, sealed: bytes | memoryview, sealed_path: str) -> bytes:
        from cryptography.exceptions import InvalidTag

        try:
            bound_to = self._associated_data(sealed_path, bytes(sealed[:NONCE_BYTES]))
            return self._cipher.decrypt(sealed[NONCE_BYTES:], bound_to)
        except (InvalidTag, ValueError) as exc:  # ValueError: the data is too short
            raise BrokenSealError("it was changed, moved or sealed with another key") from exc

    def _associated_data(self, sealed_path: str, nonce: bytes) -> list[bytes]:
        return [MARK, self._gallery, sealed_path.encode("utf-8", "surrogatepass"), nonce]


def to_disk(data: bytes, vault: Vault | None, sealed_path: str) -> bytes:
    """The content to write: sealed, or plain without a vault.

    Args:
        sealed_path: the path that the file is bound to, relative to the gallery; files that may replace each
            other share one.
    """
    return data if vault is None else MARK + vault.seal(data, sealed_path)


def from_disk(data: bytes, vault: Vault | None, sealed_path: str, path: Path) -> bytes:
    """The plain content of a file, sealed or not.

    Args:
        path: to be named in errors.
    Raises:
        GalleryDamagedError: it cannot be unsealed, or is unsealed although every file must be sealed.
    """
    is_old = data.startswith(OLD_MARK)
    if vault is None:
        if is_old or data.startswith(MARK):
            raise GalleryDamagedError(path, f"it is encrypted, but there is no {VAULT} with its key")
        return data
    try:
        if data.startswith(MARK):
            return vault.unseal(memoryview(data)[len(MARK) :], sealed_path)
        if vault.is_strict:
            raise GalleryDamagedError(path, marked("it is not encrypted, but the gallery is"))
        return vault.unseal_old(data[len(OLD_MARK) :]) if is_old else data
    except BrokenSealError as exc:
        raise GalleryDamagedError(path, str(exc)) from exc


def state_of(folder: Path) -> str | None:
    """The encryption state, one of STATES; None for a plain gallery.

    Raises:
        GalleryDamagedError, GalleryUnreadableError, GalleryNewerError.
    """
    record = _read(folder)
    return None if record is None else str(record["state"])


def needs_passphrase(folder: Path) -> bool:
    """Whether `unlock` needs a passphrase. Raises as `state_of` does."""
    record = _read(folder)
    return record is not None and "keyring" not in record


def unlock(folder: Path, passphrase: str | None) -> Vault | None:
    """The vault of a gallery; None for a plain gallery.

    Raises:
        GalleryEncryptedError: a passphrase is needed.
        WrongPassphraseError, KeyringError.
        GalleryDamagedError, GalleryUnreadableError, GalleryNewerError.
    """
    record = _read(folder)
    if record is None:
        return None
    if "keyring" in record:
        return _open_vault(folder, record, _key_from_keyring(folder, record))
    if passphrase is None:
        raise GalleryEncryptedError(folder)
    try:
        wrapping = _passphrase_key(passphrase, record)
        wrapped = _from_base64(record["key"])
    except READ_ERRORS as exc:
        raise VaultDamagedError(folder / VAULT, marked("it is not a Face Match vault")) from exc
    try:
        if record["version"] == 1:
            key = Vault(wrapping, "", ENCRYPTING).unseal_old(wrapped)
        else:
            key = _Siv(wrapping, record["gallery"]).unseal(wrapped, VAULT)
    except BrokenSealError as exc:
        raise WrongPassphraseError(folder) from exc
    return _open_vault(folder, record, key)


def create_vault(folder: Path, passphrase: str | None, before: Vault | None = None) -> Vault:
    """Create a vault for a gallery that is about to be encrypted.

    Args:
        passphrase: None stores the key in the system's keyring.
        before: the vault of version 1 to replace; the key is kept.
    Raises:
        GalleryWriteError, KeyringError: no vault is created.
    """
    key = os.urandom(KEY_BYTES) if before is None else before.key
    record: dict[str, Any] = {"format": FORMAT, "version": VERSION, "gallery": uuid.uuid4().hex}
    is_upgrade = before is not None and before.state == ENCRYPTED
    record |= {"state": UPGRADING if is_upgrade else ENCRYPTING, "generation": 0}
    record["home"] = _location_hash(folder)
    vault = Vault(key, record["gallery"], record["state"])
    if passphrase is None:
        record["keyring"] = _key_to_keyring(folder, key)  # a new entry, which version 1 must not open
    else:
        record |= _wrapped(key, record["gallery"], passphrase)
    _write(folder, record, vault)
    return vault


def change_passphrase(folder: Path, vault: Vault, passphrase: str) -> None:
    """Wrap the key by another passphrase; sealed files are unchanged. Raises GalleryWriteError."""
    record = {name: value for name, value in vault.record.items() if name != "keyring"}
    _rewrite(folder, {**record, **_wrapped(vault.key, vault.gallery, passphrase)}, vault)


def set_state(folder: Path, vault: Vault, state: str) -> None:
    """Store the encryption state; raises GalleryWriteError."""
    _rewrite(folder, {**vault.record, "state": state}, vault)
    vault.state = state


def remember_generation(folder: Path, vault: Vault, generation: int) -> None:
    """Store the generation of the records, which reveals an older file in their place."""
    if not vault.is_old:
        _rewrite(folder, {**vault.record, "generation": generation}, vault)
    vault.generation = generation


def remove(folder: Path) -> None:
    """Delete the vault of a decrypted gallery; raises GalleryWriteError.

    The keyring entry is deleted too, if it holds this gallery's key and the gallery is not a copy of another
    one.
    """
    record = _read(folder)
    is_own = False
    if record is not None and "keyring" in record and record["version"] != 1:
        with contextlib.suppress(KeyringError, GalleryDamagedError):
            _open_vault(folder, record, _key_from_keyring(folder, record))
            is_own = record.get("home") in (
                _location_hash(folder),
                str(folder.resolve()),
            )  # the form of earlier versions
    with gallery_write_errors(folder / VAULT):
        (folder / VAULT).unlink(missing_ok=True)
        sync_folder(folder)  # before the key goes: a vault that reappeared without its key would open nothing
    if record is not None and is_own:
        with contextlib.suppress(KeyringError):  # the entry is useless now
            delete_entry(KEYRING, str(record["keyring"]), folder)


def _location_hash(folder: Path) -> str:
    """The gallery's location, hashed so that it can be compared but not read."""
    return hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()


def _open_vault(folder: Path, record: dict[str, Any], key: bytes) -> Vault:
    """Check and open a vault; raises GalleryDamagedError if `vault.json` was changed by something else."""
    if record["version"] == 1:
        vault = Vault(key, "", record["state"], is_old=True)
    else:
        vault = Vault(key, record["gallery"], record["state"], generation=record["generation"])
    vault.record = record
    if not vault.is_old and not hmac.compare_digest(vault.mac_of(record), record["mac"]):
        raise VaultDamagedError(folder / VAULT, marked("it was changed by another program"))
    return vault


def _read(folder: Path) -> dict[str, Any] | None:
    path = folder / VAULT
    require_no_link(path)
    with gallery_read_errors(path, VaultDamagedError):
        try:
            content = read_file(path, MAX_BYTES, follows_links=False)
        except (FileNotFoundError, NotADirectoryError):
            return None
    try:
        record = json.loads(content)
        if record["format"] != FORMAT:
            raise ValueError(record["format"])
        if parse_int(record["version"]) > VERSION:
            raise GalleryNewerError(path, str(record["version"]), str(VERSION))
        _require_valid(record)
    except READ_ERRORS as exc:
        raise VaultDamagedError(path, marked("it is not a Face Match vault")) from exc
    found: dict[str, Any] = record
    return found


def _require_valid(record: dict[str, Any]) -> None:
    """Check all fields of `vault.json`; raises one of READ_ERRORS.

    Names are ASCII: other text makes no entry of a keyring, and cannot be compared in constant time.
    """
    is_old = record["version"] == 1
    if record["state"] not in STATES or record["version"] < 1:
        raise ValueError("unknown state or version")
    if not is_old:
        parse_int(record["generation"])
        _require_ascii(record["gallery"], record["mac"])
        if not isinstance(record.get("home"), (str, type(None))):
            raise TypeError("the place is not a text")
    if "keyring" in record:
        _require_ascii(record["keyring"])
        return
    _from_base64(record["key"])
    _from_base64(record["scrypt"]["salt"])
    n, r, p = (parse_int(record["scrypt"][name]) for name in "nrp")
    if min(n, r, p) < 1 or n * r * p > MAX_SCRYPT_COST:
        raise ValueError("no parameters for scrypt")


def _require_ascii(*texts: object) -> None:
    if not all(isinstance(text, str) and text.isascii() and text.isprintable() for text in texts):
        raise ValueError("not a name")


def _rewrite(folder: Path, record: dict[str, Any], vault: Vault) -> None:
    """Write `vault.json` anew if it is to change, or was changed by something else.

    The file is never a source: what somebody changed in it since it was unlocked would be signed.
    """
    try:
        found = _read(folder)
    except (GalleryDamagedError, GalleryUnreadableError, GalleryNewerError):
        found = None
    if found != vault.record:
        log.warning("%s was changed while the gallery was open; what was unlocked is put back", VAULT)
    elif record == found:
        return
    _write(folder, record, vault)


def _write(folder: Path, record: dict[str, Any], vault: Vault) -> None:
    record = {**record, "mac": vault.mac_of(record)} if record["version"] != 1 else record
    with gallery_write_errors(folder / VAULT):
        write_file(folder / VAULT, json.dumps(record, indent=1).encode() + b"\n")
    vault.record = record


def _wrapped(key: bytes, gallery: str, passphrase: str) -> dict[str, Any]:
    salt = _to_base64(os.urandom(16))
    scrypt = {"n": SCRYPT_N, "r": SCRYPT_R, "p": SCRYPT_P, "salt": salt}
    wrapping = _passphrase_key(passphrase, {"version": VERSION, "scrypt": scrypt})
    return {"scrypt": scrypt, "key": _to_base64(_Siv(wrapping, gallery).seal(key, VAULT))}


def _passphrase_key(passphrase: str, record: dict[str, Any]) -> bytes:
    """The key derived from a passphrase; raises one of READ_ERRORS for invalid parameters.

    Accents may be typed as one character or two; version 2 treats both alike.
    """
    scrypt = record["scrypt"]
    n, r, p = (scrypt[name] for name in "nrp")
    if record["version"] != 1:
        passphrase = normalized("NFC", passphrase)
    return hashlib.scrypt(
        passphrase.encode("utf-8", "surrogatepass"),
        salt=_from_base64(scrypt["salt"]),
        n=n,
        r=r,
        p=p,
        maxmem=256 * n * r,
        dklen=KEY_BYTES if record["version"] == 1 else 2 * KEY_BYTES,
    )


def _derive_key(key: bytes, purpose: str, length: int) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, salt=None, info=purpose.encode()).derive(key)


def _key_to_keyring(folder: Path, key: bytes) -> str:
    """Store the key; return the name of its entry."""
    name = uuid.uuid4().hex
    write_entry(KEYRING, name, ENTRY_START + _to_base64(key), folder)
    return name


def _key_from_keyring(folder: Path, record: dict[str, Any]) -> bytes:
    entry = read_entry(KEYRING, str(record["keyring"]), folder) or ""
    if entry.startswith(ENTRY_START) == (record["version"] == 1):
        raise KeyringError(folder)
    try:
        key = _from_base64(entry.removeprefix(ENTRY_START))
    except ValueError as exc:
        raise KeyringError(folder) from exc
    if len(key) != KEY_BYTES:
        raise KeyringError(folder)
    return key


def _to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _from_base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
