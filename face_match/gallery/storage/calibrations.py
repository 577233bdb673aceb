"""The calibration of each model on a gallery's faces, in `calibrations.json`.

{"<model>": {…}}

The content of a model's record is defined by `decision`. It holds no names but is derived from faces, so it
is encrypted and purged with the records. It can be recomputed at any time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from face_match.core.atomic_files import read_file, write_file
from face_match.core.errors import GalleryDamagedError, gallery_write_errors
from face_match.gallery.records.fields import READ_ERRORS
from face_match.gallery.records.paths import CALIBRATIONS
from face_match.gallery.storage.vault import Vault, from_disk, to_disk

MAX_BYTES = 1 << 24


def read(folder: Path, vault: Vault | None) -> dict[str, Any]:
    """The calibrations by model id; empty if the file is missing or unreadable."""
    path = folder / CALIBRATIONS
    try:
        content = json.loads(
            from_disk(read_file(path, MAX_BYTES, follows_links=False), vault, CALIBRATIONS, path)
        )
    except (*READ_ERRORS, OSError, GalleryDamagedError):
        return {}
    return content if isinstance(content, dict) else {}


def write(folder: Path, vault: Vault | None, model_id: str, record: Mapping[str, Any]) -> None:
    """Store the calibration of a model; raises GalleryWriteError."""
    path = folder / CALIBRATIONS
    content = {**read(folder, vault), model_id: record}
    with gallery_write_errors(path):
        write_file(path, to_disk(json.dumps(content, indent=1).encode(), vault, CALIBRATIONS))
