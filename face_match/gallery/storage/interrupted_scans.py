"""The files and folders that are being scanned, so that an interrupted scan can be resumed.

["<path>", …]

The paths often contain names of people, so the file is encrypted and purged with the records.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from face_match.core.atomic_files import read_file, sync_folder, write_file
from face_match.core.errors import GalleryDamagedError, gallery_write_errors
from face_match.gallery.records.fields import READ_ERRORS, parse_list, parse_path
from face_match.gallery.records.own_files import require_own
from face_match.gallery.records.paths import UNFINISHED_SCANS, WAITING_FOLDER
from face_match.gallery.storage.json_reading import MAX_SMALL_BYTES, load_json
from face_match.gallery.storage.vault import MARK, OLD_MARK, Vault, from_disk, to_disk

LEGACY_PATH = f"{WAITING_FOLDER}/{UNFINISHED_SCANS}"
"""The file's place in version 0.1."""


def is_own(path: Path) -> bool:
    """Whether a file with this name is the program's: encrypted, or a list of absolute paths. Somebody may
    have an `unfinished.json` of their own."""
    try:
        content = read_file(path, MAX_SMALL_BYTES, follows_links=False)
        paths = [] if content.startswith((MARK, OLD_MARK)) else parse_list(load_json(content), parse_path)
    except (*READ_ERRORS, OSError):
        return False
    return all(map(_is_absolute, paths))


def _is_absolute(path: str) -> bool:
    """Whether a path is absolute on any system."""
    return PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()


def read(folder: Path, vault: Vault | None) -> list[Path]:
    """The files and folders whose scan was interrupted; empty if unknown."""
    sealed_path = UNFINISHED_SCANS if (folder / UNFINISHED_SCANS).exists() else LEGACY_PATH
    return _read(folder, sealed_path, vault)


def write(folder: Path, vault: Vault | None, paths: Sequence[Path]) -> None:
    """Store which files and folders are being scanned; no paths delete the file. Raises
    GalleryWriteError, also for a file of the user's with that name."""
    path = folder / UNFINISHED_SCANS
    if paths:
        require_own(path, is_own)
    with gallery_write_errors(path):
        if paths:
            write_file(
                path, to_disk(json.dumps([str(one) for one in paths]).encode(), vault, UNFINISHED_SCANS)
            )
        elif path.exists() and is_own(path):
            path.unlink()
            sync_folder(folder)


def migrate_legacy(folder: Path, vault: Vault | None) -> None:
    """Move the file of version 0.1 to its present place; raises GalleryWriteError."""
    before = folder / LEGACY_PATH
    if before.exists() and is_own(before):
        if not (folder / UNFINISHED_SCANS).exists():
            write(folder, vault, _read(folder, LEGACY_PATH, vault))
        with gallery_write_errors(before):
            before.unlink()
            sync_folder(before.parent)


def _read(folder: Path, sealed_path: str, vault: Vault | None) -> list[Path]:
    path = folder / sealed_path
    try:
        content = read_file(path, MAX_SMALL_BYTES, follows_links=False)
        return [
            Path(one)
            for one in parse_list(load_json(from_disk(content, vault, sealed_path, path)), parse_path)
        ]
    except (*READ_ERRORS, OSError, GalleryDamagedError):
        return []
