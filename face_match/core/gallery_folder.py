"""The folder of a gallery: where it is by itself, whether a gallery is in it, and whether it has gone."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from face_match.core.installation import checkout

_RECORDS = ("embeddings.json", "gallery.sqlite", "vault.json")
"""What makes a folder a gallery. A checkout is there without it."""

_MOUNT_POINTS = ("media", "mnt", "volumes")
"""Folders in which drives appear, or folders of users with their drives."""


def own_folder() -> Path:
    """Beside app_faces.py, as in the original demo; where the program is installed, in this user's data
    folder."""
    return checkout() or _in_data_folder()


def is_unused(folder: Path) -> bool:
    """Whether a folder has no records of a gallery."""
    return not any((folder / name).exists() for name in _RECORDS)


def is_gone(folder: Path, *, was_there: bool) -> bool:
    """Whether a gallery's folder is gone, not merely new: it was there before, or its drive is missing."""
    if folder.exists():
        return was_there and _is_left(folder)
    return was_there or not (folder.parent.exists() or _is_own(folder) or _may_be_made(folder))


def _is_left(folder: Path) -> bool:
    """Whether a folder is empty, as where a drive is missing. A gallery without records has its lock file.
    Windows deletes that, but gives drives a letter, not a folder."""
    if os.name == "nt" or _is_own(folder):
        return False
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:
        return False


def _may_be_made(folder: Path) -> bool:
    """Whether a folder may be made together with the one that it is in."""
    above = folder.parent.parent
    return above.exists() and not {above.name.casefold(), above.parent.name.casefold()} & {*_MOUNT_POINTS}


def _is_own(folder: Path) -> bool:
    """Whether a folder is where the program keeps the gallery by itself, and makes folders as needed."""
    return folder in (checkout(), _in_data_folder())


def _in_data_folder() -> Path:
    return Path(platformdirs.user_data_dir("face-match", appauthor=False)) / "gallery"
