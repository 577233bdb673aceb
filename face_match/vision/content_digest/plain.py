"""BMP and portable maps, which have next to no metadata."""

from __future__ import annotations

import re

from face_match.vision.content_digest.source import ImageData, NotUnderstoodError, Source

_BMP_RESOLUTION = (38, 46)
"""Pixels per metre, in all headers but the first of OS/2."""

_MAX_HEADER_BYTES = 65_536
_BETWEEN = rb"(?:[ \t\n\v\f\r]|#[^\r\n]*[\r\n])+"
_BINARY_MAP = re.compile(
    rb"(P[56f])" + _BETWEEN + rb"(\d+)" + _BETWEEN + rb"(\d+)" + _BETWEEN + rb"([^\s#]+)\s"
    rb"|(P4)" + _BETWEEN + rb"(\d+)" + _BETWEEN + rb"(\d+)\s"
)
"""Kind, width, height and the greatest value, which bitmaps do not have. Maps in plain text, where a comment
may stand between any two values, are left to the decoder."""


def add_bmp(source: Source, image_data: ImageData) -> None:
    """Add a BMP: its headers without resolution and file size, and all that follows."""
    pixels_at = source.piece(10, 14)
    from_resolution, to_resolution = _BMP_RESOLUTION
    if source.number(14, 4, "little") < 40:
        from_resolution = to_resolution
    image_data.add(b"offset", pixels_at)
    image_data.add(b"headers", source.piece(14, from_resolution))
    image_data.add(b"pixels", source.piece(to_resolution, len(source)))


def add_portable_map(source: Source, image_data: ImageData) -> None:
    """Add a binary portable map without the comments in its header; raises NotUnderstoodError."""
    header = _BINARY_MAP.match(source.data[:_MAX_HEADER_BYTES])
    if header is None:
        raise NotUnderstoodError
    for value in header.groups():
        if value is not None:
            image_data.add(b"header", value)
    image_data.add(b"pixels", source.piece(header.end(), len(source)))
