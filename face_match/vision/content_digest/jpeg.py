"""JPEG (ITU-T T.81): all segments and scans except APPn and comments, up to the first end-of-image marker."""

from __future__ import annotations

import re

import numpy as np

from face_match.core.images.byte_source import BytesInMemory, UnparsableError
from face_match.vision.content_digest.content_hash import ContentHash

_MARKER = re.compile(rb"\xff[\x01-\xfe]")
_END_OF_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""In a scan, FF 00 is a byte of data, FF D0 to FF D7 are restarts, and FF before FF fills."""

_ENDS_SCAN = np.array([_END_OF_SCAN.match(bytes((0xFF, byte))) is not None for byte in range(256)])
_SHORT_SCAN_BYTES, _BLOCK_BYTES = 1 << 16, 1 << 18

_START_OF_IMAGE, _END_OF_IMAGE, _START_OF_SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_ALONE = (0x01, *range(0xD0, 0xD8))
"""Markers without a segment: TEM and restarts."""
_APPS = range(0xE0, 0xF0)
_JFIF, _ADOBE = 0xE0, 0xEE
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""SOF0 to SOF15, without DHT, JPG and DAC, which have numbers among them."""
_FIRST_SEGMENT = 0xC0
"""Lower markers are reserved."""


def add_jpeg(source: BytesInMemory, content_hash: ContentHash) -> None:
    """Add a JPEG, or the first image of an MPO; raises UnparsableError.

    The end marker may be missing. Data after it does not count.
    """
    at, colour, has_scan = 2, _Colour(), False
    while found := _MARKER.search(source.data, at):  # decoders skip data between segments too
        at, marker = found.end(), source.data[found.end() - 1]
        if marker == _END_OF_IMAGE:
            break
        if marker in _ALONE:
            continue
        if marker < _FIRST_SEGMENT or marker == _START_OF_IMAGE:
            raise UnparsableError
        length = source.number_at(at, 2)
        segment = source.view(at + 2, length - 2)
        at += length
        if not has_scan:  # decoders choose the colours at the first scan
            colour.read_segment(marker, segment)
        if marker in _APPS or marker == _COMMENT:
            continue
        content_hash.add(bytes([marker]), segment)
        if marker == _START_OF_SCAN:
            end = _scan_end(source, at)
            content_hash.add(b"scan", source.view(at, end - at))
            at, has_scan = end, True
    if not has_scan:
        raise UnparsableError
    content_hash.add(b"colour", colour.transform())


def _scan_end(source: BytesInMemory, start: int) -> int:
    long_from = start + _SHORT_SCAN_BYTES
    if found := _END_OF_SCAN.search(source.data, start, long_from):
        return found.start()
    # numpy takes a third of the time; a search from the start would cost a block for each scan of a few bytes
    values = np.frombuffer(source.data, np.uint8)
    for at in range(long_from - 1, len(source), _BLOCK_BYTES):
        block = values[at : at + _BLOCK_BYTES + 1]
        marks = np.flatnonzero(block[:-1] == 0xFF)
        ends = marks[_ENDS_SCAN[block[marks + 1]]]
        if ends.size:
            return at + int(ends[0])
    half_a_mark = source.data.endswith(b"\xff", start)
    return len(source) - half_a_mark


class _Colour:
    """The colour transform that libjpeg derives from JFIF's and Adobe's segments.

    Programs drop and add these segments, so only their effect counts.
    """

    def __init__(self) -> None:
        self._is_jfif = False
        self._adobe: int | None = None
        self._components = b""

    def read_segment(self, marker: int, segment: memoryview) -> None:
        if marker == _JFIF and len(segment) >= 14 and bytes(segment[:5]) == b"JFIF\0":
            self._is_jfif = True
        elif marker == _ADOBE and len(segment) >= 12 and bytes(segment[:5]) == b"Adobe":
            self._adobe = segment[11]
        elif marker in _FRAMES:
            count = segment[5] if len(segment) > 5 else 0
            self._components = bytes(segment[6 : 6 + 3 * count : 3])

    def transform(self) -> bytes:
        """The colour space, by libjpeg's name."""
        if len(self._components) == 3:
            if self._is_jfif:
                return b"YCbCr"
            is_rgb = self._components == b"RGB" if self._adobe is None else self._adobe == 0
            return b"RGB" if is_rgb else b"YCbCr"
        if len(self._components) == 4:
            return b"YCCK" if self._adobe else b"CMYK"
        return b""
