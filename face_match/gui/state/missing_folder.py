"""Whether the folder of a gallery is gone, or merely new."""

from __future__ import annotations

from pathlib import Path

from face_match.core.settings import has_left, is_own_place

MOUNT_POINTS = ("media", "mnt", "volumes")
"""Folders in which drives appear, or folders of users with their drives."""


def is_gone(folder: Path, *, was_there: bool) -> bool:
    """Whether a gallery's folder is gone, not merely new: it was there before, or its drive is missing."""
    if folder.exists():
        return was_there and has_left(folder)
    return was_there or not (folder.parent.exists() or is_own_place(folder) or _may_be_made(folder))


def _may_be_made(folder: Path) -> bool:
    """Whether a folder may be made together with the one that it is in."""
    above = folder.parent.parent
    return above.exists() and not {above.name.casefold(), above.parent.name.casefold()} & {*MOUNT_POINTS}
