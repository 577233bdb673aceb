"""Which files in a gallery's folder the program keeps, and what they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from face_match.gallery.backups import FOLDER
from face_match.gallery.calibrations import CALIBRATIONS
from face_match.gallery.changes import Change
from face_match.gallery.json_store import RECORDS, JsonStore
from face_match.gallery.records import PersonRecord
from face_match.gallery.samples import CROPS_FOLDER
from face_match.gallery.sql_store import SqlStore
from face_match.gallery.sql_tables import SEALED_ID
from face_match.gallery.stores import DATABASE, journal_of
from face_match.gallery.vault import MARK, Vault


def crop_files(folder: Path) -> list[Path]:
    """All below the crops' folder."""
    return sorted(path for path in (folder / CROPS_FOLDER).rglob("*") if path.is_file())


def record_files(folder: Path) -> list[Path]:
    """The records, as a file or a database, those before them, what was learned of them, and the backups; no
    journals of databases."""
    found = [path for name in (RECORDS, DATABASE, CALIBRATIONS) for path in folder.glob(f"{name}*")]
    found += (folder / FOLDER).glob("*")
    journals = {journal for path in found for journal in journal_of(path)}
    return sorted(path for path in found if path.is_file() and path not in journals)


def is_database(path: Path) -> bool:
    """Whether a file of records was written as a database."""
    return path.name.startswith(DATABASE) or path.suffix == Path(DATABASE).suffix


def is_sealed(path: Path) -> bool:
    """Whether a file of records is: as a whole, or a database's values; raises OSError."""
    with path.open("rb") as file:
        head = file.read(72)
    return head.startswith(MARK) or head[68:] == SEALED_ID.to_bytes(4, "big")  # where SQLite has it


class Kept(NamedTuple):
    """What a file of records holds."""

    records: Sequence[PersonRecord]
    history: Sequence[Change]


def read_kept(path: Path, vault: Vault | None) -> Kept:
    """What a file of records holds, the demo's too; raises GalleryDamagedError, GalleryNewerError."""
    if not is_database(path):
        return Kept(*JsonStore.read(path, vault))
    store = SqlStore(path, for_writing=False, vault=vault)
    try:
        return Kept(list(store.records()), store.history())
    finally:
        store.close()


def write_kept(path: Path, kept: Kept, vault: Vault | None) -> None:
    """Put other records in the place of those in a file, sealed where there is a vault.

    Raises:
        GalleryWriteError: it is as it was.
    """
    if is_database(path):
        SqlStore.create(path, kept.records, kept.history, vault)
    else:
        JsonStore.rewrite(path, kept.records, kept.history, vault)
