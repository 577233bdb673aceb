"""Which files in a gallery's folder the program keeps, and what they are."""

from __future__ import annotations

from pathlib import Path

from face_match.gallery.backups import FOLDER
from face_match.gallery.json_store import RECORDS
from face_match.gallery.samples import CROPS_FOLDER
from face_match.gallery.stores import DATABASE, journal_of


def crop_files(folder: Path) -> list[Path]:
    """All below the crops' folder."""
    return sorted(path for path in (folder / CROPS_FOLDER).rglob("*") if path.is_file())


def record_files(folder: Path) -> list[Path]:
    """The records, as a file or a database, those before them, and the backups; no journals of databases."""
    found = [path for name in (RECORDS, DATABASE) for path in folder.glob(f"{name}*")]
    found += (folder / FOLDER).glob("*")
    journals = {journal for path in found for journal in journal_of(path)}
    return sorted(path for path in found if path.is_file() and path not in journals)


def is_database(path: Path) -> bool:
    """Whether a file of records was written as a database."""
    return path.name.startswith(DATABASE) or path.suffix == Path(DATABASE).suffix
