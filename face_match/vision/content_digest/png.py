"""PNG: the chunks that a decoder has to know, transparency and the frames of an animation."""

from __future__ import annotations

from face_match.vision.content_digest.source import ImageData, Joined, NotUnderstoodError, Source

_ALSO_COUNT = (b"tRNS", b"acTL", b"fcTL", b"fdAT")


def add_png(source: Source, image_data: ImageData) -> None:
    """Add a PNG up to its end mark; raises NotUnderstoodError.

    It does not matter into how many chunks the compressed data is cut.
    """
    at, pixels = 8, Joined()
    while True:
        source.step()
        length, kind = source.number(at, 4), bytes(source.piece(at + 4, at + 8))
        at += 8
        if kind == b"IEND":
            break
        content = source.piece(at, at + length)
        at += length + 4  # the checksum
        if kind == b"IDAT":
            pixels.add(content)
        elif kind[0] & 0x20 == 0 or kind in _ALSO_COUNT:  # a capital: no decoder may skip it
            image_data.add(kind, content)
    if not pixels.size:
        raise NotUnderstoodError
    image_data.add(b"IDAT", pixels.content())
