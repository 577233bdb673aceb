"""Searching large files for thousands of words in one pass."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

SHORTEST_BYTES = 6
"""Shorter words occur by chance and are not searched for."""

LONGEST_BYTES = 4096
"""Only the beginning of a longer word is searched for, which bounds the time at each position."""

CHUNK_BYTES = 1 << 20
"""The arrays made of a chunk of this size fit the processor's cache."""

_QUICK_BYTES, _QUICK_BITS, _SLOT_BITS = 4, 18, 22
_QUICK_FACTOR, _FACTOR = np.uint32(0x9E3779B1), np.uint64(0x9E3779B97F4A7C15)
"""Factors for multiplicative hashing (Knuth, The Art of Computer Programming 3, section 6.4)."""

_Bytes = npt.NDArray[np.uint8]
_Numbers = npt.NDArray[np.intp]


class WordSearch:
    """A set of words, as bytes, to search for.

    The four bytes at each position are looked up in a small hash table. On a hit six bytes are looked up in a
    larger one, and on a second hit the only possible word is compared.
    """

    def __init__(self, words: Iterable[bytes]) -> None:
        self._by_start: dict[bytes, list[bytes]] = {}
        for word in _without_longer({word[:LONGEST_BYTES] for word in words if len(word) >= SHORTEST_BYTES}):
            self._by_start.setdefault(word[:SHORTEST_BYTES], []).append(word)
        self._longest_of = {start: max(map(len, own)) for start, own in self._by_start.items()}
        self._longest = max(self._longest_of.values(), default=0)
        starts = np.frombuffer(b"".join(self._by_start), np.uint8)
        at = np.arange(0, starts.size, SHORTEST_BYTES)
        self._quick = np.zeros(1 << _QUICK_BITS, bool)
        quick = np.frombuffer(b"".join(word[:_QUICK_BYTES] for word in self._by_start), "<u4")
        self._quick[_quick_slots(quick)] = True
        self._slots = np.zeros(1 << _SLOT_BITS, bool)
        self._slots[_slots(starts, at)] = True

    def found_in_file(self, file: BinaryIO) -> bool:
        """Whether a file contains a word, from its current position on."""
        return self.found_in(iter(lambda: file.read(CHUNK_BYTES), b""))

    def found_in(self, pieces: Iterable[bytes]) -> bool:
        """Whether content in pieces contains a word; a word may span pieces."""
        return self._longest > 0 and any(map(self._is_one_in, self._joined(pieces)))

    def _joined(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Chunks that overlap by the length of the longest word."""
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
                if self._is_at(data, start):
                    return True
        return False

    def _is_at(self, data: bytes, start: int) -> bool:
        """Whether a word starts at a position.

        No word is a prefix of another, so only the last word that sorts before the content is possible.
        """
        begun = data[start : start + SHORTEST_BYTES]
        words = self._by_start.get(begun)
        if words is None:
            return False
        at = bisect_right(words, data[start : start + self._longest_of[begun]])
        return at > 0 and data.startswith(words[at - 1], start)


def _without_longer(words: Iterable[bytes]) -> Iterator[bytes]:
    """The words in order, without those that start with another word and so are found with it."""
    last = None
    for word in sorted(words):
        if last is None or not word.startswith(last):
            last = word
            yield word


def _quick_slots(values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Hashes of 4-byte values."""
    slots: npt.NDArray[np.uint32] = (values * _QUICK_FACTOR) >> np.uint32(32 - _QUICK_BITS)
    return slots


def _slots(data: _Bytes, starts: _Numbers) -> _Numbers:
    """Hashes of the six bytes at each start."""
    values = np.zeros(len(starts), np.uint64)
    for at in range(SHORTEST_BYTES):
        values |= data[starts + at].astype(np.uint64) << np.uint64(8 * at)
    slots: _Numbers = ((values * _FACTOR) >> np.uint64(64 - _SLOT_BITS)).astype(np.intp)
    return slots
