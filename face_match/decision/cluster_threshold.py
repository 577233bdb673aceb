"""The lowest mean similarity of a group of unnamed faces under a model for which it was not measured.

How alike strangers are differs from model to model. Where faces are at hand that are surely of different
people, they show it: the more alike they are, the higher the threshold. It is never below the model's own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from face_match.decision.threshold import GROWTHS, HIGHEST_CUT, cut_among, default_cut
from face_match.types import Vectors

Similarities = npt.NDArray[np.float32]

FEWEST_PAIRS = 45
"""As many as ten people make."""
MOST_PEOPLE = 500
WRONG = 0.01
"""Of the faces that are like no other, the share that may be as alike to a stranger."""

BELOW = NormalDist().cdf(-1)
"""The share of normally distributed values that are more than one standard deviation below the mean."""


def between_people(vectors: Vectors, people: Sequence[Hashable]) -> Similarities:
    """Similarities of different people, by one vector of each.

    Args:
        vectors: float32, shape (n, dimensions), of unit length.
        people: whose each is.
    """
    row_of = {person: row for row, person in enumerate(people)}
    return _pairs(vectors[list(row_of.values())[:MOST_PEOPLE]])


def within_photos(vectors: Vectors, photos: Sequence[Hashable]) -> Similarities:
    """Similarities of the faces that share a photo, which are of different people."""
    places: dict[Hashable, list[int]] = {}
    for place, photo in enumerate(photos):
        places.setdefault(photo, []).append(place)
    return np.concatenate([np.zeros(0, np.float32), *(_pairs(vectors[some]) for some in places.values())])


def _pairs(vectors: Vectors) -> Similarities:
    similarities: Similarities = (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
    return similarities


def cluster_threshold_by(model_id: str, strangers: Similarities) -> Callable[[int], float]:
    """The threshold among so many groups, as `grouping.grouped` asks for it.

    Where it was measured it is `threshold.cut_among`. Else it is so high that for `WRONG` of the faces some
    stranger reaches it, if similarities of strangers are normally distributed. Median and lower spread are
    taken, so that a few pairs of one person, as in a collage, hardly count.

    Args:
        strangers: similarities of pairs of different people; too few say nothing.
    """
    if model_id in GROWTHS or len(strangers) < FEWEST_PAIRS:
        return partial(cut_among, model_id)
    low, middle = np.quantile(strangers, (BELOW, 0.5))

    def stricter(groups: int) -> float:
        deviations = NormalDist().inv_cdf(1 - WRONG / max(1, groups))
        reached = float(middle + deviations * (middle - low))
        return max(default_cut(model_id), min(HIGHEST_CUT, reached))

    return stricter
