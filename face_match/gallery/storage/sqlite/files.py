"""The files of a database: itself, and the journals that SQLite writes beside it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from face_match.core.atomic_files import MAX_COPY_BYTES, copy_content, open_file, read_start
from face_match.core.errors import GalleryDamagedError, GalleryUnsafeError
from face_match.gallery.records.paths import JOURNALS, require_no_hard_link, require_no_link

PLAIN_HEAD = b"SQLite format 3\0"

JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_WAL, _SHM, _ROLLBACK = JOURNALS


def journals_of(database: Path) -> list[Path]:
    """The files that SQLite keeps beside a database while it is in use, or was when it was killed."""
    return [database.with_name(f"{database.name}{end}") for end in JOURNALS]


def require_no_foreign_parts(path: Path) -> None:
    """Refuse what could make SQLite read, overwrite or delete a file that is not of this database.

    That is a link in the place of the database; a journal that is one, of whatever kind; and a journal that
    names another one, which the program never makes, as it never writes to two databases at once. The
    database itself may have other names: it is only written to once it has one.

    Raises:
        GalleryUnsafeError: names the file.
    """
    require_no_link(path)
    for end in JOURNALS:
        require_no_hard_link(_beside(path, end))
    journal = _beside(path, _ROLLBACK)
    with contextlib.suppress(OSError), open_file(journal, follows_links=False) as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - len(JOURNAL_MAGIC)))
        if file.read(len(JOURNAL_MAGIC)) == JOURNAL_MAGIC:
            raise GalleryUnsafeError(journal, "is a journal of other files too")


def is_plain_database(path: Path) -> bool:
    """Whether a file is an SQLite database that is not encrypted; raises OSError."""
    return read_start(path, len(PLAIN_HEAD)) == PLAIN_HEAD


def has_journal(path: Path) -> bool:
    """Whether some of a database's content may not be in its file yet."""
    return any(_beside(path, end).exists() for end in (_WAL, _ROLLBACK))


def copy_database(path: Path, folder: Path) -> Path:
    """Copy a database to an empty folder, with what SQLite needs of its journal; returns the copy.

    Raises:
        GalleryDamagedError: it cannot be read, or not be copied.
    """
    copy = folder / "copy.sqlite"
    try:
        for end in ("", _WAL, _ROLLBACK):
            if not end or _beside(path, end).exists():
                copy_content(_beside(path, end), _beside(copy, end), MAX_COPY_BYTES)
    except OSError as exc:
        raise GalleryDamagedError(path, exc.strerror or type(exc).__name__) from exc
    return copy


def _beside(path: Path, end: str) -> Path:
    return path.with_name(f"{path.name}{end}")
