"""The lowest mean similarity of a group of unnamed faces.

The more people there are, and the more alike they are, the liker the likest strangers: so the threshold
follows how alike the groups are to each other. Under the built-in model that was measured. Under another,
faces that are surely of different people show how alike strangers are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.types import Embeddings
from face_match.decision.impostor_model import IMPOSTOR_PRIORS
from face_match.decision.threshold import default_cluster_threshold

Similarities = npt.NDArray[np.float32]
ThresholdRule = Callable[[Similarities], float]
"""From the similarity of each group at the lowest threshold to the group most alike to it, to the threshold
that holds."""


class NearestClusterRule(NamedTuple):
    """The threshold where groups are so alike to their nearest ones, and what comes to it where they are
    more."""

    similarity: float
    threshold: float
    slope: float


NEAREST_CLUSTER_RULES = {"dlib": NearestClusterRule(0.905, 0.947, 0.8)}
"""By model id, where it was measured: about 99 % of the pairs in groups were right among 10 to 300 people
with one to three photos each, at random or alike (`python -m benchmarks.clusters`; docs/accuracy.md)."""

HIGHEST = 0.97

FEWEST_PAIRS = 45
"""As many as ten people make."""
MOST_PEOPLE = 500
WRONG = 0.01
"""Of the faces that are like no other, the share that may be as alike to a stranger."""

BELOW = NormalDist().cdf(-1)
"""The share of normally distributed values that are more than one standard deviation below the mean."""


def between_person_similarities(embeddings: Embeddings, people: Sequence[Hashable]) -> Similarities:
    """Similarities of different people, by one embedding of each.

    Args:
        embeddings: float32, shape (n, dimensions), of unit length.
        people: whose each is.
    """
    row_of = {person: row for row, person in enumerate(people)}
    return _pairs(embeddings[list(row_of.values())[:MOST_PEOPLE]])


def within_photo_similarities(embeddings: Embeddings, photos: Sequence[Hashable]) -> Similarities:
    """Similarities of the faces that share a photo, which are of different people."""
    places: dict[Hashable, list[int]] = {}
    for place, photo in enumerate(photos):
        places.setdefault(photo, []).append(place)
    return np.concatenate([np.zeros(0, np.float32), *(_pairs(embeddings[some]) for some in places.values())])


def _pairs(embeddings: Embeddings) -> Similarities:
    similarities: Similarities = (embeddings @ embeddings.T)[np.triu_indices(len(embeddings), 1)]
    return similarities


def cluster_threshold_rule(model_id: str, strangers: Callable[[], Similarities]) -> ThresholdRule:
    """The rule of a model; never below `threshold.default_cluster_threshold`, nor above HIGHEST.

    Args:
        strangers: makes similarities of pairs of different people, where nothing was measured.
    """
    lowest, measured = default_cluster_threshold(model_id), NEAREST_CLUSTER_RULES.get(model_id)
    if measured is None:
        return _by_strangers(lowest, strangers())

    def threshold_rule(nearest: Similarities) -> float:
        alike = IMPOSTOR_PRIORS[model_id].posterior_mean(np.sort(nearest), len(nearest))
        more = alike - measured.similarity
        return max(lowest, min(HIGHEST, measured.threshold + measured.slope * more))

    return threshold_rule


def _by_strangers(lowest: float, strangers: Similarities) -> ThresholdRule:
    """So high that for WRONG of the faces some stranger reaches it, if similarities of strangers are normally
    distributed; too few of them say nothing. Median and lower spread are taken, so that a few pairs of one
    person, as in a collage, hardly count."""
    if len(strangers) < FEWEST_PAIRS:
        return lambda _: lowest
    low, middle = np.quantile(strangers, (BELOW, 0.5))

    def threshold_rule(nearest: Similarities) -> float:
        deviations = NormalDist().inv_cdf(1 - WRONG / max(1, len(nearest)))
        return max(lowest, min(HIGHEST, float(middle + deviations * (middle - low))))

    return threshold_rule
