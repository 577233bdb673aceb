"""Which files and folders are being scanned: what an interrupted scan leaves to be resumed.

    ["<path>", …]

It says where photos lie, and so often who is in them: it is sealed and erased with the records.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from face_match.core.atomic_files import read_file, sync_folder, write_file
from face_match.core.errors import GalleryDamagedError, gallery_write_errors
from face_match.gallery.records.fields import READ_ERRORS, read_list, read_path
from face_match.gallery.records.paths import UNFINISHED_SCANS, WAITING_FOLDER
from face_match.gallery.storage.json_reading import MAX_SMALL_BYTES, load_json
from face_match.gallery.storage.vault import Vault, from_disk, to_disk

LEGACY_PATH = f"{WAITING_FOLDER}/{UNFINISHED_SCANS}"
"""Where version 0.1 kept it."""


def read(folder: Path, vault: Vault | None) -> list[Path]:
    """Files and folders whose scan was interrupted; none where that is not known."""
    place = UNFINISHED_SCANS if (folder / UNFINISHED_SCANS).exists() else LEGACY_PATH
    return _read(folder, place, vault)


def write(folder: Path, vault: Vault | None, paths: Sequence[Path]) -> None:
    """Remember what is being scanned; nothing is, if there are no paths. Raises GalleryWriteError."""
    path = folder / UNFINISHED_SCANS
    with gallery_write_errors(path):
        if paths:
            write_file(
                path, to_disk(json.dumps([str(one) for one in paths]).encode(), vault, UNFINISHED_SCANS)
            )
        elif path.exists():
            path.unlink()
            sync_folder(folder)


def migrate_legacy(folder: Path, vault: Vault | None) -> None:
    """Keep what version 0.1 has written down where this one does; raises GalleryWriteError."""
    before = folder / LEGACY_PATH
    if before.exists():
        if not (folder / UNFINISHED_SCANS).exists():
            write(folder, vault, _read(folder, LEGACY_PATH, vault))
        with gallery_write_errors(before):
            before.unlink()
            sync_folder(before.parent)


def _read(folder: Path, place: str, vault: Vault | None) -> list[Path]:
    path = folder / place
    try:
        content = read_file(path, MAX_SMALL_BYTES, follows_links=False)
        return [Path(one) for one in read_list(load_json(from_disk(content, vault, place, path)), read_path)]
    except (*READ_ERRORS, OSError, GalleryDamagedError):
        return []
