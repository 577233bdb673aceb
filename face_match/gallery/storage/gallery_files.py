"""The files in a gallery's folder: which ones are the program's, and of what kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from face_match.core.atomic_files import read_start
from face_match.core.errors import GalleryDamagedError, GalleryNewerError
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.history import Step
from face_match.gallery.records.paths import (
    BACKUPS_FOLDER,
    CALIBRATIONS,
    CROPS_FOLDER,
    DATABASE,
    FOLDERS,
    JOURNALS,
    RECORD_FILES,
    RECORDS,
    UNFINISHED_SCANS,
    WAITING_FOLDER,
    WORK_FILES,
    plain_files,
)
from face_match.gallery.records.rows import Contents
from face_match.gallery.storage.active_store import history_of
from face_match.gallery.storage.json_store import JsonStore, Records
from face_match.gallery.storage.legacy.waiting_folder import waiting_files
from face_match.gallery.storage.sqlite.database import OLD_SEALED_ID
from face_match.gallery.storage.sqlite.files import is_plain_database, journals_of
from face_match.gallery.storage.sqlite.store import SqlStore
from face_match.gallery.storage.vault import MARK, OLD_MARK, Vault


def crop_files(folder: Path) -> list[Path]:
    """All files in the crops' folder."""
    return plain_files(folder / CROPS_FOLDER)


def record_files(folder: Path) -> list[Path]:
    """All files of records: current, set aside, calibrations, interrupted scans and backups; without
    database journals."""
    found = [path for name in RECORD_FILES for path in folder.glob(f"{name}*")]
    found += (folder / BACKUPS_FOLDER).glob("*")
    journals = {journal for path in found if _may_have_journal(path) for journal in journals_of(path)}
    return sorted(p for p in found if _is_plain_file(p) and p not in journals)


def leftover_journals(folder: Path) -> list[tuple[Path, Path]]:
    """Journals beside databases that were set aside or backed up, each with its database. The gallery's
    own database is checkpointed at each opening."""
    databases = [path for path in record_files(folder) if path.name != DATABASE and _may_have_journal(path)]
    return [(part, path) for path in databases for part in journals_of(path) if _is_plain_file(part)]


def foreign_files(folder: Path) -> list[str]:
    """Files in the gallery's folder that are not the program's and are never changed; folders end in `/`."""
    own = {*record_files(folder), *waiting_files(folder), *journals_of(folder / DATABASE)}
    own |= {part for part, _ in leftover_journals(folder)}
    own |= {folder / name for name in (*WORK_FILES, *FOLDERS)}
    places = [folder / name for name in (BACKUPS_FOLDER, WAITING_FOLDER)]
    found = sorted(path for place in (folder, *places) for path in place.glob("*") if path not in own)
    return [path.relative_to(folder).as_posix() + ("/" if path.is_dir() else "") for path in found]


def _may_have_journal(path: Path) -> bool:
    """Whether a file has the name of a database, not of a journal."""
    return is_database(path) and not path.name.endswith(JOURNALS)


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
        SqlStore(path, for_writing=False, vault=vault).close()
    except GalleryDamagedError:
        return False
    except GalleryNewerError:
        return True
    return True


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
    store = SqlStore(path, for_writing=False, vault=vault)
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
    store = SqlStore(path, for_writing=False, vault=vault)
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
        SqlStore.create(path, kept.contents, kept.history, vault, generation=kept.generation, before=before)
    else:
        extra = JsonStore.read(path, before or vault).extra
        JsonStore.rewrite(path, Records(kept.contents, kept.history, kept.generation, extra), vault)
