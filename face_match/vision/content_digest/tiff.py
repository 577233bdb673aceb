"""TIFF and BigTIFF: strips or tiles of the first directory, with the tags that define their meaning."""

from __future__ import annotations

import struct
from typing import NamedTuple

from face_match.vision.content_digest.source import ContentHash, Source, UnparsableError

_TYPE_BYTES = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
}
_NUMBERS = {3: "H", 4: "I", 13: "I", 16: "Q"}

_STRIPS, _STRIP_BYTES, _TILES, _TILE_BYTES, _COMPRESSION = 273, 279, 324, 325, 259
_OLD_JPEG = 6
"""Old-style JPEG, whose tables may be anywhere in the file."""

_MEANING = {
    *(256, 257, 258, _COMPRESSION, 262, 266, 277, 278, 284),  # size, bits, colours, order, rows, planes
    *(292, 293, 317, 320, 322, 323),  # fax options, predictor, palette, tile size
    *(332, 333, 334, 336, 338, 339, 340, 341),  # inks, extra samples, sample format, least and greatest value
    *(347, 529, 530, 531, 532),  # JPEG tables, how YCbCr is coded
    *(433, 50674),  # ITULab's decoding, LERC's parameters
}
MAX_STRIPS = 250_000
"""The limit of the decoder: `MAX_TILES` of `core/images/decoding.py`."""
MAX_VALUE_BYTES = 1_000_000
"""Largest value of a tag; a palette of 16 bits takes 393,216."""


class _Entry(NamedTuple):
    kind: int
    number: int
    value: memoryview


def add_tiff(source: Source, content_hash: ContentHash) -> None:
    """Add the first image of a TIFF; raises UnparsableError.

    The byte order counts, because samples of 16 bits depend on it. Metadata editors keep it.
    """
    order = "little" if source.data.startswith(b"II") else "big"
    entries = _first_directory(source, order)
    content_hash.add(b"order", order.encode())
    for tag in sorted(_MEANING & entries.keys()):
        entry = entries[tag]
        content_hash.add(struct.pack(">HHQ", tag, entry.kind, entry.number), entry.value)
    compression = entries.get(_COMPRESSION)
    if compression is not None and int.from_bytes(compression.value, order) == _OLD_JPEG:  # type: ignore[arg-type]
        raise UnparsableError
    at_tag, size_tag = (_TILES, _TILE_BYTES) if _TILES in entries else (_STRIPS, _STRIP_BYTES)
    starts, sizes = (_numbers(entries.get(tag), order) for tag in (at_tag, size_tag))
    if len(starts) != len(sizes) or not sum(sizes) or sum(sizes) > len(source):
        raise UnparsableError  # strips that lie on each other would be hashed over and over
    for start, size in zip(starts, sizes, strict=True):
        content_hash.add(b"strip", source.piece(start, start + size))


def _first_directory(source: Source, order: str) -> dict[int, _Entry]:
    is_big = source.number(2, 2, order) == 43
    count_bytes, word, first = (8, 8, 8) if is_big else (2, 4, 4)
    at = source.number(first, word, order)
    count = source.number(at, count_bytes, order)
    at += count_bytes
    entries = {}
    for _ in range(count):
        source.step()
        tag, kind = source.number(at, 2, order), source.number(at + 2, 2, order)
        number = source.number(at + 4, word, order)
        size = _TYPE_BYTES.get(kind, 0) * number
        if tag in _MEANING or tag in (_STRIPS, _STRIP_BYTES, _TILES, _TILE_BYTES):
            start = at + 4 + word
            if size > word:
                start = source.number(start, word, order)
            if tag in _MEANING and size > MAX_VALUE_BYTES:
                raise UnparsableError
            entries[tag] = _Entry(kind, number, source.piece(start, start + size))
        at += 4 + 2 * word
    return entries


def _numbers(entry: _Entry | None, order: str) -> tuple[int, ...]:
    if entry is None or entry.kind not in _NUMBERS or entry.number > MAX_STRIPS:
        raise UnparsableError
    return struct.unpack(
        f"{'<' if order == 'little' else '>'}{entry.number}{_NUMBERS[entry.kind]}", entry.value
    )
