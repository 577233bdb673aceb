"""The directories of a TIFF, a BigTIFF or EXIF (TIFF Revision 6.0, section 2)."""

from __future__ import annotations

from typing import Literal, NamedTuple

from face_match.core.images.byte_source import ByteSource, UnparsableError

MAX_ENTRIES = 10_000

TYPE_BYTES = {
    **dict.fromkeys((1, 2, 6, 7), 1),
    **dict.fromkeys((3, 8), 2),
    **dict.fromkeys((4, 9, 11, 13), 4),
    **dict.fromkeys((5, 10, 12, 16, 17, 18), 8),
}
"""The size of a value of each type."""


class Entry(NamedTuple):
    """A tag of a directory: its type and number of values, and where its entry and its value begin."""

    tag: int
    kind: int
    values: int
    start: int
    value: int

    @property
    def value_bytes(self) -> int:
        """The size of its value; 0 for an unknown type."""
        return TYPE_BYTES.get(self.kind, 0) * self.values


class Directory(NamedTuple):
    """A directory.

    Attributes:
        order: the byte order.
        word: the size of an offset: 4, or 8 in BigTIFF.
        start, end: where its entries begin and end; the offset of the next directory comes after them.
        entries: in the order of the file.
        is_cut: the file ends within the entries.
    """

    order: Literal["big", "little"]
    word: int
    start: int
    end: int
    entries: list[Entry]
    is_cut: bool

    def entry(self, tag: int) -> Entry | None:
        """The first entry of a tag."""
        return next((entry for entry in self.entries if entry.tag == tag), None)


def first_directory(source: ByteSource) -> Directory:
    """The first directory of a file; raises UnparsableError."""
    order: Literal["big", "little"] = "little" if source.bytes_at(0, 2) == b"II" else "big"
    word = 8 if source.number_at(2, 2, order) == 43 else 4
    return directory_at(source, source.number_at(word, word, order), order, word)


def directory_at(source: ByteSource, at: int, order: Literal["big", "little"], word: int = 4) -> Directory:
    """The directory at an offset; raises UnparsableError."""
    count_bytes, size = (8, 20) if word == 8 else (2, 12)
    count, start = source.number_at(at, count_bytes, order), at + count_bytes
    present = min(count, (len(source) - start) // size)
    if present > MAX_ENTRIES:
        raise UnparsableError
    table = source.bytes_at(start, present * size)
    entries = []
    for own in range(0, len(table), size):
        tag, kind = (int.from_bytes(table[own + at : own + at + 2], order) for at in (0, 2))
        number, place = (int.from_bytes(table[own + at : own + at + word], order) for at in (4, 4 + word))
        is_inside = TYPE_BYTES.get(kind, 0) * number <= word
        field = start + own + 4 + word
        entries.append(Entry(tag, kind, number, start + own, field if is_inside else place))
    return Directory(order, word, start, start + count * size, entries, present < count)
