"""What a hint is worth: a name in a photo's metadata that says who is in it, but not where.

A face of a photo with hints is compared with a few people who are probably there, not with a whole gallery of
people who probably are not. So a lower score is enough. How much lower follows from what a wrong hint does:
the score that a stranger reaches for one hinted person in about 1 % of searches, for three in a third of that
each, and so on. However many hints are wrong, they then add about one wrong suggestion for 100 strangers.

`python -m benchmarks.hints` measures what hints change, for people who were not used to choose the constants.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from face_match.decision.probability import HIGHEST_MAYBE, Probability
from face_match.decision.threshold import threshold_range


class HintAllowance(NamedTuple):
    """What is added to the score of a hinted person: `of_one` − `fall` × log10(number of names), at least
    0."""

    of_one: float
    fall: float


HINT_ALLOWANCES = {"dlib": HintAllowance(0.03, 0.02)}
"""By model id, where measured. dlib: in galleries of 10 to 100 people, strangers reached 0.91 for one person
in 0.8 to 1.4 % of searches, 0.92 in 0.2 to 0.4 %, 0.93 in 0.04 to 0.11 % (`python -m benchmarks.hints
--choose`); the threshold is 0.94."""


def hint_allowance(model_id: str, names: int) -> float:
    """What is added to the score of each person whom a photo's metadata names.

    Models that were not measured get a fourth of the range between their default threshold and 1, and fall in
    proportion: half of what dlib has.

    Args:
        names: the number of names in the photo's metadata that no other face of the photo has.
    """
    if names < 1:
        return 0.0
    allowance = HINT_ALLOWANCES.get(model_id)
    if allowance is None:
        room = 1.0 - threshold_range(model_id).default
        allowance = HintAllowance(room / 4, room / 6)
    return max(0.0, allowance.of_one - allowance.fall * math.log10(names))


def hinted_probability(probability: Probability, score: float, allowance: float) -> float:
    """The probability of a match whose score a hint has raised: “maybe” at most, unless it is higher without
    the hint. So a wrong hint makes nothing very likely.

    Args:
        score: without the allowance.
    """
    without = probability.of_best_match(score)
    return max(without, min(HIGHEST_MAYBE, probability.of_best_match(score + allowance)))
