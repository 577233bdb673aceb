"""Searching texts for many names of a person in one pass."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from face_match.gallery.records.names import name_key

TELLING_LETTERS = 6
"""Shorter names occur in other words by chance, so they must be separate words."""

MAX_SEARCHED = 1000
"""Only the beginning of a longer name is searched for, which bounds the time at each position."""

FEW_NAMES = 16
"""Up to this many names it is faster to search for them one by one."""

_ASCII_WORD = re.compile("[a-z0-9]+")
_NOT_IN_WORDS = bytes(code for code in range(128) if not chr(code).isalnum() and code != ord("\n"))
_LOWER = bytes(range(256)).lower()


class NameSearch:
    """A set of names, as keys of `name_key`, found in any spelling."""

    def __init__(self, keys: Iterable[str]) -> None:
        words = {key: _words(key) for key in keys}
        self._letters = {"".join(own) for own in words.values()}
        self._long = _SubstringSearch(letters for letters in self._letters if len(letters) >= TELLING_LETTERS)
        self._short = {" ".join(own) for own in words.values() if 0 < len("".join(own)) < TELLING_LETTERS}
        self._signs = _SubstringSearch(key for key, own in words.items() if not own)

    def found_in(self, text: str) -> bool:
        """Whether a text, which is not empty, contains one of the names."""
        folded = name_key(text)
        words = _words(folded)
        return self._signs.found_in(folded) or self._long.found_in("".join(words)) or self._has_short(words)

    def _has_short(self, words: Sequence[str]) -> bool:
        if not self._short:
            return False
        if len(self._short) <= FEW_NAMES:
            spaced = f" {' '.join(words)} "
            for short in self._short:  # noqa: SIM110 - any() takes twice as long
                if f" {short} " in spaced:
                    return True
            return False
        for start in range(len(words)):
            letters = 0
            for end in range(start, len(words)):
                letters += len(words[end])
                if letters >= TELLING_LETTERS:
                    break
                if " ".join(words[start : end + 1]) in self._short:
                    return True
        return False

    def matching(self, paths: Sequence[str]) -> list[int]:
        """The indices of the paths that contain a name; faster than one by one if the names are few."""
        candidates: Iterable[int] = range(len(paths))
        if len(self._letters) <= FEW_NAMES:
            candidates = sorted(self._candidates(paths))
        return [number for number in candidates if paths[number] and self.found_in(paths[number])]

    def _candidates(self, paths: Sequence[str]) -> set[int]:
        plain = [number for number, path in enumerate(paths) if path.isascii()]
        lines = "\n".join(paths[number].replace("\n", " ") for number in plain)
        joined = lines.encode().translate(_LOWER, _NOT_IN_WORDS).decode()
        candidates = {number for number, path in enumerate(paths) if not path.isascii()}
        for letters in self._letters:
            if not letters or letters in joined:  # of signs only, some of which are ASCII
                found = zip(plain, joined.split("\n"), strict=True) if plain else ()
                candidates |= {number for number, line in found if letters in line}
        return candidates


class _SubstringSearch:
    """A set of texts to search for: at each position only one of those with the same beginning is
    possible."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        last = None
        for piece in sorted({piece[:MAX_SEARCHED] for piece in pieces}):
            if last is None or not piece.startswith(last):  # otherwise it is found with the other one
                last = piece
                self._by_start.setdefault(piece[:TELLING_LETTERS], []).append(piece)
        self._pieces = [piece for own in self._by_start.values() for piece in own]
        self._longest = {start: max(map(len, own)) for start, own in self._by_start.items()}
        self._sizes = sorted({*map(len, self._by_start)})

    def found_in(self, text: str) -> bool:
        """Whether a text contains one of them."""
        if len(self._pieces) <= FEW_NAMES:
            for piece in self._pieces:  # noqa: SIM110 - as above
                if piece in text:
                    return True
            return False
        return any(
            self._is_at(text, at, text[at : at + size])
            for size in self._sizes
            for at in range(len(text) - size + 1)
            if text[at : at + size] in self._by_start
        )

    def _is_at(self, text: str, at: int, start: str) -> bool:
        pieces = self._by_start[start]
        place = bisect_right(pieces, text[at : at + self._longest[start]])
        return place > 0 and text.startswith(pieces[place - 1], at)


def _words(key: str) -> list[str]:
    """The words of a text in the form of `name_key`, without accents and signs."""
    if key.isascii():  # a fast path for most paths: the rest is slow with 200,000 photos
        return _ASCII_WORD.findall(key)
    kept = (c if c.isalnum() else " " for c in key if unicodedata.category(c)[0] != "M")
    return "".join(kept).split()
