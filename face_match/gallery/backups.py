"""Copies of the records in the gallery's folder `backups`: one a day, and by hand; the oldest go.

Crops are not in them: those of samples that are gone stay only as long as that can be taken back.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from face_match.durable import (
    MAX_COPY_BYTES,
    copy_content,
    file_to_be,
    make_folder,
    read_file,
    read_start,
    remove_leftovers,
    write_file,
)
from face_match.errors import (
    BackupUnusableError,
    GalleryDamagedError,
    GalleryError,
    GalleryNewerError,
    GalleryWriteError,
    gallery_writes,
)
from face_match.gallery import legacy_waiting, stores
from face_match.gallery.crops import Crops
from face_match.gallery.json_store import JsonStore
from face_match.gallery.lock import WriterLock
from face_match.gallery.opening import unlock_for_writing
from face_match.gallery.paths import BACKUPS_FOLDER, DATABASE, RECORDS, WAITING_FOLDER
from face_match.gallery.pending_crops import PendingCrops
from face_match.gallery.records import Table
from face_match.gallery.store import Store
from face_match.gallery.vault import MARK, OLD_MARK, Vault, from_disk, remember_generation, to_disk

log = logging.getLogger(__name__)

KEPT = 10
DAILY, BY_HAND = "daily", "by hand"
GENERATIONS_PER_RESTORE = 1_000_000
"""More changes than are made between two."""

BEFORE_MIGRATION, BEFORE_IMPORT = "before migration", "before import"


def open_store(folder: Path, *, for_writing: bool, vault: Vault | None = None) -> Store:
    """A gallery's records; where they are damaged or missing, the error has the newest good backup.

    Those of an earlier version are migrated when they are to be written to, and kept as they were.
    """
    if for_writing:
        remove_leftovers(folder / BACKUPS_FOLDER)
    with offered(folder, vault):
        store = stores.open_store(folder, for_writing=for_writing, vault=vault)
    if not store.path.exists() and (backup := newest_good(folder, vault)) is not None:
        raise GalleryDamagedError(store.path, "it is missing", backup)
    if for_writing and store.is_earlier:
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(store.close)
            look_through(folder, vault)  # for what cannot be migrated no good backup is to go
            back_up(store, BEFORE_MIGRATION)
            store.migrate()
            on_failure.pop_all()
    if for_writing and (folder / WAITING_FOLDER).is_dir():
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(store.close)
            legacy_waiting.take_up(folder, store, Crops(folder, vault))
            on_failure.pop_all()
    return store


def look_through(folder: Path, vault: Vault | None) -> None:
    """Read every record of a gallery; raises as `open_store` does."""
    store = open_store(folder, for_writing=False, vault=vault)
    with offered(folder, vault), contextlib.closing(store):
        _read_all(store)


def _read_all(store: Store) -> None:
    store.contents()
    stores.history_of(store)


@contextlib.contextmanager
def offered(folder: Path, vault: Vault | None) -> Iterator[None]:
    """Records that turn out to be damaged inside are told of with the newest good backup."""
    try:
        yield
    except GalleryDamagedError as exc:
        raise GalleryDamagedError(exc.path, exc.detail, newest_good(folder, vault)) from exc


def back_up(store: Store, why: str = BY_HAND) -> Path:
    """A copy of the records as they are; returns where it is.

    Raises:
        GalleryWriteError: there is none.
    """
    folder = store.path.parent / BACKUPS_FOLDER
    name = f"{datetime.now():%Y-%m-%d %H.%M.%S} {why}"
    path = folder / f"{name}{store.path.suffix}"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{name} {number}{store.path.suffix}"
    with gallery_writes(path):
        make_folder(folder)
        store.copy_to(path)
        for old in kept(store.path.parent)[KEPT:]:
            old.unlink(missing_ok=True)
    return path


def back_up_daily(store: Store) -> None:
    """The same, if there are records and none of them was kept today. A disk without room for it is not
    what the change that comes next has to fail of."""
    today = f"{datetime.now():%Y-%m-%d}"
    known = any(path.name.startswith(today) for path in _backups(store.path.parent))
    if store.path.exists() and not known:
        try:
            back_up(store, DAILY)
        except GalleryWriteError as exc:
            log.warning("there is no backup of today: %s", exc.detail)


def kept(folder: Path) -> list[Path]:
    """The backups of a gallery, the newest first."""

    def made(backup: Path) -> tuple[str, int]:
        return backup.name[: len("2026-11-25 09.18.45")], backup.lstat().st_mtime_ns

    return sorted(_backups(folder), key=made, reverse=True)


def newest_good(folder: Path, vault: Vault | None = None) -> Path | None:
    """The newest copy of a gallery's records that can be read."""
    beside = JsonStore(folder)
    copies = kept(folder)
    if beside.outgrown.exists():
        copies += [beside.outgrown, beside.backup]
    else:  # what was there before the last change
        copies.insert(0, beside.backup)
    for path in copies:
        if path.is_file():
            with contextlib.suppress(GalleryError):
                _check(path, vault)
                return path
    return None


def restore(folder: Path, backup: Path, passphrase: str | None = None) -> Path | None:
    """Put a backup of the records in their place.

    Returns:
        Where the records before it are now, if there were any.
    Raises:
        BackupUnusableError, GalleryNewerError, GalleryWriteError, GalleryLockedError: nothing is changed.
        GalleryEncryptedError, WrongPassphraseError, KeyringError.
    """
    with WriterLock(folder):
        vault = unlock_for_writing(folder, passphrase)
        if backup.is_symlink():
            raise BackupUnusableError(backup, "it is a link")
        opens_it = _vault_of(backup, folder, vault)
        generation = _check(backup, opens_it)
        pending = PendingCrops(folder)
        _copy_crops(folder, backup, vault, opens_it, pending)
        if vault is None:
            aside = _put_in_place(folder, backup, vault, opens_it)
            pending.clear()
            return aside
        newest = vault.generation
        if generation < newest:  # so that it opens, should this be cut off now
            remember_generation(folder, vault, generation)
        aside = _put_in_place(folder, backup, vault, opens_it)
        _leave_behind(folder, vault, newest)
        pending.clear()
        return aside


def move_records(folder: Path, *, to_database: bool, passphrase: str | None = None) -> Path:
    """Keep a gallery's records in the other kind of file, and those there were as a backup; returns the file.

    Raises:
        GalleryWriteError, GalleryLockedError, GalleryDamagedError: they are where they were.
    """
    with WriterLock(folder):
        store = open_store(folder, for_writing=True, vault=unlock_for_writing(folder, passphrase))
        try:
            if store.path.exists():
                back_up(store, BEFORE_MIGRATION)
            if isinstance(store, JsonStore) and to_database:
                store = stores.in_database(store)
            elif not to_database:
                store = stores.in_json(store)
        except UnicodeEncodeError as exc:
            raise GalleryWriteError(store.path, "a name cannot be kept in a database") from exc
        finally:
            store.close()
        if store.vault is not None:
            remember_generation(folder, store.vault, store.vault.generation)
        return store.path


def _copy_crops(
    folder: Path, backup: Path, vault: Vault | None, opens_it: Vault | None, pending: PendingCrops
) -> None:
    """Let crops lie where a backup has them too: they have moved as their faces got names, or lost them."""
    from face_match.gallery.kept_files import read_kept

    with contextlib.suppress(GalleryDamagedError, GalleryNewerError):  # no crop is known of then
        records = folder / DATABASE if (folder / DATABASE).exists() else JsonStore(folder).path
        faces = read_kept(records, vault).contents.rows[Table.FACES] if records.exists() else []
        there = {row["id"]: row["file"] for row in faces}
        wanted = [(row["id"], row["file"]) for row in read_kept(backup, opens_it).contents.rows[Table.FACES]]
        crops = Crops(folder, vault)
        moved = [(face_id, file) for face_id, file in wanted if file and there.get(face_id, file) != file]
        moved = [(face_id, file) for face_id, file in moved if there[face_id] and not crops.has(file)]
        pending.note(crops, moved)
        for face_id, file in moved:
            crops.copy(there[face_id], file)


def _leave_behind(folder: Path, vault: Vault, newest: int) -> None:
    """Let the records that were put in place be newer than all there were, also on other branches."""
    from face_match.gallery.kept_files import read_kept, write_kept

    vault.generation = newest + GENERATIONS_PER_RESTORE
    path = folder / DATABASE if (folder / DATABASE).exists() else JsonStore(folder).path
    write_kept(path, read_kept(path, vault)._replace(generation=vault.generation), vault)
    remember_generation(folder, vault, vault.generation)


def _vault_of(backup: Path, folder: Path, vault: Vault | None) -> Vault | None:
    """What opens a backup: records that a person brings from elsewhere need not be sealed."""
    places = (folder.absolute(), folder.resolve())
    is_own = any(path.is_relative_to(p) for path in (backup.absolute(), backup.resolve()) for p in places)
    if vault is None or is_own or not backup.is_file() or backup.suffix == Path(DATABASE).suffix:
        return vault
    with gallery_writes(backup):
        return vault if read_start(backup, len(MARK)).startswith((MARK, OLD_MARK)) else None


def _put_in_place(folder: Path, backup: Path, vault: Vault | None, opens_it: Vault | None) -> Path | None:
    records, database = JsonStore(folder).path, folder / DATABASE
    if backup.suffix == database.suffix:
        from face_match.gallery.sql_store import completed

        with completed(backup, opens_it) as whole:
            return _put_database_in_place(folder, whole, vault)
    with gallery_writes(backup):
        data = read_file(backup, follows_links=False)
    data = to_disk(from_disk(data, opens_it, RECORDS, backup), vault, RECORDS)
    with gallery_writes(records):
        if database.exists():
            _complete(database, vault)
        aside = _copied_aside(records)
        write_file(records, data)
        return _put_aside(database) or aside


def _put_database_in_place(folder: Path, backup: Path, vault: Vault | None) -> Path | None:
    records, database = JsonStore(folder).path, folder / DATABASE
    with gallery_writes(records), file_to_be(database) as new:
        copy_content(backup, new, MAX_COPY_BYTES)  # first: it may be among what is put aside
        if database.exists():
            _complete(database, vault)
        aside = _copied_aside(database) or _copied_aside(records)
        for left in stores.journal_of(database):  # it would be taken for that of the one to come
            left.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # the database is what counts
        records.unlink(missing_ok=True)
    return aside


def _check(backup: Path, vault: Vault | None) -> int:
    """Which generation of the records a backup is; raises BackupUnusableError or GalleryNewerError."""
    try:
        if backup.suffix == Path(DATABASE).suffix:
            from face_match.gallery.sql_store import SqlStore

            store = SqlStore(backup, for_writing=False, vault=vault)
            try:
                if vault is not None and not store.is_encrypted:
                    raise BackupUnusableError(backup, "it is not encrypted, and the gallery is")
                _read_all(store)
                return store.generation
            finally:
                store.close()
        return JsonStore.read(backup, vault).generation
    except GalleryDamagedError as exc:
        raise BackupUnusableError(backup, exc.detail) from exc


def _backups(folder: Path) -> Iterator[Path]:
    """Files only: a link or a folder that is called like one is somebody else's, and stays."""
    suffixes = (JsonStore(folder).path.suffix, Path(DATABASE).suffix)
    found = (path for path in (folder / BACKUPS_FOLDER).glob("*") if path.suffix in suffixes)
    return (path for path in found if path.is_file() and not path.is_symlink())


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.before {datetime.now():%Y-%m-%d %H.%M.%S.%f}")


def _complete(database: Path, vault: Vault | None) -> None:
    """With nothing in its journal; one that cannot be written to stays as it is."""
    from face_match.gallery.sql_store import complete

    with contextlib.suppress(GalleryError):
        complete(database, vault)


def _copied_aside(path: Path) -> Path | None:
    """Under another name too, with the journal of a database; returns which, or None if it is not there."""
    if not path.exists():
        return None
    aside = _aside(path)
    for part, part_aside in _parts(path, aside):
        write_file(part_aside, read_file(part, MAX_COPY_BYTES, follows_links=False))
    return aside


def _put_aside(path: Path) -> Path | None:
    """Under another name only; otherwise the same."""
    if not path.exists():
        return None
    aside = _aside(path)
    for part, part_aside in _parts(path, aside):
        part.replace(part_aside)
    return aside


def _parts(path: Path, other: Path) -> Iterator[tuple[Path, Path]]:
    """A file, and the parts of its journal that there are, with what they are called beside another one."""
    pairs = zip((path, *stores.journal_of(path)), (other, *stores.journal_of(other)), strict=True)
    return ((part, part_other) for part, part_other in pairs if part.exists())
