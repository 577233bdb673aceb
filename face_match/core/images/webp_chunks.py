"""The chunks of a WebP (WebP Container Specification)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from face_match.core.images.byte_source import ByteSource, UnparsableError
from face_match.core.translation import marked

HEAD_BYTES, FIRST_CHUNK = 8, 12
_MAX_CHUNKS = 100_000
"""An animation has one for each frame."""


class Chunk(NamedTuple):
    """A chunk, where it begins, with its head, where it ends, with its padding, and its content's size."""

    kind: bytes
    start: int
    end: int
    size: int


def webp_chunks(source: ByteSource) -> Iterator[Chunk]:
    """The chunks, up to the end of the image."""
    at, end = FIRST_CHUNK, min(8 + source.number_at(4, 4, "little"), len(source))
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
