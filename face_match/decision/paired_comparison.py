"""Compare two models on the same photos, with paired bootstrap intervals over people.

The models are compared at the same rate of false matches, each at its own threshold: TAR at an FMR, and FNIR
at an FPIR. How a model's threshold was set plays no part. Each bootstrap sample has the same people for both
models, so that people who are hard for both do not widen the interval of the difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np

from face_match.decision.comparisons import Comparisons
from face_match.decision.confidence_intervals import TAIL, Figure, bootstrap_figures, replicates_for
from face_match.decision.error_rates import Floats
from face_match.decision.identification import Searches

FMRS = (1e-2, 1e-3)
FPIRS = (1e-1, 1e-2)
"""The lowest of either with enough comparisons decides: users want few false matches."""

FEWEST_TO_DECIDE = 10
"""The fewest people for a verdict: with fewer, the interval would call one of two equal models better too
often."""


class ComparisonVerdict(Enum):
    """The second model compared with the first."""

    BETTER = "better"
    WORSE = "worse"
    MIXED = "mixed"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class PairedRates:
    """A rate of both models, and the difference, second minus first, with its interval."""

    first: float
    second: float
    difference: Figure


@dataclass(frozen=True)
class ModelComparison:
    """Two models compared.

    Attributes:
        photos, people: the numbers that both models could embed.
        tar_at_fmr, fnir_at_fpir: by rate, as far as there are enough comparisons or searches.
        fpir, fnir: at each model's own threshold; they show how the thresholds are set, not which model is
            better.
        eer: for information only: nobody uses that threshold.
        gains: the gain in TAR at the lowest FMR, and in FNIR (its decrease) at the lowest FPIR. They decide.
            Their intervals are of 97.5 %, so that two equal models are called different in about 5 % of
            cases.
    """

    photos: int
    people: int
    tar_at_fmr: dict[float, PairedRates]
    fnir_at_fpir: dict[float, PairedRates]
    fpir: PairedRates
    fnir: PairedRates
    eer: PairedRates
    gains: tuple[Figure, ...]

    @property
    def verdict(self) -> ComparisonVerdict:
        """Better or worse if an interval of a gain excludes 0; mixed if the other does so on the other
        side."""
        if self.people < FEWEST_TO_DECIDE:
            return ComparisonVerdict.UNDECIDED
        is_better = any(gain.interval.low > 0 for gain in self.gains)
        is_worse = any(gain.interval.high < 0 for gain in self.gains)
        if is_better and is_worse:
            return ComparisonVerdict.MIXED
        return (
            ComparisonVerdict.BETTER
            if is_better
            else ComparisonVerdict.WORSE
            if is_worse
            else ComparisonVerdict.UNDECIDED
        )


@dataclass(frozen=True, eq=False)
class MeasuredModel:
    """One of two models on the photos of both: its pairs, its searches and its threshold."""

    comparisons: Comparisons
    searches: Searches
    threshold: float


class _SharedRates(NamedTuple):
    """The FMRs and FPIRs at which two models can be compared."""

    fmrs: list[float]
    fpirs: list[float]

    def rates_of(self, model: MeasuredModel, times: Floats) -> Floats:
        """TARs, FNIRs, FPIR and FNIR at the model's threshold, and EER, in a bootstrap sample of people."""
        pairs = model.comparisons.resampled(times)
        searches = model.searches.resampled(times)
        tar = [pairs.tar_at_fmr(fmr) for fmr in self.fmrs]
        fnir = [float(searches.fnmr(searches.threshold_for_fmr(fpir))) for fpir in self.fpirs]
        at_own = searches.fmr(model.threshold), searches.fnmr(model.threshold)
        return np.array([*tar, *fnir, *at_own, pairs.eer], np.float64)

    def gains(self, differences: Floats) -> Floats:
        """The gains that decide, from the differences of `rates_of`."""
        tar, fnir = differences[: len(self.fmrs)], -differences[len(self.fmrs) :][: len(self.fpirs)]
        return np.concatenate([tar[-1:], fnir[-1:]])


def compare_models(
    first: MeasuredModel, second: MeasuredModel, replicates: int | None = None
) -> ModelComparison:
    """Compare the second model with the first.

    Args:
        first, second: on the same photos in the same order.
        replicates: the number of bootstrap samples; by default what takes a few seconds.
    """
    models = (first, second)
    shared = _SharedRates(
        [fmr for fmr in FMRS if all(model.comparisons.rates.can_estimate(fmr) for model in models)],
        [fpir for fpir in FPIRS if all(model.searches.rates.can_estimate(fpir) for model in models)],
    )
    if replicates is None:
        replicates = replicates_for(sum(len(model.comparisons.impostor) for model in models))

    def differences(times: Floats) -> Floats:
        more = shared.rates_of(second, times) - shared.rates_of(first, times)
        return np.append(more, shared.gains(more))

    people = first.comparisons.people
    rates = [shared.rates_of(model, np.ones(people)).tolist() for model in models]
    deciding = len(differences(np.ones(people))) - len(rates[0])
    tails = [TAIL] * len(rates[0]) + [TAIL / 2] * deciding
    found = bootstrap_figures(people, differences, replicates, tails)
    pairs = iter([PairedRates(*of_both) for of_both in zip(*rates, found, strict=False)])
    return ModelComparison(
        photos=len(first.searches.people),
        people=people,
        tar_at_fmr={fmr: next(pairs) for fmr in shared.fmrs},
        fnir_at_fpir={fpir: next(pairs) for fpir in shared.fpirs},
        fpir=next(pairs),
        fnir=next(pairs),
        eer=next(pairs),
        gains=tuple(found[len(rates[0]) :]),
    )
