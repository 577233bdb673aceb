"""What a threshold costs in one gallery.

Learned from the gallery's own faces, each compared with every person as a photo would be
(`comparisons.search_comparisons`).
"""

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
from face_match.decision.threshold import RESOLUTION, round_up_threshold

FEWEST_PEOPLE = 10
"""With two samples or more, to be learned from. Ten people predicted the FMR of ten others within the
interval stated in 82 and 88 of 100 tries; 83 are to be expected (`python -m benchmarks.calibration`)."""

FMRS = (1e-1, 1e-2, 1e-3, 1e-4)
"""For which thresholds are offered, as far as there are comparisons to tell."""


class CalibratedThreshold(NamedTuple):
    """What a threshold costs, with intervals of 95 % over people."""

    threshold: float
    fmr: float
    fmr_interval: Interval
    fnmr: float
    fnmr_interval: Interval


def people_with_several_faces(comparisons: Comparisons) -> int:
    """How many people have two samples or more."""
    return len(np.unique(comparisons.genuine_people))


def calibrated_threshold(comparisons: Comparisons, threshold: float) -> CalibratedThreshold:
    """What a threshold costs.

    Of what was not seen once the upper end is that of the nearest threshold at which it was, if that is
    lower than `rule_of_three`: so an FMR has no higher limit at a higher threshold.
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
    """What the thresholds cost that keep an FMR of `FMRS` each."""
    rates = comparisons.rates
    return [
        calibrated_threshold(comparisons, round_up_threshold(rates.threshold_for_fmr(fmr), RESOLUTION))
        for fmr in FMRS
        if rates.can_estimate(fmr)
    ]
