"""What thresholds cost on labelled photos, for galleries that have too few samples to say it themselves.

`reference_figures.json` has, for each model that could be measured, how many comparisons of a photo with a
person lie in each thousandth of similarity. `python -m benchmarks.reference_figures` writes it.
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
"""Of similarity, between 0 and 1; what is lower counts as 0."""


class ReferenceFigures(NamedTuple):
    """The rates, and how many photos of how many people they are from."""

    rates: ErrorRates
    photos: int
    people: int


def reference_figures(model_id: str) -> ReferenceFigures | None:
    """Of a model; None where nothing was measured."""
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
    """What the file says of a model."""
    return {
        "photos": photos,
        "people": comparisons.people,
        "genuine": _counts(comparisons.genuine),
        "impostor": _counts(comparisons.impostor),
    }


def _counts(similarities: npt.NDArray[np.float64]) -> list[list[int]]:
    """Pairs of a thousandth and how many there are, ascending."""
    steps, counts = np.unique(np.round(similarities.clip(0, 1) * STEPS).astype(int), return_counts=True)
    return [[int(step), int(count)] for step, count in zip(steps, counts, strict=True)]
