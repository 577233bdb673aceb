"""Error rates over all thresholds, thinned to what a plot can show."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from face_match.decision.error_rates import ErrorRates, Floats

POINTS = 2000


class Curve(NamedTuple):
    """Arrays of shape (points,), thresholds ascending; precision is NaN where nothing matches."""

    thresholds: Floats
    fmr: Floats
    fnmr: Floats
    precision: Floats


def curve(rates: ErrorRates, points: int = POINTS) -> Curve:
    """The rates at every threshold where they change; of more than `points` thresholds at about so many,
    evenly over the rates and their logarithms."""
    thresholds = rates.thresholds
    if len(thresholds) > points:
        fmr, fnmr = rates.fmr(thresholds), rates.fnmr(thresholds)
        smallest = 1.0 / max(rates.genuine_count, rates.impostor_count)
        wanted = np.concatenate([np.linspace(0, 1, points // 4), np.geomspace(smallest, 1, points // 4)])
        places = np.concatenate([np.searchsorted(-fmr, -wanted), np.searchsorted(fnmr, wanted)])
        ends = (0, len(thresholds) - 1)
        thresholds = thresholds[np.unique(np.clip(np.append(places, ends), *ends))]
    return Curve(thresholds, rates.fmr(thresholds), rates.fnmr(thresholds), rates.precision(thresholds))
