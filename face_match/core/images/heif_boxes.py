"""The boxes of a HEIC, HEIF or AVIF (ISO/IEC 14496-12, 4.2 and 8.11; ISO/IEC 23008-12, 9.3), and what they
say about its items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from face_match.core.images.byte_source import ByteSource, UnparsableError

MAX_BOXES = 20_000
"""Boxes of a file that are visited. A photo of a phone has some 500, most of them the tiles of its grid."""

MAX_NUMBERS = 400_000
"""Numbers of the tables of a file that are read; a photo of a phone has some thousand."""

MAX_TEXT_BYTES = 1_000
"""Size of the name, kind or coding of an item; a longer one is cut off."""

IN_FILE, IN_IDAT, IN_ITEM = 0, 1, 2
"""Where the data of an item is: in the file, in the box `idat`, or in other items."""

_SINGLE = (b"pitm", b"iinf", b"iloc", b"iref", b"iprp", b"idat")


class Box(NamedTuple):
    """Where the content of a box is, without its header."""

    kind: bytes
    start: int
    end: int


class Item(NamedTuple):
    """The kind of an item; for one of kind `mime`, also its MIME type and how it is compressed."""

    kind: bytes
    mime_type: bytes = b""
    coding: bytes = b""


class Reference(NamedTuple):
    """A reference of an item to others, in order."""

    kind: bytes
    item: int
    others: list[int]


class ItemData(NamedTuple):
    """Where the data of an item is, as `iloc` states it.

    Attributes:
        method: IN_FILE, IN_IDAT or IN_ITEM.
        is_elsewhere: it is in another file.
        pieces: offset and length of each; a length of 0 stands for all that follows.
    """

    method: int
    is_elsewhere: bool
    pieces: list[tuple[int, int]]


class Boxes:
    """The boxes of a file, of which it may have any number, of any size, anywhere.

    Raises UnparsableError where a library might read something else than this: boxes that do not fit, tables
    that are cut off, more boxes of a kind than one.
    """

    def __init__(self, source: ByteSource) -> None:
        self._source = source
        self._boxes_left = MAX_BOXES
        self._numbers_left = MAX_NUMBERS
        self.is_cut = False
        """Whether the last outer box is not all there."""
        self.outer = [*self._inside(0, len(source), may_be_cut=True)]
        metas = [box for box in self.outer if box.kind == b"meta"]
        if len(metas) > 1:
            raise UnparsableError
        self.parts: dict[bytes, Box] = {}
        """The boxes that describe the items, by kind; empty if there are none."""
        for meta in metas:
            for box in self.inside(meta.start + 4, meta.end):
                if box.kind in _SINGLE and box.kind in self.parts:
                    raise UnparsableError
                self.parts[box.kind] = box

    def number(self, at: int, size: int) -> int:
        return self._source.number_at(at, size)

    def piece(self, start: int, end: int) -> bytes:
        return self._source.bytes_at(start, end - start)

    def inside(self, start: int, end: int) -> Iterator[Box]:
        """The boxes between two offsets."""
        return self._inside(start, end, may_be_cut=False)

    def _inside(self, start: int, end: int, *, may_be_cut: bool) -> Iterator[Box]:
        """The boxes between two offsets; with `may_be_cut`, until one does not fit."""
        while start + 8 <= end:
            self._boxes_left -= 1
            if self._boxes_left < 0:
                raise UnparsableError
            head, head_bytes = self.piece(start, start + 8), 8
            size = int.from_bytes(head[:4], "big")
            if size == 1 and start + 16 <= end:
                size, head_bytes = self.number(start + 8, 8), 16
            elif size == 0:
                size = end - start
            if size < head_bytes or start + size > end:
                if may_be_cut:
                    self.is_cut = True
                    return
                raise UnparsableError
            yield Box(head[4:], start + head_bytes, start + size)
            start += size

    def table(self, box: Box, at: int = 0) -> Table:
        """The numbers of a box, from an offset in it."""
        return Table(self, box.start + at, box.end)

    def count_number(self) -> None:
        self._numbers_left -= 1
        if self._numbers_left < 0:
            raise UnparsableError

    def part(self, kind: bytes) -> Box:
        """A box that describes the items; raises UnparsableError if there is none of the kind."""
        if kind not in self.parts:
            raise UnparsableError
        return self.parts[kind]

    def primary(self) -> int:
        """The number of the primary item; 0 if there is none."""
        box = self.parts.get(b"pitm")
        if box is None:
            return 0
        return self.table(box, 4).number(4 if self.number(box.start, 1) else 2)

    def items(self) -> dict[int, Item]:
        """The items by their numbers, from `iinf`, in the order of the file."""
        box = self.part(b"iinf")
        items: dict[int, Item] = {}
        for entry in self.inside(box.start + (8 if self.number(box.start, 1) else 6), box.end):
            table = self.table(entry)
            version, _flags = table.number(1), table.number(3)
            if version < 2:
                continue
            item, _protection = table.number(2 if version == 2 else 4), table.number(2)
            if item in items:
                raise UnparsableError
            kind = table.number(4).to_bytes(4, "big")
            if kind == b"mime":
                _name, mime_type, coding = table.text(), table.text(), table.text()
                items[item] = Item(kind, mime_type, coding)
            else:
                items[item] = Item(kind)
        return items

    def references(self) -> list[Reference]:
        """The references between items, from `iref`; none without that box."""
        box = self.parts.get(b"iref")
        if box is None:
            return []
        id_bytes = 4 if self.number(box.start, 1) else 2
        found = []
        for entry in self.inside(box.start + 4, box.end):
            table = self.table(entry)
            item = table.number(id_bytes)
            others = [table.number(id_bytes) for _ in range(table.number(2))]
            if not table.is_at_its_end:
                raise UnparsableError
            found.append(Reference(entry.kind, item, others))
        return found

    def properties(self) -> dict[int, list[Box]]:
        """The properties of each item, in the order in which they apply."""
        box = self.parts.get(b"iprp")
        children = [] if box is None else [*self.inside(box.start, box.end)]
        containers = [child for child in children if child.kind == b"ipco"]
        if len(containers) > 1:
            raise UnparsableError
        listed = [one for own in containers for one in self.inside(own.start, own.end)]
        found: dict[int, list[Box]] = {}
        for child in children:
            if child.kind != b"ipma":
                continue
            table = self.table(child)
            version, flags = table.number(1), table.number(3)
            index_bytes, mask = (2, 0x7FFF) if flags & 1 else (1, 0x7F)
            for _ in range(table.number(4)):
                item = table.number(4 if version else 2)
                if item in found:
                    raise UnparsableError
                indices = [table.number(index_bytes) & mask for _ in range(table.number(1))]
                found[item] = [listed[index - 1] for index in indices if 1 <= index <= len(listed)]
        return found

    def data_of_items(self) -> dict[int, ItemData]:
        """Where the data of each item is, from `iloc`."""
        table = self.table(self.part(b"iloc"))
        version, _flags, sizes, more_sizes = (table.number(size) for size in (1, 3, 1, 1))
        if version > 2:
            raise UnparsableError
        offset_bytes, length_bytes, base_bytes = sizes >> 4, sizes & 15, more_sizes >> 4
        index_bytes = more_sizes & 15 if version else 0
        id_bytes = 4 if version == 2 else 2
        found: dict[int, ItemData] = {}
        for _ in range(table.number(id_bytes)):
            item = table.number(id_bytes)
            method = table.number(2) & 15 if version else IN_FILE
            elsewhere, base = table.number(2), table.number(base_bytes)
            pieces = []
            for _ in range(table.number(2)):
                table.number(index_bytes)
                start = base + table.number(offset_bytes)
                pieces.append((start, table.number(length_bytes)))
            if item in found:
                raise UnparsableError
            found[item] = ItemData(method, bool(elsewhere), pieces)
        return found

    def container(self, method: int) -> Box | None:
        """The part of the file from whose beginning offsets count; None if there is none."""
        whole = Box(b"file", 0, max(box.end for box in self.outer))
        return {IN_FILE: whole, IN_IDAT: self.parts.get(b"idat")}.get(method)

    def ranges(self, data: ItemData) -> list[tuple[int, int]]:
        """Where data is in the file, by start and end; empty if it has no stated length, or is not there."""
        inside = self.container(data.method)
        if inside is None:
            return []
        found = [(inside.start + start, inside.start + start + length) for start, length in data.pieces]
        return found if all(start < end <= inside.end for start, end in found) else []


class Table:
    """Consecutive numbers and texts of a box."""

    def __init__(self, boxes: Boxes, at: int, end: int) -> None:
        self._boxes = boxes
        self._at = at
        self._end = end

    @property
    def is_at_its_end(self) -> bool:
        return self._at == self._end

    def number(self, size: int) -> int:
        self._boxes.count_number()
        self._at += size
        if self._at > self._end:
            raise UnparsableError
        return self._boxes.number(self._at - size, size)

    def text(self) -> bytes:
        """The bytes up to a zero, or to the end."""
        self._boxes.count_number()
        text = self._boxes.piece(self._at, min(self._at + MAX_TEXT_BYTES, self._end)).partition(b"\0")[0]
        self._at = min(self._at + len(text) + 1, self._end)
        return text
