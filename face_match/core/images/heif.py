"""HEIC and HEIF: what of a file libheif is given, and how it has turned the image.

libheif applies the rotation and the mirroring that a file states (`irot` and `imir`: ISO/IEC 23008-12, 6.5.10
and 6.5.12), and EXIF does not count. Places of faces in other programs refer to the image before that, so
its orientation is needed.
"""

from __future__ import annotations

from face_match.core.images.byte_source import BytesInMemory, UnparsableError
from face_match.core.images.heif_boxes import Boxes
from face_match.core.orientation import mirrored, turned_right

DECODER_BYTES = 3_000_000_000
"""Memory limit of a process that decodes, with its libraries: enough for an image of 129 megapixels and its
file."""

MAX_ITEMS = 16
"""Items of a file of which all may be shown; a photo of a phone with a grid of tiles has more."""
_HIDDEN = 1
_BRANDS_OF_TRACKS = (b"msf1", b"hevc", b"hevx", b"hevm", b"hevs")


def primary_alone(data: bytes) -> bytes:
    """A file without its tracks in which, if it has more than a few items, all but the primary image are
    marked as hidden; raises UnparsableError.

    pi_heif reads the metadata and the profile of each image that is not hidden: 400 images that share
    10 MB took 4 GB. libheif reads all tracks, of which none is shown.
    """
    boxes = Boxes(BytesInMemory(data))
    changed = bytearray(data)
    for box in boxes.outer:
        if box.kind == b"moov":
            at = data.rindex(b"moov", 0, box.start)
            changed[at : at + 4] = b"free"
        elif box.kind == b"ftyp":  # in which a brand may say that there are tracks
            for at in range(box.start + 8, box.end - 3, 4):
                if data[at : at + 4] in _BRANDS_OF_TRACKS:
                    changed[at : at + 4] = b"mif1"
    if b"iinf" not in boxes.parts:
        return bytes(changed)
    start, end = boxes.parts[b"iinf"].start, boxes.parts[b"iinf"].end
    count_bytes = 4 if boxes.number(start, 1) else 2
    if boxes.number(start + 4, count_bytes) > MAX_ITEMS:
        primary = boxes.primary()
        for entry in boxes.inside(start + 4 + count_bytes, end):
            id_bytes = 4 if boxes.number(entry.start, 1) > 2 else 2
            if boxes.number(entry.start + 4, id_bytes) != primary:
                changed[entry.start + 3] |= _HIDDEN
    return bytes(changed)


def heif_orientation(data: bytes) -> int:
    """The orientation, as in EXIF, that makes the primary image upright; 1 if the file states none."""
    orientation = 1
    try:
        boxes = Boxes(BytesInMemory(data))
        for box in boxes.properties().get(boxes.primary(), []):
            if box.kind == b"irot":
                orientation = turned_right(orientation, -(boxes.number(box.start, 1) & 3))
            elif box.kind == b"imir":
                is_across = boxes.number(box.start, 1) & 1
                orientation = mirrored(orientation)
                orientation = orientation if is_across else turned_right(orientation, 2)
    except UnparsableError:
        return 1
    return orientation
