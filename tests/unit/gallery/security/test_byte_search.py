"""Searching bytes for words, however many there are and however they begin."""

from __future__ import annotations

import random

import pytest

from face_match.gallery.security.byte_search import CHUNK_BYTES, LONGEST_BYTES, SHORTEST_BYTES, WordSearch
from tests.unit.gallery.call_counting import MOST_GROWTH, calls_made

ALPHABET = "ab"


def test_words_are_found_as_by_searching_one_by_one() -> None:
    drawn = random.Random(1)

    def text(longest: int) -> bytes:
        return "".join(drawn.choices(ALPHABET, k=drawn.randint(1, longest))).encode()

    outcomes = []
    for _ in range(500):
        words, content = [text(14) for _ in range(drawn.randint(0, 6))], text(80)
        expected = any(word in content for word in words if len(word) >= SHORTEST_BYTES)
        at = drawn.randint(0, len(content))
        assert WordSearch(words).found_in([content[:at], content[at:]]) is expected, (words, content)
        outcomes.append(expected)
    assert 50 < sum(outcomes) < 450


def test_a_word_that_begins_with_another_one_hides_none() -> None:
    words = WordSearch([b"aaaaaab", b"aaaaaabaaac", b"aaaaaaca", b"aaaaaad"])
    for content in (b"aaaaaabaaad", b"xaaaaaaca", b"aaaaaaad"):
        assert words.found_in([content])
    for content in (b"aaaaaac", b"aaaaaacb", b"aaaaaaa"):
        assert not words.found_in([content])


def test_a_word_lies_over_the_border_of_chunks_and_a_very_long_one_is_found_by_its_beginning() -> None:
    word = b"0123456789" * 1_000
    for before in range(CHUNK_BYTES - 3, CHUNK_BYTES + 2):
        content = b"-" * before + word[:LONGEST_BYTES] + b"-"
        assert WordSearch([word]).found_in([content[:CHUNK_BYTES], content[CHUNK_BYTES:]])
        assert not WordSearch([word]).found_in([content[:CHUNK_BYTES], content[CHUNK_BYTES:-3]])


@pytest.mark.parametrize("begins", ["aaaaaaaa", ""], ids=["all begin alike", "each begins as it likes"])
def test_twice_as_many_words_and_places_are_twice_the_work(begins: str) -> None:
    def work(count: int) -> int:
        words = WordSearch(f"{begins}{number:08}+".encode() for number in range(count))
        content = "".join(f"{begins}{number:08}-" for number in range(count)).encode()
        return calls_made(lambda: words.found_in([content]))

    assert work(1_000) <= MOST_GROWTH * work(500)
