"""A gallery encrypted, or decrypted, where it lies.

File by file, each replaced as a whole; which are done already, they say themselves. So a gallery whose
encryption was cut off opens with its passphrase as it was, and going on does the rest.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from face_match.core.atomic_files import sync_folder
from face_match.core.errors import GalleryDamagedError, gallery_write_errors
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.gallery.records.paths import SEALED_SUFFIX, VAULT, require_no_links
from face_match.gallery.security.sealing import (
    SealingResult,
    apply_to_files,
    back_up_older_version,
    files_but_crops,
    journal_work,
    remove_leftovers_and_empty_folders,
    replace_file,
    seal_all,
)
from face_match.gallery.security.unlocking import unlock_for_reencryption, unlock_for_writing
from face_match.gallery.storage import backups, vault
from face_match.gallery.storage.crops import DAMAGED, Crops
from face_match.gallery.storage.gallery_files import crop_files
from face_match.gallery.storage.lock import WriterLock


def encrypt(
    folder: Path,
    passphrase: str | None,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> SealingResult:
    """Seal all that a gallery keeps, its backups too.

    Args:
        passphrase: None to leave the key to the system's keyring.
    Raises:
        CancelledError, GalleryWriteError: some is sealed; the gallery can be used, and this gone on with.
        WrongPassphraseError: it was begun with another.
        GalleryLockedError, GalleryDamagedError, KeyringError.
    """
    with WriterLock(folder):
        known = unlock_for_reencryption(folder, passphrase)
        require_no_links(folder, every_crop=True)  # what lies behind one would stay readable
        backups.verify_records(folder, known)  # what is damaged is left alone
        key = (
            known if known is not None and not known.is_old else vault.create_vault(folder, passphrase, known)
        )
        return seal_all(folder, key, on_progress, is_cancelled)


def decrypt(
    folder: Path,
    passphrase: str | None,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> SealingResult:
    """Make all of a gallery readable again; no file is concerned where it is not encrypted.

    Raises:
        CancelledError, GalleryWriteError: some is readable; the gallery can be used, and this gone on with.
        GalleryDamagedError: of the records; nothing is changed.
        GalleryEncryptedError, WrongPassphraseError, GalleryLockedError, KeyringError.
    """
    with WriterLock(folder):
        key = unlock_for_reencryption(folder, passphrase)
        if key is None:
            return SealingResult(0, [])
        backups.verify_records(folder, key)
        back_up_older_version(folder, key)
        vault.set_state(folder, key, vault.DECRYPTING)
        crops = Crops(folder, key)
        work = [(path, crops.unseal) for path in crop_files(folder) if path.suffix == SEALED_SUFFIX]
        work += [(path, partial(replace_file, key=key, sealed=False)) for path in files_but_crops(folder)]
        work += journal_work(folder, key, sealed=False)
        outcome = apply_to_files(folder, work, on_progress, is_cancelled)
        for path in (folder / file for file in outcome.lost if file.endswith(SEALED_SUFFIX)):
            with gallery_write_errors(path):  # what is sealed is looked for again in galleries without a key
                path.rename(path.with_suffix(DAMAGED))
                sync_folder(path.parent)
        remove_leftovers_and_empty_folders(folder)
        vault.remove(folder)
        return outcome


def change_passphrase(folder: Path, passphrase: str | None, new: str) -> None:
    """Let another passphrase open an encrypted gallery, also one whose key the keyring has had.

    What is sealed stays as it is: who has kept a copy of `vault.json` and knows the old passphrase can still
    open it. Decrypt and encrypt the gallery where that matters.

    Raises:
        GalleryDamagedError: it is not encrypted.
        WrongPassphraseError, GalleryEncryptedError, KeyringError, GalleryLockedError, GalleryWriteError.
    """
    with WriterLock(folder):
        key = unlock_for_writing(folder, passphrase)
        if key is None:
            raise GalleryDamagedError(folder / VAULT, "the gallery is not encrypted")
        vault.change_passphrase(folder, key, new)
