"""The files of a database: the main file and the journals that SQLite writes beside it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from face_match.core.atomic_files import MAX_COPY_BYTES, copy_content, open_file, read_start
from face_match.core.errors import GalleryUnsafeError, gallery_read_errors
from face_match.core.translation import marked
from face_match.gallery.records.paths import JOURNALS, require_no_hard_link, require_no_link

PLAIN_HEAD = b"SQLite format 3\0"
APPLICATION_ID, OLD_SEALED_ID = 0x466D4761, 0x466D4765
IDS = (APPLICATION_ID, OLD_SEALED_ID)
"""SQLite application ids of galleries; the second one marks values encrypted by vault version 1."""

JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_WAL, _SHM, _ROLLBACK = JOURNALS


def journals_of(database: Path) -> list[Path]:
    """The paths of a database's journals, existing or not."""
    return [database.with_name(f"{database.name}{end}") for end in JOURNALS]


def require_no_foreign_parts(path: Path) -> None:
    """Refuse files that could make SQLite read, overwrite or delete a file outside this database.

    These are: a link in place of the database; a journal that is a link or a hard link; and a journal that
    names another database, which the program never makes. The database itself may have hard links: they are
    broken before it is written.

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
            raise GalleryUnsafeError(journal, marked("is a journal of several databases"))


def is_plain_database(path: Path) -> bool:
    """Whether a file is an unencrypted SQLite database; raises OSError."""
    return read_start(path, len(PLAIN_HEAD)) == PLAIN_HEAD


def has_journal(path: Path) -> bool:
    """Whether a part of the content may still be in a journal."""
    return any(_beside(path, end).exists() for end in (_WAL, _ROLLBACK))


def copy_database(path: Path, copy: Path) -> Path:
    """Copy a database with its journals into an empty folder; return the copy.

    Raises:
        GalleryUnreadableError, GalleryDamagedError: it cannot be read or copied.
    """
    with gallery_read_errors(path):
        for end in ("", _WAL, _ROLLBACK):
            if not end or _beside(path, end).exists():
                copy_content(_beside(path, end), _beside(copy, end), MAX_COPY_BYTES)
    return copy


def _beside(path: Path, end: str) -> Path:
    return path.with_name(f"{path.name}{end}")
