"""Restoring backups: as an undoable step or, where the records cannot be read, by replacing them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from face_match.core.atomic_files import (
    MAX_COPY_BYTES,
    copy_content,
    read_file,
    read_start,
    replacement_file,
    sync_folder,
    write_file,
)
from face_match.core.errors import (
    BackupClearedError,
    BackupUnusableError,
    GalleryDamagedError,
    GalleryError,
    GalleryNewerError,
    GalleryUnreadableError,
    gallery_write_errors,
)
from face_match.core.translation import marked
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import DATABASE, RECORDS
from face_match.gallery.records.rows import Contents, Table, crop_files_of
from face_match.gallery.restore_edits import CropRestorer, Differences, restoring_edits
from face_match.gallery.security.unlocking import unlock_for_writing
from face_match.gallery.storage import active_store, backups
from face_match.gallery.storage.crops import Crops
from face_match.gallery.storage.json_store import JsonStore
from face_match.gallery.storage.lock import WriterLock
from face_match.gallery.storage.pending_clear import is_clear_pending, require_no_pending_clear
from face_match.gallery.storage.sqlite.files import journals_of
from face_match.gallery.storage.store import Store
from face_match.gallery.storage.vault import (
    MARK,
    OLD_MARK,
    Vault,
    from_disk,
    remember_generation,
    to_disk,
    unlock,
)

GENERATIONS_PER_RESTORE = 1_000_000
"""More changes than happen between two restorations."""


class _Backup(NamedTuple):
    """The contents of a backup.

    Attributes:
        backup_vault: opens the backup; None if it is plain.
        in_history: the crops that its steps refer to.
        predates_faces: it is from a version that did not back up unnamed faces.
    """

    path: Path
    vault: Vault | None
    contents: Contents
    in_history: set[str]
    generation: int
    predates_faces: bool


def differences(folder: Path, backup: Path, passphrase: str | None = None) -> Differences:
    """A preview of what restoring a backup would change.

    Raises:
        BackupUnusableError, GalleryNewerError, ClearPendingError.
        GalleryEncryptedError, WrongPassphraseError, KeyringError.
    """
    require_no_pending_clear(folder)
    vault = unlock(folder, passphrase)
    then = _read_backup(folder, backup, vault)
    store = _open_readable(folder, vault, for_writing=False)
    now = Contents()
    if store is not None:
        with contextlib.closing(store):
            now = store.contents()
    edits = restoring_edits(now, then.contents, predates_faces=then.predates_faces)
    crops = CropRestorer(Crops(folder, vault), now, set())
    for edit in edits:
        if edit.table is Table.FACES and edit.new("file"):
            crops.find(edit.key, edit.new("file"))
    crops.restore_lost(then.contents)
    return Differences.of(edits, now, crops.missing, is_replacement=store is None)


def restore(folder: Path, backup: Path, passphrase: str | None = None) -> Path | None:
    """Restore a backup. This can be undone, unless the current records are unreadable and are replaced.

    Returns:
        The new path of unreadable records, if there were any.
    Raises:
        BackupUnusableError, GalleryNewerError, GalleryWriteError, GalleryLockedError: nothing is changed.
        BackupClearedError: the deletion of all people, which had been interrupted, is completed.
        GalleryEncryptedError, WrongPassphraseError, KeyringError.
    """
    with WriterLock(folder) as lock:
        is_cleared = is_clear_pending(folder)
        vault = unlock_for_writing(folder, passphrase)
        try:
            then = _read_backup(folder, backup, vault)
        except BackupUnusableError as exc:
            raise BackupClearedError(backup) if is_cleared else exc from None
        store = _open_readable(folder, vault, for_writing=True)
        if store is None:
            return _replace_records(folder, vault, then)
        with Gallery(folder, store, lock) as gallery:
            gallery.restore(then.contents, backup.stem, predates_faces=then.predates_faces)
        return None


def _read_backup(folder: Path, backup: Path, vault: Vault | None) -> _Backup:
    """Read a whole backup; raises BackupUnusableError, GalleryNewerError, GalleryWriteError."""
    if backup.is_symlink():
        raise BackupUnusableError(backup, marked("it is a link"))
    backup_vault = _vault_of(backup, folder, vault)
    try:
        with backups.open_backup(backup, backup_vault) as store:
            contents = store.contents()
            history = active_store.history_of(store)
            files = [
                edit.before or edit.after or {}
                for _, edits in history
                for edit in edits
                if edit.table is Table.FACES and None in (edit.before, edit.after)
            ]
            return _Backup(
                backup, backup_vault, contents, crop_files_of(files), store.generation, store.predates_faces
            )
    except (GalleryDamagedError, GalleryUnreadableError) as exc:
        raise BackupUnusableError(backup, exc.detail) from exc


def _open_readable(folder: Path, vault: Vault | None, *, for_writing: bool) -> Store | None:
    """Open a gallery's records; None if they are missing or unreadable."""
    with contextlib.ExitStack() as on_failure:
        try:
            store = backups.open_store(folder, for_writing=for_writing, vault=vault)
            on_failure.callback(store.close)
            if not store.path.exists():
                return None
            backups.require_readable(store)
        except (GalleryDamagedError, GalleryUnreadableError, GalleryNewerError):
            return None
        on_failure.pop_all()
        return store


def _replace_records(folder: Path, vault: Vault | None, then: _Backup) -> Path | None:
    """Replace unreadable records by a backup; return their new path."""
    newest = vault.generation if vault is not None else 0
    if vault is not None and then.generation < newest:  # so that the gallery opens if this is interrupted
        remember_generation(folder, vault, then.generation)
    aside = _install_backup(folder, then.path, vault, then.vault)
    if vault is not None:
        _advance_generation(folder, vault, newest)
    crops = CropRestorer(Crops(folder, vault), then.contents, then.in_history)
    with contextlib.suppress(GalleryError):  # the records are restored already, and have all these crops
        crops.restore_lost(then.contents, lambda _face, _file: None)
        crops.remove_copied()
    return aside


def _advance_generation(folder: Path, vault: Vault, newest: int) -> None:
    """Give the restored records a generation above all that existed, even in other copies of the gallery."""
    from face_match.gallery.storage.gallery_files import current_records, read_records, write_records

    vault.generation = newest + GENERATIONS_PER_RESTORE
    path = current_records(folder)
    if path is not None:
        write_records(path, read_records(path, vault)._replace(generation=vault.generation), vault)
    remember_generation(folder, vault, vault.generation)


def _vault_of(backup: Path, folder: Path, vault: Vault | None) -> Vault | None:
    """The vault that opens a backup. A backup from outside the gallery may be plain."""
    places = (folder.absolute(), folder.resolve())
    is_own = any(path.is_relative_to(p) for path in (backup.absolute(), backup.resolve()) for p in places)
    if vault is None or is_own or not backup.is_file() or backup.suffix == Path(DATABASE).suffix:
        return vault
    with gallery_write_errors(backup):
        return vault if read_start(backup, len(MARK)).startswith((MARK, OLD_MARK)) else None


def _install_backup(
    folder: Path, backup: Path, vault: Vault | None, backup_vault: Vault | None
) -> Path | None:
    records, database = JsonStore(folder).path, folder / DATABASE
    if backup.suffix == database.suffix:
        from face_match.gallery.storage.sqlite.store import checkpointed

        with checkpointed(backup, backup_vault) as whole:
            return _install_database(folder, whole, vault)
    with gallery_write_errors(backup):
        data = read_file(backup, follows_links=False)
    data = to_disk(from_disk(data, backup_vault, RECORDS, backup), vault, RECORDS)
    with gallery_write_errors(records):
        if database.exists():
            _try_checkpoint(database, vault)
        aside = _copy_aside(records)
        write_file(records, data)
        return _move_aside(database) or aside


def _install_database(folder: Path, backup: Path, vault: Vault | None) -> Path | None:
    records, database = JsonStore(folder).path, folder / DATABASE
    with gallery_write_errors(records), replacement_file(database) as new:
        copy_content(
            backup, new, MAX_COPY_BYTES
        )  # first, because it may be among the files that are set aside
        if database.exists():
            _try_checkpoint(database, vault)
        aside = _copy_aside(database) or _copy_aside(records)
        for left in journals_of(database):  # a leftover journal would be taken for the new database's
            left.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # the database takes precedence
        records.unlink(missing_ok=True)
    return aside


def _aside_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.before {datetime.now():%Y-%m-%d %H.%M.%S.%f}")


def _try_checkpoint(database: Path, vault: Vault | None) -> None:
    """Checkpoint a database if possible."""
    from face_match.gallery.storage.sqlite.store import checkpoint

    with contextlib.suppress(GalleryError):
        checkpoint(database, vault)


def _copy_aside(path: Path) -> Path | None:
    """Copy a file, with a database's journals, to a new name; return it, or None if the file does not
    exist."""
    if not path.exists():
        return None
    aside = _aside_path(path)
    for part, part_aside in _parts(path, aside):
        with replacement_file(part_aside) as new:
            copy_content(part, new, MAX_COPY_BYTES)
    return aside


def _move_aside(path: Path) -> Path | None:
    """Rename a file, with a database's journals; return the new path, or None if the file does not exist."""
    if not path.exists():
        return None
    aside = _aside_path(path)
    for part, part_aside in _parts(path, aside):
        part.replace(part_aside)
    sync_folder(path.parent)  # a database would take precedence if it reappeared
    return aside


def _parts(path: Path, other: Path) -> Iterator[tuple[Path, Path]]:
    """A file and its existing journals, paired with their names beside another file."""
    pairs = zip((path, *journals_of(path)), (other, *journals_of(other)), strict=True)
    return ((part, part_other) for part, part_other in pairs if part.exists())
