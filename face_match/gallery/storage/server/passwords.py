"""The passwords of servers in the system's keyring, for whoever asked to keep them there.

They are kept nowhere else. An entry belongs to a user of a database, whatever the schema.
"""

from __future__ import annotations

from pathlib import Path

from face_match.core.gallery_place import ServerAddress
from face_match.gallery.storage.system_keyring import delete_entry, read_entry, write_entry
from face_match.gallery.storage.vault import KEYRING


def kept(address: ServerAddress) -> str | None:
    """The password in the keyring; None for none. Raises KeyringError."""
    return read_entry(KEYRING, _entry(address), Path(address.name))


def keep(address: ServerAddress) -> None:
    """Keep the password of an address; raises KeyringError."""
    write_entry(KEYRING, _entry(address), address.password or "", Path(address.name))


def forget(address: ServerAddress) -> None:
    """Delete the password from the keyring, if it is there; raises KeyringError."""
    if kept(address) is not None:
        delete_entry(KEYRING, _entry(address), Path(address.name))


def _entry(address: ServerAddress) -> str:
    return f"postgresql://{address.user}@{address.host}:{address.port}/{address.database}"
