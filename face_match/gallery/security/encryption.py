"""Encrypting and decrypting a whole gallery in place.

Each file is replaced as a whole and shows itself whether it is encrypted. So an interrupted encryption can be
resumed, and the gallery opens with its passphrase meanwhile.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from face_match.core.atomic_files import sync_folder
from face_match.core.errors import GalleryDamagedError, gallery_write_errors
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.translation import marked
from face_match.gallery.records.own_files import is_alias
from face_match.gallery.records.paths import (
    CROPS_FOLDER,
    SEALED_SUFFIX,
    VAULT,
    require_accessible,
    require_no_links,
)
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
    """Encrypt all files of a gallery, including its backups.

    Args:
        passphrase: None stores the key in the system's keyring.
    Raises:
        CancelledError, GalleryWriteError: partly encrypted; the gallery can be used and encryption resumed.
        WrongPassphraseError: an interrupted encryption used another passphrase.
        GalleryLockedError, GalleryDamagedError, KeyringError.
    """
    with WriterLock(folder):
        known = unlock_for_reencryption(folder, passphrase)
        require_accessible(folder)
        require_no_links(folder, every_crop=True)  # files behind a link would stay readable
        backups.verify_records(folder, known)  # refuse to start with damaged records
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
    """Decrypt all files of a gallery; does nothing if it is plain.

    Raises:
        CancelledError, GalleryWriteError: partly decrypted; the gallery can be used and decryption resumed.
        GalleryDamagedError: the records are damaged, or are encrypted without a `vault.json`; nothing is
            changed.
        GalleryEncryptedError, WrongPassphraseError, GalleryLockedError, KeyringError.
    """
    with WriterLock(folder):
        require_accessible(folder)
        key = unlock_for_reencryption(folder, passphrase)
        backups.verify_records(folder, key)
        if key is None:
            return SealingResult(0, [])
        back_up_older_version(folder, key)
        vault.set_state(folder, key, vault.DECRYPTING)
        crops = Crops(folder, key)
        work = [(path, crops.unseal) for path in crop_files(folder, key) if path.suffix == SEALED_SUFFIX]
        work += [(path, partial(replace_file, key=key, sealed=False)) for path in files_but_crops(folder)]
        work += journal_work(folder, key, sealed=False)
        outcome = apply_to_files(folder, work, on_progress, is_cancelled)
        lost = [*outcome.lost]
        for path in _sealed_names(folder):
            with gallery_write_errors(path):  # a plain gallery with encrypted crops would be refused
                path.rename(path.with_suffix(DAMAGED))
                sync_folder(path.parent)
            lost.append(path.relative_to(folder).as_posix())
        remove_leftovers_and_empty_folders(folder)
        vault.remove(folder)
        return outcome._replace(lost=sorted(set(lost)))


def _sealed_names(folder: Path) -> list[Path]:
    """What has the name of an encrypted crop: damaged ones, and also folders and pipes."""
    found = (folder / CROPS_FOLDER).glob(f"*/*{SEALED_SUFFIX}")
    own = (path for path in found if is_alias(path.relative_to(folder).as_posix()))
    return [path for path in own if not path.is_symlink() and not path.parent.is_symlink()]


def change_passphrase(folder: Path, passphrase: str | None, new: str) -> None:
    """Change the passphrase of an encrypted gallery, or set one instead of the keyring.

    The key and the encrypted files stay the same: a copy of the old `vault.json` still opens the gallery with
    the old passphrase. To prevent that, decrypt and encrypt the gallery.

    Raises:
        GalleryDamagedError: the gallery is not encrypted.
        WrongPassphraseError, GalleryEncryptedError, KeyringError, GalleryLockedError, GalleryWriteError.
    """
    with WriterLock(folder):
        key = unlock_for_writing(folder, passphrase)
        if key is None:
            raise GalleryDamagedError(folder / VAULT, marked("the gallery is not encrypted"))
        vault.change_passphrase(folder, key, new)
