"""The names in one sidecar, without a search for the sidecars of a photo."""

from __future__ import annotations

from pathlib import Path

from face_match.metadata.name_sources import NamesInPhoto
from face_match.metadata.sidecar_files import SidecarFiles, read_sidecar
from face_match.metadata.xmp_names import Image, names_in_xmp


def read_names(sidecar: Path, width: int, height: int, orientation: int) -> NamesInPhoto:
    """See `names_in_xmp`; the size is that of the upright photo. Raises SidecarUnreadableError."""
    image, is_beside_raw = Image(width, height, orientation), SidecarFiles().is_beside_raw(sidecar)
    return names_in_xmp(read_sidecar(sidecar), sidecar.name, image, is_beside_raw=is_beside_raw)
