"""WebP: chunks with pixels and alpha, and the canvas of an animation from the extended header."""

from __future__ import annotations

from face_match.core.images.byte_source import BytesInMemory, UnparsableError
from face_match.core.images.webp_chunks import HEAD_BYTES, webp_chunks
from face_match.vision.content_digest.content_hash import ContentHash

_PIXELS = (b"VP8 ", b"VP8L", b"ANMF")
_ALSO_COUNT = (b"ALPH", b"ANIM")
_IS_ANIMATED = 0x02


def add_webp(source: BytesInMemory, content_hash: ContentHash) -> None:
    """Add a WebP; raises UnparsableError.

    The rest of the extended header does not count, because it comes and goes with the metadata. A still image
    has its size in its own data.
    """
    has_pixels = False
    for chunk in webp_chunks(source):
        content = source.view(chunk.start + HEAD_BYTES, chunk.size)
        if chunk.kind in _PIXELS or chunk.kind in _ALSO_COUNT:
            content_hash.add(chunk.kind, content)
            has_pixels = has_pixels or chunk.kind in _PIXELS
        elif chunk.kind == b"VP8X" and chunk.size >= 10 and content[0] & _IS_ANIMATED:
            content_hash.add(chunk.kind, content[4:10])
    if not has_pixels:
        raise UnparsableError
