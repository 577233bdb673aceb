"""The boxes of a HEIC, HEIF or AVIF (ISO/IEC 14496-12, 4.2 and 8.11; ISO/IEC 23008-12, 9.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

MAX_BOXES = 20_000
"""Boxes of a file that are visited. A photo of a phone has some 500, most of them the tiles of its grid."""

MAX_NUMBERS = 400_000
"""Numbers of the tables of a file that are read; a photo of a phone has some thousand."""

_SINGLE = (b"pitm", b"iinf", b"iloc", b"iref", b"iprp", b"idat")


class Box(NamedTuple):
    """Where the content of a box is, without its header."""

    kind: bytes
    start: int
    end: int


class Boxes:
    """The boxes of a file, of which it may have any number, of any size, anywhere.

    Raises ValueError where a library might read something else than this: boxes that do not fit, tables that
    are cut off, more boxes of a kind than one.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._boxes_left = MAX_BOXES
        self._numbers_left = MAX_NUMBERS
        self.outer = [*self._inside(0, len(data), is_cut=True)]
        metas = [box for box in self.outer if box.kind == b"meta"]
        if len(metas) > 1:
            raise ValueError("several boxes meta")
        self.parts: dict[bytes, Box] = {}
        """The boxes that describe the items, by kind; empty if there are none."""
        for meta in metas:
            for box in self.inside(meta.start + 4, meta.end):
                if box.kind in _SINGLE and box.kind in self.parts:
                    raise ValueError(f"several boxes {box.kind!r}")
                self.parts[box.kind] = box

    def number(self, at: int, size: int) -> int:
        return int.from_bytes(self._data[at : at + size], "big")

    def piece(self, start: int, end: int) -> bytes:
        return self._data[start:end]

    def inside(self, start: int, end: int) -> Iterator[Box]:
        """The boxes between two offsets."""
        return self._inside(start, end, is_cut=False)

    def _inside(self, start: int, end: int, *, is_cut: bool) -> Iterator[Box]:
        """The boxes between two offsets; with `is_cut`, until one does not fit."""
        while start + 8 <= end:
            self._boxes_left -= 1
            if self._boxes_left < 0:
                raise ValueError("too many boxes")
            size, head = self.number(start, 4), 8
            if size == 1:
                size, head = self.number(start + 8, 8), 16
            elif size == 0:
                size = end - start
            if size < head or start + size > end:
                if is_cut:
                    return
                raise ValueError("a box that does not fit")
            yield Box(self._data[start + 4 : start + 8], start + head, start + size)
            start += size

    def table(self, box: Box, at: int = 0) -> Table:
        """The numbers of a box, from an offset in it."""
        return Table(self, box.start + at, box.end)

    def count_number(self) -> None:
        self._numbers_left -= 1
        if self._numbers_left < 0:
            raise ValueError("too many numbers")

    def primary(self) -> int:
        """The number of the primary item; 0 if there is none."""
        box = self.parts.get(b"pitm")
        if box is None:
            return 0
        return self.table(box, 4).number(4 if self.number(box.start, 1) else 2)

    def properties(self) -> dict[int, list[Box]]:
        """The properties of each item, in the order in which they apply."""
        box = self.parts.get(b"iprp")
        children = [] if box is None else [*self.inside(box.start, box.end)]
        containers = [child for child in children if child.kind == b"ipco"]
        if len(containers) > 1:
            raise ValueError("several boxes ipco")
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
                    raise ValueError("properties of an item in two places")
                indices = [table.number(index_bytes) & mask for _ in range(table.number(1))]
                found[item] = [listed[index - 1] for index in indices if 1 <= index <= len(listed)]
        return found


class Table:
    """Consecutive numbers of a box."""

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
            raise ValueError("a table that is cut off")
        return self._boxes.number(self._at - size, size)
