"""Writing names to XMP sidecars, which are created where necessary."""

from __future__ import annotations

import contextlib
import stat
from pathlib import Path

from face_match.core.atomic_files import write_file
from face_match.core.errors import SidecarWriteError
from face_match.core.translation import marked
from face_match.metadata.name_writing import PhotoNames, edited_xmp
from face_match.metadata.region_edits import Outcomes
from face_match.metadata.sidecar_files import SidecarFiles, read_sidecar


def write_sidecar(sidecar: Path, names: PhotoNames) -> Outcomes:
    """Write the names of a photo's people to a sidecar. Without changes nothing is written.

    Raises:
        SidecarUnreadableError: the existing sidecar is unreadable or its regions belong to another image; it
            is unchanged.
        SidecarWriteError: it cannot be written, or another program changed it meanwhile; it is as it was.
    """
    try:
        content = read_sidecar(sidecar) if sidecar.exists() else None
    except OSError as exc:  # the name is too long
        raise SidecarWriteError(sidecar.name, exc.strerror or type(exc).__name__) from exc
    is_beside_raw = content is not None and SidecarFiles().is_beside_raw(sidecar)  # lists the folder
    edited = edited_xmp(content, sidecar.name, names, is_beside_raw=is_beside_raw)
    if edited.content is not None:
        _require_unchanged(sidecar, content)
        _write(sidecar, edited.content)
    return edited.outcomes


def _require_unchanged(sidecar: Path, content: bytes | None) -> None:
    """Refuse to overwrite what another program has written since the sidecar was read."""
    if content != (read_sidecar(sidecar) if sidecar.exists() else None):
        raise SidecarWriteError(sidecar.name, marked("another program has changed it meanwhile"))


def _write(sidecar: Path, content: bytes) -> None:
    """Write the file with its existing permissions, or those of its folder, because other programs use it
    too."""
    try:
        if sidecar.is_symlink():  # it may lead to any of the user's files
            raise SidecarWriteError(sidecar.name, marked("it is a link"))
        mode = (sidecar if sidecar.exists() else sidecar.parent).stat().st_mode
        write_file(sidecar, content)
    except OSError as exc:
        raise SidecarWriteError(sidecar.name, exc.strerror or type(exc).__name__) from exc
    with contextlib.suppress(OSError):
        sidecar.chmod(stat.S_IMODE(mode) & 0o666)
