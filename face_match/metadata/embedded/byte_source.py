"""Checked reading of a photo's file at chosen places, so that only what is needed is read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Literal, NamedTuple

from face_match.core.translation import marked

MAX_STEPS = 1_000_000
"""Segments, chunks, boxes or entries read from one file. A PNG of 200 megapixels has 300,000."""

MAX_XMP_BYTES = 16 << 20
"""The largest packet: depth maps of phones, which are kept in XMP, have a few megabytes."""


class UnparsableError(Exception):
    """The file is damaged or hostile. `reason`: a short phrase, such as "it is damaged"."""

    def __init__(self, reason: str = marked("it is damaged")) -> None:
        super().__init__(reason)
        self.reason = reason


class NotRewritableError(Exception):
    """The file is not one that is rewritten. `reason`: a short phrase, such as "it is a link"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Change(NamedTuple):
    """A range of a file, and the bytes that replace it."""

    start: int
    end: int
    content: bytes

    @property
    def growth(self) -> int:
        """By how many bytes the file becomes longer."""
        return len(self.content) - (self.end - self.start)


class ByteSource:
    """An open file. Reading beyond its end, or in too many steps, raises UnparsableError."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size
        self._steps_left = MAX_STEPS

    def __len__(self) -> int:
        return self._size

    def bytes_at(self, start: int, size: int) -> bytes:
        """The bytes from an offset."""
        self._steps_left -= 1
        if self._steps_left < 0 or start < 0 or size < 0 or start + size > self._size:
            raise UnparsableError
        self._file.seek(start)
        data = self._file.read(size)
        if len(data) != size:  # it was cut off meanwhile
            raise UnparsableError
        return data

    def number_at(self, start: int, size: int, order: Literal["big", "little"] = "big") -> int:
        """An unsigned integer of `size` bytes."""
        return int.from_bytes(self.bytes_at(start, size), order)

    def xmp_at(self, start: int, size: int) -> bytes:
        """A packet, or a part of one."""
        if size > MAX_XMP_BYTES:
            raise too_large()
        return self.bytes_at(start, size)


def too_large() -> UnparsableError:
    """The error for XMP over the limit."""
    return UnparsableError(f"its XMP has over {MAX_XMP_BYTES >> 20} MB")


_BLOCK_BYTES = 1 << 20


def changed(source: ByteSource, changes: Iterable[Change]) -> Iterator[bytes]:
    """The content of a file with changes, in blocks."""
    done = 0
    for change in sorted(changes):
        if change.start < done:
            raise UnparsableError  # two parts of a hostile file overlap
        yield from _blocks(source, done, change.start)
        yield change.content
        done = change.end
    yield from _blocks(source, done, len(source))


def _blocks(source: ByteSource, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, _BLOCK_BYTES):
        yield source.bytes_at(at, min(_BLOCK_BYTES, end - at))
