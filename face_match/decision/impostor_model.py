"""How like the people of a gallery strangers are: what a threshold costs there, and which keeps a rate.

FPIR, the false positive identification rate, is the share of strangers for whom anybody is marked (ISO/IEC
19795-1). The highest scores of strangers are nearly normal: their mean grows with the number of people, and
their spread falls, as the rival costs more where many are alike. How a gallery differs from others of its
size is told by its own people, each looked for among the others: in a family, or where all are of one group
of people, they are more alike. `python -m benchmarks.rates` shows how far such figures hold among people on
whom nothing here was chosen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.model_families import family_of
from face_match.decision.threshold import RESOLUTION, lowest_match_score, round_up_threshold, threshold_range

if TYPE_CHECKING:  # the window is up before any of it
    from statistics import NormalDist

    from face_match.decision.comparisons import Searches
    from face_match.decision.error_rates import Floats

DEFAULT_FPIR = 0.01
"""Of strangers with a suggestion: what a default threshold keeps where it would let in more than RISKY."""
RISKY_FPIR = 0.03

OFFERED_FPIRS = (0.05, 0.01, 0.002)
"""Of strangers with a suggestion, that are offered."""

SMALLEST_GALLERY = 5
"""That was measured, in people."""

FEWEST_PEOPLE = 10
"""Who tell how like strangers are under a model of which nothing was measured."""

_AS_MANY_AS = 8
"""People of the gallery, for what is usual: it counts as much as so many of them."""
_TRIMMED = 0.2
"""Of the people, at either end, left out of the mean: one under two names is no stranger."""


TAIL_CORRECTION = 1.03


def trimmed_mean(ascending: npt.NDArray[np.floating]) -> float:
    """Without the highest and the lowest fifth."""
    left_out = int(_TRIMMED * len(ascending))
    return float(ascending[left_out : len(ascending) - left_out].mean())


class ImpostorPrior(NamedTuple):
    """Mean and spread of strangers' highest scores in galleries drawn at random, of ten people; what the
    mean grows with, and the spread falls with, `size_term` a gallery.

    The spread is WIDER times the standard deviation, so that a normal distribution has 1 % above the same
    score as those that were counted.
    """

    mean: float
    growth: float
    spread: float
    fall: float

    def mean_and_deviation(self, people: int) -> tuple[float, float]:
        """Mean and spread."""
        size = size_term(people)
        return self.mean + self.growth * size, self.spread * math.exp(-self.fall * size)

    def seen(self, ascending: npt.NDArray[np.floating], people: int) -> float:
        """The mean, with scores of so many strangers: what is usual counts as some more of them."""
        mean, _ = self.mean_and_deviation(people)
        if len(ascending) < 2:
            return mean
        weight = len(ascending) / (len(ascending) + _AS_MANY_AS)
        return mean + weight * (trimmed_mean(ascending) - mean)


def size_term(people: int) -> float:
    """Of a gallery: the logarithm of how many digits the number of its people has, 0 for ten; of a smaller
    one than SMALLEST_GALLERY, that of this."""
    return math.log(math.log10(max(SMALLEST_GALLERY, people)))


IMPOSTOR_PRIORS = {"dlib": ImpostorPrior(0.8879, 0.0344, 0.0199, 0.78)}
"""By model id, where it was measured (`python -m benchmarks.rates --choose`)."""


@dataclass(frozen=True)
class ImpostorModel:
    """The highest scores of strangers in one gallery: a normal distribution.

    Attributes:
        people: how many are in the gallery.
    """

    people: int
    mean: float
    spread: float

    @classmethod
    def of(cls, searches: Searches, model_id: str) -> ImpostorModel | None:
        """As a gallery's own people tell; None where they are too few for a model that was not measured."""
        people = mean_scores_by_person(searches)
        usual = IMPOSTOR_PRIORS.get(model_id)
        if usual is None:
            if len(people) < FEWEST_PEOPLE:
                return None
            few = 1 + 4 / len(people)  # as wide as a t distribution, at 1 %
            spread = max(
                RESOLUTION, float(people.std()) * TAIL_CORRECTION * few
            )  # of people who are all as alike
            return cls(searches.gallery_people, trimmed_mean(people), spread)
        _, spread = usual.mean_and_deviation(searches.gallery_people)
        mean = usual.seen(people, searches.gallery_people)
        return cls(searches.gallery_people, mean, spread)

    def fpir(self, threshold: float) -> float:
        """The share of strangers for whom somebody reaches a threshold, 0 to 1."""
        return 1.0 - self._scores.cdf(lowest_match_score(threshold))

    def threshold_for_fpir(self, fpir: float) -> float:
        """The lowest threshold with an FPIR of at most that, above 0 and below 1; none above 1."""
        return round_up_threshold(self._scores.inv_cdf(1.0 - fpir) + RESOLUTION / 2, RESOLUTION)

    def z_score(self, score: float) -> float:
        """How many spreads a score is above the mean."""
        return (score - self.mean) / self.spread

    @property
    def _scores(self) -> NormalDist:
        from statistics import NormalDist

        return NormalDist(self.mean, self.spread)


def mean_scores_by_person(searches: Searches) -> Floats:
    """The mean of each person's faces as strangers, ascending; of those that anybody was compared with."""
    is_compared = searches.as_stranger > -np.inf
    scores, people = searches.as_stranger[is_compared], searches.people[is_compared]
    counts = np.bincount(people)
    means = np.bincount(people, scores)[counts > 0] / counts[counts > 0]
    return np.asarray(np.sort(means), np.float64)


class ThresholdSource(Enum):
    """What a threshold in use comes from."""

    SET = "set"
    RATE = "rate"
    GALLERY = "gallery"
    DEFAULT = "default"
    RAISED = "raised"


class ActiveThreshold(NamedTuple):
    """A threshold, why it is that, and the rate that it follows by choice, if any."""

    threshold: float
    source: ThresholdSource
    rate: float | None = None


def active_threshold(
    model_id: str,
    strangers: ImpostorModel | None,
    thresholds: Mapping[str, float],
    rates: Mapping[str, float],
) -> ActiveThreshold:
    """The threshold of a model in a gallery.

    In this order: the threshold set by the user; the threshold for the FPIR chosen by the user; for an added
    model, whose default is a guess, the threshold for `DEFAULT_FPIR`; the model's default, or, where its FPIR
    is above `RISKY_FPIR`, the threshold for `DEFAULT_FPIR`.

    Args:
        strangers: of the gallery; None where nothing is known.
        thresholds, rates: set and chosen, by model id.
    """
    default = threshold_range(model_id).default
    if model_id in thresholds:
        return ActiveThreshold(thresholds[model_id], ThresholdSource.SET)
    if strangers is not None and model_id in rates:
        rate = rates[model_id]
        return ActiveThreshold(strangers.threshold_for_fpir(rate), ThresholdSource.RATE, rate)
    if strangers is not None and family_of(model_id) is not None:
        return ActiveThreshold(strangers.threshold_for_fpir(DEFAULT_FPIR), ThresholdSource.GALLERY)
    if strangers is None or strangers.fpir(default) <= RISKY_FPIR:
        return ActiveThreshold(default, ThresholdSource.DEFAULT)
    return ActiveThreshold(strangers.threshold_for_fpir(DEFAULT_FPIR), ThresholdSource.RAISED)
