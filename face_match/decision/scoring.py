"""The score of a person for a face, which is compared with the threshold.

A similarity is one cosine. A person's combined similarity is the mean of two: to the person's most similar
face, and to the mean of the person's embeddings. The first makes one good face enough; the second keeps one
badly lit face from deciding alone.

A stranger resembles many people at once, and the more people there are, the more similar the nearest one is.
A person of the gallery resembles one alone. So the next person, the rival, lowers the score, a form of cohort
normalisation:

    score = combined similarity − weight × (rival's combined similarity − from_similarity), if positive

with 0.4 and 0.90 for dlib. Without such a rival the score is the combined similarity.

`python -m benchmarks.scores` compares this with other rules, for people who were not used to choose its two
constants. Limitation: a person who is in the gallery under two names is a rival to themselves.

Between look-alikes, such as siblings, one must be ahead of the other by a margin; else the face is undecided
and matches neither (`undecided_pair`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.decision.threshold import lowest_match_score, threshold_range

Similarities = npt.NDArray[np.floating]


class RivalPenalty(NamedTuple):
    """The penalty of a rival: `weight` × (its combined similarity − `from_similarity`), if positive."""

    from_similarity: float
    weight: float


RIVAL_PENALTIES = {"dlib": RivalPenalty(0.90, 0.4)}
"""By model id, where measured; other models have no penalty. dlib: of all pairs from 0.89 to 0.93 and from
0.3 to 0.8, the one with the lowest FNIR at one threshold for 10 to 100 people (`python -m benchmarks.scores
--choose`)."""

NO_RIVAL_PENALTY = RivalPenalty(1.0, 0.0)


def combined_similarity(best: Similarities, mean: Similarities) -> Similarities:
    """The mean of two cosines: to people's most similar face, and to their mean; of any shape."""
    return (best + mean) / 2


def nearest_rivals(combined: Similarities) -> npt.NDArray[np.intp]:
    """The most similar other person for each person, shape (…, people); any person where there is no other.

    Args:
        combined: `combined_similarity`, shape (…, people); −inf for people who are not compared.
    """
    first = combined.argmax(axis=-1)[..., None]
    second = _without(combined, first).argmax(axis=-1)[..., None]
    found: npt.NDArray[np.intp] = np.where(np.arange(combined.shape[-1]) == first, second, first)
    return found


def _without(combined: Similarities, people: npt.NDArray[np.intp]) -> Similarities:
    rest = combined.copy()
    np.put_along_axis(rest, people, -np.inf, axis=-1)
    return rest


def rival_penalty_for(model_id: str) -> RivalPenalty:
    """The rival penalty of a model; NO_RIVAL_PENALTY if it was not measured."""
    return RIVAL_PENALTIES.get(model_id, NO_RIVAL_PENALTY)


def scores(best: Similarities, mean: Similarities, model_id: str) -> Similarities:
    """The scores of all people for faces, shape (…, people).

    Args:
        best: cosines to each person's most similar face, shape (…, people); −inf for people left out.
        mean: cosines to the mean of each person's embeddings, the same shape.
    """
    return scores_with(best, mean, rival_penalty_for(model_id))


def scores_with(best: Similarities, mean: Similarities, rival_penalty: RivalPenalty) -> Similarities:
    """`scores`, with a rival penalty in place of a model."""
    combined = combined_similarity(best, mean)
    return combined - rival_penalties(combined, rival_penalty)


def rival_penalties(combined: Similarities, rival_penalty: RivalPenalty) -> Similarities:
    """The penalty of each person's rival, shape (…, people); 0 without one."""
    if not rival_penalty.weight or not combined.size:
        return np.zeros_like(combined)
    first = combined.argmax(axis=-1)[..., None]
    second = _without(combined, first).max(axis=-1, keepdims=True)
    is_first = np.arange(combined.shape[-1]) == first
    rival_similarity = np.where(is_first, second, np.take_along_axis(combined, first, axis=-1))
    penalties: Similarities = rival_penalty.weight * np.maximum(
        rival_similarity - rival_penalty.from_similarity, 0.0
    )
    return penalties


class LookAlikeMargin(NamedTuple):
    """The rule for two look-alikes.

    Attributes:
        from_likeness: the combined similarity of the more similar one from which the rule holds.
        margin: the lead that this one needs.
        rejected_margin: the lead that it needs if the user has said that a face of one is not the other.
    """

    from_likeness: float
    margin: float
    rejected_margin: float


UNDECIDED_SCORE = -1.0
"""The score of people between whom a face is undecided: below every threshold."""


def look_alike_margin(model_id: str) -> LookAlikeMargin:
    """The margin of a model.

    dlib: 0.005 from a similarity of 0.90 on removed two in three wrong suggestions between made siblings and
    twins, at the cost of 5 right ones in 100 faces of siblings; twice that after a rejection removed nine in
    ten, at the cost of 20 (`python -m benchmarks.siblings --choose`). Other models were not measured: they
    get the same fractions of the range between their default threshold and 1.
    """
    default = threshold_range(model_id).default
    return LookAlikeMargin(
        round(default - (1 - default) * 2 / 3, 3), round((1 - default) / 12, 3), round((1 - default) / 6, 3)
    )


def undecided_pair(
    combined: Similarities, margin_between: Callable[[int, int], float], limit: LookAlikeMargin
) -> tuple[int, int] | None:
    """The two look-alikes, the more similar one first, between whom a face is undecided; None if it is
    decided.

    Everybody ranked below the first of the pair is left unmatched too. Of several such pairs the most
    similar one is returned.

    Args:
        combined: `combined_similarity` of one face, shape (people,); −inf for people who are not compared.
        margin_between: gives the margin of two people, 0 unless they are look-alikes; called for close ones
            only.
    """
    close = _close_pairs(combined, limit)
    return next(((one, other) for one, other, lead in close if lead < margin_between(one, other)), None)


def undecided(
    combined: Similarities, pair: tuple[int, int], is_hinted: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Who is left unmatched because of an undecided pair, shape (people,): the pair, and everybody ranked
    below.

    Where a hint names one of the two, and not the other, that one may match.

    Args:
        combined: as for `undecided_pair`.
        is_hinted: whom a hint names, shape (people,).
    """
    is_left_out: npt.NDArray[np.bool_] = combined <= combined[pair[0]]
    one, other = pair
    if is_hinted[one] != is_hinted[other]:
        is_left_out[one if is_hinted[one] else other] = False
    return is_left_out


def _close_pairs(combined: Similarities, limit: LookAlikeMargin) -> Iterator[tuple[int, int, float]]:
    """Pairs of people, the more similar one first, with its lead; the most similar pairs first."""
    widest = max(limit.margin, limit.rejected_margin)
    near = np.flatnonzero(combined > limit.from_likeness - widest)
    near = near[np.argsort(-combined[near], kind="stable")]
    values = combined[near].tolist()
    for at, first in enumerate(near.tolist()):
        if values[at] < limit.from_likeness:
            return
        for behind in range(at + 1, len(values)):
            lead = values[at] - values[behind]
            if lead >= widest:
                break
            yield first, int(near[behind]), lead


def any_faces_match(one: Similarities, other: Similarities, model_id: str) -> bool:
    """Whether any face of one person matches any face of another at the model's default threshold.

    Args:
        one, other: their embeddings, of unit L2 norm, shapes (n, dimensions) and (m, dimensions); n, m ≥ 1.
    """
    return bool((one @ other.T).max() >= lowest_match_score(threshold_range(model_id).default))
