"""95 % confidence intervals by the bootstrap over people.

Comparisons are not independent: each person is in many of them, and a person who is hard to recognise is so
in all. So people, not comparisons, are drawn with replacement, and a comparison counts as often as its people
are drawn: the subsets bootstrap of Bolle, Ratha and Pankanti, "Error analysis of pattern recognition systems:
the subsets bootstrap", Computer Vision and Image Understanding 93 (2004); for a comparison of two people the
product of both counts, as in Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 1 (2007). An
interval is from the 2.5th to the 97.5th percentile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.decision.error_rates import Floats

SEED = 19795
"""Fixed: the same photos give the same intervals."""

FEWEST_PEOPLE = 5
"""With fewer people no interval is given: nothing is known about other people."""

TAIL = 0.025
"""The probability beyond either end of a 95 % interval."""

_MOST, _FEWEST, _WORK = 1000, 200, 100_000_000


class Interval(NamedTuple):
    """Lower and upper end; NaN for both if unknown."""

    low: float
    high: float


_NOTHING = Interval(float("nan"), float("nan"))


class Figure(NamedTuple):
    """A value and its 95 % interval; NaN if unknown."""

    value: float
    interval: Interval = _NOTHING


def replicates_for(comparisons: int) -> int:
    """The number of bootstrap samples: 1,000, fewer for many comparisons, at least 200."""
    return max(_FEWEST, min(_MOST, _WORK // max(1, comparisons)))


def bootstrap_over_people(
    people: int,
    figures_of: Callable[[Floats], Floats],
    replicates: int,
    *,
    tails: npt.ArrayLike = TAIL,
) -> tuple[Floats, Floats] | None:
    """The lower and upper ends of the intervals of f figures, each of shape (f,); None for fewer than
    FEWEST_PEOPLE.

    Intervals are widened to contain the figures themselves where the percentiles do not, which happens with
    few people.

    Args:
        figures_of: gives the figures, shape (f,), of a sample from how often each person occurs, shape
            (people,).
        tails: the probability beyond either end of the intervals: one for all, or shape (f,).
    """
    if people < FEWEST_PEOPLE:
        return None
    estimate = figures_of(np.ones(people))
    drawn = np.random.default_rng(SEED).multinomial(people, np.full(people, 1 / people), replicates)
    sampled = np.stack([figures_of(times.astype(np.float64)) for times in drawn])
    low, high = estimate.copy(), estimate.copy()
    tails = np.broadcast_to(tails, estimate.shape)
    for place in np.flatnonzero(~np.isnan(estimate)):
        values = sampled[~np.isnan(sampled[:, place]), place]
        if len(values):
            low[place] = min(low[place], np.quantile(values, tails[place]))
            high[place] = max(high[place], np.quantile(values, 1 - tails[place]))
    return low, high


def rule_of_three(people: int) -> float:
    """The upper 95 % limit of a share of which no case was seen among so many people: 1 − 0.05^(1/people),
    about 3/people.

    The bootstrap would give 0, since no sample of these people has a case. Source: Hanley and Lippman-Hand,
    "If nothing goes wrong, is everything all right?", JAMA 249 (1983).
    """
    return float(1.0 - 0.05 ** (1.0 / people))


def with_rule_of_three(share: Figure, units: int) -> Figure:
    """A share with the interval of `rule_of_three` if it is 0 or 1 in every bootstrap sample; else as it is.

    Args:
        units: the number of people, or of pairs of people, that can have a case.
    """
    value, (low, high) = share
    if low != high or value not in (0.0, 1.0):
        return share
    chance = rule_of_three(units)
    return Figure(value, Interval(0.0, chance) if value == 0.0 else Interval(1.0 - chance, 1.0))


def bootstrap_figures(
    people: int, figures_of: Callable[[Floats], Floats], replicates: int, tails: npt.ArrayLike = TAIL
) -> list[Figure]:
    """The figures of all people with their intervals. The arguments are those of `bootstrap_over_people`."""
    values = figures_of(np.ones(people))
    ends = bootstrap_over_people(people, figures_of, replicates, tails=tails)
    if ends is None:
        return [Figure(float(value)) for value in values]
    rows = np.stack([values, *ends], axis=1).tolist()
    return [Figure(value, Interval(low, high)) for value, low, high in rows]
