"""HEIC and HEIF: Pillow's plugin for them, and how libheif has turned an image.

libheif applies the rotation and the mirroring that a file states (`irot` and `imir`: ISO/IEC 23008-12, 6.5.10
and 6.5.12), and EXIF does not count. Places of faces in other programs refer to the image before that, so
its orientation is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from face_match.core.orientation import mirrored, turned_right

MAX_BOXES = 20_000
"""Boxes of a file that are visited. A photo of a phone has some 500, most of them the tiles of its grid."""

MAX_ITEMS = 16
"""Items of a file of which all may be shown; a photo of a phone with a grid of tiles has more."""
_HIDDEN = 1


def register() -> None:
    """Make Pillow read HEIC and HEIF: the primary image alone, by one thread for each photo."""
    import pi_heif
    from PIL import Image

    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    Image.register_open("HEIF", pi_heif.HeifImageFile)  # whatever its first brand is


def primary_alone(data: bytes) -> bytes:
    """A file in which all items but the primary image are marked as hidden, if it has more than a few.

    The plugin reads the metadata and the profile of each image that is not hidden: 400 images that share
    10 MB took 4 GB.
    """
    boxes = _Boxes(data)
    parts = boxes.parts()
    if b"iinf" not in parts:
        return data
    start, end = parts[b"iinf"].start, parts[b"iinf"].end
    count_bytes = 4 if boxes.number(start, 1) else 2
    if boxes.number(start + 4, count_bytes) <= MAX_ITEMS:
        return data
    primary, changed = boxes.primary(parts), bytearray(data)
    for entry in boxes.inside(start + 4 + count_bytes, end):
        id_bytes = 4 if boxes.number(entry.start, 1) > 2 else 2
        if boxes.number(entry.start + 4, id_bytes) != primary:
            changed[entry.start + 3] |= _HIDDEN
    return bytes(changed)


class _Box(NamedTuple):
    kind: bytes
    start: int
    end: int


def heif_orientation(data: bytes) -> int:
    """The orientation, as in EXIF, that makes the primary image upright; 1 if the file states none."""
    boxes = _Boxes(data)
    parts = boxes.parts()
    orientation = 1
    if b"iprp" not in parts:
        return orientation
    for box in boxes.properties_of(boxes.primary(parts), parts[b"iprp"]):
        if box.kind == b"irot":
            orientation = turned_right(orientation, -(boxes.number(box.start, 1) & 3))
        elif box.kind == b"imir":
            is_across = boxes.number(box.start, 1) & 1
            orientation = mirrored(orientation)
            orientation = orientation if is_across else turned_right(orientation, 2)
    return orientation


class _Boxes:
    """The boxes of a file (ISO/IEC 14496-12), of which it may have any number, of any size."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = MAX_BOXES

    def number(self, at: int, size: int) -> int:
        return int.from_bytes(self._data[at : at + size], "big")

    def inside(self, start: int, end: int) -> Iterator[_Box]:
        """The boxes between two offsets, without their headers, until one does not fit."""
        while start + 8 <= end and self._left > 0:
            self._left -= 1
            size, head = self.number(start, 4), 8
            if size == 1:
                size, head = self.number(start + 8, 8), 16
            elif size == 0:
                size = end - start
            if size < head or start + size > end:
                return
            yield _Box(self._data[start + 4 : start + 8], start + head, start + size)
            start += size

    def parts(self) -> dict[bytes, _Box]:
        """The boxes that describe the items, by kind; empty if there are none."""
        meta = next((box for box in self.inside(0, len(self._data)) if box.kind == b"meta"), None)
        return {} if meta is None else {box.kind: box for box in self.inside(meta.start + 4, meta.end)}

    def primary(self, parts: Mapping[bytes, _Box]) -> int:
        """The number of the primary item; 0 if there is none."""
        box = parts.get(b"pitm")
        if box is None:
            return 0
        return self.number(box.start + 4, 4 if self.number(box.start, 1) else 2)

    def properties_of(self, item: int, box: _Box) -> list[_Box]:
        """The properties of an item, in the order in which they apply."""
        children = [*self.inside(box.start, box.end)]
        listed = [one for own in children if own.kind == b"ipco" for one in self.inside(own.start, own.end)]
        for own in children:
            if own.kind == b"ipma":
                indices = self._associations(own, item)
                return [listed[index - 1] for index in indices if 1 <= index <= len(listed)]
        return []

    def _associations(self, box: _Box, item: int) -> list[int]:
        is_long, is_wide = self.number(box.start, 1) > 0, self.number(box.start + 1, 3) & 1
        at, id_bytes, index_bytes = box.start + 8, 4 if is_long else 2, 2 if is_wide else 1
        for _ in range(min(self.number(box.start + 4, 4), MAX_BOXES)):
            if at >= box.end:
                break
            count = self.number(at + id_bytes, 1)
            first = at + id_bytes + 1
            if self.number(at, id_bytes) == item:
                mask = 0x7FFF if is_wide else 0x7F
                ends = range(first, first + count * index_bytes, index_bytes)
                return [self.number(one, index_bytes) & mask for one in ends]
            at = first + count * index_bytes
        return []
