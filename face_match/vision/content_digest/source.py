"""Checked reading of a file that is being parsed, and the hash of the parts found in it."""

from __future__ import annotations

import hashlib
import struct

VERSION = b"Face Match content 1\0"
"""Change this with every change to what counts: galleries store these digests."""

MAX_STEPS = 1_000_000
"""Segments, chunks, boxes or entries read from one file, at about a microsecond each. A PNG of 200 megapixels
has 300,000."""


class UnparsableError(Exception):
    """The file is damaged, hostile or in a form that is not parsed. Its pixels may still be decodable."""


class Source:
    """The bytes of a file. Reading beyond its end, or in too many steps, raises UnparsableError."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._view = memoryview(data)
        self._steps_left = MAX_STEPS

    def __len__(self) -> int:
        return len(self.data)

    def step(self) -> None:
        """Count one piece of the file; raises UnparsableError for too many."""
        self._steps_left -= 1
        if self._steps_left < 0:
            raise UnparsableError

    def piece(self, start: int, end: int) -> memoryview:
        """The bytes from start up to end, without a copy."""
        if not 0 <= start <= end <= len(self.data):
            raise UnparsableError
        return self._view[start:end]

    def number(self, at: int, size: int, order: str = "big") -> int:
        """An unsigned integer of `size` bytes; order: "big" or "little"."""
        return int.from_bytes(self.piece(at, at + size), order)  # type: ignore[arg-type]


class ContentHash:
    """SHA-256 over named parts. Each part is hashed with its length, so different lists of parts never give
    the same data."""

    def __init__(self, kind: str) -> None:
        self._hash = hashlib.sha256(VERSION + kind.encode() + b"\0")

    def add(self, name: bytes, content: bytes | memoryview) -> None:
        """Add a part."""
        self._hash.update(struct.pack(">BQ", len(name), len(content)) + name)
        self._hash.update(content)

    def digest(self) -> str:
        """The digest of all parts, in hex."""
        return self._hash.hexdigest()


class JoinedPieces:
    """A part that a file stores in several pieces, whose division does not count."""

    def __init__(self) -> None:
        self.size = 0
        self._hash = hashlib.sha256()

    def add(self, content: memoryview) -> None:
        """Add the next piece."""
        self.size += len(content)
        self._hash.update(content)

    def content(self) -> bytes:
        """The size and hash of the pieces, for `ContentHash.add`."""
        return struct.pack(">Q", self.size) + self._hash.digest()
