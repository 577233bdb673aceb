"""TIFF and BigTIFF: XMP in a tag of the first directory (XMP Specification Part 3, 1.1.4)."""

from __future__ import annotations

from face_match.core.images.byte_source import ByteSource, UnparsableError
from face_match.core.images.tiff_directory import first_directory
from face_match.metadata.embedded.packets import xmp_at

XMP = 700
XMP_TYPES = (1, 2, 6, 7)
"""The types that a packet may have, of bytes: BYTE, ASCII, SBYTE, UNDEFINED."""


def read_xmp(source: ByteSource) -> bytes | None:
    """The packet, without bytes of zero at its end."""
    directory = first_directory(source)
    entry = directory.entry(XMP)
    if entry is None and directory.is_cut:
        raise UnparsableError
    if entry is None or entry.kind not in XMP_TYPES:
        return None
    return xmp_at(source, entry.value, entry.values).rstrip(b"\0") or None
