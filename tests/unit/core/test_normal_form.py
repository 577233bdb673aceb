"""Normal forms: the same text as Python's own, in time that grows with the length."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from face_match.core.normal_form import SHORT_CHARS, NormalForm, normalized
from tests.stopwatch import within

FORMS: tuple[NormalForm, ...] = ("NFC", "NFD", "NFKC", "NFKD")

MARKS = "\u0301\u0345\u0334\u0344\u0f73\u0f75\u0f81\u3099\uff9e\u05b0\u064b\u0e38\u302a\U0001d165\u034f"
"""Combining marks of many classes, and characters that decompose to some."""
LETTERS = "ae\u1f82\u1eadẬשک가각\u1100\u1161\u11a8ﬁ\ufdfaｶ𝅘𝅥𝅮ßİ\ud800 "

long_texts = st.text(st.sampled_from(MARKS + LETTERS), min_size=SHORT_CHARS + 1, max_size=3 * SHORT_CHARS)


@given(st.text() | long_texts)
@example("a" + "\u0345" * 480 + "\u0334" * 480)
@example("".join(map(chr, range(0x300, 0x370))) * 2)
def test_a_text_is_normalised_as_python_does(text: str) -> None:
    for form in FORMS:
        assert normalized(form, text) == unicodedata.normalize(form, text)


def test_every_character_is_normalised_as_python_does_among_many_marks() -> None:
    for code in range(0, 0x20000, 17):
        text = chr(code) * 2 + MARKS * 5
        for form in FORMS:
            assert normalized(form, text) == unicodedata.normalize(form, text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "text",
    ["a" + "\u0345" * 100_000 + "\u0334" * 100_000, "\u0344\u0334" * 100_000, "\uff9e\u0334" * 100_000],
    ids=["marks in the wrong order", "marks that decompose", "marks of compatibility"],
)
def test_many_marks_behind_one_letter_take_no_minutes(form: NormalForm, text: str) -> None:
    with within(10):
        normalized(form, text)
