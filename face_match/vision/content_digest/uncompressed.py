"""BMP and portable maps, which have hardly any metadata."""

from __future__ import annotations

import re

from face_match.core.images.byte_source import BytesInMemory, UnparsableError
from face_match.vision.content_digest.content_hash import ContentHash

_BMP_RESOLUTION = (38, 46)
"""Position of the resolution, in all headers but that of OS/2 1.x."""

_MAX_HEADER_BYTES = 65_536
_BETWEEN = rb"(?:[ \t\n\v\f\r]|#[^\r\n]*[\r\n])+"
_BINARY_MAP = re.compile(
    rb"(P[56f])" + _BETWEEN + rb"(\d+)" + _BETWEEN + rb"(\d+)" + _BETWEEN + rb"([^\s#]+)\s"
    rb"|(P4)" + _BETWEEN + rb"(\d+)" + _BETWEEN + rb"(\d+)\s"
)
"""Format, width, height and maximum value, which bitmaps do not have. Maps in plain text are left to the
decoder, because a comment may stand between any two values."""


def add_bmp(source: BytesInMemory, content_hash: ContentHash) -> None:
    """Add a BMP: its headers without resolution and file size, and everything after them."""
    pixels_at = source.bytes_at(10, 4)
    from_resolution, to_resolution = _BMP_RESOLUTION
    if source.number_at(14, 4, "little") < 40:
        from_resolution = to_resolution
    content_hash.add(b"offset", pixels_at)
    content_hash.add(b"headers", source.view(14, from_resolution - 14))
    content_hash.add(b"pixels", source.view(to_resolution, len(source) - to_resolution))


def add_portable_map(source: BytesInMemory, content_hash: ContentHash) -> None:
    """Add a binary portable map without the comments in its header; raises UnparsableError."""
    header = _BINARY_MAP.match(source.data[:_MAX_HEADER_BYTES])
    if header is None:
        raise UnparsableError
    for value in header.groups():
        if value is not None:
            content_hash.add(b"header", value)
    content_hash.add(b"pixels", source.view(header.end(), len(source) - header.end()))
