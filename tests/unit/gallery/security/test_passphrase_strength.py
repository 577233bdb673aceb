"""Which passphrases a person is warned about."""

from __future__ import annotations

import pytest

from face_match.gallery.security.passphrase_strength import estimated_bits, is_weak


@pytest.mark.parametrize(
    "passphrase",
    [
        *(
            "",
            "a",
            "secret",
            "Passwort1",
            "correct horse",
            "Grace 1906",
            "qwertyuiop123456",
            "aaaaaaaaaaaaaaaaaaaa",
        ),
        *(
            "12345678901234567890",
            "dragon dragon dragon dragon",
            "2024-05-17",
            "Ada Lovelace 1815",
            "password!!!!",
        ),
    ],
)
def test_what_is_short_common_repeated_or_two_words_is_weak(passphrase: str) -> None:
    assert is_weak(passphrase)


@pytest.mark.parametrize(
    "passphrase",
    [
        *(
            "correct horse battery staple",
            "k7Gq9xT2mP4w",
            "vier Wörter sind genug",
            "Die Katze schläft im Keller.",
        ),
        "צלילה מכונית ירוקה חלון",
    ],
)
def test_four_words_or_twelve_mixed_characters_are_strong(passphrase: str) -> None:
    assert not is_weak(passphrase)


def test_more_is_never_weaker() -> None:
    passphrase = "correct horse 1815 k7Gq battery! staple"
    bits = [estimated_bits(passphrase[:end]) for end in range(0, len(passphrase), 7)]
    assert bits == sorted(bits)


def test_a_very_long_passphrase_is_estimated_at_once() -> None:
    assert estimated_bits("a1" * 100_000) < 10**6
