"""Checked reading of a file that is parsed, in memory or on the disk."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from typing import BinaryIO, Literal

from face_match.core.translation import marked

MAX_STEPS = 1_000_000
"""Pieces that are read from one file, at about a microsecond each. A PNG of 200 megapixels has 300,000."""


class UnparsableError(ValueError):
    """The file is damaged, hostile or in a form that is not parsed. `reason`: a short phrase."""

    def __init__(self, reason: str = marked("it is damaged")) -> None:
        super().__init__(reason)
        self.reason = reason


class ByteSource(ABC):
    """The bytes of a file. Reading beyond its end, or in too many steps, raises UnparsableError."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._steps_left = MAX_STEPS

    def __len__(self) -> int:
        return self._size

    def bytes_at(self, start: int, size: int) -> bytes:
        """The bytes from an offset."""
        self.require_inside(start, size)
        return self._read(start, size)

    def number_at(self, start: int, size: int, order: Literal["big", "little"] = "big") -> int:
        """An unsigned integer of `size` bytes."""
        return int.from_bytes(self.bytes_at(start, size), order)

    def require_inside(self, start: int, size: int) -> None:
        """Count one step; raise UnparsableError for a piece that is not in the file, or for too many."""
        self._steps_left -= 1
        if self._steps_left < 0 or start < 0 or size < 0 or start + size > self._size:
            raise UnparsableError

    @abstractmethod
    def _read(self, start: int, size: int) -> bytes: ...


class BytesInMemory(ByteSource):
    """A file that was read as a whole."""

    def __init__(self, data: bytes) -> None:
        super().__init__(len(data))
        self.data = data
        self._view = memoryview(data)

    def view(self, start: int, size: int) -> memoryview:
        """The bytes from an offset, without a copy."""
        self.require_inside(start, size)
        return self._view[start : start + size]

    def _read(self, start: int, size: int) -> bytes:
        return self.data[start : start + size]


class BytesOnDisk(ByteSource):
    """An open file, of which only what is asked for is read."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(os.fstat(file.fileno()).st_size)
        self._file = file

    def _read(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        data = self._file.read(size)
        if len(data) != size:  # it was cut off meanwhile
            raise UnparsableError
        return data
