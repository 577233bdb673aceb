"""What was learned from a gallery's samples about its similarities, for each model, in `calibrations.json`.

    {"<model>": {…}}

What is in a model's record is the business of who learns. It has no names, but it comes of the samples: it
is sealed and erased with them, and can be learned again at any time.
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
    """By model id; nothing where there is no such file, or none that can be read."""
    path = folder / CALIBRATIONS
    try:
        content = json.loads(
            from_disk(read_file(path, MAX_BYTES, follows_links=False), vault, CALIBRATIONS, path)
        )
    except (*READ_ERRORS, OSError, GalleryDamagedError):
        return {}
    return content if isinstance(content, dict) else {}


def write(folder: Path, vault: Vault | None, model_id: str, record: Mapping[str, Any]) -> None:
    """Keep one in the place of the one before, if any; raises GalleryWriteError."""
    path = folder / CALIBRATIONS
    content = {**read(folder, vault), model_id: record}
    with gallery_write_errors(path):
        write_file(path, to_disk(json.dumps(content, indent=1).encode(), vault, CALIBRATIONS))
