"""HEIC and AVIF: XMP in an item of the box `meta` (ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, A.3)."""

from __future__ import annotations

from collections.abc import Iterator

from face_match.core.images.byte_source import ByteSource, UnparsableError
from face_match.core.images.heif_boxes import IN_ITEM, Boxes
from face_match.metadata.embedded.packets import MAX_XMP_BYTES, too_large, unpacked, xmp_at

_XMP_TYPE = b"application/rdf+xml"
MAX_DEPTH = 8
"""How often data may be in an item that is in an item."""


def read_xmp(source: ByteSource) -> bytes | None:
    """The packet: that of the primary image before others."""
    boxes = Boxes(source)
    if boxes.is_cut and not boxes.parts:
        raise UnparsableError
    if b"iinf" not in boxes.parts or b"iloc" not in boxes.parts:
        return None
    items = {number: item for number, item in boxes.items().items() if item.mime_type == _XMP_TYPE}
    if not items:
        return None
    references, primary = boxes.references(), boxes.primary()
    described = {item for kind, item, others in references if kind == b"cdsc" and primary in others}
    chosen = min(items, key=lambda item: item not in described)
    made_of = {item: others for kind, item, others in references if kind == b"iloc"}
    data = _Data(source, boxes, made_of).content(chosen)
    if items[chosen].coding in (b"deflate", b"compress_zlib"):
        data = unpacked(data, has_header=data[:1] == b"\x78")
    return data or None


class _Data:
    """The data of items.

    Args:
        made_of: the items that have the data of others.
    """

    def __init__(self, source: ByteSource, boxes: Boxes, made_of: dict[int, list[int]]) -> None:
        self._source = source
        self._boxes = boxes
        self._places = boxes.data_of_items()
        self._made_of = made_of

    def content(self, item: int, depth: int = MAX_DEPTH) -> bytes:
        """An item's data, within the limit."""
        place = self._places.get(item)
        if place is None or place.is_elsewhere or depth == 0:
            raise UnparsableError
        if place.method == IN_ITEM:
            others = self._made_of.get(item, [])
            if len(others) != 1:  # several are numbered by an index that no program writes for XMP
                raise UnparsableError
            whole = self.content(others[0], depth - 1)
            return _capped(whole[at : at + length if length else None] for at, length in place.pieces)
        inside = self._boxes.container(place.method)
        if inside is None:
            raise UnparsableError
        return _capped(
            xmp_at(self._source, inside.start + at, _length(inside.start + at, length, inside.end))
            for at, length in place.pieces
        )


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
