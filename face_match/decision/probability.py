"""How likely it is that the best match of a face is right.

Of strangers somebody comes first too, and of many people somebody is always much alike. So the chance depends
on the score, on how like strangers are in this gallery (`strangers`), and on how many faces are of strangers.
It is logistic (Platt, 1999) where as many faces are of strangers as of people of the gallery; another share
changes its odds (Bayes). `python -m benchmarks.rates` compares what is said with what is so, among people on
whom no number here was chosen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from face_match.decision.impostor_model import ImpostorModel, size_term

if TYPE_CHECKING:
    from face_match.decision.comparisons import Searches

LOWEST, HIGHEST = 0.001, 0.999
"""Of a probability: no number of faces that a gallery has can tell of less or more."""

MOST_PEOPLE, HIGHEST_BEYOND = 200, 0.9
"""In galleries with more people it was not measured, and no more is said."""

VERY_LIKELY, MAYBE = 0.9, 0.3
"""From which probability a match is called so; below it is unlikely."""
HIGHEST_MAYBE = 0.89


@dataclass(frozen=True)
class Logistic:
    """The logarithm of the odds that a best match is right, where half of the faces are of strangers.

    Attributes:
        score, standing, size: what it grows with: the score, how many spreads that is above the scores of
            strangers, and `size_term` the gallery.
        offset: what comes to it.
    """

    score: float
    standing: float
    size: float
    offset: float

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Logistic:
        """What `asdict` has made of one; raises KeyError, TypeError or ValueError for anything else."""
        found = cls(*(float(record[field.name]) for field in fields(cls)))
        if not all(map(math.isfinite, astuple(found))):
            raise ValueError(record)
        return found


MEASURED_LOGISTICS = {"dlib": Logistic(151.9, 1.295, -0.346, -144.00)}
"""By model id (`python -m benchmarks.rates --choose`)."""


@dataclass(frozen=True)
class Probability:
    """The chances of matches in one gallery.

    Attributes:
        strangers_share: of the faces that are looked for, 0 to 1.
    """

    logistic: Logistic
    strangers: ImpostorModel
    strangers_share: float = 0.5

    def of_best_match(self, score: float) -> float:
        """That the best match is right, by its score."""
        logistic = self.logistic
        odds = logistic.score * score + logistic.standing * self.strangers.z_score(score)
        odds += logistic.size * size_term(self.strangers.people) + logistic.offset
        odds += math.log((1.0 - self.strangers_share) / self.strangers_share)
        highest = HIGHEST if self.strangers.people <= MOST_PEOPLE else HIGHEST_BEYOND
        return min(highest, max(LOWEST, 1.0 / (1.0 + math.exp(-min(500.0, max(-500.0, odds))))))


WORDS = ("Very likely", "Maybe", "Unlikely")


def probability_word(probability: float) -> str:
    """One of `WORDS`."""
    return WORDS[0 if probability >= VERY_LIKELY else 1 if probability >= MAYBE else 2]


def fit_logistic(searches: Searches) -> Logistic:
    """From a gallery's own faces, each looked for as one of its people and as a stranger.

    People and strangers weigh the same, however many faces there are of each.
    """
    from sklearn.linear_model import LogisticRegression

    has_mate, is_compared = searches.best > -np.inf, searches.as_stranger > -np.inf
    scores = np.concatenate([searches.best[has_mate], searches.as_stranger[is_compared]])
    is_right = np.concatenate([searches.is_right[has_mate], np.zeros(int(is_compared.sum()), np.bool_)])
    weights = np.repeat([1.0, 1.0], [has_mate.sum(), is_compared.sum()])
    weights[: has_mate.sum()] /= 2 * max(1, has_mate.sum()) / len(scores)
    weights[has_mate.sum() :] /= 2 * max(1, is_compared.sum()) / len(scores)
    centre, spread = float(scores.mean()), float(scores.std()) or 1.0
    model = LogisticRegression(C=1.0).fit(
        ((scores - centre) / spread)[:, None], is_right, sample_weight=weights
    )
    slope = float(model.coef_[0, 0]) / spread
    return Logistic(slope, 0.0, 0.0, float(model.intercept_[0]) - slope * centre)
