"""GIF: screen, palettes, frames and transparency, without comments and application data."""

from __future__ import annotations

from face_match.core.images.byte_source import BytesInMemory, UnparsableError
from face_match.vision.content_digest.content_hash import ContentHash

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_COMMENT, _APPLICATION = 0xFE, 0xFF
_HAS_PALETTE, _PALETTE_SIZE = 0x80, 0x07
_SCREEN_END = 13


def add_gif(source: BytesInMemory, content_hash: ContentHash) -> None:
    """Add a GIF; raises UnparsableError."""
    screen = source.bytes_at(6, _SCREEN_END - 6)
    at = _SCREEN_END + _palette_bytes(screen[4])
    content_hash.add(b"screen", source.view(6, at - 6))
    has_frame = False
    while at < len(source) and source.number_at(at, 1) != _TRAILER:
        block = source.number_at(at, 1)
        if block == _EXTENSION:
            label = source.number_at(at + 1, 1)
            end = _blocks_end(source, at + 2)
            is_counted = label not in (_COMMENT, _APPLICATION)
        elif block == _IMAGE:
            end = _blocks_end(source, at + 11 + _palette_bytes(source.number_at(at + 9, 1)))
            is_counted = has_frame = True
        else:
            raise UnparsableError
        if is_counted:
            content_hash.add(b"block", source.view(at, end - at))
        at = end
    if not has_frame:
        raise UnparsableError


def _palette_bytes(flags: int) -> int:
    return 3 << ((flags & _PALETTE_SIZE) + 1) if flags & _HAS_PALETTE else 0


def _blocks_end(source: BytesInMemory, at: int) -> int:
    """End of a chain of blocks, each of which begins with its size; the last has size 0."""
    while size := source.number_at(at, 1):
        at += size + 1
    return at + 1
