"""PNG: XMP in a text chunk (XMP Specification Part 3, 1.1.5)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from face_match.metadata.embedded.byte_source import MAX_XMP_BYTES, ByteSource, UnparsableError, too_large

KEYWORD = b"XML:com.adobe.xmp"
_RAW_PROFILE = b"Raw profile type xmp"
"""ImageMagick's form: a title, the number of bytes, and the bytes in hexadecimal digits."""

_SIGNATURE_BYTES, HEAD_BYTES, CHECKSUM_BYTES = 8, 8, 4
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_MAX_KEYWORD_BYTES = 79


class Chunk(NamedTuple):
    """A chunk, and where it begins and ends, with its size and checksum."""

    kind: bytes
    start: int
    end: int


def chunks(source: ByteSource) -> Iterator[Chunk]:
    """The chunks, up to the last one."""
    at = _SIGNATURE_BYTES
    while True:
        head = source.bytes_at(at, HEAD_BYTES)
        end = at + HEAD_BYTES + int.from_bytes(head[:4], "big") + CHECKSUM_BYTES
        if end > len(source):
            raise UnparsableError
        yield Chunk(head[4:], at, end)
        if head[4:] == b"IEND":
            return
        at = end


def read_xmp(source: ByteSource) -> bytes | None:
    """The packet."""
    found = read_chunk(source)
    return None if found is None else found[1]


def read_chunk(source: ByteSource) -> tuple[Chunk, bytes] | None:
    """The chunk whose packet counts, with the packet: the first one of XMP, else the first one of
    ImageMagick. A profile in another form than ImageMagick's is none."""
    found = {keyword_of(source, chunk): chunk for chunk in reversed([*xmp_chunks(source)])}
    chunk = found.get(KEYWORD, found.get(_RAW_PROFILE))
    content = None if chunk is None else _content(source, chunk)
    return None if chunk is None or content is None else (chunk, content)


def xmp_chunks(source: ByteSource) -> Iterator[Chunk]:
    """The chunks with XMP."""
    for chunk in chunks(source):
        if chunk.kind in _TEXTS and keyword_of(source, chunk) in (KEYWORD, _RAW_PROFILE):
            yield chunk


def keyword_of(source: ByteSource, chunk: Chunk) -> bytes:
    """The keyword of a text chunk."""
    size = min(chunk.end - chunk.start - HEAD_BYTES - CHECKSUM_BYTES, _MAX_KEYWORD_BYTES + 1)
    return source.bytes_at(chunk.start + HEAD_BYTES, size).partition(b"\0")[0]


def _content(source: ByteSource, chunk: Chunk) -> bytes | None:
    start = chunk.start + HEAD_BYTES
    keyword, _, rest = source.xmp_at(start, chunk.end - CHECKSUM_BYTES - start).partition(b"\0")
    if chunk.kind == b"iTXt":
        is_packed, rest = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
    else:
        is_packed = chunk.kind == b"zTXt"
        rest = rest[1:] if is_packed else rest
    content = unpacked(rest) if is_packed else rest
    return content if keyword == KEYWORD else _of_profile(content)


def unpacked(data: bytes) -> bytes:
    """Data of zlib's format, within the limit."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(data, MAX_XMP_BYTES)
    except zlib.error as exc:
        raise UnparsableError from exc
    if unpacker.unconsumed_tail:
        raise too_large()
    return content


def _of_profile(text: bytes) -> bytes | None:
    parts = text.split(None, 2)  # no regular expression, whose time could grow with the square of the spaces
    digits = parts[2].translate(None, b" \t\r\n") if len(parts) == 3 else b""
    try:
        content = bytes.fromhex(digits.decode("ascii"))
        return content if content and len(parts[1]) < 10 and len(content) == int(parts[1]) else None
    except ValueError:
        return None
