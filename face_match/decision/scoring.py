"""How surely a face is a person's, out of all people who are compared with it.

A person is as alike to a face as the mean of two similarities: that to the person's most similar face, and
that to the mean of all of the person's embeddings. One good face decides quickly, the mean of many keeps one
that is badly lit from deciding alone.

A stranger is like many people at once, and the more people there are, the liker the likest is; so is a child
among children. Who is meant is like one alone. So what is compared with the threshold is lower by a part of
what the next person, the rival, is more alike than strangers usually are. It is on the scale of similarities,
and where there is no such rival it is one.

`python -m benchmarks.scores` compares this with other rules, on people on whom its two numbers had not been
chosen. What it cannot do: where one person is in the gallery under two names, each is the other's rival.

Between two people who are easily mixed up, as siblings are, the limit is stricter: one has to be ahead of the
other by a margin, or the face is undecided and matches neither (`undecided_pair`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.decision.threshold import lowest_match_score, threshold_range

Similarities = npt.NDArray[np.floating]


class Rivalry(NamedTuple):
    """What a rival costs: `weight` times what it is more alike than `from_similarity`."""

    from_similarity: float
    weight: float


RIVALRY = {"dlib": Rivalry(0.90, 0.4)}
"""By model id, where it was measured; of the others nothing is taken off. dlib: of all pairs from 0.89 to
0.93 and from 0.3 to 0.8 that with which the fewest people were missed at one threshold for 10 to 100 people
(`python -m benchmarks.scores --choose`)."""

NO_RIVALRY = Rivalry(1.0, 0.0)


def person_similarity(best: Similarities, mean: Similarities) -> Similarities:
    """How alike people are to faces, of any shape: by their best face and by the mean of their embeddings."""
    return (best + mean) / 2


def nearest_rivals(alike: Similarities) -> npt.NDArray[np.intp]:
    """Who of the others is most alike, for each person, shape (…, people); where nobody else is compared,
    anybody.

    Args:
        alike: `person_similarity`, shape (…, people); −inf for people who are not compared.
    """
    first = alike.argmax(axis=-1)[..., None]
    second = _without(alike, first).argmax(axis=-1)[..., None]
    found: npt.NDArray[np.intp] = np.where(np.arange(alike.shape[-1]) == first, second, first)
    return found


def _without(alike: Similarities, people: npt.NDArray[np.intp]) -> Similarities:
    rest = alike.copy()
    np.put_along_axis(rest, people, -np.inf, axis=-1)
    return rest


def rivalry_for(model_id: str) -> Rivalry:
    """Of a model; none where it was not measured."""
    return RIVALRY.get(model_id, NO_RIVALRY)


def scores(best: Similarities, mean: Similarities, model_id: str) -> Similarities:
    """What is compared with the threshold, shape (…, people), for faces compared with all people.

    Args:
        best: cosine to each person's most similar face, shape (…, people); −inf for people left out.
        mean: cosine to the mean of each person's embeddings, the same shape.
    """
    return scores_with(best, mean, rivalry_for(model_id))


def scores_with(best: Similarities, mean: Similarities, rivalry: Rivalry) -> Similarities:
    """The same, by what a rival costs."""
    alike = person_similarity(best, mean)
    return alike - rival_penalties(alike, rivalry)


def rival_penalties(alike: Similarities, rivalry: Rivalry) -> Similarities:
    """What each person's rival takes off, shape (…, people); 0 where there is none."""
    if not rivalry.weight or not alike.size:
        return np.zeros_like(alike)
    first = alike.argmax(axis=-1)[..., None]
    second = _without(alike, first).max(axis=-1, keepdims=True)
    is_first = np.arange(alike.shape[-1]) == first
    of_rival = np.where(is_first, second, np.take_along_axis(alike, first, axis=-1))
    taken_off: Similarities = rivalry.weight * np.maximum(of_rival - rivalry.from_similarity, 0.0)
    return taken_off


class Limit(NamedTuple):
    """Between two people who are easily mixed up: the likeness of the more alike one from which it holds; by
    how much that one has to be ahead; and by how much where a person has said that one is not the other."""

    from_likeness: float
    margin: float
    rejected_margin: float


UNDECIDED_SCORE = -1.0
"""The score of who might be meant where a face is undecided: no threshold calls it a match."""


def look_alike_margin(model_id: str) -> Limit:
    """Under a model.

    dlib: from a likeness of 0.90 on, a margin of 0.005, with which two in three wrong suggestions between
    made siblings and twins were gone, for 5 right ones in 100 faces of siblings. Twice that where it was
    said: nine in ten were gone, and 20 right ones (`python -m benchmarks.siblings --choose`). Of other models
    it was not measured: it is the same parts of what lies between their default threshold and 1.
    """
    default = threshold_range(model_id).default
    return Limit(
        round(default - (1 - default) * 2 / 3, 3), round((1 - default) / 12, 3), round((1 - default) / 6, 3)
    )


def undecided_pair(
    alike: Similarities, margin_between: Callable[[int, int], float], limit: Limit
) -> tuple[int, int] | None:
    """The two people, the more alike one first, between whom a face cannot be decided; None where it can be.

    Whoever is no more alike than the first of them is not to match either: a third person would only take
    their place. Of several such pairs it is the one that is most alike.

    Args:
        alike: `person_similarity` of one face, shape (people,); −inf for people who are not compared.
        margin_between: the margin of two people, 0 for those who are not mixed up; asked only of those who
            are close.
    """
    close = _close(alike, limit)
    return next(((one, other) for one, other, lead in close if lead < margin_between(one, other)), None)


def _close(alike: Similarities, limit: Limit) -> Iterator[tuple[int, int, float]]:
    """Pairs of people, the more alike one first, and its lead; the most alike pairs first."""
    widest = max(limit.margin, limit.rejected_margin)
    near = np.flatnonzero(alike > limit.from_likeness - widest)
    near = near[np.argsort(-alike[near], kind="stable")]
    values = alike[near].tolist()
    for at, first in enumerate(near.tolist()):
        if values[at] < limit.from_likeness:
            return
        for behind in range(at + 1, len(values)):
            lead = values[at] - values[behind]
            if lead >= widest:
                break
            yield first, int(near[behind]), lead


def any_faces_match(one: Similarities, other: Similarities, model_id: str) -> bool:
    """Whether any face of one person is as alike to one of another's as the model's default threshold asks.

    Args:
        one, other: their embeddings, of unit L2 norm, shapes (n, dimensions) and (m, dimensions); one
            face each at least.
    """
    return bool((one @ other.T).max() >= lowest_match_score(threshold_range(model_id).default))
