"""Which files in a gallery's folder the program keeps, and what they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from face_match.errors import GalleryDamagedError, GalleryNewerError
from face_match.gallery.changes import Change
from face_match.gallery.json_store import JsonStore
from face_match.gallery.paths import (
    BACKUPS_FOLDER,
    CALIBRATIONS,
    CROPS_FOLDER,
    DATABASE,
    RECORDS,
    WAITING_FOLDER,
    plain_files,
)
from face_match.gallery.records import PersonRecord
from face_match.gallery.sql_database import OLD_SEALED_ID, is_plain_database
from face_match.gallery.sql_store import SqlStore
from face_match.gallery.stores import journal_of
from face_match.gallery.vault import MARK, OLD_MARK, Vault


def crop_files(folder: Path) -> list[Path]:
    """All below the crops' folder."""
    return plain_files(folder / CROPS_FOLDER)


def record_files(folder: Path) -> list[Path]:
    """The records, as a file or a database, those before them, what was learned of them, and the backups; no
    journals of databases."""
    found = [path for name in (RECORDS, DATABASE, CALIBRATIONS) for path in folder.glob(f"{name}*")]
    found += (folder / BACKUPS_FOLDER).glob("*")
    journals = {journal for path in found for journal in journal_of(path)}
    return sorted(p for p in found if p.is_file() and not p.is_symlink() and p not in journals)


def place_of(path: Path) -> str:
    """What a file of the gallery's folder, or of one in it, is sealed for.

    Records, those before them and their backups may take each other's place; they tell by their generation.
    """
    if path.parent.name == WAITING_FOLDER:
        return f"{WAITING_FOLDER}/{path.name}"
    return CALIBRATIONS if path.name.startswith(CALIBRATIONS) else RECORDS


def is_database(path: Path) -> bool:
    """Whether a file of records was written as a database."""
    return path.name.startswith(DATABASE) or path.suffix == Path(DATABASE).suffix


def is_sealed(path: Path, vault: Vault) -> bool:
    """Whether a file of records is, as this version does it; raises OSError."""
    with path.open("rb") as file:
        if file.read(len(MARK)) == MARK:
            return True
    return is_database(path) and not is_plain_database(path) and _opens(path, vault)


def is_readable(path: Path, vault: Vault) -> bool:
    """Whether anybody can read a file of records; raises OSError."""
    with path.open("rb") as file:
        head = file.read(72)
    is_sealed_by_old = head.startswith(OLD_MARK) or head[68:] == OLD_SEALED_ID.to_bytes(4, "big")
    return not is_sealed_by_old and not is_sealed(path, vault)


def _opens(path: Path, vault: Vault) -> bool:
    """Whether what is no plain database is one that is encrypted; otherwise it is no database at all."""
    try:
        SqlStore(path, for_writing=False, vault=vault).close()
    except GalleryDamagedError:
        return False
    except GalleryNewerError:
        return True
    return True


class Kept(NamedTuple):
    """What a file of records holds, and which generation of the records that is."""

    records: Sequence[PersonRecord]
    history: Sequence[Change]
    generation: int = 0


def read_kept(path: Path, vault: Vault | None) -> Kept:
    """What a file of records holds, the demo's too; raises GalleryDamagedError, GalleryNewerError."""
    if not is_database(path):
        return Kept(*JsonStore.read(path, vault))
    store = SqlStore(path, for_writing=False, vault=vault)
    try:
        return Kept(list(store.records()), store.history(), store.generation)
    finally:
        store.close()


def generation_of(folder: Path, vault: Vault | None) -> int:
    """How far a gallery's records have come; raises GalleryDamagedError, GalleryNewerError."""
    path = folder / DATABASE if (folder / DATABASE).exists() else folder / RECORDS
    if not path.exists():
        return 0
    if not is_database(path):
        return JsonStore.read(path, vault)[2]
    store = SqlStore(path, for_writing=False, vault=vault)
    store.close()
    return store.generation


def write_kept(path: Path, kept: Kept, vault: Vault | None, before: Vault | None = None) -> None:
    """Put other records in the place of those in a file, sealed where there is a vault.

    Args:
        before: opens the file as it was, where that is another vault.
    Raises:
        GalleryWriteError: it is as it was.
    """
    if is_database(path):
        SqlStore.create(path, kept.records, kept.history, vault, generation=kept.generation, before=before)
    else:
        JsonStore.rewrite(path, kept.records, kept.history, vault, kept.generation)
