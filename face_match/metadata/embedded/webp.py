"""WebP: XMP in a chunk of its own (WebP Container Specification, Metadata)."""

from __future__ import annotations

from face_match.core.images.byte_source import ByteSource
from face_match.core.images.webp_chunks import HEAD_BYTES, webp_chunks
from face_match.metadata.embedded.packets import xmp_at

XMP_KINDS = (b"XMP ", b"XMP\0")
"""The second is a mistake of some programs."""


def read_xmp(source: ByteSource) -> bytes | None:
    """The packet."""
    for chunk in webp_chunks(source):
        if chunk.kind in XMP_KINDS:
            return xmp_at(source, chunk.start + HEAD_BYTES, chunk.size)
    return None
