"""The hash of the parts of a file that count."""

from __future__ import annotations

import hashlib
import struct

VERSION = b"Face Match content 1\0"
"""Change this with every change to what counts: galleries store these digests."""


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
