"""Who is it? Each photo, the probe, is looked for among all the others (ISO/IEC 19795-1, open set).

A person is as alike to a probe as their most similar photo, as in the program's list of matches.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from face_match.decision.comparisons import ByPerson, Comparisons, Integers
from face_match.decision.error_rates import Floats

NOBODY = -1

_ROWS = 500
"""So many probes are looked for at a time: a set of 10,000 photos then takes 100 MB for it, not 2 GB."""


@dataclass(frozen=True, eq=False)
class Identification:
    """How each of n probes fared against the other photos. All of shape (n,).

    Attributes:
        people: whose probe it is.
        own: similarity of the probe's own person; −inf where there is no other photo of that person.
        rank: the place of the own person in the list, 1 for the first; who is as alike comes before, so
            that a tie is never a hit; 0 where there is no other photo of that person.
        other: similarity of the person most alike among the others; −inf where there is none.
        nearest_other: who that is; NOBODY where there is none.
    """

    people: Integers
    own: Floats
    rank: Integers
    other: Floats
    nearest_other: Integers

    def share_by_rank(self, rank: int, weights: npt.ArrayLike | None = None) -> float:
        """Of the probes that have another photo of their person, the share that finds it by that place."""
        return _share(self.rank <= rank, self._with_mate(weights))

    def fpir(self, threshold: float, weights: npt.ArrayLike | None = None) -> float:
        """The false positive identification rate: of strangers, the share for whom anybody reaches a
        threshold. Every probe is a stranger once its own person is left out of the gallery."""
        has_others = self.nearest_other != NOBODY
        return _share(self.other >= threshold, _weights(weights, len(self.people)) * has_others)

    def fnir(self, threshold: float, weights: npt.ArrayLike | None = None) -> float:
        """The false negative identification rate: of people who are in the gallery, the share who do not
        reach a threshold or do not come first."""
        return _share((self.own < threshold) | (self.rank > 1), self._with_mate(weights))

    def _with_mate(self, weights: npt.ArrayLike | None) -> Floats:
        return _weights(weights, len(self.people)) * (self.rank > 0)


def leave_one_out(similarities: npt.ArrayLike, people: npt.ArrayLike) -> Identification:
    """Each photo against all the others.

    Args:
        similarities: shape (n, n), symmetric; what is on the diagonal is not looked at.
        people: whose each photo is, shape (n,): numbers from 0 on without a gap.
    """
    similarities, people = np.asarray(similarities), np.asarray(people, np.int64)
    by_person = ByPerson(people)
    blocks = [
        _searched(similarities[begin : begin + _ROWS], begin, people, by_person)
        for begin in range(0, len(people), _ROWS)
    ]
    nothing = (np.zeros(0), np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64))
    own, rank, other, nearest_other = (np.concatenate(parts) for parts in zip(nothing, *blocks, strict=True))
    return Identification(people, own, rank, other, nearest_other)


def _searched(
    block: npt.NDArray[np.floating], begin: int, people: Integers, by_person: ByPerson
) -> tuple[Floats, Integers, Floats, Integers]:
    """`own`, `rank`, `other` and `nearest_other` of the probes from `begin` on, shape (rows, n)."""
    rows = np.arange(len(block))
    probes = people[begin + rows]
    best = by_person.best(block, begin + rows)
    own = best[rows, probes].copy()
    best[rows, probes] = -np.inf
    rank = np.where(own > -np.inf, 1 + (best >= own[:, None]).sum(axis=1), 0)
    nearest = best.argmax(axis=1)
    other = best[rows, nearest]
    return own, rank, other, np.where(other > -np.inf, nearest, NOBODY)


def hardest_impostors(comparisons: Comparisons, identification: Identification) -> Comparisons:
    """The same genuine comparisons, and of the impostor ones for each photo only that with the person who
    is most like it among the others."""
    known = identification.nearest_other != NOBODY
    pairs = np.stack([identification.people[known], identification.nearest_other[known]])
    return Comparisons(
        comparisons.people,
        comparisons.genuine,
        comparisons.genuine_people,
        identification.other[known],
        pairs,
        impostor_total=int(known.sum()),
    )


def _weights(weights: npt.ArrayLike | None, count: int) -> Floats:
    return np.ones(count) if weights is None else np.asarray(weights, np.float64)


def _share(is_so: npt.NDArray[np.bool_], weights: Floats) -> float:
    total = weights.sum()
    return float(weights[is_so].sum() / total) if total > 0 else float("nan")
