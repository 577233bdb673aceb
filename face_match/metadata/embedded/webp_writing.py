"""Changing the XMP of a WebP. All other chunks stay as they are."""

from __future__ import annotations

import struct

from face_match.core.images.byte_source import ByteSource, UnparsableError
from face_match.core.images.webp_chunks import FIRST_CHUNK, HEAD_BYTES, Chunk, webp_chunks
from face_match.core.translation import marked
from face_match.metadata.embedded.changes import Change, NotRewritableError
from face_match.metadata.embedded.extended_xmp import of_size
from face_match.metadata.embedded.webp import XMP_KINDS

_HAS_XMP, _HAS_ALPHA = 0x04, 0x10
_LOSSY_MARK, _LOSSLESS_MARK = b"\x9d\x01\x2a", b"\x2f"
_MAX_SIZE = (1 << 32) - 10


def xmp_changes(source: ByteSource, packet: bytes) -> list[Change]:
    """The changes that put a packet into the file; raises NotRewritableError."""
    found = [*webp_chunks(source)]
    if any(chunk.kind == b"C2PA" for chunk in found):
        raise NotRewritableError(marked("a change would make its content credentials invalid"))
    old = next((chunk for chunk in found if chunk.kind in XMP_KINDS), None)
    if not found:
        raise UnparsableError
    changes = []
    if old is not None and (same := of_size(packet, old.size)):
        packet = same
    content = _chunk(b"XMP ", packet)
    if old is not None:
        changes.append(Change(old.start, old.end, content))
    else:
        odd = found[-1].size % 2 and found[-1].end == found[-1].start + HEAD_BYTES + found[-1].size
        changes.append(Change(found[-1].end, found[-1].end, b"\0" * odd + content))
    head = next((chunk for chunk in found if chunk.kind == b"VP8X"), None)
    if head is not None and head.size >= 10:
        flags = source.number_at(head.start + HEAD_BYTES, 1) | _HAS_XMP
        changes.append(Change(head.start + HEAD_BYTES, head.start + HEAD_BYTES + 1, bytes([flags])))
    else:
        changes.append(Change(FIRST_CHUNK, FIRST_CHUNK, _extended_header(source, found[0])))
    size = found[-1].end - 8 + sum(change.growth for change in changes)
    if size > _MAX_SIZE:
        raise NotRewritableError(marked("it is too large"))
    return [*changes, Change(4, 8, struct.pack("<I", size))]


def _extended_header(source: ByteSource, image: Chunk) -> bytes:
    """The chunk VP8X of a file that has only an image."""
    head = source.bytes_at(image.start + HEAD_BYTES, min(image.size, 10))
    if image.kind == b"VP8 " and head[3:6] == _LOSSY_MARK and len(head) == 10:
        width, height = (value & 0x3FFF for value in struct.unpack_from("<HH", head, 6))
        flags = _HAS_XMP
    elif image.kind == b"VP8L" and head[:1] == _LOSSLESS_MARK and len(head) >= 5:
        bits = int.from_bytes(head[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        flags = _HAS_XMP | (_HAS_ALPHA if bits >> 28 & 1 else 0)
    else:
        raise UnparsableError
    sides = b"".join((side - 1).to_bytes(3, "little") for side in (width, height))
    return _chunk(b"VP8X", bytes([flags, 0, 0, 0]) + sides)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
