"""WebP: chunks with pixels and alpha, and the canvas of an animation from the extended header."""

from __future__ import annotations

from face_match.vision.content_digest.source import ContentHash, Source, UnparsableError

_PIXELS = (b"VP8 ", b"VP8L", b"ANMF")
_ALSO_COUNT = (b"ALPH", b"ANIM")
_IS_ANIMATED = 0x02


def add_webp(source: Source, content_hash: ContentHash) -> None:
    """Add a WebP; raises UnparsableError.

    The rest of the extended header does not count, because it comes and goes with the metadata. A still image
    has its size in its own data.
    """
    at, has_pixels = 12, False
    end = min(8 + source.number(4, 4, "little"), len(source))
    while at + 8 <= end:
        source.step()
        kind, size = bytes(source.piece(at, at + 4)), source.number(at + 4, 4, "little")
        content = source.piece(at + 8, at + 8 + size)
        at += 8 + size + size % 2
        if kind in _PIXELS or kind in _ALSO_COUNT:
            content_hash.add(kind, content)
            has_pixels = has_pixels or kind in _PIXELS
        elif kind == b"VP8X" and size >= 10 and content[0] & _IS_ANIMATED:
            content_hash.add(kind, content[4:10])
    if not has_pixels:
        raise UnparsableError
