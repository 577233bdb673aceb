"""HEIC and AVIF (ISO/IEC 23008-12): the primary item and the items that it consists of.

Exif, XMP and thumbnails are excluded, because the image does not refer to them. So are rotation and mirroring
(irot, imir), which are its orientation. An item's position in the file and its id do not count.
"""

from __future__ import annotations

import struct

from face_match.core.images.byte_source import BytesInMemory, UnparsableError
from face_match.core.images.heif_boxes import Box, Boxes
from face_match.vision.content_digest.content_hash import ContentHash, JoinedPieces

MAX_PROPERTY_BYTES = 16_000_000
"""Limit for all items together, which share most properties. One item has some hundred bytes of them."""

_COUNTING_PROPERTIES = {
    *(b"hvcC", b"lhvC", b"av1C", b"avcC", b"vvcC", b"evcC", b"jpgC", b"j2kH", b"uncC", b"cmpC", b"cmpd"),
    *(b"ispe", b"pixi", b"clap", b"auxC", b"a1op", b"lsel", b"iscl", b"rref"),
}
_COLOUR, _COLOUR_IN_CODE = b"colr", b"nclx"
"""Colour property of an image: as numbers (nclx), which the decoder needs, or as an ICC profile."""


def add_heif(source: BytesInMemory, content_hash: ContentHash) -> None:
    """Add a HEIC or AVIF file; raises UnparsableError, also for an image sequence without a primary
    item."""
    boxes = Boxes(source)
    items, data, properties = boxes.items(), boxes.data_of_items(), boxes.properties()
    made_of = _parts_of_items(boxes)
    order = _reachable(boxes.primary(), made_of)
    numbers = {item: number for number, item in enumerate(order)}
    # overlapping items would be hashed over and over
    left, properties_left = len(source), MAX_PROPERTY_BYTES
    for item in order:
        if item not in items or item not in data or data[item].is_elsewhere:
            raise UnparsableError
        content_hash.add(b"item", items[item].kind)
        content_hash.add(b"of", b"".join(struct.pack(">I", numbers[part]) for part in made_of.get(item, ())))
        for box in properties.get(item, ()):
            if not _is_counted(boxes, box):
                continue
            properties_left -= box.end - box.start
            if properties_left < 0:
                raise UnparsableError
            content_hash.add(box.kind, source.view(box.start, box.end - box.start))
        content = JoinedPieces()
        for start, end in boxes.ranges(data[item]):
            left -= end - start
            if left < 0:
                raise UnparsableError
            content.add(source.view(start, end - start))
        if not content.size:
            raise UnparsableError
        content_hash.add(b"data", content.content())


def _is_counted(boxes: Boxes, box: Box) -> bool:
    if box.kind == _COLOUR:
        return boxes.piece(box.start, min(box.start + 4, box.end)) == _COLOUR_IN_CODE
    return box.kind in _COUNTING_PROPERTIES


def _parts_of_items(boxes: Boxes) -> dict[int, list[int]]:
    """The items that each item consists of, in order: first the parts of a grid, then alpha and the like."""
    parts: dict[int, list[int]] = {}
    auxiliary: dict[int, list[int]] = {}
    for kind, item, others in boxes.references():
        if kind == b"dimg":
            parts.setdefault(item, []).extend(others)
        elif kind == b"auxl":
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
