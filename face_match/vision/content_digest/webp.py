"""WebP: the chunks with pixels and alpha; of the extended header the canvas of an animation."""

from __future__ import annotations

from face_match.vision.content_digest.source import ImageData, NotUnderstoodError, Source

_PIXELS = (b"VP8 ", b"VP8L", b"ANMF")
_ALSO_COUNT = (b"ALPH", b"ANIM")
_IS_ANIMATED = 0x02


def add_webp(source: Source, image_data: ImageData) -> None:
    """Add a WebP; raises NotUnderstoodError.

    The extended header comes and goes with the metadata, which it announces. A still image has its size in
    its own data.
    """
    at, has_pixels = 12, False
    end = min(8 + source.number(4, 4, "little"), len(source))
    while at + 8 <= end:
        source.step()
        kind, size = bytes(source.piece(at, at + 4)), source.number(at + 4, 4, "little")
        content = source.piece(at + 8, at + 8 + size)
        at += 8 + size + size % 2
        if kind in _PIXELS or kind in _ALSO_COUNT:
            image_data.add(kind, content)
            has_pixels = has_pixels or kind in _PIXELS
        elif kind == b"VP8X" and size >= 10 and content[0] & _IS_ANIMATED:
            image_data.add(kind, content[4:10])
    if not has_pixels:
        raise NotUnderstoodError
