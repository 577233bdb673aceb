"""WebP: XMP in a chunk of its own (WebP Container Specification, Metadata)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from face_match.core.translation import marked
from face_match.metadata.embedded.byte_source import ByteSource, UnparsableError

HEAD_BYTES = 8
XMP_KINDS = (b"XMP ", b"XMP\0")
"""The second is a mistake of some programs."""
_FIRST_CHUNK = 12
_MAX_CHUNKS = 100_000
"""An animation has one for each frame."""


class Chunk(NamedTuple):
    """A chunk, where it begins, with its head, where it ends, with its padding, and its content's size."""

    kind: bytes
    start: int
    end: int
    size: int


def chunks(source: ByteSource) -> Iterator[Chunk]:
    """The chunks, up to the end of the image."""
    at, end = _FIRST_CHUNK, min(8 + source.number_at(4, 4, "little"), len(source))
    for _ in range(_MAX_CHUNKS):
        if at + HEAD_BYTES > end:
            return
        head = source.bytes_at(at, HEAD_BYTES)
        size = int.from_bytes(head[4:], "little")
        if at + HEAD_BYTES + size > len(source):
            raise UnparsableError
        yield Chunk(head[:4], at, min(at + HEAD_BYTES + size + size % 2, len(source)), size)
        at += HEAD_BYTES + size + size % 2
    raise UnparsableError(marked("it has too many chunks"))


def read_xmp(source: ByteSource) -> bytes | None:
    """The packet."""
    for chunk in chunks(source):
        if chunk.kind in XMP_KINDS:
            return source.xmp_at(chunk.start + HEAD_BYTES, chunk.size)
    return None
