"""HEIC and AVIF: XMP in an item of the box `meta` (ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, A.3)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from face_match.metadata.embedded.byte_source import MAX_XMP_BYTES, ByteSource, UnparsableError, too_large
from face_match.metadata.embedded.png import unpacked

_XMP_TYPE = b"application/rdf+xml"
MAX_TABLE_BYTES = 4_000_000
"""The largest table of items; a photo of a hundred tiles has a few kilobytes of them."""
MAX_DEPTH = 8
"""How often data may be in an item that is in an item."""
_IN_FILE, _IN_IDAT, _IN_ITEM = 0, 1, 2


class _Box(NamedTuple):
    kind: bytes
    start: int
    end: int


class _Place(NamedTuple):
    """Where an item's data is: pieces by offset and length, in the file, in the box `idat` or in other
    items."""

    method: int
    pieces: list[tuple[int, int]]


class _Table:
    """Consecutive numbers and texts of a table, which is read at once."""

    def __init__(self, source: ByteSource, box: _Box) -> None:
        if box.end - box.start > MAX_TABLE_BYTES:
            raise UnparsableError
        self._data = source.bytes_at(box.start, box.end - box.start)
        self._at = 0

    def number(self, size: int) -> int:
        return int.from_bytes(self.piece(size), "big")

    def piece(self, size: int) -> bytes:
        self._at += size
        if self._at > len(self._data):
            raise UnparsableError
        return self._data[self._at - size : self._at]

    def text(self) -> bytes:
        """Bytes up to a zero."""
        start = self._at
        end = self._data.find(b"\0", start)
        self._at = len(self._data) if end < 0 else end + 1
        return self._data[start : len(self._data) if end < 0 else end]


def read_xmp(source: ByteSource) -> bytes | None:
    """The packet: that of the primary image before others."""
    meta = next((box for box in _boxes(source, 0, len(source)) if box.kind == b"meta"), None)
    if meta is None:
        return None
    parts = {box.kind: box for box in _boxes(source, meta.start + 4, meta.end)}
    if b"iinf" not in parts or b"iloc" not in parts:
        return None
    items = _xmp_items(source, parts[b"iinf"])
    if not items:
        return None
    references = _references(source, parts[b"iref"]) if b"iref" in parts else []
    primary = _primary(source, parts[b"pitm"]) if b"pitm" in parts else None
    described = {item for kind, item, others in references if kind == b"cdsc" and primary in others}
    chosen = min(items, key=lambda item: item not in described)
    data = _Items(source, parts, references).content(chosen)
    if items[chosen] in (b"deflate", b"compress_zlib"):
        data = _deflated(data)
    return data or None


def _boxes(source: ByteSource, start: int, end: int) -> Iterator[_Box]:
    """The boxes between two offsets, in order, without their headers."""
    while start + 8 <= end:
        head = source.bytes_at(start, min(16, len(source) - start))
        size, head_bytes = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, head_bytes = int.from_bytes(head[8:], "big"), 16
        elif size == 0:
            size = end - start
        if size < head_bytes or start + size > end:
            raise UnparsableError
        yield _Box(head[4:8], start + head_bytes, start + size)
        start += size


def _primary(source: ByteSource, box: _Box) -> int:
    table = _Table(source, box)
    version = table.number(4) >> 24
    return table.number(4 if version else 2)


def _xmp_items(source: ByteSource, box: _Box) -> dict[int, bytes]:
    """The items with XMP, in order, each with its coding."""
    version = source.number_at(box.start, 1)
    items = {}
    for entry in _boxes(source, box.start + (8 if version else 6), box.end):
        table = _Table(source, entry)
        version = table.number(4) >> 24
        if entry.kind != b"infe" or version < 2:
            continue
        item, _protection, kind = table.number(2 if version == 2 else 4), table.number(2), table.piece(4)
        _name = table.text()
        if kind == b"mime" and table.text() == _XMP_TYPE:
            items[item] = table.text()
    return items


def _references(source: ByteSource, box: _Box) -> list[tuple[bytes, int, list[int]]]:
    """The references between items: their kind, from which item, to which ones."""
    id_bytes = 4 if source.number_at(box.start, 1) else 2
    found = []
    for one in _boxes(source, box.start + 4, box.end):
        table = _Table(source, one)
        item = table.number(id_bytes)
        found.append((one.kind, item, [table.number(id_bytes) for _ in range(table.number(2))]))
    return found


def _deflated(data: bytes) -> bytes:
    if data[:1] == b"\x78":
        return unpacked(data)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(data, MAX_XMP_BYTES)
    except zlib.error as exc:
        raise UnparsableError from exc
    if unpacker.unconsumed_tail:
        raise too_large()
    return content


class _Items:
    """The data of items."""

    def __init__(
        self, source: ByteSource, parts: dict[bytes, _Box], references: list[tuple[bytes, int, list[int]]]
    ) -> None:
        self._source = source
        self._idat = parts.get(b"idat")
        self._places = _places(_Table(source, parts[b"iloc"]))
        self._made_of = {item: others for kind, item, others in references if kind == b"iloc"}

    def content(self, item: int) -> bytes:
        """An item's data, within the limit."""
        return self._joined(item, MAX_DEPTH)

    def _joined(self, item: int, depth: int) -> bytes:
        place = self._places.get(item)
        if place is None or depth == 0:
            raise UnparsableError
        if place.method == _IN_ITEM:
            others = self._made_of.get(item, [])
            if len(others) != 1:  # several are numbered by an index that no program writes for XMP
                raise UnparsableError
            whole = self._joined(others[0], depth - 1)
            return _capped(whole[at : at + length if length else None] for at, length in place.pieces)
        begin, end = 0, len(self._source)
        if place.method == _IN_IDAT:
            if self._idat is None:
                raise UnparsableError
            begin, end = self._idat.start, self._idat.end
        return _capped(
            self._source.xmp_at(begin + at, self._length(begin + at, length, end))
            for at, length in place.pieces
        )

    @staticmethod
    def _length(start: int, length: int, end: int) -> int:
        """The length of a piece; 0 stands for all that follows."""
        if start > end or start + length > end:
            raise UnparsableError
        return length or end - start


def _capped(pieces: Iterator[bytes]) -> bytes:
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if len(whole) > MAX_XMP_BYTES:
            raise too_large()
    return bytes(whole)


def _places(table: _Table) -> dict[int, _Place]:
    """Where each item's data is, from `iloc`; items in other files are left out."""
    version, _flags, sizes, more_sizes = table.number(1), table.number(3), table.number(1), table.number(1)
    if version > 2:
        raise UnparsableError
    offset_bytes, length_bytes, base_bytes = sizes >> 4, sizes & 15, more_sizes >> 4
    index_bytes = more_sizes & 15 if version else 0
    id_bytes = 4 if version == 2 else 2
    places = {}
    for _ in range(table.number(id_bytes)):
        item = table.number(id_bytes)
        method = table.number(2) & 15 if version else _IN_FILE
        elsewhere, base = table.number(2), table.number(base_bytes)
        count = table.number(2)
        if count and not (index_bytes or offset_bytes or length_bytes):
            count = 1  # each takes no byte: a hostile table of 64,000 for each item
        pieces = []
        for _ in range(count):
            table.number(index_bytes)
            offset = table.number(offset_bytes)
            pieces.append((base + offset, table.number(length_bytes)))
        if not elsewhere:
            places[item] = _Place(method, pieces)
    return places
