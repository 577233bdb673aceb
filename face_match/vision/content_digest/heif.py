"""HEIC and AVIF (ISO/IEC 23008-12): the primary item and the items that it consists of.

Exif, XMP and thumbnails are excluded, because the image does not refer to them. So are rotation and mirroring
(irot, imir), which are its orientation. An item's position in the file and its id do not count.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from face_match.vision.content_digest.source import ContentHash, JoinedPieces, Source, UnparsableError

MAX_PROPERTY_BYTES = 16_000_000
"""Limit for all items together, which share most properties. One item has some hundred bytes of them."""

_COUNTING_PROPERTIES = {
    *(b"hvcC", b"lhvC", b"av1C", b"avcC", b"vvcC", b"evcC", b"jpgC", b"j2kH", b"uncC", b"cmpC", b"cmpd"),
    *(b"ispe", b"pixi", b"clap", b"auxC", b"a1op", b"lsel", b"iscl", b"rref"),
}
_COLOUR, _COLOUR_IN_CODE = b"colr", b"nclx"
"""Colour property of an image: as numbers (nclx), which the decoder needs, or as an ICC profile."""


class _Box(NamedTuple):
    kind: bytes
    start: int
    end: int


class _Item(NamedTuple):
    """Position of an item's data: pieces by offset and length, in the file or in the box `idat`."""

    is_in_idat: bool
    pieces: list[tuple[int, int]]


def add_heif(source: Source, content_hash: ContentHash) -> None:
    """Add a HEIC or AVIF file; raises UnparsableError, also for an image sequence without a primary
    item."""
    meta = next((box for box in _boxes(source, 0, len(source)) if box.kind == b"meta"), None)
    if meta is None:
        raise UnparsableError
    parts = {box.kind: box for box in _boxes(source, meta.start + 4, meta.end)}
    try:
        kinds, items = _kinds(source, parts[b"iinf"]), _items(source, parts[b"iloc"])
        primary, properties = _primary(source, parts[b"pitm"]), _properties(source, parts[b"iprp"])
        made_of = _references(source, parts[b"iref"]) if b"iref" in parts else {}
        order = _reachable(primary, made_of)
        numbers = {item: number for number, item in enumerate(order)}
        # overlapping items would be hashed over and over
        left, properties_left = len(source), MAX_PROPERTY_BYTES
        for item in order:
            content_hash.add(b"item", kinds[item])
            content_hash.add(
                b"of", b"".join(struct.pack(">I", numbers[part]) for part in made_of.get(item, ()))
            )
            for box in properties.get(item, ()):
                properties_left -= box.end - box.start
                if properties_left < 0:
                    raise UnparsableError
                content_hash.add(box.kind, source.piece(box.start, box.end))
            content = _content(source, items[item], parts.get(b"idat"), left)
            left -= content.size
            content_hash.add(b"data", content.content())
    except KeyError as exc:  # a part that is needed is not there
        raise UnparsableError from exc


def _boxes(source: Source, start: int, end: int) -> Iterator[_Box]:
    """The boxes between two offsets, in order, without their headers."""
    while start + 8 <= end:
        source.step()
        size, kind = source.number(start, 4), bytes(source.piece(start + 4, start + 8))
        head = 8
        if size == 1:
            size, head = source.number(start + 8, 8), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise UnparsableError
        yield _Box(kind, start + head, start + size)
        start += size


def _primary(source: Source, box: _Box) -> int:
    return source.number(box.start + 4, 4 if source.number(box.start, 1) else 2)


def _kinds(source: Source, box: _Box) -> dict[int, bytes]:
    """The kind of each item, from `iinf`."""
    kinds = {}
    count_bytes = 4 if source.number(box.start, 1) else 2
    for entry in _boxes(source, box.start + 4 + count_bytes, box.end):
        version, at = source.number(entry.start, 1), entry.start + 4
        if entry.kind != b"infe" or version < 2:
            raise UnparsableError
        id_bytes = 2 if version == 2 else 4
        kinds[source.number(at, id_bytes)] = bytes(source.piece(at + id_bytes + 2, at + id_bytes + 6))
    return kinds


class _Cursor:
    """Reads consecutive numbers."""

    def __init__(self, source: Source, at: int) -> None:
        self._source = source
        self._at = at

    def number(self, size: int) -> int:
        self._source.step()
        self._at += size
        return self._source.number(self._at - size, size)


def _items(source: Source, box: _Box) -> dict[int, _Item]:
    """Position of each item's data, from `iloc`."""
    read = _Cursor(source, box.start)
    version, _flags, sizes, more_sizes = read.number(1), read.number(3), read.number(1), read.number(1)
    if version > 2:
        raise UnparsableError
    offset_bytes, length_bytes, base_bytes = sizes >> 4, sizes & 15, more_sizes >> 4
    index_bytes = more_sizes & 15 if version else 0
    id_bytes = 4 if version == 2 else 2
    items = {}
    for _ in range(read.number(id_bytes)):
        item = read.number(id_bytes)
        method = read.number(2) & 15 if version else 0
        elsewhere, base = read.number(2), read.number(base_bytes)
        pieces = []
        for _ in range(read.number(2)):
            read.number(index_bytes)
            offset = read.number(offset_bytes)
            pieces.append((base + offset, read.number(length_bytes)))
        if method < 2 and not elsewhere:
            items[item] = _Item(method == 1, pieces)
    return items


def _properties(source: Source, box: _Box) -> dict[int, list[_Box]]:
    """The properties of each item that are part of the digest, from `iprp`."""
    children = list(_boxes(source, box.start, box.end))
    listed = [
        found
        for child in children
        if child.kind == b"ipco"
        for found in _boxes(source, child.start, child.end)
    ]
    counts = [_is_counted(source, found) for found in listed]
    properties: dict[int, list[_Box]] = {}
    for child in children:
        if child.kind != b"ipma":
            continue
        read = _Cursor(source, child.start)
        version, flags = read.number(1), read.number(3)
        index_bytes, index_bits = (2, 0x7FFF) if flags & 1 else (1, 0x7F)
        for _ in range(read.number(4)):
            mine = properties.setdefault(read.number(4 if version else 2), [])
            for _ in range(read.number(1)):
                index = (read.number(index_bytes) & index_bits) - 1
                if 0 <= index < len(listed) and counts[index]:
                    mine.append(listed[index])
    return properties


def _is_counted(source: Source, box: _Box) -> bool:
    if box.kind == _COLOUR:
        return source.piece(box.start, min(box.start + 4, box.end)) == _COLOUR_IN_CODE
    return box.kind in _COUNTING_PROPERTIES


def _references(source: Source, box: _Box) -> dict[int, list[int]]:
    """The items that each item consists of, in order, from `iref`: first the parts of a grid, then alpha and
    the like."""
    id_bytes = 4 if source.number(box.start, 1) else 2
    parts: dict[int, list[int]] = {}
    auxiliary: dict[int, list[int]] = {}
    for reference in _boxes(source, box.start + 4, box.end):
        read = _Cursor(source, reference.start)
        item = read.number(id_bytes)
        others = [read.number(id_bytes) for _ in range(read.number(2))]
        if reference.kind == b"dimg":
            parts.setdefault(item, []).extend(others)
        elif reference.kind == b"auxl":
            for other in others:
                auxiliary.setdefault(other, []).append(item)
    for item, others in auxiliary.items():
        parts.setdefault(item, []).extend(others)
    return parts


def _reachable(primary: int, made_of: dict[int, list[int]]) -> list[int]:
    """All items that the primary item consists of, each once, beginning with itself."""
    order, seen = [primary], {primary}
    for item in order:  # which grows meanwhile
        for part in made_of.get(item, ()):
            if part not in seen:
                seen.add(part)
                order.append(part)
    return order


def _content(source: Source, item: _Item, idat: _Box | None, max_bytes: int) -> JoinedPieces:
    """The data of an item; raises UnparsableError for more than `max_bytes` bytes."""
    begin, end = 0, len(source)
    if item.is_in_idat:
        if idat is None:
            raise UnparsableError
        begin, end = idat.start, idat.end
    content = JoinedPieces()
    for offset, length in item.pieces:
        start = begin + offset
        if not length or start + length > end or content.size + length > max_bytes:
            raise UnparsableError  # a length of 0 means the rest of the file; no encoder writes it
        content.add(source.piece(start, start + length))
    return content
