"""Bytes of a packet of XMP, within the limit."""

from __future__ import annotations

import zlib

from face_match.core.images.byte_source import ByteSource, UnparsableError

MAX_XMP_BYTES = 16 << 20
"""The largest packet: depth maps of phones, which are kept in XMP, have a few megabytes."""


def too_large() -> UnparsableError:
    """The error for XMP over the limit."""
    return UnparsableError(f"its XMP has over {MAX_XMP_BYTES >> 20} MB")


def xmp_at(source: ByteSource, start: int, size: int) -> bytes:
    """A packet, or a part of one."""
    if size > MAX_XMP_BYTES:
        raise too_large()
    return source.bytes_at(start, size)


def unpacked(data: bytes, *, has_header: bool = True) -> bytes:
    """Data that is packed by deflate, with or without zlib's header."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(data, MAX_XMP_BYTES)
    except zlib.error as exc:
        raise UnparsableError from exc
    if unpacker.unconsumed_tail:
        raise too_large()
    return content
