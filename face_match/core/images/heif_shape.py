"""The shape of a HEIC, HEIF or AVIF, checked before libheif or libavif decodes it.

Items refer to items, to properties and to pieces of the file in any way: with a kilobyte, a file can describe
a canvas of a gigapixel that is never shown, or work without end. The libraries limit none of these, and a
decoder cannot be interrupted. Photos have one shape: an image, or a grid of images, which may have alpha.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from face_match.core.images.av1 import largest_frame
from face_match.core.images.byte_source import BytesInMemory, UnparsableError
from face_match.core.images.heif_boxes import Box, Boxes
from face_match.core.translation import marked

MAX_SHARED_BYTES = 1_000_000
"""Bytes that items may have in all beyond those of the file. Encoders store equal tiles once, which are
small, and all tiles have the same properties."""

_CODED = {b"hvc1", b"hev1", b"lhv1", b"av01", b"avc1", b"vvc1", b"evc1", b"jpeg", b"j2k1"}
_DERIVED = {b"grid", b"iovl", b"iden", b"tili", b"tmap"}
_TRANSFORMATIONS = {b"irot", b"imir", b"clap", b"iscl"}
_COLOUR = b"colr"  # which all items share in memory
_ALPHA = (
    b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
    b"urn:mpeg:avc:2015:auxid:1",
    b"urn:mpeg:hevc:2015:auxid:1",
)
_ALPHA_COST = 0.4
"""Memory for a pixel of alpha, of one channel, compared with one of colours."""

UNUSUAL = marked("its parts are combined in a way that photos do not use")
OTHER_SIZES = marked("its parts do not have the sizes that it states")
SHARED = marked("its parts share too much data")
TOO_OFTEN = marked("it states more than one rotation, mirroring or crop for a part")


class UnusualShapeError(ValueError):
    """A file that no camera or photo program writes, with the reason in words."""


class Shape(NamedTuple):
    """What is decoded.

    Attributes:
        width, height: of the image before it is cropped and turned.
        pixels: of all images that are in memory together.
    """

    width: int
    height: int
    pixels: int


def shape_of(data: bytes) -> Shape | None:
    """The shape of the primary image; None for a sequence without one.

    Raises:
        UnusualShapeError: it is not the shape of a photo.
        UnparsableError: the file is damaged.
    """
    boxes = Boxes(BytesInMemory(data))
    tracks = _track_sizes(boxes)
    if len(set(tracks)) > 1:
        raise UnusualShapeError(OTHER_SIZES)
    shape = _Items(boxes, len(data)).shape() if boxes.parts else None
    if not tracks:
        return shape
    (width, height), *_ = tracks
    moving = Shape(width, height, max(width * height, _track_pixels(boxes)))
    return max((one for one in (shape, moving) if one is not None), key=lambda one: one.pixels)


def _track_sizes(boxes: Boxes) -> list[tuple[int, int]]:
    """Width and height of the tracks that have a size (ISO/IEC 14496-12, 8.3.2)."""
    sizes = []
    for movie in boxes.outer:
        for track in boxes.inside(movie.start, movie.end) if movie.kind == b"moov" else ():
            for head in boxes.inside(track.start, track.end) if track.kind == b"trak" else ():
                if head.kind == b"tkhd":
                    table = boxes.table(head, 88 if boxes.number(head.start, 1) else 76)
                    sizes.append((table.number(4) >> 16, table.number(4) >> 16))
    return [size for size in sizes if all(size)]


def _track_pixels(boxes: Boxes) -> int:
    """The pixels of the first frames of all AV1 tracks, as their streams announce them."""
    pixels = 0
    for tables in _sample_tables(boxes):
        found = {table.kind: table for table in tables}
        if len(found) < len(tables):
            raise UnparsableError
        entries, sizes = found.get(b"stsd"), found.get(b"stsz")
        if entries is None or boxes.piece(entries.start + 12, entries.start + 16) != b"av01":
            continue
        for kind, bytes_each in ((b"stco", 4), (b"co64", 8)):
            if kind in found and sizes is not None:
                start = boxes.table(found[kind], 8).number(bytes_each)
                size = boxes.number(sizes.start + 4, 4) or boxes.table(sizes, 12).number(4)
                width, height = largest_frame(boxes.piece(start, start + size))
                pixels += width * height
    return pixels


def _sample_tables(boxes: Boxes) -> Iterator[list[Box]]:
    """The tables of the samples of each track (ISO/IEC 14496-12, 8.5 to 8.7)."""
    found = [box for box in boxes.outer if box.kind == b"moov"]
    for kind in (b"trak", b"mdia", b"minf", b"stbl"):
        found = [box for outer in found for box in boxes.inside(outer.start, outer.end) if box.kind == kind]
    for table in found:
        yield [*boxes.inside(table.start, table.end)]


class _Items:
    """The items of a file that are decoded."""

    def __init__(self, boxes: Boxes, file_bytes: int) -> None:
        self._boxes = boxes
        self._primary = boxes.primary()
        self._kinds = {number: item.kind for number, item in boxes.items().items()}
        self._properties = boxes.properties()
        self._tiles: dict[int, list[int]] = {}
        self._auxiliary: dict[int, list[int]] = {}
        for kind, item, others in boxes.references():
            if kind == b"dimg":
                if item in self._tiles:
                    raise UnusualShapeError(UNUSUAL)
                self._tiles[item] = others
            elif kind == b"auxl":
                for other in {*others}:
                    self._auxiliary.setdefault(other, []).append(item)
        self._pieces = {item: boxes.ranges(data) for item, data in boxes.data_of_items().items()}
        self._bytes_left = file_bytes + MAX_SHARED_BYTES
        self._seen: set[int] = set()

    def shape(self) -> Shape:
        width, height = self._size(self._primary)
        return Shape(width, height, self._pixels(self._primary, may_be_grid=True, may_have_alpha=True))

    def _pixels(self, item: int, *, may_be_grid: bool, may_have_alpha: bool) -> int:
        """The pixels in memory while an item is decoded."""
        self._require_plain(item)
        width, height = self._size(item)
        pixels = max(width * height, self._frame_pixels(item))
        if self._kinds[item] == b"grid" and may_be_grid:
            tiles = self._tiles.get(item, [])
            below = [self._pixels(tile, may_be_grid=False, may_have_alpha=may_have_alpha) for tile in tiles]
            self._require_grid(item, tiles)
            pixels += max(below, default=0)
        elif self._kinds[item] in _DERIVED or item in self._tiles:
            raise UnusualShapeError(UNUSUAL)
        elif self._kinds[item] not in _CODED:
            raise UnparsableError
        alphas = [one for one in self._auxiliary.get(item, ()) if self._is_alpha(one)]
        if alphas and (len(alphas) > 1 or not may_have_alpha):
            raise UnusualShapeError(UNUSUAL)
        for alpha in alphas:
            if self._size(alpha) != (width, height):
                raise UnusualShapeError(OTHER_SIZES)
            plane = self._pixels(alpha, may_be_grid=may_be_grid, may_have_alpha=False)
            pixels += int(plane * _ALPHA_COST)
        return pixels

    def _frame_pixels(self, item: int) -> int:
        """Pixels of the frames in the data of an item, which libavif scales to the stated size."""
        if self._kinds[item] != b"av01":
            return 0
        configured = [
            self._boxes.piece(box.start + 4, box.end)
            for box in self._properties.get(item, ())
            if box.kind == b"av1C"
        ]
        sizes = [largest_frame(stream) for stream in (*configured, self._content(item))]
        return max(width * height for width, height in sizes)

    def _content(self, item: int) -> bytes:
        return b"".join(self._boxes.piece(start, end) for start, end in self._pieces[item])

    def _require_plain(self, item: int) -> None:
        """Raise UnparsableError for an item that is used twice, transformed twice, or has too much data."""
        if item not in self._kinds or not self._pieces.get(item):
            raise UnparsableError  # it is not there
        if item in self._seen:
            raise UnusualShapeError(UNUSUAL)
        self._seen.add(item)
        properties = self._properties.get(item, [])
        kinds = Counter(box.kind for box in properties)
        if any(kinds[kind] > 1 for kind in _TRANSFORMATIONS) or kinds[b"iscl"]:
            raise UnusualShapeError(TOO_OFTEN)
        pieces = sorted(self._pieces[item])
        if any(end > start for (_, end), (start, _) in itertools.pairwise(pieces)):
            raise UnusualShapeError(SHARED)
        self._bytes_left -= sum(end - start for start, end in pieces)
        self._bytes_left -= sum(box.end - box.start for box in properties if box.kind != _COLOUR)
        if self._bytes_left < 0:
            raise UnusualShapeError(SHARED)

    def _require_grid(self, item: int, tiles: list[int]) -> None:
        """Raise UnusualShapeError for a grid (ISO/IEC 23008-12, 6.6.2.3.2) that its tiles do not fill."""
        content = self._content(item)
        side_bytes = 4 if content[1:2] and content[1] & 1 else 2
        if len(content) < 4 + 2 * side_bytes:
            raise UnparsableError
        rows, columns = content[2] + 1, content[3] + 1
        if not tiles or len(tiles) != rows * columns:
            raise UnusualShapeError(UNUSUAL)
        size = (
            int.from_bytes(content[4 : 4 + side_bytes], "big"),
            int.from_bytes(content[4 + side_bytes : 4 + 2 * side_bytes], "big"),
        )
        tile_sizes = {self._size(tile) for tile in tiles}
        if size != self._size(item) or len(tile_sizes) > 1:
            raise UnusualShapeError(OTHER_SIZES)
        for side, tile, count in zip(size, tile_sizes.pop(), (columns, rows), strict=True):
            if not (count - 1) * tile < side <= count * tile:
                raise UnusualShapeError(OTHER_SIZES)

    def _size(self, item: int) -> tuple[int, int]:
        sizes = [box for box in self._properties.get(item, ()) if box.kind == b"ispe"]
        if len(sizes) != 1:
            raise UnparsableError
        table = self._boxes.table(sizes[0], 4)
        size = table.number(4), table.number(4)
        if not all(size):
            raise UnusualShapeError(OTHER_SIZES)
        return size

    def _is_alpha(self, item: int) -> bool:
        kinds = [box for box in self._properties.get(item, ()) if box.kind == b"auxC"]
        return any(
            self._boxes.piece(box.start + 4, box.end).split(b"\0", 1)[0].startswith(_ALPHA) for box in kinds
        )
