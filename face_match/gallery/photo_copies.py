"""Whether a photo is still at the path where it was seen, so that another file of it is a copy."""

from __future__ import annotations

from pathlib import Path

from face_match.core.dates import modified_ns
from face_match.core.network_drives import is_on_foreign_share
from face_match.core.records import PhotoRecord


def is_unchanged_at(record: PhotoRecord, path: Path) -> bool:
    """Whether path, size and modification time of a file are those recorded. The file is not read."""
    try:
        status = path.stat()
    except (OSError, ValueError):  # ValueError: no valid file name on this system
        return False
    return (str(path), status.st_size, modified_ns(status)) == (record.path, record.size, record.modified_ns)


def is_copy(record: PhotoRecord | None, path: Path, gallery: Path) -> bool:
    """Whether a photo that is at a path now is also still at the path that is recorded.

    Args:
        gallery: its folder.
    """
    if record is None or not record.path or record.path == str(path):
        return False
    # a path on another server is not looked up: that would wait for the server
    is_local = not is_on_foreign_share(Path(record.path), (path, gallery))
    return is_local and is_unchanged_at(record, Path(record.path))
