"""What is typed into the search field: names, or a query such as “Ada and Grace”, “Ada without Grace”, “Ada
-Grace”, “only Ada”.

Names may be typed in part, without accents and in any case, and may have the words of a query in them: where
there are several ways to read a text, the one that fits the gallery's names best is taken.
"""

from __future__ import annotations

import difflib
import functools
import itertools
import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from face_match.core.records import Person
from face_match.gallery.records.names import name_key, search_key
from face_match.workflows.photo_search import PhotoQuery

MOST_WORDS = 40
"""A text with more words of a query than this is read as one name."""
MOST_WORDS_IN_A_PART = 3
"""Longer texts with more words of a query than this are read as one name only where somebody has it."""
MOST_SIMILAR = 3

_SIGN = re.compile(r"\s*[,;&+/]\s*")
_MINUS = re.compile(r"(?<![^\s,])[-−–!](?=[^\s,])")
_TOKEN = re.compile(rf"[,;&+/]|{_MINUS.pattern}|[^\s,;&+/]+")


class Keywords(NamedTuple):
    """The words of a query, folded."""

    together: frozenset[str]
    without: frozenset[str]
    only: frozenset[str]


class PeopleFound(NamedTuple):
    """The people whose names have a text in them, best first; `meant` is the one that fits best, if any."""

    people: Sequence[Person]
    meant: Person | None = None


class UnclearName(NamedTuple):
    """A name in a query that nobody has (`people` have similar ones), or that several people have."""

    text: str
    people: Sequence[Person]
    is_ambiguous: bool


class _Fit(IntEnum):
    """How well a text fits a name, best first."""

    WHOLE, WORDS, STARTS_OF_WORDS, PART, NONE = range(5)


class _Match(NamedTuple):
    fit: _Fit
    people: Sequence[Person]


class _Reading(NamedTuple):
    """A way to read a text from some word on: the names in it, each with whether it is to be left out."""

    cost: int
    names: tuple[tuple[str, _Match, bool], ...]


_TOGETHER = ("and", "with", "&", "+", ",", ";", "/")
_WITHOUT = ("without", "not", "no", "except", "but", "minus", "excluding", "-", "−", "–", "!")
_ONLY = ("only", "just", "alone")
_COST_OF_AMBIGUITY, _COST_OF_UNKNOWN = 10, 100


def keywords(together: str = "", without: str = "", only: str = "") -> Keywords:
    """The words of a query: the English ones, and those of another language, separated by spaces."""
    return Keywords(
        frozenset({*_TOGETHER, *search_key(together).split()}),
        frozenset({*_WITHOUT, *search_key(without).split()}),
        frozenset({*_ONLY, *search_key(only).split()}),
    )


class NameIndex:
    """The names of people, prepared for searching. Slow for thousands; make it in the background."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.people = people
        self._keys = [_spaced(search_key(person.name)) for person in people]
        self._by_key: dict[str, list[Person]] = {}
        for key, person in zip(self._keys, people, strict=True):
            self._by_key.setdefault(key, []).append(person)

    def with_name(self, text: str) -> Sequence[Person]:
        """The people with exactly this name; where several differ in case or accents, those as typed."""
        found = self._by_key.get(_spaced(search_key(text)), ())
        for form in (_spaced, name_key):
            same = [person for person in found if form(person.name) == form(text)]
            if len(same) == 1:
                return same
        return found

    def containing(self, text: str) -> list[tuple[_Fit, Person]]:
        """The people whose names have a text in them, best first, then by name."""
        sought = _spaced(search_key(text))
        if not sought:
            return []
        found = [
            (_fit(sought, key), key, person)
            for key, person in zip(self._keys, self.people, strict=True)
            if sought in key
        ]
        found.sort(key=lambda one: one[:2])
        return [(fit, person) for fit, _, person in found]

    def similar(self, text: str) -> list[Person]:
        """The people whose names, or a word of them, are spelled nearly like a text."""
        by_word: dict[str, list[Person]] = {}
        for key, person in zip(self._keys, self.people, strict=True):
            for word in {key, *key.split()}:
                by_word.setdefault(word, []).append(person)
        close = difflib.get_close_matches(_spaced(search_key(text)), by_word, MOST_SIMILAR)
        people = {person.folder: person for word in close for person in by_word[word]}
        return [*people.values()][:MOST_SIMILAR]

    def match(self, text: str, *, is_whole: bool = False) -> _Match:
        """The people that a text fits best; `is_whole` takes nothing but whole names."""
        whole = self.with_name(text)
        if whole or is_whole:
            return _Match(_Fit.WHOLE if whole else _Fit.NONE, whole)
        found = self.containing(text)
        if not found:
            return _Match(_Fit.NONE, ())
        best = found[0][0]
        return _Match(best, [person for fit, person in found if fit is best])


def read_search(text: str, names: NameIndex, words: Keywords) -> PeopleFound | PhotoQuery | UnclearName:
    """Read what is typed into the search field. A word of a query at its end counts for nothing, as more is
    to come."""
    is_only, reading = _best_reading(_spaced(text).split(), names, words)
    for part, match, _ in reading.names:
        if len(match.people) != 1 and (len(reading.names) > 1 or is_only or reading.names[0][2]):
            similar = match.people or names.similar(part)
            return UnclearName(part, similar, is_ambiguous=bool(match.people))
    if not reading.names:
        return PeopleFound(())
    if len(reading.names) == 1 and not is_only and not reading.names[0][2]:
        part, match, _ = reading.names[0]
        meant = match.people[0] if len(match.people) == 1 and match.fit <= _Fit.WORDS else None
        others = [person for _, person in names.containing(part) if person is not meant]
        found = [meant, *others] if meant is not None else others
        return PeopleFound(found, found[0] if len(found) == 1 else meant)
    people = dict.fromkeys(match.people[0] for _, match, is_out in reading.names if not is_out)
    without = dict.fromkeys(match.people[0] for _, match, is_out in reading.names if is_out)
    return PhotoQuery(tuple(people), tuple(without), is_only)


def last_name_at(text: str, words: Keywords) -> int:
    """Where the name begins that is being typed at the end of a text."""
    start = 0
    for found in _TOKEN.finditer(text):
        kinds = words.together | words.without
        if not text[: found.start()].strip():
            kinds |= words.only
        if search_key(found[0]) in kinds and (
            found.end() < len(text) or _SIGN.fullmatch(found[0]) is not None
        ):
            start = found.end()
    return start + len(text[start:]) - len(text[start:].lstrip())


def _best_reading(tokens: Sequence[str], names: NameIndex, words: Keywords) -> tuple[bool, _Reading]:
    """Whether it begins or ends with “only”, and the names of the reading of lowest cost; of several, the one
    with the fewest names."""
    is_separator = [search_key(token) in words.together | words.without for token in tokens]
    is_without = [search_key(token) in words.without for token in tokens]
    if sum(is_separator) > MOST_WORDS:
        is_separator = is_without = [False] * len(tokens)

    @functools.cache
    def part(start: int, end: int) -> tuple[str, _Match]:
        text, count = " ".join(tokens[start:end]), sum(is_separator[start:end])
        return text, names.match(text, is_whole=count > MOST_WORDS_IN_A_PART)

    end_of_text = _Reading(0, ())
    from_name: dict[tuple[int, bool], _Reading] = {}
    from_separator: dict[tuple[int, bool], _Reading] = {}
    for start, is_out in itertools.product(range(len(tokens) - 1, -1, -1), (False, True)):
        if is_separator[start]:
            after = start + 1, is_out or is_without[start]
            rest = [known[after] for known in (from_name, from_separator) if after in known]
            from_separator[start, is_out] = min(rest, key=_preference, default=end_of_text)
        if start > 1 and not is_separator[start - 1]:
            continue  # a name begins at the start, after “only”, or after one of these words
        readings = []
        for end in range(start + 1, len(tokens) + 1):
            if end == len(tokens) or is_separator[end]:
                text, match = part(start, end)
                rest_of_text = from_separator.get((end, is_out), end_of_text)
                cost = _cost(match, end - start) + rest_of_text.cost
                readings.append(_Reading(cost, ((text, match, is_out), *rest_of_text.names)))
        from_name[start, is_out] = min(readings, key=_preference)
    found = [(False, from_name.get((0, False), end_of_text))]
    if len(tokens) > 1 and is_without[0]:
        found.append((False, from_name[1, True]))
    if len(tokens) > 1 and search_key(tokens[0]) in words.only:
        found.append((True, from_name[1, False]))
    elif len(tokens) > 1 and search_key(tokens[-1]) in words.only:
        found.append((True, _best_reading(tokens[:-1], names, words)[1]))
    return min(found, key=lambda one: _preference(one[1]))


def _cost(match: _Match, length: int) -> int:
    if not match.people:
        return _COST_OF_UNKNOWN + length
    return int(match.fit) + (_COST_OF_AMBIGUITY if len(match.people) > 1 else 0)


def _preference(reading: _Reading) -> tuple[int, int]:
    return reading.cost, len(reading.names)


def _fit(sought: str, key: str) -> _Fit:
    """How a text that is in a name fits it."""
    if sought == key:
        return _Fit.WHOLE
    padded = f" {key} "
    if f" {sought} " in padded:
        return _Fit.WORDS
    return _Fit.STARTS_OF_WORDS if f" {sought}" in padded else _Fit.PART


def _spaced(text: str) -> str:
    """A text in which commas and other signs between names are words, with single spaces."""
    return " ".join(_MINUS.sub("- ", _SIGN.sub(" , ", text)).split())
