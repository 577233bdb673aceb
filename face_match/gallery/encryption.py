"""A gallery encrypted, or decrypted, where it lies.

File by file, each replaced as a whole; which are done already, they say themselves. So a gallery whose
encryption was cut off opens with its passphrase as it was, and going on does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from face_match.durable import remove_leftovers, write_file
from face_match.errors import CancelledError, GalleryDamagedError, GalleryNewerError, gallery_writes
from face_match.gallery import backups, vault
from face_match.gallery.kept_files import (
    crop_files,
    is_database,
    is_sealed,
    read_kept,
    record_files,
    write_kept,
)
from face_match.gallery.lock import WriterLock
from face_match.gallery.samples import SEALED, Crops
from face_match.gallery.stores import DATABASE
from face_match.gallery.vault import Vault, from_disk, to_disk
from face_match.gallery.waiting import WAITING, waiting_files
from face_match.types import IsCancelled, OnProgress, never_cancelled, no_progress


def encrypt(
    folder: Path,
    passphrase: str | None,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> int:
    """Seal all that a gallery keeps, its backups too; returns how many files it was.

    Args:
        passphrase: None to leave the key to the system's keyring.
    Raises:
        CancelledError, GalleryWriteError: some is sealed; the gallery can be used, and this gone on with.
        WrongPassphraseError: it was begun with another.
        GalleryLockedError, GalleryDamagedError, KeyringError.
    """
    with WriterLock(folder):
        known = vault.unlock(folder, passphrase)
        backups.open_store(folder, for_writing=False, vault=known).close()  # what is damaged is left alone
        key = known if known is not None else vault.make(folder, passphrase)
        vault.set_state(folder, vault.ENCRYPTING)
        crops = Crops(folder, key)
        work = [partial(crops.seal, path) for path in crop_files(folder) if path.suffix != SEALED]
        work += [partial(_replace, path, key, sealed=True) for path in _whole_files(folder)]
        _do_all(work, on_progress, is_cancelled)
        _clean(folder)
        vault.set_state(folder, vault.ENCRYPTED)
        return len(work)


def decrypt(
    folder: Path,
    passphrase: str | None,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> int:
    """Make all of a gallery readable again; returns how many files it was, 0 where it is not encrypted.

    Raises:
        CancelledError, GalleryWriteError, GalleryDamagedError: some is readable; the gallery can be used, and
            this gone on with.
        GalleryEncryptedError, WrongPassphraseError, GalleryLockedError, KeyringError.
    """
    with WriterLock(folder):
        key = vault.unlock(folder, passphrase)
        if key is None:
            return 0
        vault.set_state(folder, vault.DECRYPTING)
        crops = Crops(folder, key)
        work = [partial(crops.unseal, path) for path in crop_files(folder) if path.suffix == SEALED]
        work += [partial(_replace, path, key, sealed=False) for path in _whole_files(folder)]
        _do_all(work, on_progress, is_cancelled)
        _clean(folder)
        vault.remove(folder)
        return len(work)


def _whole_files(folder: Path) -> list[Path]:
    """All but the crops, which change their names as well."""
    return [*record_files(folder), *waiting_files(folder)]


def _do_all(work: Sequence[Callable[[], None]], on_progress: OnProgress, is_cancelled: IsCancelled) -> None:
    for done, do in enumerate(work):
        if is_cancelled():
            raise CancelledError
        on_progress(done, len(work))
        do()
    on_progress(len(work), len(work))


def _replace(path: Path, key: Vault, *, sealed: bool) -> None:
    """A file of records by the same, sealed or not; one before them that cannot be read is sealed as it is.

    Raises:
        GalleryWriteError.
        GalleryDamagedError: of the records themselves, which could be read a moment ago.
    """
    with gallery_writes(path):
        if is_sealed(path) == sealed:
            return
        new_key = key if sealed else None
        if is_database(path):
            try:
                write_kept(path, read_kept(path, key), new_key)
                return
            except (GalleryDamagedError, GalleryNewerError):
                if path.name == DATABASE:
                    raise
        write_file(path, to_disk(from_disk(path.read_bytes(), key, path), new_key))


def _clean(folder: Path) -> None:
    """What was left by writes that were killed, and folders named after people that hold nothing any more."""
    for place in (folder, folder / backups.FOLDER, folder / WAITING):
        remove_leftovers(place)
    Crops(folder).remove_empty_folders()
