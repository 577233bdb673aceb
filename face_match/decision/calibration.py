"""Error rates of thresholds in one gallery, from its own faces: each is compared with every person, as a
photo would be (`comparisons.search_comparisons`)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from face_match.decision.comparisons import Comparisons
from face_match.decision.confidence_intervals import (
    Interval,
    bootstrap_over_people,
    replicates_for,
    rule_of_three,
)
from face_match.decision.error_rates import Floats
from face_match.decision.threshold import RESOLUTION, lowest_match_score, round_up_threshold

FEWEST_PEOPLE = 10
"""People with several faces that calibration needs. Ten people predicted the FMR of ten others within the
stated interval in 82 and 88 of 100 trials; 83 are expected (`python -m benchmarks.calibration`)."""

FMRS = (1e-1, 1e-2, 1e-3, 1e-4)
"""The FMRs for which thresholds are offered, as far as there are enough comparisons."""

MORE_MISSED = (0.1, 0.3)
"""What stricter thresholds miss, of the genuine comparisons that reach the present one."""


class CalibratedThreshold(NamedTuple):
    """A threshold with its FMR and FNMR, and 95 % intervals over people."""

    threshold: float
    fmr: float
    fmr_interval: Interval
    fnmr: float
    fnmr_interval: Interval


def people_with_several_faces(comparisons: Comparisons) -> int:
    """The number of people with two faces or more."""
    return len(np.unique(comparisons.genuine_people))


def calibrated_threshold(comparisons: Comparisons, threshold: float) -> CalibratedThreshold:
    """The error rates of a threshold.

    For a rate of 0 the upper end of the interval is `rule_of_three`, or, if lower, that of the nearest
    threshold with an error: a higher threshold then never has a higher upper end of its FMR.
    """
    highest = float(comparisons.impostor.max()) if len(comparisons.impostor) else threshold
    lowest = float(np.nextafter(comparisons.genuine.min(), 2)) if len(comparisons.genuine) else threshold

    def figures_of(times: Floats) -> Floats:
        rates = comparisons.resampled(times)
        fmrs, fnmrs = rates.fmr([threshold, highest]), rates.fnmr([threshold, lowest])
        return np.concatenate([fmrs, fnmrs])

    fmr, _, fnmr, _ = figures_of(np.ones(comparisons.people)).tolist()
    ends = bootstrap_over_people(comparisons.people, figures_of, replicates_for(len(comparisons.impostor)))
    if ends is None:
        nothing = Interval(float("nan"), float("nan"))
        return CalibratedThreshold(threshold, fmr, nothing, fnmr, nothing)
    low, high = ends
    intervals = [
        Interval(
            float(low[at]),
            float(high[at]) if share > 0 else min(rule_of_three(comparisons.people), float(high[at + 1])),
        )
        for share, at in ((fmr, 0), (fnmr, 2))
    ]
    return CalibratedThreshold(threshold, fmr, intervals[0], fnmr, intervals[1])


def offered_thresholds(comparisons: Comparisons) -> list[CalibratedThreshold]:
    """The thresholds for the FMRs in `FMRS`, with their error rates."""
    rates = comparisons.rates
    return [
        calibrated_threshold(comparisons, round_up_threshold(rates.threshold_for_fmr(fmr), RESOLUTION))
        for fmr in FMRS
        if rates.can_estimate(fmr)
    ]


def stricter_thresholds(comparisons: Comparisons, threshold: float) -> list[CalibratedThreshold]:
    """Higher thresholds, ascending, with their error rates; none that no genuine comparison reaches."""
    genuine = comparisons.genuine[comparisons.genuine >= lowest_match_score(threshold)]
    if not len(genuine):
        return []
    stricter = {round_up_threshold(float(np.quantile(genuine, share)), RESOLUTION) for share in MORE_MISSED}
    return [
        calibrated_threshold(comparisons, one)
        for one in sorted(stricter)
        if lowest_match_score(one) > lowest_match_score(threshold) and float(comparisons.rates.fnmr(one)) < 1
    ]
