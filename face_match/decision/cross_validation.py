"""Does a threshold hold for people it was not chosen on? Cross-validation with folds of people."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from face_match.decision.comparisons import Comparisons
from face_match.decision.confidence_intervals import SEED

FMRS = (1e-2, 1e-3)


class HeldOutRates(NamedTuple):
    """What came of the threshold that keeps an FMR on the people it was chosen on.

    Attributes:
        target: that FMR.
        fmr, tar: with that threshold, of the people who were held out.
    """

    target: float
    threshold: float
    fmr: float
    tar: float


class Fold(NamedTuple):
    """The people held out, and their comparisons. `results` lacks an FMR that there was too little for."""

    people: int
    genuine_pairs: int
    impostor_pairs: int
    results: tuple[HeldOutRates, ...]


class Spread(NamedTuple):
    """Of a figure over the folds that have it."""

    mean: float
    lowest: float
    highest: float


def spread_over_folds(folds: Sequence[Fold], target: float, figure: str) -> Spread | None:
    """Of the "threshold", the "fmr" or the "tar" for an FMR; None where no fold has it."""
    values = [getattr(at, figure) for fold in folds for at in fold.results if at.target == target]
    told = [value for value in values if not math.isnan(value)]
    return Spread(math.fsum(told) / len(told), min(told), max(told)) if told else None


def max_folds(people: int) -> int:
    """Two people at least are in each, or there would be no impostor comparison in it."""
    return people // 2


def cross_validate(comparisons: Comparisons, folds: int, seed: int = SEED) -> list[Fold]:
    """Choose thresholds on all people but those of one fold, and try them on these; for each fold in turn.

    Args:
        folds: from 2 to `max_folds`.
    """
    people = np.random.default_rng(seed).permutation(comparisons.people)
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
