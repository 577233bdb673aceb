"""Which of two models tells people apart better? Both on the same photos, with paired intervals over people.

Each model is judged at thresholds of its own at which it makes as many false matches as the other, so that
how its threshold was set does not decide: TAR at an FMR, and FNIR at an FPIR. Every sample of the bootstrap
has the same people for both models. What is hard for both then widens no interval: two models can differ for
certain though their own intervals overlap.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np

from face_match.decision.comparisons import Comparisons
from face_match.decision.confidence_intervals import TAIL, Figure, bootstrap_figures, replicates_for
from face_match.decision.error_rates import Floats
from face_match.decision.identification import Identification

FMRS = (1e-2, 1e-3)
FPIRS = (1e-1, 1e-2)
"""The last of either that can be told decides: few false matches are what a person wants."""

FEWEST_TO_DECIDE = 10
"""People. Among fewer, the same interval would call one of two equal models better too often."""


class ComparisonVerdict(Enum):
    """On a model, beside another one."""

    BETTER = "better"
    WORSE = "worse"
    MIXED = "mixed"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class PairedRates:
    """A rate of two models, and the second's less the first's with its interval."""

    first: float
    second: float
    difference: Figure


@dataclass(frozen=True)
class ModelComparison:
    """The second model beside the first one.

    Attributes:
        photos, people: that both could embed.
        tar_at_fmr, fnir_at_fpir: without rates that there are too few comparisons or searches for.
        fpir, fnir: at each model's own threshold: where that stands, not which model is better.
        eer: for information; it is at a threshold that nobody uses.
        gains: of the lowest FMR and the lowest FPIR that can be told, how much better the second model is:
            more TAR, less FNIR. They decide. Their intervals are of 97.5 %, so that both together call one of
            two equal models better in about 5 % of cases.
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
        """Better or worse where an interval leaves 0 out, and none does so on the other side."""
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
    """One of two models on the photos of both: its pairs, its searches, and the threshold it is used with."""

    comparisons: Comparisons
    identification: Identification
    threshold: float


class _Told(NamedTuple):
    """At which rates two models can be compared."""

    fmrs: list[float]
    fpirs: list[float]

    def rates_of(self, model: MeasuredModel, times: Floats) -> Floats:
        """TARs, FNIRs, both errors at the model's threshold, EER: of people who come so many times."""
        pairs = model.comparisons.resampled(times)
        searches = model.identification.resampled(times)
        tar = [pairs.tar_at_fmr(fmr) for fmr in self.fmrs]
        fnir = [float(searches.fnmr(searches.threshold_for_fmr(fpir))) for fpir in self.fpirs]
        at_own = searches.fmr(model.threshold), searches.fnmr(model.threshold)
        return np.array([*tar, *fnir, *at_own, pairs.eer], np.float64)

    def gains(self, differences: Floats) -> Floats:
        """What decides, of the differences of such rates."""
        tar, fnir = differences[: len(self.fmrs)], -differences[len(self.fmrs) :][: len(self.fpirs)]
        return np.concatenate([tar[-1:], fnir[-1:]])


def compare_models(
    first: MeasuredModel, second: MeasuredModel, replicates: int | None = None
) -> ModelComparison:
    """The second model beside the first one.

    Args:
        first, second: of the same photos, in the same order.
        replicates: how many samples the intervals are from; by default as many as take a few seconds.
    """
    models = (first, second)
    told = _Told(
        [fmr for fmr in FMRS if all(model.comparisons.rates.can_estimate(fmr) for model in models)],
        [fpir for fpir in FPIRS if all(model.identification.searches.can_estimate(fpir) for model in models)],
    )
    if replicates is None:
        replicates = replicates_for(sum(len(model.comparisons.impostor) for model in models))

    def differences(times: Floats) -> Floats:
        more = told.rates_of(second, times) - told.rates_of(first, times)
        return np.append(more, told.gains(more))

    people = first.comparisons.people
    rates = [told.rates_of(model, np.ones(people)).tolist() for model in models]
    deciding = len(differences(np.ones(people))) - len(rates[0])
    tails = [TAIL] * len(rates[0]) + [TAIL / 2] * deciding
    found = bootstrap_figures(people, differences, replicates, tails)
    pairs = iter([PairedRates(*of_both) for of_both in zip(*rates, found, strict=False)])
    return ModelComparison(
        photos=len(first.identification.people),
        people=people,
        tar_at_fmr={fmr: next(pairs) for fmr in told.fmrs},
        fnir_at_fpir={fpir: next(pairs) for fpir in told.fpirs},
        fpir=next(pairs),
        fnir=next(pairs),
        eer=next(pairs),
        gains=tuple(found[len(rates[0]) :]),
    )
