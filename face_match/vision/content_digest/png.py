"""PNG: critical chunks, transparency and the frames of an animation."""

from __future__ import annotations

from face_match.core.images.byte_source import BytesInMemory, UnparsableError
from face_match.core.images.png_chunks import HEAD_BYTES, png_chunks
from face_match.vision.content_digest.content_hash import ContentHash, JoinedPieces

_ALSO_COUNT = (b"tRNS", b"acTL", b"fcTL", b"fdAT")


def add_png(source: BytesInMemory, content_hash: ContentHash) -> None:
    """Add a PNG up to its end chunk; raises UnparsableError.

    The division of the compressed data into chunks does not count.
    """
    pixels = JoinedPieces()
    for chunk in png_chunks(source):
        if chunk.kind == b"IEND":
            break
        content = source.view(chunk.start + HEAD_BYTES, chunk.content_bytes)
        if chunk.kind == b"IDAT":
            pixels.add(content)
        elif chunk.kind[0] & 0x20 == 0 or chunk.kind in _ALSO_COUNT:  # a capital: no decoder may skip it
            content_hash.add(chunk.kind, content)
    if not pixels.size:
        raise UnparsableError
    content_hash.add(b"IDAT", pixels.content())
