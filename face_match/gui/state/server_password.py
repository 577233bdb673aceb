"""Keeping the password of a server, where that was asked for."""

from __future__ import annotations

from face_match.core.errors import KeyringError
from face_match.core.gallery_place import ServerAddress
from face_match.gui.translation import marked

NOT_KEPT = marked("The password is right, but the system’s keyring did not keep it.")


def keep_password(address: ServerAddress) -> bool:
    """Keep the password of an address in the system's keyring; returns whether that succeeded."""
    from face_match.gallery.storage.server import passwords

    try:
        passwords.keep(address)
    except KeyringError:
        return False
    return True
