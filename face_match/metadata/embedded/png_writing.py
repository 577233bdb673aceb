"""Changing the XMP of a PNG. All other chunks, and what follows them, stay as they are."""

from __future__ import annotations

import struct
import zlib

from face_match.core.images.byte_source import ByteSource
from face_match.core.images.png_chunks import png_chunks
from face_match.core.translation import marked
from face_match.metadata.embedded.changes import Change, NotRewritableError
from face_match.metadata.embedded.extended_xmp import of_size
from face_match.metadata.embedded.png import KEYWORD, read_chunk

_CREDENTIALS = b"caBX"
_HEAD = KEYWORD + b"\0\0\0\0\0"
"""Not compressed, without a language and a translated keyword, as the XMP Specification asks for."""


def xmp_changes(source: ByteSource, packet: bytes) -> list[Change]:
    """The changes that put a packet into the file; raises NotRewritableError."""
    found = [*png_chunks(source)]
    if any(chunk.kind == _CREDENTIALS for chunk in found):
        raise NotRewritableError(marked("a change would make its content credentials invalid"))
    read = read_chunk(source)
    if read is None:
        place = found[0].end
        return [Change(place, place, _chunk(packet))]
    old, _ = read
    packet = of_size(packet, old.content_bytes - len(_HEAD)) or packet
    return [Change(old.start, old.end, _chunk(packet))]


def _chunk(packet: bytes) -> bytes:
    content = b"iTXt" + _HEAD + packet
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
