"""Encrypting or decrypting the files of a gallery one by one; see `vault` for what sealing means."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from face_match.core.atomic_files import read_file, read_start, remove_leftovers, write_file
from face_match.core.errors import (
    CancelledError,
    GalleryDamagedError,
    GalleryError,
    GalleryNewerError,
    gallery_write_errors,
)
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.translation import marked
from face_match.gallery.records.paths import BACKUPS_FOLDER, DATABASE, RECORDS, SEALED_SUFFIX, WAITING_FOLDER
from face_match.gallery.storage import backups, vault
from face_match.gallery.storage.crops import Crops
from face_match.gallery.storage.gallery_files import (
    crop_files,
    is_database,
    is_readable,
    is_sealed,
    left_unencrypted,
    leftover_journals,
    read_records,
    record_files,
    sealed_path_of,
    write_records,
)
from face_match.gallery.storage.legacy.waiting_folder import waiting_files
from face_match.gallery.storage.sqlite.store import SqlStore, checkpoint
from face_match.gallery.storage.sqlite.temporary_copy import delete_left_copies
from face_match.gallery.storage.vault import MARK, Vault, from_disk, to_disk

MAX_SEALED_BYTES = 1 << 30
"""A file is sealed in memory, which takes three times its size; databases are encrypted otherwise."""


class SealingResult(NamedTuple):
    """The result of encrypting or decrypting files.

    Attributes:
        files: the number of files done.
        lost: damaged files that were left as they are.
        readable: other files in the folder, which are not the program's and stay readable.
    """

    files: int
    lost: Sequence[str]
    readable: Sequence[str] = ()


def upgrade(folder: Path, passphrase: str | None, old: Vault) -> Vault:
    """Seal the files of vault version 1 again, bound to their paths.

    The caller holds the writer lock. If interrupted, this continues when the gallery is next opened for
    writing.

    Raises:
        GalleryWriteError, GalleryDamagedError.
    """
    key = vault.create_vault(folder, passphrase, old) if old.is_old else old
    if key.state == vault.UPGRADING:
        seal_all(folder, key)
    return key


def seal_all(
    folder: Path,
    key: Vault,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> SealingResult:
    """Seal all files that are not sealed in this version's way.

    Raises:
        CancelledError, GalleryWriteError, GalleryDamagedError: the rest can be sealed later.
    """
    crops = Crops(folder, key)
    files = crop_files(folder, key)
    if key.state == vault.ENCRYPTED:
        return SealingResult(0, _unsealed_files(folder, files, crops, key), left_unencrypted(folder, key))
    back_up_older_version(folder, key)
    if key.state != vault.UPGRADING:
        vault.set_state(folder, key, vault.ENCRYPTING)
    work = [(path, crops.seal) for path in files if path.suffix != SEALED_SUFFIX or not crops.is_sealed(path)]
    work += [
        (p, crops.reseal) for p in files if p.suffix == SEALED_SUFFIX and crops.is_sealed_by_version_1(p)
    ]
    work += [(path, partial(replace_file, key=key, sealed=True)) for path in files_but_crops(folder)]
    work += journal_work(folder, key, sealed=True)
    outcome = apply_to_files(folder, work, on_progress, is_cancelled)
    remove_leftovers_and_empty_folders(folder)
    delete_left_copies()
    vault.set_state(folder, key, vault.ENCRYPTED)
    return outcome._replace(readable=left_unencrypted(folder, key))


def back_up_older_version(folder: Path, key: Vault) -> None:
    """Back up a database of an earlier version, because sealing or unsealing migrates it. Raises
    GalleryWriteError, GalleryDamagedError."""
    if (folder / DATABASE).exists():
        with contextlib.closing(SqlStore(folder / DATABASE, for_writing=False, vault=key)) as store:
            if store.is_older_version:
                backups.back_up(store, backups.BEFORE_MIGRATION)


def _unsealed_files(folder: Path, files: Sequence[Path], crops: Crops, key: Vault) -> list[str]:
    """The unsealed files of an encrypted gallery. They are not the gallery's and are left as they are.

    Raises:
        GalleryWriteError: a file cannot be read.
    """
    found = [path for path in files if path.suffix != SEALED_SUFFIX or not crops.is_sealed(path)]
    for path in files_but_crops(folder):
        with gallery_write_errors(path):
            if not is_sealed(path, key):
                found.append(path)
    return sorted(path.relative_to(folder).as_posix() for path in found)


def files_but_crops(folder: Path) -> list[Path]:
    """All files of the gallery except crops, which also change their names."""
    return [*record_files(folder), *waiting_files(folder)]


def apply_to_files(
    folder: Path,
    work: Sequence[tuple[Path, Callable[[Path], None]]],
    on_progress: OnProgress,
    is_cancelled: IsCancelled,
) -> SealingResult:
    """Process files one by one. A damaged file is left as it is and does not stop the rest.

    Raises:
        CancelledError: between two files.
        GalleryWriteError.
        GalleryDamagedError: the current records are damaged.
    """
    lost = []
    for done, (path, do) in enumerate(work):
        if is_cancelled():
            raise CancelledError
        on_progress(done, len(work))
        try:
            do(path)
        except GalleryDamagedError:
            if path in (folder / RECORDS, folder / DATABASE):
                raise
            lost.append(path.relative_to(folder).as_posix())
    on_progress(len(work), len(work))
    return SealingResult(len(work) - len(lost), lost)


def replace_file(path: Path, *, key: Vault, sealed: bool) -> None:
    """Seal or unseal a file of records. An old file that is unreadable is sealed as it is.

    Raises:
        GalleryWriteError.
        GalleryDamagedError: the file is unchanged.
    """
    with gallery_write_errors(path):
        if is_sealed(path, key) if sealed else is_readable(path, key):
            return
        new_key = key if sealed else None
        if is_database(path):
            try:
                write_records(path, read_records(path, key), new_key, before=key)
                return
            except (GalleryDamagedError, GalleryNewerError):
                if path.name == DATABASE:
                    raise
        if path.stat().st_size > MAX_SEALED_BYTES:
            raise GalleryDamagedError(path, marked("it is larger than any file of the program"))
        sealed_path = sealed_path_of(path)
        write_file(path, to_disk(from_disk(_content(path), key, sealed_path, path), new_key, sealed_path))


def journal_work(folder: Path, key: Vault, *, sealed: bool) -> list[tuple[Path, partial[None]]]:
    """The journals to process after their databases, which remove most of them."""
    return [
        (path, partial(_replace_journal, database=database, key=key, sealed=sealed))
        for path, database in leftover_journals(folder)
    ]


def _replace_journal(path: Path, *, database: Path, key: Vault, sealed: bool) -> None:
    """Checkpoint a leftover journal, or seal it if its database is damaged. Raises as `replace_file` does."""
    with gallery_write_errors(database):
        is_whole = read_start(database, len(MARK)) != MARK  # SQLite would overwrite a sealed file
    if is_whole and sealed:
        with contextlib.suppress(GalleryError):
            checkpoint(database, key)
    if path.exists():
        replace_file(path, key=key, sealed=sealed)


def _content(path: Path) -> bytes:
    return read_file(path, MAX_SEALED_BYTES, follows_links=False)


def remove_leftovers_and_empty_folders(folder: Path) -> None:
    """Delete leftovers of interrupted writes, and empty folders, which carry people's names."""
    for own_folder in (folder, folder / BACKUPS_FOLDER, folder / WAITING_FOLDER):
        remove_leftovers(own_folder)
    Crops(folder).remove_empty_folders()
