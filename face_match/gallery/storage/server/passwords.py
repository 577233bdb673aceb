"""The passwords of servers in the system's keyring, for whoever asked to keep them there.

They are kept nowhere else. An entry belongs to a user of a database, whatever the schema.
"""

from __future__ import annotations

from pathlib import Path

from face_match.core.errors import KeyringError
from face_match.core.gallery_place import ServerAddress
from face_match.gallery.storage.vault import KEYRING


def kept(address: ServerAddress) -> str | None:
    """The password in the keyring; None for none. Raises KeyringError."""
    import keyring

    try:
        return keyring.get_password(KEYRING, _entry(address))
    except keyring.errors.KeyringError as exc:
        raise KeyringError(Path(address.name)) from exc


def keep(address: ServerAddress) -> None:
    """Keep the password of an address; raises KeyringError."""
    import keyring

    try:
        keyring.set_password(KEYRING, _entry(address), address.password or "")
    except keyring.errors.KeyringError as exc:
        raise KeyringError(Path(address.name)) from exc


def forget(address: ServerAddress) -> None:
    """Delete the password from the keyring, if it is there; raises KeyringError."""
    import keyring

    try:
        if keyring.get_password(KEYRING, _entry(address)) is not None:
            keyring.delete_password(KEYRING, _entry(address))
    except keyring.errors.KeyringError as exc:
        raise KeyringError(Path(address.name)) from exc


def _entry(address: ServerAddress) -> str:
    return f"postgresql://{address.user}@{address.host}:{address.port}/{address.database}"
