"""JPEG: XMP in segments APP1 (XMP Specification Part 3, 1.1.3)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from face_match.core.translation import marked
from face_match.metadata.embedded.byte_source import MAX_XMP_BYTES, ByteSource, UnparsableError
from face_match.metadata.embedded.extended_xmp import extension_id, joined

MAIN = b"http://ns.adobe.com/xap/1.0/\0"
EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
ID_BYTES = 32
"""An extension's id: the MD5 of its content, in hexadecimal digits."""
EXTENSION_HEAD_BYTES = len(EXTENSION) + ID_BYTES + 8

MAX_MAIN_BYTES = 65_533 - len(MAIN)
"""What fits into a segment."""

_MARKER = re.compile(rb"\xff[\x01-\xfe]")
APP1, START_OF_SCAN, END_OF_IMAGE = 0xE1, 0xDA, 0xD9
_ALONE = (0x01, *range(0xD0, 0xD8))
"""Markers without a segment."""
_BLOCK_BYTES = 1 << 12
_MAX_SEGMENTS = 10_000
"""Before the image. The largest XMP and colour profile take some hundred."""
_MAX_GAP_BYTES = 1 << 20
"""Decoders skip data between segments; more than this is no JPEG."""


class Segment(NamedTuple):
    """A segment before the first scan: its marker, and where it begins and ends, with its marker."""

    marker: int
    start: int
    end: int

    def content(self, source: ByteSource, max_bytes: int = 1 << 16) -> bytes:
        """What follows the marker and the size, or its beginning."""
        start = min(self.start + 4, self.end)
        return source.bytes_at(start, min(self.end - start, max_bytes))


def segments(source: ByteSource) -> Iterator[Segment]:
    """The segments before the first scan, then that of the scan or of the image's end."""
    at = 2
    for _ in range(_MAX_SEGMENTS):
        start = _next_marker(source, at)
        marker = source.number_at(start + 1, 1)
        if marker in _ALONE:
            at = start + 2
            continue
        if marker == END_OF_IMAGE:
            yield Segment(marker, start, start + 2)
            return
        at = start + 2 + source.number_at(start + 2, 2)
        if at < start + 4 or at > len(source):
            raise UnparsableError
        yield Segment(marker, start, at)
        if marker == START_OF_SCAN:
            return
    raise UnparsableError(marked("it has too many segments"))


def _next_marker(source: ByteSource, at: int) -> int:
    if at + 2 <= len(source) and _MARKER.match(source.bytes_at(at, 2)):  # as good as always
        return at
    end = min(at + _MAX_GAP_BYTES, len(source))
    while at + 1 < end:
        found = _MARKER.search(source.bytes_at(at, min(_BLOCK_BYTES, len(source) - at)))
        if found:
            return at + found.start()
        at += _BLOCK_BYTES - 1
    raise UnparsableError


class JpegXmp(NamedTuple):
    """The XMP of a JPEG.

    Attributes:
        main: the first main packet; None without one.
        extensions: the content of each extension by its id; None where parts of it are missing.
    """

    main: bytes | None
    extensions: dict[bytes, bytes | None]


def read_xmp(source: ByteSource) -> bytes | None:
    """The packet, with its extension where that is complete."""
    found = packets(source)
    if found.main is None:
        return None
    extension = found.extensions.get(extension_id(found.main) or b"")
    return found.main if extension is None else joined(found.main, extension)


def packets(source: ByteSource) -> JpegXmp:
    """The main packet and all extensions."""
    main: bytes | None = None
    parts: dict[bytes, list[tuple[int, bytes]]] = defaultdict(list)
    sizes: dict[bytes, int] = {}
    left = MAX_XMP_BYTES
    for segment in segments(source):
        if segment.marker != APP1:
            continue
        head = segment.content(source, EXTENSION_HEAD_BYTES)
        if head.startswith(MAIN) and main is None:
            main = segment.content(source)[len(MAIN) :]
        elif own := id_of_extension(head):
            content = segment.content(source)[EXTENSION_HEAD_BYTES:]
            left -= len(content)
            if left >= 0:
                sizes[own] = int.from_bytes(head[-8:-4], "big")
                parts[own].append((int.from_bytes(head[-4:], "big"), content))
    return JpegXmp(main, {own: _whole(of_one, sizes[own]) for own, of_one in parts.items()})


def id_of_extension(head: bytes) -> bytes | None:
    """The id of an extension, from the beginning of one of its segments; None for another segment."""
    is_one = head.startswith(EXTENSION) and len(head) >= EXTENSION_HEAD_BYTES
    return head[len(EXTENSION) : len(EXTENSION) + ID_BYTES].upper() if is_one else None


def _whole(parts: list[tuple[int, bytes]], size: int) -> bytes | None:
    """An extension put together; None if a part is missing."""
    whole = bytearray()
    for offset, content in sorted(parts):
        if offset != len(whole):
            return None
        whole += content
    return bytes(whole) if len(whole) == size else None
