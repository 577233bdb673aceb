"""Error rates on labelled photos, for galleries with too few faces to estimate their own.

`reference_figures.json` has, for each measured model, histograms of the scores of photos with people, in
steps of 0.001. `python -m benchmarks.reference_figures` writes it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.decision.comparisons import Comparisons
from face_match.decision.error_rates import ErrorRates

FILE = Path(__file__).with_name("reference_figures.json")
STEPS = 1000
"""Steps between 0 and 1; lower scores count as 0."""


class ReferenceFigures(NamedTuple):
    """Error rates, and the numbers of photos and people behind them."""

    rates: ErrorRates
    photos: int
    people: int


def reference_figures(model_id: str) -> ReferenceFigures | None:
    """The figures of a model; None if it was not measured."""
    found = json.loads(FILE.read_bytes()).get(model_id)
    if found is None:
        return None
    genuine, impostor = (dict(found[kind]) for kind in ("genuine", "impostor"))
    rates = ErrorRates(
        np.array(list(genuine)) / STEPS,
        np.array(list(impostor)) / STEPS,
        list(genuine.values()),
        list(impostor.values()),
    )
    return ReferenceFigures(rates, found["photos"], found["people"])


def record(comparisons: Comparisons, photos: int) -> dict[str, object]:
    """The entry of the file for a model."""
    return {
        "photos": photos,
        "people": comparisons.people,
        "genuine": _counts(comparisons.genuine),
        "impostor": _counts(comparisons.impostor),
    }


def _counts(similarities: npt.NDArray[np.float64]) -> list[list[int]]:
    """A histogram: pairs of step and count, ascending."""
    steps, counts = np.unique(np.round(similarities.clip(0, 1) * STEPS).astype(int), return_counts=True)
    return [[int(step), int(count)] for step, count in zip(steps, counts, strict=True)]
