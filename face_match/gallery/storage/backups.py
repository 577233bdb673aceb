"""Backups of the records, in the gallery's folder `backups`: daily, before imports, and by hand.

A name such as `000123 2026-11-29 09.18.45 daily.json` holds an increasing number, because clocks can be
wrong, and the time and reason. Backups of version 0.1 have no number and count as older. Only the newest
automatic backups are kept. Crops are not backed up. Copies of the records with other names are listed too,
but are the user's: they are never renamed or deleted.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from face_match.core.atomic_files import make_folder, remove_leftovers, sync_folder
from face_match.core.dates import modified_at, modified_ns
from face_match.core.errors import (
    GalleryDamagedError,
    GalleryError,
    GalleryWriteError,
    gallery_write_errors,
    without_frames,
)
from face_match.core.translation import marked
from face_match.gallery.records.own_files import BACKUP_NAME, is_backup_name
from face_match.gallery.records.paths import BACKUPS_FOLDER, DATABASE
from face_match.gallery.storage import active_store
from face_match.gallery.storage.crops import Crops
from face_match.gallery.storage.json_store import JsonStore, records_digest
from face_match.gallery.storage.legacy import waiting_folder
from face_match.gallery.storage.pending_clear import require_no_pending_clear
from face_match.gallery.storage.store import Store
from face_match.gallery.storage.vault import Vault

log = logging.getLogger(__name__)

MAX_AUTOMATIC = 10
"""The number of automatic backups that are kept."""
DAILY, BY_HAND = marked("daily"), marked("by hand")
BEFORE_MIGRATION, BEFORE_IMPORT = marked("before migration"), marked("before import")
BEFORE_LAST_CHANGE, BEFORE_SQLITE = marked("before the last change"), marked("before SQLite storage")
"""Copies of the records beside them, which are no backups but may be the newest that can be read."""

MAX_GAP = 100_000
"""Between the numbers of two backups. No gallery makes that many: a number beyond was put there, and those of
new backups would soon be too long."""


def open_store(folder: Path, *, for_writing: bool, vault: Vault | None = None) -> Store:
    """Open a gallery's records. Errors about damaged or missing records name the newest readable backup.

    Records of an earlier version are backed up and migrated when opened for writing.

    Raises:
        ClearPendingError: for reading. GalleryDamagedError, GalleryNewerError.
    """
    if for_writing:
        remove_leftovers(folder / BACKUPS_FOLDER)
    else:
        require_no_pending_clear(folder)
    with backup_in_errors(folder, vault):
        store = active_store.open_store(folder, for_writing=for_writing, vault=vault)
    if not store.path.exists() and (backup := newest_readable(folder, vault)) is not None:
        raise GalleryDamagedError(store.path, marked("it is missing"), backup)
    if for_writing and store.is_older_version:
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(store.close)
            verify_records(
                folder, vault
            )  # before a good backup is dropped for records that cannot be migrated
            back_up(store, BEFORE_MIGRATION)
            store.migrate()
            on_failure.pop_all()
    if for_writing and waiting_folder.is_there(folder):
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(store.close)
            waiting_folder.migrate(folder, store, Crops(folder, vault))
            store = active_store.moved_if_large(store)  # there can be thousands of unnamed faces
            on_failure.pop_all()
    return store


def verify_records(folder: Path, vault: Vault | None) -> None:
    """Read every record of a gallery; raises as `open_store` does."""
    store = open_store(folder, for_writing=False, vault=vault)
    with backup_in_errors(folder, vault), contextlib.closing(store):
        require_readable(store)


def require_readable(store: Store) -> None:
    """Check that all records can be read; raises GalleryDamagedError."""
    store.contents()
    active_store.history_of(store)


@contextlib.contextmanager
def backup_in_errors(folder: Path, vault: Vault | None) -> Iterator[None]:
    """Add the newest readable backup to errors about damaged records."""
    try:
        yield
    except GalleryDamagedError as exc:
        if type(exc) is GalleryDamagedError:  # for the others, a backup is no remedy
            exc.backup = newest_readable(folder, vault)
        raise


class BackupInfo(NamedTuple):
    """A backup as shown in a list.

    Attributes:
        made: local time as "2026-11-29 09:18:45".
        reason: "by hand", "daily" …
        people, faces: how many it holds, named faces only; None if it cannot be read.
        error: why it cannot be read.
    """

    path: Path
    made: str
    reason: str
    people: int | None
    faces: int | None
    error: GalleryError | None = None


def back_up(store: Store, reason: str = BY_HAND) -> Path | None:
    """Back up the records; return the backup's path.

    Returns None if there are no records, or if the newest backup has the same content. In the latter case a
    backup by hand marks that one as made by hand, so that it is kept.

    Raises:
        GalleryWriteError: no backup was made.
    """
    if not store.path.exists():
        return None
    folder = store.path.parent / BACKUPS_FOLDER
    known = _own_backups(store.path.parent)
    with gallery_write_errors(folder):
        if known and _has_same_content(known[0], store):
            if reason == BY_HAND:
                _rename_to_by_hand(known[0])
            return None
        number = _last_number(map(_BackupName.of, known)) + 1
        path = folder / f"{number:06} {datetime.now():%Y-%m-%d %H.%M.%S} {reason}{store.path.suffix}"
        make_folder(folder)
        store.copy_to(path)
        automatic = [path for path in _own_backups(store.path.parent) if _is_automatic(path, number)]
        for old in automatic[MAX_AUTOMATIC:]:
            old.unlink(missing_ok=True)
    return path


def back_up_daily(store: Store) -> bool:
    """Make a daily backup if there is none of today; return whether today is done.

    A full disk must not make the change that follows fail.
    """
    today = f"{datetime.now():%Y-%m-%d}"
    if not store.path.exists():
        return False
    if not any(_BackupName.of(path).made.startswith(today) for path in _own_backups(store.path.parent)):
        try:
            back_up(store, DAILY)
        except GalleryWriteError as exc:
            log.warning("the daily backup failed: %s", exc.detail)
            return False
    return True


def backup_paths(folder: Path) -> list[Path]:
    """The backups of a gallery, newest first, and other files that may be copies of the records."""
    names = {path: _BackupName.of(path) for path in _backup_files(folder)}
    last = _last_number(names.values())
    return sorted(names, key=lambda path: names[path].order(last), reverse=True)


def list_backups(folder: Path, vault: Vault | None = None) -> list[BackupInfo]:
    """Details of a gallery's backups, newest first; of files with other names only those that are copies of
    the records."""
    found = (describe(path, vault) for path in backup_paths(folder))
    return [info for info in found if info.error is None or is_backup_name(info.path.name)]


def describe(path: Path, vault: Vault | None = None) -> BackupInfo:
    """Details of a backup, or of another copy of the records."""
    name = _BackupName.of(path)
    beside = JsonStore(path.parent)
    reason = BEFORE_LAST_CHANGE if path == beside.backup else name.reason
    reason = BEFORE_SQLITE if path == beside.set_aside else reason
    info = BackupInfo(path, name.made.replace(".", ":"), reason, None, None)
    try:
        counts = active_store.counts_of(path, vault)
        return info._replace(people=counts.people, faces=counts.named)
    except GalleryError as exc:
        return info._replace(error=without_frames(exc))


@dataclass(frozen=True)
class _BackupName:
    """The parts of a backup's name.

    Attributes:
        number: increases from backup to backup; 0 for version 0.1, which had none.
        made: local time as "2026-11-29 09.18.45"; the clock may have been wrong.
        modified_ns: of the file.
    """

    number: int
    made: str
    reason: str
    modified_ns: int

    @classmethod
    def of(cls, path: Path) -> _BackupName:
        try:
            changed_ns = modified_ns(path.lstat())
        except OSError:  # deleted meanwhile
            changed_ns = 0
        match = BACKUP_NAME.fullmatch(path.stem)
        if match is None:
            made = modified_at(changed_ns).astimezone().strftime("%Y-%m-%d %H.%M.%S")
            return cls(0, made, path.stem, changed_ns)
        return cls(int(match["number"] or 0), match["made"], match["why"], changed_ns)

    def order(self, last: int) -> tuple[int, str, int]:
        """The place among the backups of a gallery, of which `last` is the number of the newest."""
        number = self.number if self.number <= last else 0
        return number, "" if number else self.made, self.modified_ns

    @property
    def is_automatic(self) -> bool:
        return self.reason in (DAILY, BEFORE_IMPORT, BEFORE_MIGRATION)


def _last_number(names: Iterable[_BackupName]) -> int:
    """The number of the newest backup; 0 if none has one."""
    last = 0
    for number in sorted(name.number for name in names):
        if number - last > MAX_GAP:
            break
        last = number
    return last


def _own_backups(folder: Path) -> list[Path]:
    """The backups that the program made, newest first."""
    return [path for path in backup_paths(folder) if is_backup_name(path.name)]


def _is_automatic(path: Path, last: int) -> bool:
    """Whether a backup is one of those of which only the newest are kept."""
    name = _BackupName.of(path)
    return name.is_automatic and name.number <= last


def _has_same_content(backup: Path, store: Store) -> bool:
    """Whether a backup holds the same records and history as a store; False if it cannot be read.

    Counts and steps are compared first, because they nearly always differ if anything does.
    """
    with contextlib.suppress(GalleryError), open_backup(backup, store.vault) as other:
        if other.counts() != store.counts() or other.steps() != store.steps():
            return False
        if type(other) is type(store):
            return other.digest() == store.digest()
        return records_digest(other.contents(), active_store.history_of(other)) == records_digest(
            store.contents(), active_store.history_of(store)
        )
    return False


def _rename_to_by_hand(backup: Path) -> None:
    """Rename an automatic backup so that it is kept like one made by hand."""
    match = BACKUP_NAME.fullmatch(backup.stem)
    if match is not None and _BackupName.of(backup).is_automatic:
        by_hand = backup.with_name(f"{backup.stem[: match.start('why')]}{BY_HAND}{backup.suffix}")
        if not by_hand.exists():
            backup.replace(by_hand)
            sync_folder(backup.parent)


def newest_readable(folder: Path, vault: Vault | None = None) -> Path | None:
    """The newest copy of a gallery's records that can be read."""
    beside = JsonStore(folder)
    copies = backup_paths(folder)
    if beside.set_aside.exists():
        copies += [beside.set_aside, beside.backup]
    else:  # the records before the last change
        copies.insert(0, beside.backup)
    for path in copies:
        if path.is_file():
            with contextlib.suppress(GalleryError):
                _require_readable_backup(path, vault)
                return path
    return None


def _require_readable_backup(path: Path, vault: Vault | None) -> None:
    """Read every record of a backup; raises GalleryDamagedError, GalleryNewerError."""
    with open_backup(path, vault) as store:
        require_readable(store)


@contextlib.contextmanager
def open_backup(path: Path, vault: Vault | None) -> Iterator[Store]:
    """Open the records of a backup; raises GalleryDamagedError, GalleryNewerError."""
    if path.suffix != Path(DATABASE).suffix:
        yield JsonStore.in_memory(path, vault, JsonStore.read(path, vault))
        return
    from face_match.gallery.storage.sqlite.store import SqlStore

    with contextlib.closing(SqlStore(path, for_writing=False, vault=vault)) as store:
        if vault is not None and not store.is_encrypted:
            raise GalleryDamagedError(path, marked("it is not encrypted, but the gallery is"))
        yield store


def _backup_files(folder: Path) -> Iterator[Path]:
    """The backups, in any order. Links and folders with such names are not the program's."""
    suffixes = (JsonStore(folder).path.suffix, Path(DATABASE).suffix)
    found = (path for path in (folder / BACKUPS_FOLDER).glob("*") if path.suffix in suffixes)
    return (path for path in found if path.is_file() and not path.is_symlink())
