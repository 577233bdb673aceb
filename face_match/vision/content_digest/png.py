"""PNG: critical chunks, transparency and the frames of an animation."""

from __future__ import annotations

from face_match.vision.content_digest.source import ContentHash, JoinedPieces, Source, UnparsableError

_ALSO_COUNT = (b"tRNS", b"acTL", b"fcTL", b"fdAT")


def add_png(source: Source, content_hash: ContentHash) -> None:
    """Add a PNG up to its end chunk; raises UnparsableError.

    The division of the compressed data into chunks does not count.
    """
    at, pixels = 8, JoinedPieces()
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
            content_hash.add(kind, content)
    if not pixels.size:
        raise UnparsableError
    content_hash.add(b"IDAT", pixels.content())
