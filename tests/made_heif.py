"""HEIC files made box by box, around one tile of 64 × 64 pixels that a real encoder has made.

The tile: red grows to the right, green grows downwards, and blue is full in the upper left corner (20 × 12).
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Mapping, Sequence

TILE_PX = 64
_ENCODED = base64.b85decode(
    "0RwOV00000000009`FGC{rLC*01pEo0096PKmiN^|NjGU00093kN^M!000939=ZZRApijYC_(`N18@KU0|1Z!00RI30{|YN"
    "Ab|yz>PacCYzP1V0{{pB00RIBKq3GE00%??!E&%7KmY&$+$aIB3E<X)o{xTB*Vxlds$>%0;?D_J6X8d1e&QU0hiaKZNfvz@"
    "{1JP!G_RxR9e;r!&V?GIp4?Q&par*X0;*fXNLxqq{?7CnwcAtFC8>)^5TSstXzL7l-!#2U-h?hjQXBS|sGkT)SShnndhhZK"
    "=|16O60;rLeEs9y`UGxj<qfCqh%73k6SYLhLU;7pw!2aODHFp)#O?Y;br#&&GEIRMzE^QG`07fwC%p^`_k+cL6rSi?kbm`9"
    "`A4TWsN<@?C4%wNN!c3s^EIk$|B+f?OdRmqVE"
)
HVCC, PAYLOAD = _ENCODED[:109], _ENCODED[109:]
"""The configuration of the decoder, and the encoded tile."""


def box(kind: bytes, *content: bytes, is_long: bool = False) -> bytes:
    """A box; with a size of 64 bits if `is_long`."""
    body = b"".join(content)
    if is_long:
        return struct.pack(">I4sQ", 1, kind, 16 + len(body)) + body
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind: bytes, *content: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box with a version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *content)


def spatial(width: int, height: int) -> bytes:
    return full(b"ispe", struct.pack(">II", width, height))


def rotation(quarters_left: int) -> bytes:
    return box(b"irot", bytes([quarters_left]))


def mirroring(axis: int) -> bytes:
    return box(b"imir", bytes([axis]))


def clean_aperture(width: int, height: int, across: int, down: int) -> bytes:
    """The middle part of an image, moved from its centre."""
    return box(b"clap", struct.pack(">8i", width, 1, height, 1, across, 1, down, 1))


def made_heif(
    transforms: Sequence[bytes] = (),
    *,
    columns: int = 1,
    rows: int = 1,
    width: int | None = None,
    height: int | None = None,
    exif: bytes = b"",
    icc: bytes = b"",
    more_pictures: int = 0,
    brand: bytes = b"heic",
    has_long_boxes: bool = False,
) -> bytes:
    """A HEIC of one tile, or of a grid of tiles that are all the same.

    Args:
        transforms: properties of the primary image, in order.
        width, height: what the file says; that of the tiles by default.
        more_pictures: further pictures, which share the tile and the EXIF.
    """
    if icc:
        transforms = [box(b"colr", b"prof", icc), *transforms]
    wide, high = width or columns * TILE_PX, height or rows * TILE_PX
    is_grid = columns * rows > 1
    tiles = [*range(1, 1 + columns * rows)]
    grid_id, exif_id = len(tiles) + 1, len(tiles) + 2
    grid = grid_of(columns, rows, wide, high)
    items: list[tuple[int, bytes, bytes | Sequence[tuple[int, int]]]] = [
        (tile, b"hvc1", b"") for tile in tiles
    ]  # which share the data
    items += [(grid_id, b"grid", grid)] if is_grid else []
    items += [(exif_id, b"Exif", struct.pack(">I", 0) + exif)] if exif else []
    others = [*range(exif_id + 1, exif_id + 1 + more_pictures)]
    items += [(other, b"hvc1", b"") for other in others]
    primary = grid_id if is_grid else tiles[0]
    tile_size = (TILE_PX, TILE_PX) if is_grid else (wide, high)
    properties = [box(b"hvcC", HVCC), spatial(*tile_size), spatial(wide, high), *transforms]
    extra = [*range(4, 4 + len(transforms))]
    uses = {tile: [1, 2, *([] if is_grid else extra)] for tile in tiles}
    uses |= {grid_id: [3, *extra]} if is_grid else {}
    uses |= {other: [1, 2] for other in others}
    references: list[tuple[bytes, int, Sequence[int]]] = []
    references += [(b"dimg", grid_id, tiles)] if is_grid else []
    references += [(b"cdsc", exif_id, [primary, *others])] if exif else []
    return file_of_items(
        items, references, properties, uses, primary, brand=brand, has_long_boxes=has_long_boxes
    )


def grid_of(columns: int, rows: int, width: int, height: int) -> bytes:
    """The data of a grid."""
    return struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)


def file_of_items(
    items: Sequence[tuple[int, bytes, bytes | Sequence[tuple[int, int]]]],
    references: Sequence[tuple[bytes, int, Sequence[int]]],
    properties: Sequence[bytes],
    uses: Mapping[int, Sequence[int]],
    primary: int,
    *,
    payload: bytes = PAYLOAD,
    brand: bytes = b"heic",
    has_long_boxes: bool = False,
    tracks: bytes = b"",
) -> bytes:
    """A file of any items.

    Args:
        items: number, kind, and data: of its own, or pieces of the payload by offset and length; the whole
            payload if there is none.
        references: kind, from which item, to which items.
        uses: the properties of each item, counted from 1.
        tracks: a box to put before the data.
    """
    entries = b"".join(
        full(b"infe", struct.pack(">HH4s", item, 0, kind), b"\0", version=2) for item, kind, _ in items
    )
    used = b"".join(
        struct.pack(">HB", item, len(own)) + bytes(0x80 | one if one != 2 else one for one in own)
        for item, own in uses.items()
    )
    referring = b"".join(
        box(kind, struct.pack(f">HH{len(others)}H", item, len(others), *others))
        for kind, item, others in references
    )
    own_data = b"".join(data for *_, data in items if isinstance(data, bytes))

    def whole(start: int) -> bytes:
        places, at = b"", start + len(payload)
        for item, _, data in items:
            pieces = [(start, len(payload))]
            if isinstance(data, bytes) and data:
                pieces = [(at, len(data))]
                at += len(data)
            elif data:
                pieces = [(start + offset, length) for offset, length in data]
            places += struct.pack(">HHH", item, 0, len(pieces))
            places += b"".join(struct.pack(">II", *piece) for piece in pieces)
        meta = full(
            b"meta",
            full(b"hdlr", struct.pack(">I4s12x", 0, b"pict"), b"\0"),
            full(b"pitm", struct.pack(">H", primary)),
            full(b"iloc", struct.pack(">BBH", 0x44, 0, len(items)), places),
            full(b"iinf", struct.pack(">H", len(items)), entries),
            full(b"iref", referring) if referring else b"",
            box(
                b"iprp",
                box(b"ipco", *properties, is_long=has_long_boxes),
                full(b"ipma", struct.pack(">I", len(uses)), used),
                is_long=has_long_boxes,
            ),
        )
        return box(b"ftyp", brand, b"\0\0\0\0", b"mif1heic", brand) + meta + tracks

    start = len(whole(0)) + (16 if has_long_boxes else 8)
    return whole(start) + box(b"mdat", payload, own_data, is_long=has_long_boxes)
