"""Changes of ranges of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from face_match.core.images.byte_source import ByteSource, UnparsableError

_BLOCK_BYTES = 1 << 20


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
