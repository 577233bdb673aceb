"""A small real DNG: a mosaic of 64 × 48, a thumbnail, and an embedded JPEG preview."""

from __future__ import annotations

import struct
from collections.abc import Sequence

BYTE, ASCII, SHORT, LONG, RATIONAL = 1, 2, 3, 4, 5
_SIZES = {BYTE: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8}
_FORMATS = {BYTE: "B", SHORT: "H", LONG: "I"}

Entry = tuple[int, int, bytes | Sequence[int]]
"""Tag, type and values."""


def made_dng(
    preview: bytes = b"",
    *,
    orientation: int = 1,
    size: tuple[int, int] = (64, 48),
    preview_size: tuple[int, int] = (640, 480),
    date: bytes = b"2021:07:04 12:30:05\0",
) -> bytes:
    """A DNG.

    Args:
        preview: a JPEG; none by default.
        size: of the mosaic, as stored.
    """
    wide, high = size
    mosaic = bytes(2 * wide * high)
    thumbnail = bytes([90, 120, 90]) * (16 * 12)
    data, places = b"", []
    for piece in (thumbnail, mosaic, preview):
        places.append(8 + len(data))
        data += piece + b"\0" * (len(piece) % 2)
    raw: list[Entry] = [
        (254, LONG, [0]), (256, LONG, [wide]), (257, LONG, [high]), (258, SHORT, [16]), (259, SHORT, [1]),
        (262, SHORT, [32803]), (273, LONG, [places[1]]), (277, SHORT, [1]), (278, LONG, [high]),
        (279, LONG, [len(mosaic)]), (33421, SHORT, [2, 2]), (33422, BYTE, [0, 1, 1, 2]),
    ]  # fmt: skip
    shown: list[Entry] = [
        (254, LONG, [1]), (256, LONG, [preview_size[0]]), (257, LONG, [preview_size[1]]),
        (258, SHORT, [8, 8, 8]), (259, SHORT, [7]), (262, SHORT, [6]), (273, LONG, [places[2]]),
        (277, SHORT, [3]), (278, LONG, [preview_size[1]]), (279, LONG, [len(preview)]),
    ]  # fmt: skip
    below, offsets = data, []
    for entries in [raw, *([shown] if preview else [])]:
        offsets.append(8 + len(below))
        below += _directory(entries, 8 + len(below))
    first: list[Entry] = [
        (254, LONG, [1]), (256, LONG, [16]), (257, LONG, [12]), (258, SHORT, [8, 8, 8]), (259, SHORT, [1]),
        (262, SHORT, [2]), (271, ASCII, b"Made up\0"), (272, ASCII, b"Made up 1\0"), (273, LONG, [places[0]]),
        (274, SHORT, [orientation]), (277, SHORT, [3]), (278, LONG, [12]), (279, LONG, [len(thumbnail)]),
        (306, ASCII, date), (330, LONG, offsets), (50706, BYTE, [1, 4, 0, 0]), (50708, ASCII, b"Made up 1\0"),
    ]  # fmt: skip
    start = 8 + len(below)
    return b"II*\0" + struct.pack("<I", start) + below + _directory(first, start)


def _directory(entries: Sequence[Entry], at: int) -> bytes:
    """A directory at an offset, with the values that do not fit into its entries."""
    head, more = struct.pack("<H", len(entries)), b""
    end = at + 2 + 12 * len(entries) + 4
    for tag, kind, values in entries:
        packed = (
            values if isinstance(values, bytes) else struct.pack(f"<{len(values)}{_FORMATS[kind]}", *values)
        )
        count = len(packed) // _SIZES[kind]
        if len(packed) <= 4:
            field = packed.ljust(4, b"\0")
        else:
            field = struct.pack("<I", end + len(more))
            more += packed + b"\0" * (len(packed) % 2)
        head += struct.pack("<HHI", tag, kind, count) + field
    return head + b"\0\0\0\0" + more
