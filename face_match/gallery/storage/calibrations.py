"""The calibration of each model on a gallery's faces, in `calibrations.json`.

{"<model>": {…}}

The content of a model's record is defined by `decision`. It holds no names but is derived from faces, so it
is encrypted and purged with the records. It can be recomputed at any time.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from face_match.core.atomic_files import read_file, write_file
from face_match.core.errors import GalleryDamagedError, gallery_read_errors, gallery_write_errors
from face_match.gallery.records.fields import READ_ERRORS
from face_match.gallery.records.own_files import require_own
from face_match.gallery.records.paths import CALIBRATIONS
from face_match.gallery.storage.vault import MARK, OLD_MARK, Vault, from_disk, to_disk

MAX_BYTES = 1 << 24


def is_own(path: Path) -> bool:
    """Whether a file with this name is the program's: encrypted, or a record for each model. Somebody may
    have a `calibrations.json` of their own."""
    try:
        content = read_file(path, MAX_BYTES, follows_links=False)
        return content.startswith((MARK, OLD_MARK)) or _is_of_models(json.loads(content))
    except (*READ_ERRORS, OSError):
        return False


def _is_of_models(content: object) -> bool:
    return isinstance(content, dict) and all(isinstance(record, dict) for record in content.values())


def read(folder: Path, vault: Vault | None) -> dict[str, Any]:
    """The calibrations by model id; empty if the file is missing or unreadable."""
    try:
        return _content(folder / CALIBRATIONS, vault)
    except OSError:
        return {}


def _content(path: Path, vault: Vault | None) -> dict[str, Any]:
    """The calibrations by model id; empty if the file is damaged. Raises OSError."""
    data = read_file(path, MAX_BYTES, follows_links=False)
    try:
        content = json.loads(from_disk(data, vault, CALIBRATIONS, path))
    except (*READ_ERRORS, GalleryDamagedError):
        return {}
    return content if isinstance(content, dict) else {}


def write(folder: Path, vault: Vault | None, model_id: str, record: Mapping[str, Any]) -> None:
    """Store the calibration of a model.

    Raises:
        GalleryWriteError: also for a file of the user's with that name.
        GalleryUnreadableError: those of the other models would be lost.
    """
    path = folder / CALIBRATIONS
    content = {model_id: record}
    with gallery_read_errors(path), contextlib.suppress(FileNotFoundError):
        content = {**_content(path, vault), model_id: record}
    require_own(path, is_own)
    with gallery_write_errors(path):
        write_file(path, to_disk(json.dumps(content, indent=1).encode(), vault, CALIBRATIONS))
