"""Names of a person looked for in texts, all of them in one pass over each."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from face_match.gallery.records.names import name_key

TELLING_LETTERS = 6
"""A shorter name occurs in other words by chance: it has to be a word of its own."""

MAX_SEARCHED = 1000
"""Of a longer name its beginning is looked for, so that each place in a text takes a bounded time."""

FEW_NAMES = 16
"""So many names are looked for one by one quicker than each place of a text is looked at."""

_ASCII_WORD = re.compile("[a-z0-9]+")
_NOT_IN_WORDS = bytes(code for code in range(128) if not chr(code).isalnum() and code != ord("\n"))
_LOWER = bytes(range(256)).lower()


class NameSearch:
    """Names, by the keys of `name_key`, however they are written in a text."""

    def __init__(self, keys: Iterable[str]) -> None:
        words = {key: _words(key) for key in keys}
        self._letters = {"".join(own) for own in words.values()}
        self._long = _SubstringSearch(letters for letters in self._letters if len(letters) >= TELLING_LETTERS)
        self._short = {" ".join(own) for own in words.values() if 0 < len("".join(own)) < TELLING_LETTERS}
        self._signs = _SubstringSearch(key for key, own in words.items() if not own)

    def found_in(self, told: str) -> bool:
        """Whether a text, which is not empty, says one of them."""
        folded = name_key(told)
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
        """Which of many paths say one, by their numbers; faster than one by one where the names are few."""
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
            if not letters or letters in joined:  # of signs alone, of which some are ASCII
                found = zip(plain, joined.split("\n"), strict=True) if plain else ()
                candidates |= {number for number, line in found if letters in line}
        return candidates


class _SubstringSearch:
    """Texts looked for in others: at each place the one that can be there, of those that begin alike."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        last = None
        for piece in sorted({piece[:MAX_SEARCHED] for piece in pieces}):
            if last is None or not piece.startswith(last):  # else where it is, the other one is too
                last = piece
                self._by_start.setdefault(piece[:TELLING_LETTERS], []).append(piece)
        self._pieces = [piece for own in self._by_start.values() for piece in own]
        self._longest = {start: max(map(len, own)) for start, own in self._by_start.items()}
        self._sizes = sorted({*map(len, self._by_start)})

    def found_in(self, text: str) -> bool:
        """Whether one of them is somewhere in a text."""
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
    """The letters and digits of a text that `name_key` has folded, without accents."""
    if key.isascii():  # as most are; what the rest does is slow where there are 200,000 photos
        return _ASCII_WORD.findall(key)
    kept = (c if c.isalnum() else " " for c in key if unicodedata.category(c)[0] != "M")
    return "".join(kept).split()
