"""The threshold for merging clusters of unnamed faces.

The more people there are, and the more alike they look, the more similar are the nearest clusters of two
people. So the threshold rises with the similarities between clusters: for a cluster with a near neighbour
more than for one that stands apart. For the built-in model the rule was measured. For others it follows the
similarities of faces that are known to be of different people.
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
ThresholdRule = Callable[[Similarities], Similarities]
"""Gives the threshold within each cluster, from the similarity of each to its nearest one at the lowest
threshold; both of shape (clusters,)."""


class NearestClusterRule(NamedTuple):
    """A threshold that rises by `slope` for each unit by which nearest clusters are above `similarity`: the
    cluster's own and the usual one among all clusters, each with half the weight."""

    similarity: float
    threshold: float
    slope: float


NEAREST_CLUSTER_RULES = {"dlib": NearestClusterRule(0.905, 0.9475, 0.8)}
"""By model id, where measured: a pair precision of about 99 % among 10 to 300 people with one to three photos
each, at random or look-alikes (`python -m benchmarks.clusters`; docs/accuracy.md)."""

HIGHEST = 0.97

FEWEST_PAIRS = 45
"""The number of pairs of ten people."""
MOST_PEOPLE = 500
MOST_IN_PHOTO = 500
WRONG = 0.01
"""The share of single faces that may be as similar to another person."""

BELOW = NormalDist().cdf(-1)
"""The share of a normal distribution more than one standard deviation below the mean."""


def between_person_similarities(embeddings: Embeddings, people: Sequence[Hashable]) -> Similarities:
    """The similarities of all pairs of people, shape (pairs,), by one embedding of each.

    Args:
        embeddings: float32, shape (n, dimensions), each row of unit L2 norm.
        people: the person of each embedding.
    """
    row_of = {person: row for row, person in enumerate(people)}
    return _pairs(embeddings[list(row_of.values())[:MOST_PEOPLE]])


def within_photo_similarities(embeddings: Embeddings, photos: Sequence[Hashable]) -> Similarities:
    """The similarities of all pairs of faces in one photo, shape (pairs,): they are different people. Of the
    first faces, where a photo has more than any would show."""
    places: dict[Hashable, list[int]] = {}
    for place, photo in enumerate(photos):
        places.setdefault(photo, []).append(place)
    return np.concatenate(
        [np.zeros(0, np.float32), *(_pairs(embeddings[some[:MOST_IN_PHOTO]]) for some in places.values())]
    )


def _pairs(embeddings: Embeddings) -> Similarities:
    similarities: Similarities = (embeddings @ embeddings.T)[np.triu_indices(len(embeddings), 1)]
    return similarities


def cluster_threshold_rule(model_id: str, impostors: Callable[[], Similarities]) -> ThresholdRule:
    """The threshold rule of a model; thresholds are between `default_cluster_threshold` and HIGHEST.

    Args:
        impostors: computes impostor similarities; called for models that were not measured.
    """
    lowest, measured = default_cluster_threshold(model_id), NEAREST_CLUSTER_RULES.get(model_id)
    if measured is None:
        return _rule_from_impostors(lowest, impostors())

    def threshold_rule(nearest: Similarities) -> Similarities:
        usual = IMPOSTOR_PRIORS[model_id].posterior_mean(np.sort(nearest), len(nearest))
        more = (nearest + np.float32(usual)) / 2 - np.float32(measured.similarity)
        return np.asarray(np.clip(measured.threshold + measured.slope * more, lowest, HIGHEST), np.float32)

    return threshold_rule


def _rule_from_impostors(lowest: float, impostors: Similarities) -> ThresholdRule:
    """A threshold that WRONG of the faces reach with another person, if impostor similarities are normally
    distributed.

    Median and lower deviation are used, so that a few pairs of one person, as in a collage, hardly count.
    """
    if len(impostors) < FEWEST_PAIRS:
        return lambda nearest: np.full(len(nearest), lowest, np.float32)
    low, middle = np.quantile(impostors, (BELOW, 0.5))

    def threshold_rule(nearest: Similarities) -> Similarities:
        deviations = NormalDist().inv_cdf(1 - WRONG / max(1, len(nearest)))
        threshold = max(lowest, min(HIGHEST, float(middle + deviations * (middle - low))))
        return np.full(len(nearest), threshold, np.float32)

    return threshold_rule
