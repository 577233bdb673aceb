"""TIFF and BigTIFF: strips or tiles of the first directory, with the tags that define their meaning."""

from __future__ import annotations

import struct

from face_match.core.images.byte_source import BytesInMemory, UnparsableError
from face_match.core.images.tiff_directory import Directory, Entry, first_directory
from face_match.vision.content_digest.content_hash import ContentHash

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


def add_tiff(source: BytesInMemory, content_hash: ContentHash) -> None:
    """Add the first image of a TIFF; raises UnparsableError.

    The byte order counts, because samples of 16 bits depend on it. Metadata editors keep it.
    """
    directory = first_directory(source)
    entries = {entry.tag: entry for entry in directory.entries}
    content_hash.add(b"order", directory.order.encode())
    for tag in sorted(_MEANING & entries.keys()):
        entry = entries[tag]
        if entry.value_bytes > MAX_VALUE_BYTES:
            raise UnparsableError
        value = source.view(entry.value, entry.value_bytes)
        content_hash.add(struct.pack(">HHQ", tag, entry.kind, entry.values), value)
        if tag == _COMPRESSION and int.from_bytes(value, directory.order) == _OLD_JPEG:
            raise UnparsableError
    at_tag, size_tag = (_TILES, _TILE_BYTES) if _TILES in entries else (_STRIPS, _STRIP_BYTES)
    starts, sizes = (_numbers(source, directory, entries.get(tag)) for tag in (at_tag, size_tag))
    if len(starts) != len(sizes) or not sum(sizes) or sum(sizes) > len(source):
        raise UnparsableError  # strips that lie on each other would be hashed over and over
    for start, size in zip(starts, sizes, strict=True):
        content_hash.add(b"strip", source.view(start, size))


def _numbers(source: BytesInMemory, directory: Directory, entry: Entry | None) -> tuple[int, ...]:
    if entry is None or entry.kind not in _NUMBERS or entry.values > MAX_STRIPS:
        raise UnparsableError
    form = f"{'<' if directory.order == 'little' else '>'}{entry.values}{_NUMBERS[entry.kind]}"
    return struct.unpack(form, source.view(entry.value, entry.value_bytes))
