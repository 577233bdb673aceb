"""From which similarity a match is called a match."""

from __future__ import annotations

import math

from face_match.core.matches import Match
from face_match.core.model_families import Thresholds as ThresholdRange
from face_match.core.model_families import family_of

__all__ = ["ThresholdRange", "is_match", "lowest_match_score", "round_up_threshold", "threshold_range"]


SLIDER_STEP = 0.005
"""Of the slider."""
RESOLUTION = 0.001
"""By which a match is told, as similarities are shown with three decimals."""

RANGES = {
    "facenet": ThresholdRange(0.30, 0.95, 0.70),
    "dlib": ThresholdRange(0.80, 1.00, 0.94),
}
"""By model id. FaceNet: the original demo's threshold. dlib: 0.5 to 1.0 % of strangers find somebody in
galleries of 10 to 200 people with three faces each, at the score that `scoring` makes (`python -m
benchmarks.open_set`; docs/accuracy.md). Those of models that were added are in `model_families`."""

CLUSTER_THRESHOLDS = {"facenet": 0.70, "dlib": 0.935}
"""By model id: from which mean similarity on unnamed faces are one group (`grouping.grouped`).
dlib: 99.4 % of the pairs in groups were right among people on whom a cut of 0.936 in the mean had not been
chosen, 99.1 % at 0.935 with one to three photos of each of 38 people (`python -m benchmarks.grouping`).
FaceNet: its threshold; not measured. It is careful, for a group's mean is lower than its best."""

UNKNOWN_MODEL = ThresholdRange(0.0, 1.0, 0.70)


def threshold_range(model_id: str) -> ThresholdRange:
    """What a model's similarities range over: its own, its family's, or a guess where neither is known."""
    family = family_of(model_id)
    of_family = family.thresholds if family is not None else None
    return RANGES.get(model_id) or of_family or UNKNOWN_MODEL


def default_cluster_threshold(model_id: str) -> float:
    """The lowest mean similarity at which faces that nobody has named are put into one group.

    It is the model's own, its family's, or the threshold where neither is known.
    """
    family = family_of(model_id)
    of_family = family.cluster_threshold if family is not None else 0.0
    return CLUSTER_THRESHOLDS.get(model_id) or of_family or threshold_range(model_id).default


def round_up_threshold(similarity: float, step: float) -> float:
    """The lowest threshold of a step's multiples that is no lower, and at most 1."""
    return min(1.0, round(math.ceil(round(similarity / step, 6)) * step, 3))


def is_match(similarity: float, threshold: float) -> bool:
    """Whether a similarity reaches a threshold; what is shown as equal counts as equal."""
    return round(similarity, 3) >= round(threshold, 3)


def is_accepted(match: Match, threshold: float) -> bool:
    """Whether a match of a list is one: between two who are easily mixed up nothing decides."""
    return match.undecided is None and is_match(match.score, threshold)


def lowest_match_score(threshold: float) -> float:
    """The lowest similarity that `is_match` calls a match, for who compares many at once."""
    return round(threshold, 3) - 0.0005
