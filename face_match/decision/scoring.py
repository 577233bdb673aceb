"""How surely a face is a person's, out of all people who are compared with it.

A person is as alike to a face as the mean of two similarities: that to the person's most similar face, and
that to the mean of all of the person's vectors. One good face decides quickly, the mean of many keeps one
that is badly lit from deciding alone.

A stranger is like many people at once, and the more people there are, the liker the likest is; so is a child
among children. Who is meant is like one alone. So what is compared with the threshold is lower by a part of
what the next person, the rival, is more alike than strangers usually are. It is on the scale of similarities,
and where there is no such rival it is one.

`python -m benchmarks.scores` compares this with other rules, on people on whom its two numbers had not been
chosen. What it cannot do: where one person is in the gallery under two names, each is the other's rival.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

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


def likeness(best: Similarities, mean: Similarities) -> Similarities:
    """How alike people are to faces, of any shape: by their best face and by the mean of their vectors."""
    return (best + mean) / 2


def rivals(alike: Similarities) -> npt.NDArray[np.intp]:
    """Who of the others is most alike, for each person, shape (…, people); where nobody else is compared,
    anybody.

    Args:
        alike: `likeness`, shape (…, people); −inf for people who are not compared.
    """
    first = alike.argmax(axis=-1)[..., None]
    second = _without(alike, first).argmax(axis=-1)[..., None]
    found: npt.NDArray[np.intp] = np.where(np.arange(alike.shape[-1]) == first, second, first)
    return found


def _without(alike: Similarities, people: npt.NDArray[np.intp]) -> Similarities:
    rest = alike.copy()
    np.put_along_axis(rest, people, -np.inf, axis=-1)
    return rest


def rivalry_of(model_id: str) -> Rivalry:
    """Of a model; none where it was not measured."""
    return RIVALRY.get(model_id, NO_RIVALRY)


def scores(best: Similarities, mean: Similarities, model_id: str) -> Similarities:
    """What is compared with the threshold, shape (…, people), for faces compared with all people.

    Args:
        best: cosine to each person's most similar face, shape (…, people); −inf for people left out.
        mean: cosine to the mean of each person's vectors, the same shape.
    """
    alike = likeness(best, mean)
    return alike - costs(alike, rivalry_of(model_id))


def costs(alike: Similarities, rivalry: Rivalry) -> Similarities:
    """What each person's rival takes off, shape (…, people); 0 where there is none."""
    if not rivalry.weight or not alike.size:
        return np.zeros_like(alike)
    first = alike.argmax(axis=-1)[..., None]
    second = _without(alike, first).max(axis=-1, keepdims=True)
    is_first = np.arange(alike.shape[-1]) == first
    of_rival = np.where(is_first, second, np.take_along_axis(alike, first, axis=-1))
    taken_off: Similarities = rivalry.weight * np.maximum(of_rival - rivalry.from_similarity, 0.0)
    return taken_off
