"""The chunks of a PNG (PNG Specification, 5.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from face_match.core.images.byte_source import ByteSource, UnparsableError

_SIGNATURE_BYTES, HEAD_BYTES, CHECKSUM_BYTES = 8, 8, 4


class Chunk(NamedTuple):
    """A chunk, and where it begins and ends, with its size and checksum."""

    kind: bytes
    start: int
    end: int

    @property
    def content_bytes(self) -> int:
        """The size of its content, which begins behind its head."""
        return self.end - self.start - HEAD_BYTES - CHECKSUM_BYTES


def png_chunks(source: ByteSource) -> Iterator[Chunk]:
    """The chunks, up to the last one, which may be cut off."""
    at = _SIGNATURE_BYTES
    while True:
        head = source.bytes_at(at, HEAD_BYTES)
        end = at + HEAD_BYTES + int.from_bytes(head[:4], "big") + CHECKSUM_BYTES
        is_last = head[4:] == b"IEND"
        if end > len(source) and not is_last:
            raise UnparsableError
        yield Chunk(head[4:], at, end)
        if is_last:
            return
        at = end
