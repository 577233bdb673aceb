"""Unicode's normal forms, in time that grows with the length of the text."""

from __future__ import annotations

import itertools
import unicodedata
from typing import Literal

NormalForm = Literal["NFC", "NFD", "NFKC", "NFKD"]

SHORT_CHARS = 64
"""Texts up to this length are normalised by Python alone, which is fastest for names."""


class _Decompositions(dict[int, str]):
    """The decomposition of each character, found when it is first needed."""

    def __init__(self, form: NormalForm) -> None:
        self._form: NormalForm = form

    def __missing__(self, code: int) -> str:
        found = self[code] = unicodedata.normalize(self._form, chr(code))
        return found


_CANONICAL, _COMPATIBLE = _Decompositions("NFD"), _Decompositions("NFKD")


def normalized(form: NormalForm, text: str) -> str:
    """The text in a normal form, as `unicodedata.normalize` gives it.

    Python orders the combining marks behind a letter by insertion: 960 marks in the wrong order take some
    milliseconds, and 20,000 names of such marks minutes. Here they are sorted first.
    """
    if text.isascii():
        return text
    if len(text) > SHORT_CHARS:
        text = text.translate(_COMPATIBLE if "K" in form else _CANONICAL)
        if not unicodedata.is_normalized("NFD", text):
            text = _in_canonical_order(text)
    return unicodedata.normalize(form, text)


def _in_canonical_order(text: str) -> str:
    """A decomposed text with the combining marks of each letter sorted by their class."""
    ordered = list[str]()
    for _, run in itertools.groupby(text, lambda character: unicodedata.combining(character) > 0):
        ordered += sorted(run, key=unicodedata.combining)  # letters have one class and stay as they are
    return "".join(ordered)
