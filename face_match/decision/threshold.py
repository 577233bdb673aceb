"""Thresholds: the lowest score of a match."""

from __future__ import annotations

import math

from face_match.core.matches import Match
from face_match.core.model_families import ThresholdRange, family_of

SLIDER_STEP = 0.005
"""The step of the threshold slider."""
RESOLUTION = 0.001
"""Similarities and scores are shown, and compared with thresholds, at three decimals."""

RANGES = {
    "facenet": ThresholdRange(0.30, 0.95, 0.70),
    "dlib": ThresholdRange(0.80, 1.00, 0.94),
}
"""By model id. FaceNet: the threshold of the original demo. dlib: an FPIR of 0.5 to 1.0 % in galleries of 10
to 200 people with three faces each, with scores by `scoring` (`python -m benchmarks.open_set`;
docs/accuracy.md). Added models have theirs in `model_families`."""

CLUSTER_THRESHOLDS = {"facenet": 0.70, "dlib": 0.935}
"""By model id: the lowest mean similarity of a cluster of unnamed faces (`clustering.cluster_faces`).
dlib: 98.9 % of the pairs in clusters were right at 0.937 for people who were not used to choose it, 98.9 % at
0.935 with one to three photos of each of 38 people (`python -m benchmarks.grouping`). FaceNet: its default
threshold, not measured; that is careful, since the mean similarity of a cluster is lower than its highest
one."""

UNLIKE_BELOW = {"dlib": 0.90}
"""By model id: faces whose most similar faces of a person, who has at least FEWEST_TO_BE_UNLIKE, are less
similar on average do not look like that person. dlib: so are 87 to 93 % of wrong names and 1.0 % of
right ones of one face, none of three (three and six known faces; LFW, ORL, CFP and stills)."""
FEWEST_TO_BE_UNLIKE = 3

UNKNOWN_MODEL = ThresholdRange(0.0, 1.0, 0.70)


def threshold_range(model_id: str) -> ThresholdRange:
    """The range and default of a model's thresholds: its own, its family's, or UNKNOWN_MODEL."""
    family = family_of(model_id)
    of_family = family.thresholds if family is not None else None
    return RANGES.get(model_id) or of_family or UNKNOWN_MODEL


def default_cluster_threshold(model_id: str) -> float:
    """The lowest mean similarity of two clusters of unnamed faces that become one: the model's own, its
    family's, or the default threshold."""
    family = family_of(model_id)
    of_family = family.cluster_threshold if family is not None else 0.0
    return CLUSTER_THRESHOLDS.get(model_id) or of_family or threshold_range(model_id).default


def unlike_below(model_id: str) -> float:
    """The similarity below which faces do not look like a person; halfway between the lowest and the default
    threshold of a model that was not measured."""
    allowed = threshold_range(model_id)
    return UNLIKE_BELOW.get(model_id) or (allowed.lowest + allowed.default) / 2


def round_up_threshold(score: float, step: float) -> float:
    """The lowest multiple of a step that is at least a score; at most 1."""
    return min(1.0, round(math.ceil(round(score / step, 6)) * step, 3))


def is_match(score: float, threshold: float) -> bool:
    """Whether a score reaches a threshold; values shown as equal count as equal.

    A similarity of two faces is a score without a rival.
    """
    return round(score, 3) >= round(threshold, 3)


def is_accepted(match: Match, threshold: float) -> bool:
    """Whether a ranked match is accepted at a threshold; between undecided look-alikes none is."""
    return match.undecided is None and is_match(match.score + match.allowance, threshold)


def lowest_match_score(threshold: float) -> float:
    """The unrounded score from which `is_match` is true, for arrays."""
    return round(threshold, 3) - 0.0005
