"""The files in a gallery's folder: which ones are the program's, and of what kind."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from face_match.core import installation
from face_match.core.atomic_files import read_file, read_start
from face_match.core.errors import GalleryDamagedError, GalleryNewerError
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.fields import READ_ERRORS
from face_match.gallery.records.history import Step
from face_match.gallery.records.own_files import is_backup_name, is_crop_name, is_record_name
from face_match.gallery.records.paths import (
    BACKUPS_FOLDER,
    CALIBRATIONS,
    CROPS_FOLDER,
    DATABASE,
    FOLDERS,
    PENDING_CROPS,
    PURGE_PLAN,
    RECORD_FILES,
    RECORDS,
    SEALED_SUFFIX,
    UNFINISHED_SCANS,
    WAITING_FOLDER,
    WORK_FILES,
    plain_files,
)
from face_match.gallery.records.rows import Contents, Table, crop_files_of
from face_match.gallery.storage import calibrations, interrupted_scans
from face_match.gallery.storage.active_store import history_of
from face_match.gallery.storage.json_reading import MAX_RECORDS_BYTES, load_json
from face_match.gallery.storage.json_store import FORMAT as JSON_FORMAT
from face_match.gallery.storage.json_store import JsonStore, Records
from face_match.gallery.storage.legacy.waiting_folder import waiting_files
from face_match.gallery.storage.sqlite.files import IDS, OLD_SEALED_ID, is_plain_database, journals_of
from face_match.gallery.storage.vault import MARK, OLD_MARK, Vault

if TYPE_CHECKING:
    from face_match.gallery.storage.sqlite.store import SqlStore

_START_BYTES = 4096
"""The beginning of `embeddings.json`, which has its format."""


def crop_files(folder: Path, vault: Vault | None = None) -> list[Path]:
    """The files in the crops' folder that are the program's: by their names, or because records have them,
    as those of the original demo. In a folder that has no records, somebody else's may have such names; only
    encrypted crops are surely the program's there.

    Args:
        vault: of encrypted records, without which they cannot be read.
    """
    found = plain_files(folder / CROPS_FOLDER)
    is_gallery = _has_records(folder)
    other = {
        path
        for path in found
        if not (is_gallery or path.suffix == SEALED_SUFFIX)
        or not is_crop_name(path.relative_to(folder).as_posix())
    }
    if other:
        other -= {folder / file for file in _crops_in_records(folder, vault)}
    return [path for path in found if path not in other]


def _has_records(folder: Path) -> bool:
    """Whether there are records, or notes of crops that are being written or deleted."""
    notes = (folder / name for name in (PURGE_PLAN, PENDING_CROPS))
    return bool(record_files(folder) or waiting_files(folder)) or any(path.exists() for path in notes)


def _crops_in_records(folder: Path, vault: Vault | None) -> set[str]:
    """The crops that records, their history and backups have; unreadable ones are skipped."""
    found = set[str]()
    for path in record_files(folder):
        if not path.name.startswith((CALIBRATIONS, UNFINISHED_SCANS)):
            with contextlib.suppress(GalleryDamagedError, GalleryNewerError):
                records = read_records(path, vault)
                found |= crop_files_of(records.contents.rows[Table.FACES])
                edits = (edit for _, edits in records.history for edit in edits if edit.table is Table.FACES)
                found |= crop_files_of(side for edit in edits for side in (edit.before, edit.after) if side)
    return found


def record_files(folder: Path) -> list[Path]:
    """All files of records: current, set aside, calibrations, interrupted scans and backups; without
    database journals, and without what others have called so."""
    found = [path for path in folder.glob("*") if is_record_name(path.name)]
    found += (path for path in (folder / BACKUPS_FOLDER).glob("*") if is_backup_name(path.name))
    return sorted(path for path in found if _is_plain_file(path) and not _is_foreign(path))


def _is_foreign(path: Path) -> bool:
    """Whether a file with a common name, as other programs use it, is surely not one of this program.

    A damaged file is not surely another program's.
    """
    try:
        if path.name == CALIBRATIONS:
            return not calibrations.is_own(path)
        if path.name == UNFINISHED_SCANS:
            return not interrupted_scans.is_own(path)
        if path.name == DATABASE:
            is_marked = int.from_bytes(read_start(path, 72)[68:], "big") in IDS
            return is_plain_database(path) and not is_marked
        return path.name == RECORDS and is_json_of_others(path, JSON_FORMAT)
    except OSError:
        return False


def is_json_of_others(path: Path, own_format: str) -> bool:
    """Whether a file is whole JSON, and neither in the program's format nor a list of the original demo."""
    try:
        start = read_start(path, _START_BYTES)
        if start.startswith((MARK, OLD_MARK)) or own_format.encode() in start:
            return False
        content = load_json(read_file(path, MAX_RECORDS_BYTES, follows_links=False))
    except (*READ_ERRORS, OSError):
        return False
    if isinstance(content, list):
        return not all(isinstance(entry, dict) and "image_path" in entry for entry in content)
    return not (isinstance(content, dict) and content.get("format") == own_format)


def leftover_journals(folder: Path) -> list[tuple[Path, Path]]:
    """Journals beside databases that were set aside or backed up, each with its database. The gallery's
    own database is checkpointed at each opening."""
    databases = [path for path in record_files(folder) if path.name != DATABASE and is_database(path)]
    return [(part, path) for path in databases for part in journals_of(path) if _is_plain_file(part)]


def foreign_files(folder: Path, vault: Vault | None = None) -> list[str]:
    """Files in the gallery's folder that are not the program's and are never changed; folders end in `/`.

    Args:
        vault: as for `crop_files`.
    """
    own = {*record_files(folder), *waiting_files(folder), *journals_of(folder / DATABASE)}
    own |= {part for part, _ in leftover_journals(folder)}
    own |= {folder / name for name in (*WORK_FILES, *FOLDERS)}
    places = [folder / name for name in (BACKUPS_FOLDER, WAITING_FOLDER)]
    found = {path for place in (folder, *places) for path in place.glob("*") if path not in own}
    found |= {*plain_files(folder / CROPS_FOLDER)}.difference(crop_files(folder, vault))
    return [path.relative_to(folder).as_posix() + ("/" if path.is_dir() else "") for path in sorted(found)]


def foreign_among_own(folder: Path, vault: Vault | None = None) -> list[str]:
    """Of the foreign files, those in folders that the program uses too, and those with names of records."""
    starts = (*(f"{name}/" for name in FOLDERS), *RECORD_FILES)
    return [file for file in foreign_files(folder, vault) if file.startswith(starts)]


def left_unencrypted(folder: Path, vault: Vault | None) -> list[str]:
    """The foreign files; in the program's own checkout not those that are the program's."""
    checkout = installation.checkout()
    is_checkout = checkout is not None and folder.resolve() == checkout
    return foreign_among_own(folder, vault) if is_checkout else foreign_files(folder, vault)


def _is_plain_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def sealed_path_of(path: Path) -> str:
    """The path that a file is bound to when sealed; see `vault`.

    Records, set-aside records and backups can replace each other, so they share a path. Their generations
    tell them apart.
    """
    if path.parent.name == WAITING_FOLDER:
        return f"{WAITING_FOLDER}/{path.name}"
    own = (name for name in (CALIBRATIONS, UNFINISHED_SCANS) if path.name.startswith(name))
    return next(own, RECORDS)


def is_database(path: Path) -> bool:
    """Whether a file of records has the name of a database."""
    return path.name.startswith(DATABASE) or path.suffix == Path(DATABASE).suffix


def is_sealed(path: Path, vault: Vault) -> bool:
    """Whether a file of records is encrypted in this version's way; raises OSError."""
    if read_start(path, len(MARK)) == MARK:
        return True
    return is_database(path) and not is_plain_database(path) and _opens(path, vault)


def is_readable(path: Path, vault: Vault) -> bool:
    """Whether a file of records can be read without the key; raises OSError."""
    head = read_start(path, 72)
    is_sealed_by_old = head.startswith(OLD_MARK) or head[68:] == OLD_SEALED_ID.to_bytes(4, "big")
    return not is_sealed_by_old and not is_sealed(path, vault)


def _opens(path: Path, vault: Vault) -> bool:
    """Whether a file that is no plain database is an encrypted one."""
    try:
        _open_database(path, vault).close()
    except GalleryDamagedError:
        return False
    except GalleryNewerError:
        return True
    return True


def _open_database(path: Path, vault: Vault | None) -> SqlStore:
    from face_match.gallery.storage.sqlite.store import (
        SqlStore,  # imports SQLAlchemy, which small galleries do not need
    )

    return SqlStore(path, for_writing=False, vault=vault)


class StoredRecords(NamedTuple):
    """The content of a file of records, with its generation."""

    contents: Contents
    history: Sequence[tuple[Step, Sequence[Edit]]]
    generation: int = 0


def read_records(path: Path, vault: Vault | None) -> StoredRecords:
    """The content of a file of records, the demo's included; raises GalleryDamagedError,
    GalleryNewerError."""
    if not is_database(path):
        records = JsonStore.read(path, vault)
        return StoredRecords(records.contents, records.steps, records.generation)
    store = _open_database(path, vault)
    try:
        return StoredRecords(store.contents(), history_of(store), store.generation)
    finally:
        store.close()


def current_records(folder: Path) -> Path | None:
    """The file that holds a gallery's records: the database takes precedence; None if there is neither."""
    return next((path for path in (folder / DATABASE, folder / RECORDS) if path.exists()), None)


def generation_of(folder: Path, vault: Vault | None) -> int:
    """The generation of a gallery's records; raises GalleryDamagedError, GalleryNewerError."""
    path = current_records(folder)
    if path is None:
        return 0
    if not is_database(path):
        return JsonStore.read(path, vault).generation
    store = _open_database(path, vault)
    store.close()
    return store.generation


def write_records(path: Path, kept: StoredRecords, vault: Vault | None, before: Vault | None = None) -> None:
    """Replace the records in a file, encrypted if there is a vault.

    Args:
        before: the vault of the existing file, if it is another one.
    Raises:
        GalleryWriteError: the file is unchanged.
    """
    if is_database(path):
        from face_match.gallery.storage.sqlite.store import SqlStore

        SqlStore.create(path, kept.contents, kept.history, vault, generation=kept.generation, before=before)
    else:
        extra = JsonStore.read(path, before or vault).extra
        JsonStore.rewrite(path, Records(kept.contents, kept.history, kept.generation, extra), vault)
