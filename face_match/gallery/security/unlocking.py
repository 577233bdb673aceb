"""Unlocking a gallery for changes."""

from __future__ import annotations

from pathlib import Path

from face_match.gallery.records.paths import PURGE_PLAN, VAULT
from face_match.gallery.storage.pending_crops import PendingCrops
from face_match.gallery.storage.vault import Vault, unlock


def unlock_for_writing(folder: Path, passphrase: str | None) -> Vault | None:
    """Unlock a gallery and complete pending work: an upgrade of the vault, a purge, an interrupted edit.

    Everything that writes to a gallery calls this or `unlock_for_reencryption`. The caller holds the writer
    lock.

    Raises:
        GalleryWriteError, and what `vault.unlock` raises.
    """
    vault = unlock(folder, passphrase)
    if vault is not None and vault.needs_upgrade:
        from face_match.gallery.security.sealing import upgrade  # imports SQLAlchemy

        vault = upgrade(folder, passphrase, vault)
    return _with_pending_work_done(folder, vault)


def unlock_for_reencryption(folder: Path, passphrase: str | None) -> Vault | None:
    """Like `unlock_for_writing`, without upgrading the vault: all files are about to be sealed or
    unsealed."""
    return _with_pending_work_done(folder, unlock(folder, passphrase))


def _with_pending_work_done(folder: Path, vault: Vault | None) -> Vault | None:
    """The vault after completing a pending purge and interrupted edits; a purge of everybody deletes it."""
    if (folder / PURGE_PLAN).exists():
        from face_match.gallery.security.purge_execution import finish_purge  # imports SQLAlchemy

        finish_purge(folder, vault)
        vault = vault if (folder / VAULT).exists() else None
    PendingCrops(folder).remove_unused(vault)
    return vault
