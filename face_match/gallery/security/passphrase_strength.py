"""How hard a passphrase is to guess, estimated without a dictionary.

Only a warning depends on it, which nobody has to follow: a dictionary such as zxcvbn’s would be a dependency
for that alone. Letters in a row are taken for a word, as most are, and a word counts as one of 8,000. So four
words are strong, a name with a year is weak, and mixed characters count for what they are.

Whoever has the files needs about 0.3 s of a core for each guess (scrypt, see `storage.vault`), so 40 bits
take 5,000 years of a core on average, and 30 bits five years.
"""

from __future__ import annotations

import math
import re

STRONG_BITS = 40.0
WORD_BITS = 13.0
_BITS_PER_LETTER, _BITS_PER_DIGIT, _BITS_PER_SIGN, _BITS_FOR_CAPITAL = 4.7, 3.3, 4.0, 1.0
_YEAR_BITS, _OBVIOUS_BITS = 9.0, 3.0
_RUNS = re.compile(r"[^\W\d_]+|\d+|[\W_]", re.UNICODE)
_ROWS = (
    *("abcdefghijklmnopqrstuvwxyz", "0123456789" * 3),
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop"),
)
_FAVOURITES = frozenset(
    (
        *("admin", "dragon", "football", "iloveyou", "letmein", "login", "master", "monkey", "passphrase"),
        *("password", "passwort", "photos", "princess", "secret", "shadow", "sunshine", "test", "welcome"),
    )
)


def estimated_bits(passphrase: str) -> float:
    """The binary logarithm of the number of guesses; the same run a second time adds one bit."""
    bits, seen = 0.0, set[str]()
    for run in _RUNS.findall(passphrase):
        key = run.casefold()
        bits += 1.0 if key in seen else _bits_of(run)
        seen.add(key)
    return bits


def is_weak(passphrase: str) -> bool:
    """Whether a passphrase can be found by trying."""
    return estimated_bits(passphrase) < STRONG_BITS


def _bits_of(run: str) -> float:
    key = run.casefold()
    if len(key) > 1 and (len({*key}) == 1 or _is_in_a_row(key) or key in _FAVOURITES):
        return _OBVIOUS_BITS + math.log2(len(key))
    if key.isdigit():
        return _YEAR_BITS if re.fullmatch(r"(1[5-9]|20)\d\d", key) else _BITS_PER_DIGIT * len(key)
    if not key.isalpha():
        return 1.0 if run == " " else _BITS_PER_SIGN
    capitals = _BITS_FOR_CAPITAL if key != run else 0.0
    return min(_BITS_PER_LETTER * len(key), WORD_BITS) + capitals


def _is_in_a_row(key: str) -> bool:
    return len(key) > 2 and any(key in row or key in row[::-1] for row in _ROWS)
