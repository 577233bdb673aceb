"""The names that the program gives to the files in a gallery's folder.

Somebody may keep files of their own in that folder, also in folders called `backups` or `waiting`. Only files
with the exact names below are ever deleted, moved, encrypted or rewritten.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from face_match.core.errors import GalleryWriteError
from face_match.core.translation import marked
from face_match.gallery.records.paths import (
    CALIBRATIONS,
    CROPS_FOLDER,
    DATABASE,
    RECORDS,
    UNFINISHED_SCANS,
    UNNAMED_FOLDER,
)

_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}\.[0-9]{2}\.[0-9]{2}"

BACKUP_NAME = re.compile(
    rf"((?P<number>[0-9]{{6,12}}) )?(?P<made>{_TIME}) "
    r"(?P<why>daily|by hand|before migration|before import)( [0-9]+)?"
)
"""The name of a backup without its suffix. Version 0.1 had no number at the start, and added one at the end
to backups of the same second."""

_BACKUP = re.compile(rf"{BACKUP_NAME.pattern}\.(json|sqlite)")

_ASIDE = rf"\.before {_TIME}\.[0-9]{{6}}"
_RECORD_FILE = re.compile(
    rf"{re.escape(RECORDS)}(\.bak|\.outgrown|\.seed|{_ASIDE})?|{re.escape(DATABASE)}({_ASIDE})?"
    rf"|{re.escape(CALIBRATIONS)}|{re.escape(UNFINISHED_SCANS)}"
)

_WAITING_FILE = re.compile(r"[0-9a-f]{32}\.faces")

_ALIAS = re.compile(rf"{CROPS_FOLDER}/[0-9a-f]{{2}}/[0-9a-f]{{62}}\.(sealed|damaged)")
_CROP = re.compile(
    rf"{CROPS_FOLDER}/([^/]+|{re.escape(UNNAMED_FOLDER)}/[0-9a-f]{{2}})/"
    r"[0-9a-f]{32}(\.[^./]+)?(\.damaged)?"
)


def is_backup_name(name: str) -> bool:
    """Whether the program gives backups such a name, with its suffix."""
    return _BACKUP.fullmatch(name) is not None


def is_record_name(name: str) -> bool:
    """Whether the program gives files of records beside the backups such a name; not those of journals."""
    return _RECORD_FILE.fullmatch(name) is not None


def is_waiting_name(name: str) -> bool:
    """Whether version 0.1 gave the file of a photo in `waiting` such a name."""
    return _WAITING_FILE.fullmatch(name) is not None


def is_alias(place: str) -> bool:
    """Whether a path, relative to the gallery, is that of an encrypted crop."""
    return _ALIAS.fullmatch(place) is not None


def is_crop_name(place: str) -> bool:
    """Whether the program gives crops such a path, relative to the gallery. The original demo gave others,
    which the records have."""
    return is_alias(place) or _CROP.fullmatch(place) is not None


def require_own(path: Path, is_own: Callable[[Path], bool]) -> None:
    """Refuse to overwrite a file that somebody else has put where the program writes one.

    Raises:
        GalleryWriteError.
    """
    if os.path.lexists(path) and not is_own(path):
        raise GalleryWriteError(path, marked("there is a file with this name that is not the gallery’s"))
