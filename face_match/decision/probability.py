"""The probability that the best match of a face is right.

It depends on the score, on the impostor scores of the gallery (`impostor_model`), and on the share of
strangers among the faces searched. With a share of one half it is a logistic function (Platt, 1999); another
share changes the odds (Bayes). `python -m benchmarks.rates` compares stated and observed probabilities for
people who were not used to choose the constants.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from face_match.core.translation import marked
from face_match.decision.impostor_model import ImpostorModel, size_term

if TYPE_CHECKING:
    from face_match.decision.identification import Searches

LOWEST, HIGHEST = 0.001, 0.999
"""The range of probabilities: no gallery has enough faces to show more extreme ones."""

MOST_PEOPLE, HIGHEST_BEYOND = 200, 0.9
"""Larger galleries were not measured: there no probability is above HIGHEST_BEYOND."""

VERY_LIKELY, MAYBE = 0.9, 0.3
"""The lowest probabilities called “very likely” and “maybe”; below is “unlikely”."""
HIGHEST_MAYBE = 0.89


@dataclass(frozen=True)
class Logistic:
    """The log odds that the best match is right, where half of the faces are of strangers.

    Attributes:
        score, standing, size: coefficients of the score, of its z-score among impostor scores, and of
            `size_term`.
        offset: the intercept.
    """

    score: float
    standing: float
    size: float
    offset: float

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Logistic:
        """Read what `asdict` gave; raises KeyError, TypeError or ValueError for anything else."""
        found = cls(*(float(record[field.name]) for field in fields(cls)))
        if not all(map(math.isfinite, astuple(found))):
            raise ValueError(record)
        return found


MEASURED_LOGISTICS = {"dlib": Logistic(151.9, 1.295, -0.346, -144.00)}
"""By model id (`python -m benchmarks.rates --choose`)."""


@dataclass(frozen=True)
class Probability:
    """The probabilities of matches in one gallery.

    Attributes:
        non_mated_share: the share of strangers among the faces searched, 0 to 1.
    """

    logistic: Logistic
    impostor_model: ImpostorModel
    non_mated_share: float = 0.5

    def of_best_match(self, score: float) -> float:
        """The probability that the best match is right, from its score."""
        logistic = self.logistic
        odds = logistic.score * score + logistic.standing * self.impostor_model.z_score(score)
        odds += logistic.size * size_term(self.impostor_model.people) + logistic.offset
        odds += math.log((1.0 - self.non_mated_share) / self.non_mated_share)
        highest = HIGHEST if self.impostor_model.people <= MOST_PEOPLE else HIGHEST_BEYOND
        return min(highest, max(LOWEST, 1.0 / (1.0 + math.exp(-min(500.0, max(-500.0, odds))))))


WORDS = (marked("Very likely"), marked("Maybe"), marked("Unlikely"))


def probability_word(probability: float) -> str:
    """The word of `WORDS` for a probability."""
    return WORDS[0 if probability >= VERY_LIKELY else 1 if probability >= MAYBE else 2]


def fit_logistic(searches: Searches) -> Logistic:
    """Fit a logistic function to leave-one-out searches of a gallery, mated and non-mated.

    Both kinds have the same total weight, however many there are of each.
    """
    from sklearn.linear_model import LogisticRegression

    has_mate, has_others = searches.best > -np.inf, searches.other > -np.inf
    scores = np.concatenate([searches.best[has_mate], searches.other[has_others]])
    is_right = np.concatenate([searches.rank[has_mate] == 1, np.zeros(int(has_others.sum()), np.bool_)])
    weights = np.repeat([1.0, 1.0], [has_mate.sum(), has_others.sum()])
    weights[: has_mate.sum()] /= 2 * max(1, has_mate.sum()) / len(scores)
    weights[has_mate.sum() :] /= 2 * max(1, has_others.sum()) / len(scores)
    centre, spread = float(scores.mean()), float(scores.std()) or 1.0
    model = LogisticRegression(C=1.0).fit(
        ((scores - centre) / spread)[:, None], is_right, sample_weight=weights
    )
    slope = float(model.coef_[0, 0]) / spread
    return Logistic(slope, 0.0, 0.0, float(model.intercept_[0]) - slope * centre)
