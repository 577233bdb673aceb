"""The mark of a deletion of all people that is not finished."""

from __future__ import annotations

from pathlib import Path

from face_match.core.atomic_files import read_start
from face_match.core.errors import ClearPendingError
from face_match.gallery.records.paths import PURGE_PLAN

EVERYBODY_PLAN = b'"everybody"'
"""The content of the plan of a purge of all people, which needs no passphrase."""


def is_clear_pending(folder: Path) -> bool:
    """Whether the deletion of all people of a gallery has begun and is not finished."""
    try:
        return read_start(folder / PURGE_PLAN, len(EVERYBODY_PLAN) + 1) == EVERYBODY_PLAN
    except OSError:
        return False


def require_no_pending_clear(folder: Path) -> None:
    """Refuse to read what is left of a gallery that is being deleted; raises ClearPendingError."""
    if is_clear_pending(folder):
        raise ClearPendingError(folder)
