"""TIFF and BigTIFF: XMP in a tag of the first directory (XMP Specification Part 3, 1.1.4)."""

from __future__ import annotations

from typing import Literal, NamedTuple

from face_match.metadata.embedded.byte_source import ByteSource, UnparsableError

XMP = 700
VALUE_BYTES = {1: 1, 2: 1, 6: 1, 7: 1}
"""The types that a packet may have, with the size of a value: BYTE, ASCII, SBYTE, UNDEFINED."""
MAX_ENTRIES = 10_000


class Entry(NamedTuple):
    """A tag of a directory: its type and number of values, and where its entry and its value begin."""

    tag: int
    kind: int
    length: int
    start: int
    value: int


class Directory(NamedTuple):
    """The first directory.

    Attributes:
        order: the byte order.
        word: the size of an offset: 4, or 8 in BigTIFF.
        start, end: where its entries begin and end; the offset of the next directory comes after them.
        entries: in the order of the file.
    """

    order: Literal["big", "little"]
    word: int
    start: int
    end: int
    entries: list[Entry]

    def entry(self, tag: int) -> Entry | None:
        """The first entry of a tag."""
        return next((entry for entry in self.entries if entry.tag == tag), None)


def first_directory(source: ByteSource) -> Directory:
    """The first directory of a file."""
    order: Literal["big", "little"] = "little" if source.bytes_at(0, 2) == b"II" else "big"
    is_big = source.number_at(2, 2, order) == 43
    word, count_bytes = (8, 8) if is_big else (4, 2)
    at = source.number_at(word, word, order)
    count = source.number_at(at, count_bytes, order)
    if count > MAX_ENTRIES:
        raise UnparsableError
    start, size = at + count_bytes, 4 + 2 * word
    table = source.bytes_at(start, count * size)
    entries = []
    for number in range(count):
        entry = table[number * size : (number + 1) * size]
        tag, kind = (int.from_bytes(entry[at : at + 2], order) for at in (0, 2))
        values, place = (int.from_bytes(entry[at : at + word], order) for at in (4, 4 + word))
        own = start + number * size
        is_inside = VALUE_BYTES.get(kind, 0) * values <= word
        entries.append(Entry(tag, kind, values, own, own + 4 + word if is_inside else place))
    return Directory(order, word, start, start + count * size, entries)


def read_xmp(source: ByteSource) -> bytes | None:
    """The packet, without bytes of zero at its end."""
    entry = first_directory(source).entry(XMP)
    if entry is None or entry.kind not in VALUE_BYTES:
        return None
    return source.xmp_at(entry.value, entry.length).rstrip(b"\0") or None
