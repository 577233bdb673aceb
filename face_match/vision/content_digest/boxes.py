"""HEIC and AVIF (ISO/IEC 23008-12): the primary item and those that it is made of.

Left out are Exif, XMP and thumbnails, as nothing of the image refers to them, and turns and mirrors (irot,
imir), which are its orientation. Where in the file an item lies, and under which id, does not count.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from face_match.vision.content_digest.source import ImageData, Joined, NotUnderstoodError, Source

MAX_PROPERTY_BYTES = 16_000_000
"""Of all items together, which share most of them. One item has some hundred bytes."""

_COUNTING_PROPERTIES = {
    *(b"hvcC", b"lhvC", b"av1C", b"avcC", b"vvcC", b"evcC", b"jpgC", b"j2kH", b"uncC", b"cmpC", b"cmpd"),
    *(b"ispe", b"pixi", b"clap", b"auxC", b"a1op", b"lsel", b"iscl", b"rref"),
}
_COLOUR, _COLOUR_IN_CODE = b"colr", b"nclx"
"""The colours of a coded image: as numbers, which the decoder needs, or as an ICC profile."""


class _Box(NamedTuple):
    kind: bytes
    start: int
    end: int


class _Item(NamedTuple):
    """Where the data is: pieces by offset and length, in the file or in the box `idat`."""

    is_in_idat: bool
    pieces: list[tuple[int, int]]


def add_boxes(source: Source, image_data: ImageData) -> None:
    """Add a HEIC or an AVIF; raises NotUnderstoodError, also for one that only has a sequence."""
    meta = next((box for box in _boxes(source, 0, len(source)) if box.kind == b"meta"), None)
    if meta is None:
        raise NotUnderstoodError
    parts = {box.kind: box for box in _boxes(source, meta.start + 4, meta.end)}
    try:
        kinds, items = _kinds(source, parts[b"iinf"]), _items(source, parts[b"iloc"])
        primary, properties = _primary(source, parts[b"pitm"]), _properties(source, parts[b"iprp"])
        made_of = _references(source, parts[b"iref"]) if b"iref" in parts else {}
        order = _reachable(primary, made_of)
        numbers = {item: number for number, item in enumerate(order)}
        # items that lie on each other would be hashed over and over
        left, properties_left = len(source), MAX_PROPERTY_BYTES
        for item in order:
            image_data.add(b"item", kinds[item])
            image_data.add(
                b"of", b"".join(struct.pack(">I", numbers[part]) for part in made_of.get(item, ()))
            )
            for box in properties.get(item, ()):
                properties_left -= box.end - box.start
                if properties_left < 0:
                    raise NotUnderstoodError
                image_data.add(box.kind, source.piece(box.start, box.end))
            content = _content(source, items[item], parts.get(b"idat"), left)
            left -= content.size
            image_data.add(b"data", content.content())
    except KeyError as exc:  # a part that is needed is not there
        raise NotUnderstoodError from exc


def _boxes(source: Source, start: int, end: int) -> Iterator[_Box]:
    """Those that stand one after the other, without what says their kind and size."""
    while start + 8 <= end:
        source.step()
        size, kind = source.number(start, 4), bytes(source.piece(start + 4, start + 8))
        head = 8
        if size == 1:
            size, head = source.number(start + 8, 8), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise NotUnderstoodError
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
            raise NotUnderstoodError
        id_bytes = 2 if version == 2 else 4
        kinds[source.number(at, id_bytes)] = bytes(source.piece(at + id_bytes + 2, at + id_bytes + 6))
    return kinds


class _Cursor:
    """Reads numbers one after the other."""

    def __init__(self, source: Source, at: int) -> None:
        self._source = source
        self._at = at

    def number(self, size: int) -> int:
        self._source.step()
        self._at += size
        return self._source.number(self._at - size, size)


def _items(source: Source, box: _Box) -> dict[int, _Item]:
    """Where the data of each item is, from `iloc`."""
    read = _Cursor(source, box.start)
    version, _flags, sizes, more_sizes = read.number(1), read.number(3), read.number(1), read.number(1)
    if version > 2:
        raise NotUnderstoodError
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
    """The properties of each item that count, from `iprp`."""
    children = list(_boxes(source, box.start, box.end))
    listed = [
        found
        for child in children
        if child.kind == b"ipco"
        for found in _boxes(source, child.start, child.end)
    ]
    counts = [_does_count(source, found) for found in listed]
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


def _does_count(source: Source, box: _Box) -> bool:
    if box.kind == _COLOUR:
        return source.piece(box.start, min(box.start + 4, box.end)) == _COLOUR_IN_CODE
    return box.kind in _COUNTING_PROPERTIES


def _references(source: Source, box: _Box) -> dict[int, list[int]]:
    """The items that an item is made of, in order, from `iref`: parts of a grid, then alpha and the like."""
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
    """All items that the primary one is made of, each once, itself first."""
    order, seen = [primary], {primary}
    for item in order:  # which grows meanwhile
        for part in made_of.get(item, ()):
            if part not in seen:
                seen.add(part)
                order.append(part)
    return order


def _content(source: Source, item: _Item, idat: _Box | None, most: int) -> Joined:
    """The data of an item, of at most so many bytes."""
    begin, end = 0, len(source)
    if item.is_in_idat:
        if idat is None:
            raise NotUnderstoodError
        begin, end = idat.start, idat.end
    content = Joined()
    for offset, length in item.pieces:
        start = begin + offset
        if not length or start + length > end or content.size + length > most:
            raise NotUnderstoodError  # a length of 0 stands for the rest of the file: nobody writes it
        content.add(source.piece(start, start + length))
    return content
