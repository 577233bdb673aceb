"""The distribution of impostor scores in a gallery: the FPIR of a threshold, and the threshold for an FPIR.

FPIR, the false positive identification rate, is the share of non-mated searches, those for strangers, in
which somebody reaches the threshold (ISO/IEC 19795-1). The highest score of a non-mated search is nearly
normally distributed. Its mean grows with the number of people in the gallery; its deviation falls, because
rivals lower scores more where many people are alike. How one gallery differs from others of its size is
estimated from its own people, by leave-one-out searches: in a family, or among people of one group, scores
are higher. `python -m benchmarks.rates` shows how well this holds for people who were not used to choose the
constants.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.decision.threshold import (
    RESOLUTION,
    lowest_match_score,
    round_up_threshold,
    threshold_range,
)

if TYPE_CHECKING:  # not imported before the window is shown
    from statistics import NormalDist

    from face_match.decision.error_rates import Floats
    from face_match.decision.identification import Searches

SMALLEST_GALLERY = 5
"""The smallest number of people that was measured."""

FEWEST_PEOPLE = 10
"""In the gallery, to estimate the distribution for a model that was not measured."""

_PRIOR_WEIGHT = 8
"""Weight of the prior, in people."""
_TRIMMED = 0.2
"""The share of people left out of the mean at either end."""


TAIL_CORRECTION = 1.03
"""Times the standard deviation: a normal distribution then has 1 % above the same score as the real
scores."""


def trimmed_mean(ascending: npt.NDArray[np.floating]) -> float:
    """The mean without the highest and the lowest fifth."""
    left_out = int(_TRIMMED * len(ascending))
    return float(ascending[left_out : len(ascending) - left_out].mean())


class ImpostorPrior(NamedTuple):
    """The highest scores of non-mated searches in random galleries.

    Attributes:
        mean, deviation: in galleries of ten people; the deviation includes TAIL_CORRECTION.
        growth, fall: how fast the mean grows, and the deviation falls, with `size_term`.
    """

    mean: float
    growth: float
    deviation: float
    fall: float

    def mean_and_deviation(self, people: int) -> tuple[float, float]:
        """Mean and deviation in a gallery of so many people."""
        size = size_term(people)
        return self.mean + self.growth * size, self.deviation * math.exp(-self.fall * size)

    def posterior_mean(self, ascending: npt.NDArray[np.floating], people: int) -> float:
        """The prior mean combined with observed scores, one a person."""
        mean, _ = self.mean_and_deviation(people)
        if len(ascending) < 2:
            return mean
        weight = len(ascending) / (len(ascending) + _PRIOR_WEIGHT)
        return mean + weight * (trimmed_mean(ascending) - mean)


def size_term(people: int) -> float:
    """ln(log10(people)), which is 0 for ten people; galleries below SMALLEST_GALLERY count as that size."""
    return math.log(math.log10(max(SMALLEST_GALLERY, people)))


IMPOSTOR_PRIORS = {"dlib": ImpostorPrior(0.8879, 0.0344, 0.0199, 0.78)}
"""By model id, where measured (`python -m benchmarks.rates --choose`)."""


@dataclass(frozen=True)
class ImpostorModel:
    """The highest scores of non-mated searches in one gallery, as a normal distribution.

    Attributes:
        people: the number of people in the gallery.
    """

    people: int
    mean: float
    deviation: float

    @classmethod
    def fit(cls, searches: Searches, model_id: str, people_left_out: int = 0) -> ImpostorModel | None:
        """Estimate it from a gallery's searches; None for too few people under a model that was not
        measured.

        Args:
            people_left_out: the number of people of the gallery that the searches lack.
        """
        people = mean_scores_by_person(searches)
        everybody = searches.gallery_people + people_left_out
        prior = IMPOSTOR_PRIORS.get(model_id)
        if prior is None:
            if len(people) < FEWEST_PEOPLE:
                return None
            few = 1 + 4 / len(people)  # a t distribution has such a tail at 1 %
            deviation = max(RESOLUTION, float(people.std()) * TAIL_CORRECTION * few)
            return cls(everybody, trimmed_mean(people), deviation)
        mean_of_all, deviation = prior.mean_and_deviation(everybody)
        mean_of_sample, _ = prior.mean_and_deviation(searches.gallery_people)
        impostors = _without_duplicates(people, threshold_range(model_id).default)
        mean = prior.posterior_mean(impostors, searches.gallery_people) + mean_of_all - mean_of_sample
        return cls(everybody, mean, deviation)

    def fpir(self, threshold: float) -> float:
        """The share of non-mated searches in which somebody reaches a threshold, 0 to 1."""
        return 1.0 - self._scores.cdf(lowest_match_score(threshold))

    def threshold_for_fpir(self, fpir: float) -> float:
        """The lowest threshold with at most that FPIR, 0 < fpir < 1; at most 1."""
        return round_up_threshold(self._scores.inv_cdf(1.0 - fpir) + RESOLUTION / 2, RESOLUTION)

    def z_score(self, score: float) -> float:
        """The deviations by which a score is above the mean."""
        return (score - self.mean) / self.deviation

    @property
    def _scores(self) -> NormalDist:
        from statistics import NormalDist

        return NormalDist(self.mean, self.deviation)


def _without_duplicates(ascending: Floats, threshold: float) -> Floats:
    """The mean scores without those that match: of people who are probably in the gallery under two names,
    and so are no impostors to themselves. Where most people match, they are look-alikes, and all count.
    """
    impostors = ascending[ascending < lowest_match_score(threshold)]
    return impostors if 2 * len(impostors) >= len(ascending) else ascending


def mean_scores_by_person(searches: Searches) -> Floats:
    """Each person's mean score in non-mated searches, ascending, shape (people,)."""
    has_others = searches.other > -np.inf
    scores, people = searches.other[has_others], searches.people[has_others]
    counts = np.bincount(people)
    means = np.bincount(people, scores)[counts > 0] / counts[counts > 0]
    return np.asarray(np.sort(means), np.float64)
