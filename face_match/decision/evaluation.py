"""The accuracy of one model on labelled photos."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.types import Embeddings
from face_match.decision.comparisons import Comparisons, all_pairs, hardest_impostors
from face_match.decision.confidence_intervals import (
    FEWEST_PEOPLE,
    Figure,
    Interval,
    bootstrap_figures,
    replicates_for,
    with_rule_of_three,
)
from face_match.decision.cross_validation import Fold, cross_validate, max_folds
from face_match.decision.error_rates import ErrorRates, Floats
from face_match.decision.identification import Searches, leave_one_out
from face_match.decision.scoring import NO_RIVAL_PENALTY, RivalPenalty

FMRS = (1e-1, 1e-2, 1e-3, 1e-4)
PRECISIONS = (0.9, 0.99, 0.999)
RANKS = (1, 2, 3, 4, 5)

_CONFUSED_SHOWN = 10


class ErrorsAtThreshold(NamedTuple):
    """The error rates of comparisons and of searches at one threshold."""

    threshold: Figure
    fmr: Figure
    fnmr: Figure
    fpir: Figure
    fnir: Figure


class Confusion(NamedTuple):
    """Two people, by number: the numbers of their comparisons and of false matches, and the highest
    similarity."""

    one: int
    other: int
    pairs: int
    matches: int
    highest: float


@dataclass(frozen=True, eq=False)
class HardNegatives:
    """Accuracy where each photo's only impostor is the most similar other person.

    Attributes:
        rates: over all genuine comparisons and those impostor comparisons.
        tar_at_fmr: by FMR, as far as there are enough comparisons.
        confused: the pairs of people with the largest shares of false matches, the worst first.
    """

    rates: ErrorRates
    eer: Figure
    auc: Figure
    tar_at_fmr: dict[float, Figure]
    confused: tuple[Confusion, ...]


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The accuracy of one model, each figure with a 95 % interval over people.

    Attributes:
        photos, people: the numbers of photos with an embedding, and of their people.
        default: error rates at the program's threshold.
        tar_at_fmr, at_fmr: by FMR, as far as there are enough impostor comparisons.
        rank: identification rates by rank, 1 to 5.
        threshold_for_precision: by precision; None where it is not reached, or there are too few matches.
        folds: the results of cross-validation; empty if not requested or not possible.
        hard_negatives: None if not requested.
    """

    photos: int
    people: int
    comparisons: Comparisons
    searches: Searches
    eer: Figure
    auc: Figure
    default: ErrorsAtThreshold
    tar_at_fmr: dict[float, Figure]
    at_fmr: dict[float, ErrorsAtThreshold]
    rank: dict[int, Figure]
    threshold_for_precision: dict[float, float | None]
    folds: tuple[Fold, ...] = ()
    hard_negatives: HardNegatives | None = None

    @property
    def rates(self) -> ErrorRates:
        return self.comparisons.rates

    @cached_property
    def has_intervals(self) -> bool:
        return self.people >= FEWEST_PEOPLE


def evaluate(
    embeddings: Embeddings,
    people: npt.ArrayLike,
    threshold: float,
    *,
    rival_penalty: RivalPenalty = NO_RIVAL_PENALTY,
    folds: int = 0,
    hard_negatives: bool = False,
    replicates: int | None = None,
) -> Evaluation:
    """Evaluate a model by all pairs of photos and by leave-one-out searches.

    Args:
        embeddings: shape (n, dimensions), each row of unit L2 norm.
        people: the person of each photo, shape (n,), numbered from 0 without gaps.
        threshold: the program's threshold.
        rival_penalty: the penalty of rivals in searches; see `scoring`.
        folds: the number of folds for cross-validation, at most `max_folds`; 0 for none.
        replicates: the number of bootstrap samples; by default what takes a few seconds.
    """
    people = np.asarray(people, np.int64)
    similarities = embeddings @ embeddings.T
    comparisons = all_pairs(similarities, people)
    searches = leave_one_out(embeddings, people, rival_penalty, len(people), similarities=similarities)
    count = comparisons.people
    replicates = replicates_for(len(comparisons.impostor)) if replicates is None else replicates
    fmrs = [fmr for fmr in FMRS if comparisons.rates.can_estimate(fmr)]
    thresholds = [threshold, *(comparisons.rates.threshold_for_fmr(fmr) for fmr in fmrs)]
    figures_of = partial(_figures, comparisons, searches, thresholds, fmrs)
    figures = iter(bootstrap_figures(count, figures_of, replicates))
    eer, auc, rank, tar = _of_people(figures, count, len(fmrs))
    default, *at_fmr = _at_thresholds(figures, count, threshold, len(thresholds))
    hard = _hard_negatives(comparisons, searches, threshold, replicates) if hard_negatives else None
    folds = min(folds, max_folds(count))
    return Evaluation(
        photos=len(people),
        people=count,
        comparisons=comparisons,
        searches=searches,
        eer=eer,
        auc=auc,
        default=default,
        tar_at_fmr=dict(zip(fmrs, tar, strict=True)),
        at_fmr=dict(zip(fmrs, at_fmr, strict=True)),
        rank=dict(zip(RANKS, rank, strict=True)),
        threshold_for_precision={p: _threshold_at_precision(comparisons.rates, p) for p in PRECISIONS},
        folds=tuple(cross_validate(comparisons, folds)) if folds > 1 else (),
        hard_negatives=hard,
    )


def _of_people(
    figures: Iterator[Figure], count: int, fmr_count: int
) -> tuple[Figure, Figure, list[Figure], list[Figure]]:
    """The EER, the AUC, the rates at ranks and the TAR at FMRs, read off the first of `_figures`."""
    eer, auc, *rank = (with_rule_of_three(next(figures), count) for _ in range(2 + len(RANKS)))
    tar = [with_rule_of_three(next(figures), count) for _ in range(fmr_count)]
    return eer, auc, _with_monotone_intervals(rank), _with_monotone_intervals(tar[::-1])[::-1]


def _figures(
    comparisons: Comparisons, searches: Searches, thresholds: list[float], fmrs: list[float], times: Floats
) -> Floats:
    """All figures with each person counted so many times: EER, AUC, the rates at ranks, TAR at the FMRs, four
    rates at each threshold, and the thresholds at the FMRs."""
    rates = comparisons.resampled(times)
    at_thresholds = [
        [rates.fmr(t), rates.fnmr(t), searches.fpir(t, times), searches.fnir(t, times)] for t in thresholds
    ]
    chosen = [rates.threshold_for_fmr(fmr) for fmr in fmrs]
    tar = [float(1.0 - rates.fnmr(t)) for t in chosen]
    ranks = [searches.identification_rate(rank, times) for rank in RANKS]
    return np.array([rates.eer, rates.auc, *ranks, *tar, *chain(*at_thresholds), *chosen], np.float64)


def _hard_negatives(
    comparisons: Comparisons, searches: Searches, threshold: float, replicates: int
) -> HardNegatives:
    hardest = hardest_impostors(comparisons, searches)
    rates = hardest.rates
    fmrs = [fmr for fmr in FMRS if rates.can_estimate(fmr)]

    def figures_of(times: Floats) -> Floats:
        rates = hardest.resampled(times)
        return np.array([rates.eer, rates.auc, *(rates.tar_at_fmr(fmr) for fmr in fmrs)], np.float64)

    figures = bootstrap_figures(hardest.people, figures_of, replicates)
    eer, auc, *tar = [with_rule_of_three(figure, hardest.people) for figure in figures]
    tar_at_fmr = dict(zip(fmrs, _with_monotone_intervals(tar[::-1])[::-1], strict=True))
    return HardNegatives(rates, eer, auc, tar_at_fmr, _confused(comparisons, threshold))


def _confused(comparisons: Comparisons, threshold: float) -> tuple[Confusion, ...]:
    """The most confused pairs: by the share of their comparisons that match, then by the highest
    similarity."""
    if not len(comparisons.impostor):
        return ()
    keys = (comparisons.people, 1) @ np.sort(comparisons.impostor_people, axis=0)
    pairs, of_pair, counts = np.unique(keys, return_inverse=True, return_counts=True)
    matches = np.bincount(of_pair, comparisons.impostor >= threshold).astype(np.int64)
    highest = np.full(len(pairs), -np.inf)
    np.maximum.at(highest, of_pair, comparisons.impostor)
    worst = np.lexsort((-highest, -matches / counts))[:_CONFUSED_SHOWN]
    return tuple(
        Confusion(
            *divmod(int(pairs[k]), comparisons.people), int(counts[k]), int(matches[k]), float(highest[k])
        )
        for k in worst
    )


def _threshold_at_precision(rates: ErrorRates, precision: float) -> float | None:
    """The threshold for a precision; None also where fewer than one false match could be among the
    matches."""
    threshold = rates.threshold_for_precision(precision)
    if threshold is None:
        return None
    matches = rates.genuine_count * (1.0 - float(rates.fnmr(threshold)))
    return threshold if matches * (1.0 - precision) >= 1.0 - 1e-9 else None


def _with_monotone_intervals(figures: list[Figure]) -> list[Figure]:
    """Make the intervals of non-decreasing figures non-decreasing too."""
    lows = np.fmax.accumulate([figure.interval.low for figure in figures])
    highs = np.fmin.accumulate([figure.interval.high for figure in figures][::-1])[::-1]
    return [
        Figure(figure.value, Interval(float(low), float(high)))
        for figure, low, high in zip(figures, lows, highs, strict=True)
    ]


def _at_thresholds(
    figures: Iterator[Figure], count: int, threshold: float, threshold_count: int
) -> list[ErrorsAtThreshold]:
    """The error rates at a threshold and at those of the FMRs, with intervals that are monotone in the
    threshold; read off the rest of `_figures`."""
    units = (count * (count - 1) // 2, count, count, count)
    rates = [[with_rule_of_three(next(figures), unit) for unit in units] for _ in range(threshold_count)]
    thresholds = [Figure(threshold), *figures]
    order = sorted(range(len(thresholds)), key=lambda k: thresholds[k].value)
    fmr, fnmr, fpir, fnir = ([rates[k][rate] for k in order] for rate in range(4))
    falling = (_with_monotone_intervals(column[::-1])[::-1] for column in (fmr, fpir))
    rising = (_with_monotone_intervals(column) for column in (fnmr, fnir))
    in_order = zip(order, *falling, *rising, strict=True)
    at = {k: ErrorsAtThreshold(thresholds[k], fmr, fnmr, fpir, fnir) for k, fmr, fpir, fnmr, fnir in in_order}
    return [at[k] for k in range(len(thresholds))]
