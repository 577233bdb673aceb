"""JPEG: XMP in segments APP1 (XMP Specification Part 3, 1.1.3)."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from face_match.core.images.byte_source import ByteSource
from face_match.core.images.jpeg_segments import APP1, jpeg_segments
from face_match.metadata.embedded.extended_xmp import extension_id, joined
from face_match.metadata.embedded.packets import MAX_XMP_BYTES

MAIN = b"http://ns.adobe.com/xap/1.0/\0"
EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
ID_BYTES = 32
"""An extension's id: the MD5 of its content, in hexadecimal digits."""
EXTENSION_HEAD_BYTES = len(EXTENSION) + ID_BYTES + 8

MAX_MAIN_BYTES = 65_533 - len(MAIN)
"""What fits into a segment."""


class JpegXmp(NamedTuple):
    """The XMP of a JPEG.

    Attributes:
        main: the first main packet; None without one.
        extensions: the content of each extension by its id; None where parts of it are missing.
    """

    main: bytes | None
    extensions: dict[bytes, bytes | None]


def read_xmp(source: ByteSource) -> bytes | None:
    """The packet, with its extension where that is complete."""
    found = packets(source)
    if found.main is None:
        return None
    extension = found.extensions.get(extension_id(found.main) or b"")
    return found.main if extension is None else joined(found.main, extension)


def packets(source: ByteSource) -> JpegXmp:
    """The main packet and all extensions."""
    main: bytes | None = None
    parts: dict[bytes, list[tuple[int, bytes]]] = defaultdict(list)
    sizes: dict[bytes, int] = {}
    left = MAX_XMP_BYTES
    for segment in jpeg_segments(source):
        if segment.marker != APP1:
            continue
        head = segment.content(source, EXTENSION_HEAD_BYTES)
        if head.startswith(MAIN) and main is None:
            main = segment.content(source)[len(MAIN) :]
        elif own := id_of_extension(head):
            content = segment.content(source)[EXTENSION_HEAD_BYTES:]
            left -= len(content)
            if left >= 0:
                sizes[own] = int.from_bytes(head[-8:-4], "big")
                parts[own].append((int.from_bytes(head[-4:], "big"), content))
    return JpegXmp(main, {own: _whole(of_one, sizes[own]) for own, of_one in parts.items()})


def id_of_extension(head: bytes) -> bytes | None:
    """The id of an extension, from the beginning of one of its segments; None for another segment."""
    is_one = head.startswith(EXTENSION) and len(head) >= EXTENSION_HEAD_BYTES
    return head[len(EXTENSION) : len(EXTENSION) + ID_BYTES].upper() if is_one else None


def _whole(parts: list[tuple[int, bytes]], size: int) -> bytes | None:
    """An extension put together; None if a part is missing."""
    whole = bytearray()
    for offset, content in sorted(parts):
        if offset != len(whole):
            return None
        whole += content
    return bytes(whole) if len(whole) == size else None
