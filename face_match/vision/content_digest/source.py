"""A file that is parsed with every read checked, and the hash of what was found in it."""

from __future__ import annotations

import hashlib
import struct

VERSION = b"Face Match content 1\0"
"""Change it with any change of what counts: galleries keep these digests."""

MAX_STEPS = 1_000_000
"""Segments, chunks, boxes or entries of a file, about a microsecond each. A PNG of 200 megapixels has
300,000."""


class NotUnderstoodError(Exception):
    """The file is damaged, hostile or of a form that is not parsed; its pixels may still be decoded."""


class Source:
    """The bytes of a file; reading beyond its end, or in too many steps, raises NotUnderstoodError."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._view = memoryview(data)
        self._steps_left = MAX_STEPS

    def __len__(self) -> int:
        return len(self.data)

    def step(self) -> None:
        """Count one piece of the file."""
        self._steps_left -= 1
        if self._steps_left < 0:
            raise NotUnderstoodError

    def piece(self, start: int, end: int) -> memoryview:
        """The bytes from start up to end, not copied."""
        if not 0 <= start <= end <= len(self.data):
            raise NotUnderstoodError
        return self._view[start:end]

    def number(self, at: int, size: int, order: str = "big") -> int:
        """An unsigned integer of so many bytes; order: "big" or "little"."""
        return int.from_bytes(self.piece(at, at + size), order)  # type: ignore[arg-type]


class ImageData:
    """SHA-256 over named parts. Each is hashed with its length, so that no two lists of parts look alike."""

    def __init__(self, kind: str) -> None:
        self._hash = hashlib.sha256(VERSION + kind.encode() + b"\0")

    def add(self, name: bytes, content: bytes | memoryview) -> None:
        """Add one part."""
        self._hash.update(struct.pack(">BQ", len(name), len(content)) + name)
        self._hash.update(content)

    def digest(self) -> str:
        """Of all that was added, in hex."""
        return self._hash.hexdigest()


class Joined:
    """A part that a file has in several pieces, where it does not matter how it is cut."""

    def __init__(self) -> None:
        self.size = 0
        self._hash = hashlib.sha256()

    def add(self, content: memoryview) -> None:
        """Add the next piece."""
        self.size += len(content)
        self._hash.update(content)

    def content(self) -> bytes:
        """Stands for the pieces in `ImageData.add`."""
        return struct.pack(">Q", self.size) + self._hash.digest()
