"""The segments of a JPEG before its image (ITU-T T.81, B.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from face_match.core.images.byte_source import ByteSource, UnparsableError
from face_match.core.translation import marked

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


def jpeg_segments(source: ByteSource) -> Iterator[Segment]:
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
