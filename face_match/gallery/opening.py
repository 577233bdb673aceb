"""The key of a gallery that is about to be changed."""

from __future__ import annotations

from pathlib import Path

from face_match.gallery.vault import Vault, unlock


def unlock_for_writing(folder: Path, passphrase: str | None) -> Vault | None:
    """As `vault.unlock`; what an earlier version has sealed is sealed anew first.

    The caller holds the writer's lock.

    Raises:
        GalleryWriteError, and what `vault.unlock` raises.
    """
    vault = unlock(folder, passphrase)
    if vault is not None and vault.needs_upgrade:
        from face_match.gallery.sealing import upgrade  # takes SQLAlchemy

        vault = upgrade(folder, passphrase, vault)
    return vault
