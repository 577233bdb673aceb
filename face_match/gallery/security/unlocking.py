"""The key of a gallery that is about to be changed."""

from __future__ import annotations

from pathlib import Path

from face_match.gallery.records.paths import PURGE_PLAN, VAULT
from face_match.gallery.storage.pending_crops import PendingCrops
from face_match.gallery.storage.vault import Vault, unlock


def unlock_for_writing(folder: Path, passphrase: str | None) -> Vault | None:
    """As `vault.unlock`; what an earlier version has sealed is sealed anew first, and an erasing or an edit
    that was cut off leaves nothing behind: whoever writes to a gallery, or encrypts, decrypts or restores it,
    comes through here.

    The caller holds the writer's lock.

    Raises:
        GalleryWriteError, and what `vault.unlock` raises.
    """
    vault = unlock(folder, passphrase)
    if vault is not None and vault.needs_upgrade:
        from face_match.gallery.security.sealing import upgrade  # takes SQLAlchemy

        vault = upgrade(folder, passphrase, vault)
    return _with_pending_work_done(folder, vault)


def unlock_for_reencryption(folder: Path, passphrase: str | None) -> Vault | None:
    """The same for who seals, or unseals, all of a gallery anyway."""
    return _with_pending_work_done(folder, unlock(folder, passphrase))


def _with_pending_work_done(folder: Path, vault: Vault | None) -> Vault | None:
    """The vault of a gallery after what was cut off is completed; an erasing of everybody takes it along."""
    if (folder / PURGE_PLAN).exists():
        from face_match.gallery.security.purge_execution import finish_purge  # takes SQLAlchemy

        finish_purge(folder, vault)
        vault = vault if (folder / VAULT).exists() else None
    PendingCrops(folder).remove_unused(vault)
    return vault
