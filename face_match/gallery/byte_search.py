"""Thousands of words looked for in files of hundreds of megabytes, in one pass over each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

SHORTEST_BYTES = 6
"""Shorter words occur in a file by chance, and are not looked for."""

CHUNK_BYTES = 1 << 20
"""Of which the arrays that are made of it fit the processor's cache."""

_QUICK_BYTES, _QUICK_BITS, _SLOT_BITS = 4, 18, 22
_QUICK_FACTOR, _FACTOR = np.uint32(0x9E3779B1), np.uint64(0x9E3779B97F4A7C15)
"""Of multiplicative hashing (Knuth, The Art of Computer Programming 3, section 6.4)."""

_Bytes = npt.NDArray[np.uint8]
_Numbers = npt.NDArray[np.intp]


class Words:
    """Bytes to be looked for.

    The four bytes at each place are looked up in a small table of hashes; where that has them, six are in a
    larger one; and where that has them too, the words are compared.
    """

    def __init__(self, words: Iterable[bytes]) -> None:
        self._by_start: dict[bytes, list[bytes]] = {}
        for word in {word for word in words if len(word) >= SHORTEST_BYTES}:
            self._by_start.setdefault(word[:SHORTEST_BYTES], []).append(word)
        self._longest = max((len(word) for own in self._by_start.values() for word in own), default=0)
        starts = np.frombuffer(b"".join(self._by_start), np.uint8)
        at = np.arange(0, starts.size, SHORTEST_BYTES)
        self._quick = np.zeros(1 << _QUICK_BITS, bool)
        quick = np.frombuffer(b"".join(word[:_QUICK_BYTES] for word in self._by_start), "<u4")
        self._quick[_quick_slots(quick)] = True
        self._slots = np.zeros(1 << _SLOT_BITS, bool)
        self._slots[_slots(starts, at)] = True

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
        known = np.frombuffer(data, np.uint8)
        for offset in range(_QUICK_BYTES):
            count = (len(data) - offset) // _QUICK_BYTES
            if count <= 0:
                continue
            quick = np.frombuffer(data, "<u4", count, offset)
            starts = np.flatnonzero(self._quick[_quick_slots(quick)]) * _QUICK_BYTES + offset
            starts = starts[starts <= len(data) - SHORTEST_BYTES]
            for start in starts[self._slots[_slots(known, starts)]].tolist():
                words = self._by_start.get(data[start : start + SHORTEST_BYTES], ())
                if any(data.startswith(word, start) for word in words):
                    return True
        return False


def _quick_slots(values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """A hash of each."""
    slots: npt.NDArray[np.uint32] = (values * _QUICK_FACTOR) >> np.uint32(32 - _QUICK_BITS)
    return slots


def _slots(data: _Bytes, starts: _Numbers) -> _Numbers:
    """A hash of the six bytes at each start."""
    values = np.zeros(len(starts), np.uint64)
    for at in range(SHORTEST_BYTES):
        values |= data[starts + at].astype(np.uint64) << np.uint64(8 * at)
    slots: _Numbers = ((values * _FACTOR) >> np.uint64(64 - _SLOT_BITS)).astype(np.intp)
    return slots
