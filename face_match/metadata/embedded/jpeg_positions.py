"""Positions behind the image of a JPEG that its segments state: they must stay right when it grows.

A JPEG may go on after its image: with further images (CIPA DC-007, Multi-Picture Format), a video, or a
preview that the maker's notes in EXIF point to. Multi-Picture Format is understood; videos of phones are
found from the end of the file. For anything else there, no number in EXIF may be a position in it.
"""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.images.byte_source import BytesInMemory, ByteSource, UnparsableError
from face_match.core.images.jpeg_segments import APP1, END_OF_IMAGE, Segment
from face_match.core.images.tiff_directory import first_directory
from face_match.core.translation import marked
from face_match.metadata.embedded.changes import Change, NotRewritableError

_APP2 = 0xE2
_MULTI_PICTURE, _EXIF = b"MPF\0", b"Exif\0\0"
_ENTRIES, _ENTRY_BYTES, _MAX_IMAGES = 0xB002, 16, 1_000
_START_OF_JPEG = b"\xff\xd8\xff"
_END_OF_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_SHORT_BLOCK_BYTES, _BLOCK_BYTES = 1 << 12, 1 << 20
_TIFF_START = re.compile(rb"II\*\0|MM\0\*|OLYMPUS\0|OM SYSTEM\0|FUJIFILM")
"""From where EXIF, and notes of makers inside it, count positions."""
_VIDEO_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"meta")
_MAX_BOXES = 1_000
_MAX_EXIF_BLOCKS = 16
"""Photos have one. Each further one costs some milliseconds."""
_ABSOLUTE_TRAILERS = (b"AXS!", b"AXS*")
"""The end of a trailer of AFCP, which has positions from the beginning of the file."""


class _Images(NamedTuple):
    """The table of Multi-Picture Format.

    Attributes:
        base: the position from which it counts.
        table: where its entries begin.
        order: the byte order, for `struct`.
        entries: the size and the position, from the base, of each image; that of the first is 0.
    """

    base: int
    table: int
    order: str
    entries: list[tuple[int, int]]


def moved_positions(source: ByteSource, found: Sequence[Segment], changes: Iterable[Change]) -> list[Change]:
    """The changes of positions that other changes before the image call for.

    Raises:
        NotRewritableError: there are positions that are not understood.
    """
    changes = [*changes]
    growth = sum(change.growth for change in changes)
    if not growth:
        return []
    images = _images(source, found)
    known = (
        [range(images.base + at, images.base + at + size) for size, at in images.entries[1:]]
        if images
        else []
    )
    end = image_end(source, found[-1])
    if end < len(source):
        unknown = _without(range(end, len(source)), [*known, *_videos(source, end)])
        starts = [one.start for one in known]
        _require_movable(source, found, [range(at, at + 1) for at in (end, *starts)] + unknown)
    if images is None:
        return []
    before = sum(change.growth for change in changes if change.start < images.base)
    moved = []
    for number, (size, offset) in enumerate(images.entries):
        place = images.table + number * _ENTRY_BYTES + 4
        new = (size + growth, 0) if number == 0 else (size, offset + growth - before)
        if not all(0 <= value < 1 << 32 for value in new):
            raise NotRewritableError(marked("it is too large"))
        moved.append(Change(place, place + 8, struct.pack(f"{images.order}II", *new)))
    return moved


def _images(source: ByteSource, found: Sequence[Segment]) -> _Images | None:
    """The table of the images; None without one."""
    holders = [one for one in found if one.marker == _APP2 and one.content(source, 4) == _MULTI_PICTURE]
    if not holders:
        return None
    content, base = holders[0].content(source), holders[0].start + 8
    try:
        images = _parsed(content[4:], base)
    except (struct.error, UnparsableError):
        images = None
    if images is None or len(holders) > 1:
        raise NotRewritableError(marked("the positions of its further images are not understood"))
    for size, offset in images.entries[1:]:
        start = min(images.base + offset, len(source) - 3)
        if size and source.bytes_at(start, 3) != _START_OF_JPEG:
            raise NotRewritableError(marked("the positions of its further images are not understood"))
    return images


def _parsed(data: bytes, base: int) -> _Images | None:
    """The table in a segment's data; None if it is another one than the standard's."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    entry = first_directory(BytesInMemory(data)).entry(_ENTRIES)
    if order is None or entry is None:
        return None
    size, start = entry.values, entry.value
    if not 0 < size <= _MAX_IMAGES * _ENTRY_BYTES or size % _ENTRY_BYTES:
        return None
    entries = [struct.unpack_from(f"{order}II", data, start + 4 + at) for at in range(0, size, _ENTRY_BYTES)]
    is_first = entries[0][1] == 0 and all(offset for size, offset in entries[1:] if size)
    return _Images(base, base + start, order, entries) if is_first else None


def image_end(source: ByteSource, scan: Segment) -> int:
    """Where the image ends whose first scan, or end mark, this is; the file's end without an end mark."""
    at = scan.end
    if scan.marker == END_OF_IMAGE:
        return at
    size = _SHORT_BLOCK_BYTES
    while True:
        block = source.bytes_at(at, min(size, len(source) - at))
        mark = _END_OF_SCAN.search(block)
        if mark is None:
            if at + len(block) >= len(source):
                return len(source)
            at += len(block) - 1
            size = min(2 * size, _BLOCK_BYTES)
            continue
        at += mark.start()
        size = _SHORT_BLOCK_BYTES  # of many marks, each would cost a long block
        if source.number_at(at + 1, 1) == END_OF_IMAGE:
            return at + 2
        try:  # the tables and the scan that follow
            at += 2 + source.number_at(at + 2, 2)
            at = min(at, len(source))
        except UnparsableError:
            return len(source)


def _videos(source: ByteSource, end: int) -> list[range]:
    """Where the boxes of the videos are that phones put behind a photo (ISO/IEC 14496-12, 4.2)."""
    block = source.bytes_at(end, min(_BLOCK_BYTES, len(source) - end))
    found = list[range]()
    for mark in re.finditer(b"ftyp", block):
        start = at = end + mark.start() - 4
        if start < (found[-1].stop if found else end):
            continue
        for _ in range(_MAX_BOXES):
            head = source.bytes_at(at, min(8, len(source) - at))
            size = int.from_bytes(head[:4], "big")
            if head[4:] not in _VIDEO_BOXES or not 8 <= size <= len(source) - at:
                break
            at += size
        if at > start:
            found.append(range(start, at))
    return found


def _without(whole: range, known: Iterable[range]) -> list[range]:
    """What remains of a range of positions without others."""
    left, at = [], whole.start
    for one in sorted(known, key=lambda one: one.start):
        if one.start > at:
            left.append(range(at, min(one.start, whole.stop)))
        at = max(at, one.stop)
    return [*left, range(at, whole.stop)] if at < whole.stop else left


def _require_movable(source: ByteSource, found: Sequence[Segment], targets: Sequence[range]) -> None:
    """Refuse a file whose EXIF holds a position of something behind the image that is not understood, or
    whose trailer has positions from the file's beginning.

    Makers' notes are secret, so that any four bytes may be a position, in either byte order. By chance one
    looks so now and then where there is much behind the image; then a sidecar has to do.
    """
    if source.bytes_at(max(0, len(source) - 12), 4) in _ABSOLUTE_TRAILERS:
        raise NotRewritableError(marked("it has data behind the image that must not move"))
    blocks = [one for one in found if one.marker == APP1 and one.content(source, len(_EXIF)) == _EXIF]
    for one in blocks[:_MAX_EXIF_BLOCKS]:
        content = one.content(source)
        marks = itertools.islice(_TIFF_START.finditer(content), 8)
        bases = [0, *(one.start + 4 + mark.start() for mark in marks)]
        numbers = _numbers(content[len(_EXIF) :])
        for base, target in itertools.product(bases, targets):
            first, last = np.searchsorted(numbers, [max(1, target.start - base), target.stop - base])
            if first < last:
                raise NotRewritableError(marked("its EXIF data points behind the image"))
    if len(blocks) > _MAX_EXIF_BLOCKS:
        raise NotRewritableError(marked("its EXIF data points behind the image"))


def _numbers(data: bytes) -> npt.NDArray[np.int64]:
    """The numbers of four bytes at all places, in either byte order, sorted."""
    shifts = [data[shift : len(data) - (len(data) - shift) % 4] for shift in range(min(4, len(data)))]
    found = [np.frombuffer(one, order) for one in shifts for order in ("<u4", ">u4")]
    return np.unique(np.concatenate(found).astype(np.int64)) if found else np.zeros(0, np.int64)
