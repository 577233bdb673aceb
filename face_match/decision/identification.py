"""Who is it? Each photo, the probe, is looked for among all the others (ISO/IEC 19795-1, open set).

People have the scores that the program's list of matches has (`scoring`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from face_match.decision.comparisons import ByPerson, Comparisons, Integers
from face_match.decision.error_rates import ErrorRates, Floats
from face_match.decision.scoring import NO_RIVALRY, Rivalry, person_similarity, rival_penalties

NOBODY = -1

_MISSED = -10.0
"""Below every score: of probes whose own person does not come first, at whatever threshold."""

_SHORTEST = 1e-9
"""Square of a sum of embeddings that cancel out."""

_ROWS = 500
"""So many probes are looked for at a time: a set of 10,000 photos then takes 100 MB for it, not 2 GB."""


@dataclass(frozen=True, eq=False)
class Identification:
    """How each of n probes fared against the other photos. All of shape (n,).

    Attributes:
        people: whose probe it is.
        own: score of the probe's own person; −inf where there is no other photo of that person.
        rank: the place of the own person in the list, 1 for the first; who is as alike comes before, so
            that a tie is never a hit; 0 where there is no other photo of that person.
        other: score of the person most alike among the others, where the own person is not in the gallery;
            −inf where there is none.
        nearest_other: who that is; NOBODY where there is none.
        hardest: similarity of the most similar photo of somebody else; −inf where there is none.
        hardest_person: whose that is.
    """

    people: Integers
    own: Floats
    rank: Integers
    other: Floats
    nearest_other: Integers
    hardest: Floats
    hardest_person: Integers

    def identification_rate(self, rank: int, times: npt.ArrayLike | None = None) -> float:
        """Of the probes that have another photo of their person, the share that finds it by that place.

        Args:
            times: how often each person comes in a sample, shape (people,); by default once.
        """
        return _share(self.rank <= rank, self._known(times))

    def fpir(self, threshold: float, times: npt.ArrayLike | None = None) -> float:
        """The false positive identification rate: of strangers, the share for whom anybody reaches a
        threshold. Every probe is a stranger once its own person is left out of the gallery.

        In a sample it counts as often as its person times who is most like it, as pairs do in `Comparisons`:
        with other people in the gallery, other strangers would have found somebody.
        """
        return _share(self.other >= threshold, self._strangers(times))

    def fnir(self, threshold: float, times: npt.ArrayLike | None = None) -> float:
        """The false negative identification rate: of people who are in the gallery, the share who do not
        reach a threshold or do not come first."""
        return _share((self.own < threshold) | (self.rank > 1), self._known(times))

    @cached_property
    def searches(self) -> ErrorRates:
        """The same rates at any threshold: its FMR is the FPIR, its FNMR the FNIR."""
        own = np.where(self.rank > 1, _MISSED, self.own)[self.rank > 0]
        return ErrorRates(own, self.other[self.nearest_other != NOBODY])

    def resampled(self, times: npt.ArrayLike) -> ErrorRates:
        """`searches` in a sample of people."""
        known, strangers = self._known(times), self._strangers(times)
        return self.searches.reweighted(known[self.rank > 0], strangers[self.nearest_other != NOBODY])

    def _known(self, times: npt.ArrayLike | None) -> Floats:
        """How much each probe counts that has another photo of its person; the others nothing."""
        known: Floats = self._of_own(times) * (self.rank > 0)
        return known

    def _strangers(self, times: npt.ArrayLike | None) -> Floats:
        """How much each probe counts that has somebody to be taken for; the others nothing."""
        times = np.ones(int(self.people.max(initial=-1)) + 1) if times is None else np.asarray(times)
        beside = np.where(self.nearest_other == NOBODY, 0.0, times[self.nearest_other])
        strangers: Floats = self._of_own(times) * beside
        return strangers

    def _of_own(self, times: npt.ArrayLike | None) -> Floats:
        if times is None:
            return np.ones(len(self.people))
        of_own: Floats = np.asarray(times, np.float64)[self.people]
        return of_own


def leave_one_out(
    similarities: npt.ArrayLike, people: npt.ArrayLike, rivalry: Rivalry = NO_RIVALRY
) -> Identification:
    """Each photo against all the others.

    Args:
        similarities: cosines of unit vectors, shape (n, n), symmetric; what is on the diagonal is not looked
            at.
        people: whose each photo is, shape (n,): numbers from 0 on without a gap.
        rivalry: what rivals cost; see `scoring`.
    """
    similarities, people = np.asarray(similarities), np.asarray(people, np.int64)
    by_person = ByPerson(people)
    within = np.zeros(len(people))
    blocks = [np.arange(begin, min(begin + _ROWS, len(people))) for begin in range(0, len(people), _ROWS)]
    for probes in blocks:
        within[probes] = by_person.total(similarities[probes], probes)[np.arange(len(probes)), people[probes]]
    squares = np.asarray(np.bincount(people, within + 1.0, minlength=by_person.count), np.float64)
    found = []
    for probes in blocks:
        best = by_person.best(similarities[probes], probes)
        total = by_person.total(similarities[probes], probes)
        found.append(_searched(best, _to_means(total, squares, people[probes]), people[probes], rivalry))
    numbers = np.zeros(0, np.int64)
    nothing = (np.zeros(0), numbers, np.zeros(0), numbers, np.zeros(0), numbers)
    return Identification(people, *(np.concatenate(parts) for parts in zip(nothing, *found, strict=True)))


def _to_means(total: Floats, squares: Floats, whose: Integers) -> Floats:
    """Cosines of probes to the means of people, shape (probes, people); to their own person's without them.

    Args:
        total: sums of a probe's similarities to a person's other photos, shape (probes, people).
        squares: of the length of the sum of each person's embeddings, shape (people,).
    """
    of_person = np.broadcast_to(squares, total.shape).copy()
    rows = np.arange(len(total))
    of_person[rows, whose] -= 2 * total[rows, whose] + 1
    return np.asarray(total / np.sqrt(np.maximum(of_person, _SHORTEST)), np.float64)


def _searched(
    best: Floats, mean: Floats, whose: Integers, rivalry: Rivalry
) -> tuple[Floats, Integers, Floats, Integers, Floats, Integers]:
    """What `Identification` has of some probes, of similarities of shape (probes, people)."""
    rows, alike = np.arange(len(best)), person_similarity(best, mean)
    own = (alike - rival_penalties(alike, rivalry))[rows, whose]
    alike_own = alike[rows, whose].copy()
    alike[rows, whose] = -np.inf
    rank = np.where(own > -np.inf, 1 + (alike >= alike_own[:, None]).sum(axis=1), 0)
    scores = alike - rival_penalties(alike, rivalry)
    nearest = scores.argmax(axis=1)
    other = scores[rows, nearest]
    best[rows, whose] = -np.inf
    hardest = best.argmax(axis=1)
    nearest_other = np.where(other > -np.inf, nearest, NOBODY)
    return own, rank, other, nearest_other, best[rows, hardest], hardest


def hardest_impostors(comparisons: Comparisons, identification: Identification) -> Comparisons:
    """The same genuine comparisons, and of the impostor ones for each photo only that with the person who
    is most like it among the others."""
    known = identification.nearest_other != NOBODY
    pairs = np.stack([identification.people[known], identification.hardest_person[known]])
    return Comparisons(
        comparisons.people,
        comparisons.genuine,
        comparisons.genuine_people,
        identification.hardest[known],
        pairs,
        impostor_total=int(known.sum()),
    )


def _share(is_so: npt.NDArray[np.bool_], weights: Floats) -> float:
    total = weights.sum()
    return float(weights[is_so].sum() / total) if total > 0 else float("nan")
