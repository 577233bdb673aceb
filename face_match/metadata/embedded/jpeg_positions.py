"""Positions behind the image of a JPEG that its segments state: they must stay right when it grows.

A JPEG may go on after its image: with further images (CIPA DC-007, Multi-Picture Format), a video, or a
preview that the maker's notes in EXIF point to. Multi-Picture Format is understood; videos of phones are
found from the end of the file.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from face_match.core.translation import marked
from face_match.metadata.embedded.byte_source import ByteSource, Change, NotRewritableError, UnparsableError
from face_match.metadata.embedded.jpeg import APP1, Segment

_APP2 = 0xE2
_MULTI_PICTURE, _EXIF = b"MPF\0", b"Exif\0\0"
_ENTRIES, _ENTRY_BYTES, _MAX_IMAGES = 0xB002, 16, 1_000
_START_OF_JPEG = b"\xff\xd8\xff"
_END_OF_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_END_OF_IMAGE = 0xD9
_SHORT_BLOCK_BYTES, _BLOCK_BYTES = 1 << 12, 1 << 20
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
    behind = [images.base + offset for _, offset in images.entries[1:]] if images else []
    end = image_end(source, found[-1])
    if end < len(source):
        _require_movable(source, found, [end, *_starts_near(source, end), *behind])
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
    except (struct.error, StopIteration):
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
    order = {b"II": "<", b"MM": ">"}[data[:2]] if data[:2] in (b"II", b"MM") else ""
    if not order:
        return None
    at = struct.unpack_from(f"{order}I", data, 4)[0]
    count = struct.unpack_from(f"{order}H", data, at)[0]
    tags = [struct.unpack_from(f"{order}HHII", data, at + 2 + 12 * number) for number in range(count)]
    size, start = next((size, start) for tag, _, size, start in tags if tag == _ENTRIES)
    if not 0 < size <= _MAX_IMAGES * _ENTRY_BYTES or size % _ENTRY_BYTES:
        return None
    entries = [struct.unpack_from(f"{order}II", data, start + 4 + at) for at in range(0, size, _ENTRY_BYTES)]
    is_first = entries[0][1] == 0 and all(offset for size, offset in entries[1:] if size)
    return _Images(base, base + start, order, entries) if is_first else None


def image_end(source: ByteSource, scan: Segment) -> int:
    """Where the image ends whose first scan, or end mark, this is; the file's end without an end mark."""
    at = scan.end
    if scan.marker == _END_OF_IMAGE:
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
        if source.number_at(at + 1, 1) == _END_OF_IMAGE:
            return at + 2
        try:  # the tables and the scan that follow
            at += 2 + source.number_at(at + 2, 2)
            at = min(at, len(source))
        except UnparsableError:
            return len(source)


def _starts_near(source: ByteSource, end: int) -> list[int]:
    """The images right behind the first one, after some padding."""
    block = source.bytes_at(end, min(1 << 16, len(source) - end))
    return [end + found.start() for found in re.finditer(re.escape(_START_OF_JPEG), block)][:8]


def _require_movable(source: ByteSource, found: Sequence[Segment], targets: Iterable[int]) -> None:
    """Refuse a file whose EXIF holds the position of something behind the image, or whose trailer has
    positions from the file's beginning.

    Makers' notes are secret, so their numbers are searched for the position.
    """
    if source.bytes_at(max(0, len(source) - 12), 4) in _ABSOLUTE_TRAILERS:
        raise NotRewritableError(marked("it has data behind the image that must not move"))
    targets = [*targets]
    for one in found:
        if one.marker != APP1:
            continue
        content = one.content(source)
        if not content.startswith(_EXIF):
            continue
        order, base = "<" if content[6:8] == b"II" else ">", one.start + 10
        for target in targets:
            if any(
                struct.pack(f"{order}I", value) in content
                for value in (target, target - base)
                if 0 < value < 1 << 32
            ):
                raise NotRewritableError(marked("its EXIF data points behind the image"))
