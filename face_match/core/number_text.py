"""Counts, shares and probabilities as text."""

from __future__ import annotations

import math

from face_match.core.translation import marked, number, tr, translated

UNKNOWN = marked("not known")

MIN_SHARE_IN_PERCENT = 0.2
"""`one_in` writes a larger share as a percentage."""

MAX_ONE_IN = 0.5
"""`one_in_always` writes a larger share as "more than 1 in 2"."""

MIN_EXACT_SHARE = 1e-5
"""`one_in` writes a smaller share as "fewer than …"."""


def plural(count: int, one: str, many: str) -> str:
    """A count with its noun: "1 person", "1,204 people"."""
    return f"{count:,} {one if count == 1 else many}"


def percent(share: float) -> str:
    """A share, 0..1, as a percentage: "1.1 %", "0.044 %", "99.953 %".

    It has two digits of the share, or of what is missing from 100 %, and at most four decimals.
    """
    if math.isnan(share):
        return translated(UNKNOWN)
    rest = 100 * min(share, 1 - share)
    decimals = 0 if rest < 1e-9 else min(4, max(1, 1 - math.floor(math.log10(rest))))
    return tr("{number} %", number=number(100 * share, decimals))


def exact_percent(share: float) -> str:
    """A chosen share, 0..1, as a percentage without rounding: "0.1 %"."""
    digits = f"{100 * share:g}"
    if "e" in digits:
        return tr("{number} %", number=digits)
    return tr("{number} %", number=number(100 * share, len(digits.partition(".")[2])))


def probability_text(probability: float) -> str:
    """A probability as a percentage, never 0 % or 100 %: "97 %", "> 99 %", "< 1 %"."""
    if probability > 0.99:
        return tr("> 99 %")
    return tr("< 1 %") if probability < 0.01 else tr("{number} %", number=number(100 * probability))


def one_in_always(share: float) -> str:
    """A share that is never a percentage: "more than 1 in 2", "about 1 in 90", "fewer than 1 in 100,000"."""
    if share > MAX_ONE_IN:
        return tr("more than 1 in 2")
    if share > MIN_EXACT_SHARE:
        return tr("about 1 in {number}", number=number(round_to_two_digits(1 / share)))
    return tr("fewer than 1 in {number}", number=number(round(1 / MIN_EXACT_SHARE)))


def one_in(share: float) -> str:
    """A share before its English noun: "about 1 in 90", "fewer than 1 in 100,000", "25 % of"."""
    if share > MIN_SHARE_IN_PERCENT:
        return tr("{number} % of", number=number(100 * share))
    return one_in_always(share)


def strangers(share: float) -> str:
    """A share of strangers: "about 1 in 90 strangers", "25 % of strangers"."""
    if share > MIN_SHARE_IN_PERCENT:
        return tr("{number} % of strangers", number=number(100 * share))
    if share > MIN_EXACT_SHARE:
        return tr("about 1 in {number} strangers", number=number(round_to_two_digits(1 / share)))
    return tr("fewer than 1 in {number} strangers", number=number(round(1 / MIN_EXACT_SHARE)))


def comparisons(share: float) -> str:
    """A share of comparisons: "about 1 in 90 comparisons", "25 % of comparisons"."""
    if share > MIN_SHARE_IN_PERCENT:
        return tr("{number} % of comparisons", number=number(100 * share))
    if share > MIN_EXACT_SHARE:
        return tr("about 1 in {number} comparisons", number=number(round_to_two_digits(1 / share)))
    return tr("fewer than 1 in {number} comparisons", number=number(round(1 / MIN_EXACT_SHARE)))


def round_to_two_digits(count: float) -> int:
    """A count rounded to two digits; below ten, to a whole number."""
    digits = max(0, len(str(round(count))) - 2)
    return int(round(count, -digits))
