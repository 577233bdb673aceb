"""Cross-validation over people: does a threshold hold for people who were not used to choose it?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from face_match.decision.comparisons import Comparisons
from face_match.decision.confidence_intervals import SEED

FMRS = (1e-2, 1e-3)


class HeldOutRates(NamedTuple):
    """The rates of a held-out fold at the threshold for an FMR on the other people.

    Attributes:
        target: that FMR.
        fmr, tar: of the people held out.
    """

    target: float
    threshold: float
    fmr: float
    tar: float


class Fold(NamedTuple):
    """The numbers of people and comparisons of a fold, and its rates for each FMR with enough comparisons."""

    people: int
    genuine_pairs: int
    impostor_pairs: int
    results: tuple[HeldOutRates, ...]


class Spread(NamedTuple):
    """The mean and range of a figure over the folds that have it."""

    mean: float
    lowest: float
    highest: float


def spread_over_folds(folds: Sequence[Fold], target: float, figure: str) -> Spread | None:
    """The spread of "threshold", "fmr" or "tar" for an FMR; None if no fold has it."""
    values = [getattr(at, figure) for fold in folds for at in fold.results if at.target == target]
    known = [value for value in values if not math.isnan(value)]
    return Spread(math.fsum(known) / len(known), min(known), max(known)) if known else None


def max_folds(people: int) -> int:
    """The most folds: each needs two people for an impostor comparison."""
    return people // 2


def cross_validate(comparisons: Comparisons, folds: int) -> list[Fold]:
    """For each fold of people, choose thresholds on all other people and apply them to the fold.

    Args:
        folds: 2 to `max_folds`.
    """
    people = np.random.default_rng(SEED).permutation(comparisons.people)
    found = []
    for members in np.array_split(people, folds):
        is_held_out = np.zeros(comparisons.people, bool)
        is_held_out[members] = True
        chosen_on, tried_on = comparisons.rates_among(~is_held_out), comparisons.rates_among(is_held_out)
        results = []
        for target in FMRS:
            if chosen_on.can_estimate(target):
                threshold = chosen_on.threshold_for_fmr(target)
                fmr, fnmr = float(tried_on.fmr(threshold)), float(tried_on.fnmr(threshold))
                results.append(HeldOutRates(target, threshold, fmr, 1.0 - fnmr))
        pairs = int(tried_on.genuine_count), int(tried_on.impostor_count)
        found.append(Fold(len(members), *pairs, tuple(results)))
    return found
