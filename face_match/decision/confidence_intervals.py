"""How far a figure can be trusted: 95 % intervals by the bootstrap over people.

Comparisons are not independent: each person is in many of them, and who is hard to tell apart is so in all.
So people are drawn with replacement, not comparisons, and a comparison counts as often as its people were
drawn: the subsets bootstrap of Bolle, Ratha and Pankanti, "Error analysis of pattern recognition systems: the
subsets bootstrap", Computer Vision and Image Understanding 93 (2004); for a comparison of two people the
product of both, as in Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 1 (2007). An interval is
from the 2.5th to the 97.5th percentile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.decision.error_rates import Floats

SEED = 19795
"""Fixed, so that the same photos give the same intervals."""

FEWEST_PEOPLE = 5
"""From fewer, nothing can be said about people who are not among them."""

TAIL = 0.025
"""Beyond either end of an interval of 95 %."""

_MOST, _FEWEST, _WORK = 1000, 200, 100_000_000


class Interval(NamedTuple):
    """NaN for both where there is nothing to say."""

    low: float
    high: float


_NOTHING = Interval(float("nan"), float("nan"))


class Figure(NamedTuple):
    """A figure and its 95 % interval; NaN where there is nothing to tell."""

    value: float
    interval: Interval = _NOTHING


def replicates_for(comparisons: int) -> int:
    """How many samples to draw: a thousand, fewer where there is much to weigh, but 200."""
    return max(_FEWEST, min(_MOST, _WORK // max(1, comparisons)))


def bootstrap_over_people(
    people: int,
    figures_of: Callable[[Floats], Floats],
    replicates: int,
    *,
    seed: int = SEED,
    tails: npt.ArrayLike = TAIL,
) -> tuple[Floats, Floats] | None:
    """The lower and upper ends, each of shape (f,), of the intervals of f figures.

    They are stretched to contain the figures themselves where the percentiles do not, as may be with
    few people. None for fewer than FEWEST_PEOPLE.

    Args:
        figures_of: the figures, shape (f,), of a sample in which each person comes as many times as the
            array of shape (people,) says.
        tails: what lies beyond either end of each interval: of all, or of each, shape (f,).
    """
    if people < FEWEST_PEOPLE:
        return None
    estimate = figures_of(np.ones(people))
    drawn = np.random.default_rng(seed).multinomial(people, np.full(people, 1 / people), replicates)
    sampled = np.stack([figures_of(times.astype(np.float64)) for times in drawn])
    low, high = estimate.copy(), estimate.copy()
    tails = np.broadcast_to(tails, estimate.shape)
    for place in np.flatnonzero(~np.isnan(estimate)):
        told = sampled[~np.isnan(sampled[:, place]), place]
        if len(told):
            low[place] = min(low[place], np.quantile(told, tails[place]))
            high[place] = max(high[place], np.quantile(told, 1 - tails[place]))
    return low, high


def rule_of_three(people: int) -> float:
    """How large a share may be of which not one case was seen among so many people, at 95 % confidence.

    No sample of these people has a case either, so that the bootstrap would say "none at all". The share of
    people who have any is at most 1 − 0.05^(1/people), about 3 / people: Hanley and Lippman-Hand, "If nothing
    goes wrong, is everything all right?", JAMA 249 (1983).
    """
    return float(1.0 - 0.05 ** (1.0 / people))


def with_rule_of_three(share: Figure, units: int) -> Figure:
    """A share of 0 or 1 that no sample differs from, with the interval of `rule_of_three`: so many people, or
    pairs of them, can be without a case by chance."""
    value, (low, high) = share
    if low != high or value not in (0.0, 1.0):
        return share
    chance = rule_of_three(units)
    return Figure(value, Interval(0.0, chance) if value == 0.0 else Interval(1.0 - chance, 1.0))


def bootstrap_figures(
    people: int, figures_of: Callable[[Floats], Floats], replicates: int, tails: npt.ArrayLike = TAIL
) -> list[Figure]:
    """The figures of `bootstrap_over_people` with their intervals; `tails` as it takes them."""
    values = figures_of(np.ones(people))
    ends = bootstrap_over_people(people, figures_of, replicates, tails=tails)
    if ends is None:
        return [Figure(float(value)) for value in values]
    rows = np.stack([values, *ends], axis=1).tolist()
    return [Figure(value, Interval(low, high)) for value, low, high in rows]
