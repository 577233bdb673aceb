"""Thousands of words looked for in files of hundreds of megabytes, in one pass over each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

SHORTEST_BYTES = 6
"""Shorter words occur in a file by chance, and are not looked for."""

CHUNK_BYTES = 1 << 22
_SLOTS = 1 << 20
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Of multiplicative hashing (Knuth, The Art of Computer Programming 3, section 6.4)."""

_Starts = npt.NDArray[np.intp]


class Words:
    """Bytes to be looked for.

    Where two bytes begin some word, six are looked up in a table of hashes, and compared where that has them.
    """

    def __init__(self, words: Iterable[bytes]) -> None:
        self._by_start: dict[bytes, list[bytes]] = {}
        for word in {word for word in words if len(word) >= SHORTEST_BYTES}:
            self._by_start.setdefault(word[:SHORTEST_BYTES], []).append(word)
        starts = np.frombuffer(b"".join(self._by_start), np.uint8).reshape(-1, SHORTEST_BYTES)
        self._longest = max((len(word) for own in self._by_start.values() for word in own), default=0)
        self._pairs = np.zeros(1 << 16, bool)
        self._pairs[starts[:, 0].astype(np.intp) | starts[:, 1].astype(np.intp) << 8] = True
        self._slots = np.zeros(_SLOTS, bool)
        self._slots[_slots_of(starts.reshape(-1), np.arange(0, starts.size, SHORTEST_BYTES))] = True

    def are_in_file(self, file: BinaryIO) -> bool:
        """Whether a file, from where it is read on, has any of them."""
        return self.are_in(iter(lambda: file.read(CHUNK_BYTES), b""))

    def are_in(self, pieces: Iterable[bytes]) -> bool:
        """The same of a content in pieces; a word may be of several of them."""
        return self._longest > 0 and any(map(self._is_one_in, self._joined(pieces)))

    def _joined(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Pieces that each begin with the end of the one before."""
        kept: list[bytes] = []
        size = 0
        for piece in pieces:
            kept.append(piece)
            size += len(piece)
            if size >= CHUNK_BYTES:
                chunk = b"".join(kept)
                yield chunk
                kept = [chunk[len(chunk) - self._longest + 1 :]]
                size = len(kept[0])
        yield b"".join(kept)

    def _is_one_in(self, data: bytes) -> bool:
        if len(data) < SHORTEST_BYTES:
            return False
        known = np.frombuffer(data, np.uint8)
        for odd in (0, 1):
            pairs = np.frombuffer(data, "<u2", (len(data) - odd) // 2, odd)
            starts = np.flatnonzero(self._pairs[pairs]) * 2 + odd
            starts = starts[starts <= len(data) - SHORTEST_BYTES]
            for start in starts[self._slots[_slots_of(known, starts)]].tolist():
                words = self._by_start.get(data[start : start + SHORTEST_BYTES], ())
                if any(data.startswith(word, start) for word in words):
                    return True
        return False


def _slots_of(data: npt.NDArray[np.uint8], starts: _Starts) -> _Starts:
    """A hash of the six bytes at each start."""
    values = np.zeros(len(starts), np.uint64)
    for at in range(SHORTEST_BYTES):
        values |= data[starts + at].astype(np.uint64) << np.uint64(8 * at)
    slots: _Starts = ((values * _FACTOR) >> np.uint64(44)).astype(np.intp)
    return slots
