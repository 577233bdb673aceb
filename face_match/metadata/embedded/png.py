"""PNG: XMP in a text chunk (XMP Specification Part 3, 1.1.5)."""

from __future__ import annotations

from collections.abc import Iterator

from face_match.core.images.byte_source import ByteSource
from face_match.core.images.png_chunks import HEAD_BYTES, Chunk, png_chunks
from face_match.metadata.embedded.packets import unpacked, xmp_at

KEYWORD = b"XML:com.adobe.xmp"
_RAW_PROFILE = b"Raw profile type xmp"
"""ImageMagick's form: a title, the number of bytes, and the bytes in hexadecimal digits."""

_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_MAX_KEYWORD_BYTES = 79


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
    for chunk in png_chunks(source):
        if chunk.kind in _TEXTS and keyword_of(source, chunk) in (KEYWORD, _RAW_PROFILE):
            yield chunk


def keyword_of(source: ByteSource, chunk: Chunk) -> bytes:
    """The keyword of a text chunk."""
    size = min(chunk.content_bytes, _MAX_KEYWORD_BYTES + 1)
    return source.bytes_at(chunk.start + HEAD_BYTES, size).partition(b"\0")[0]


def _content(source: ByteSource, chunk: Chunk) -> bytes | None:
    keyword, _, rest = xmp_at(source, chunk.start + HEAD_BYTES, chunk.content_bytes).partition(b"\0")
    if chunk.kind == b"iTXt":
        is_packed, rest = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
    else:
        is_packed = chunk.kind == b"zTXt"
        rest = rest[1:] if is_packed else rest
    content = unpacked(rest) if is_packed else rest
    return content if keyword == KEYWORD else _of_profile(content)


def _of_profile(text: bytes) -> bytes | None:
    parts = text.split(None, 2)  # no regular expression, whose time could grow with the square of the spaces
    digits = parts[2].translate(None, b" \t\r\n") if len(parts) == 3 else b""
    try:
        content = bytes.fromhex(digits.decode("ascii"))
        return content if content and len(parts[1]) < 10 and len(content) == int(parts[1]) else None
    except ValueError:
        return None
