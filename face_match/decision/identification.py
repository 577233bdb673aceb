"""Leave-one-out identification: each photo, the probe, is searched among all other photos (ISO/IEC 19795-1).

A search with the probe's own person in the gallery is *mated*; the same search without that person is
*non-mated*, as for a stranger. People get the scores of the program's list of matches (`scoring`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.types import Embeddings
from face_match.decision.error_rates import ErrorRates, Floats
from face_match.decision.scoring import NO_RIVAL_PENALTY, RivalPenalty, combined_similarity, rival_penalties

Integers = npt.NDArray[np.int64]

NOBODY = -1

_MISSED = -10.0
"""Below every score: of probes whose own person does not come first, at whatever threshold."""
_MOST_COMPARED, _FEWEST_PROBES = 50_000_000, 500
"""Probes times photos: 3,000 probes and more in galleries of up to 16,000 faces."""
_BLOCK = 4_000_000
"""Similarities of float64 in memory, 32 MB, and as many again in the order of people."""


@dataclass(frozen=True, eq=False)
class Searches:
    """Leave-one-out searches of n probes. Arrays have shape (n,).

    Attributes:
        gallery_people: the number of people in the gallery, numbered from 0.
        people: the person of each probe.
        best: the highest score in the mated search; −inf for a probe without a mate, another photo of its
            person.
        own: the score of the probe's own person; −inf without a mate.
        rank: the rank of the own person, from 1; ties rank the own person last; 0 without a mate.
        other: the highest score in the non-mated search; −inf if nobody else is in the gallery.
        nearest_other: the person with that score; NOBODY if there is none.
        hardest: the similarity of the most similar photo of another person; −inf if there is none.
        hardest_person: the person in that photo.
    """

    gallery_people: int
    people: Integers
    best: Floats
    own: Floats
    rank: Integers
    other: Floats
    nearest_other: Integers
    hardest: Floats
    hardest_person: Integers

    def identification_rate(self, rank: int, times: npt.ArrayLike | None = None) -> float:
        """The share of probes with a mate whose own person is among the first `rank` people.

        Args:
            times: how often each person occurs in a bootstrap sample, shape (people,); once by default.
        """
        return _share(self.rank <= rank, self._mated_weights(times))

    def fpir(self, threshold: float, times: npt.ArrayLike | None = None) -> float:
        """The false positive identification rate: the share of non-mated searches in which somebody reaches a
        threshold.

        In a bootstrap sample a search counts as often as its person times the nearest other person, as pairs
        do in
        `Comparisons`: with other people in the gallery, other strangers would have matched.
        """
        return _share(self.other >= threshold, self._non_mated_weights(times))

    def fnir(self, threshold: float, times: npt.ArrayLike | None = None) -> float:
        """The false negative identification rate: the share of mated searches in which the own person does
        not come first, or does not reach a threshold."""
        return _share((self.own < threshold) | (self.rank > 1), self._mated_weights(times))

    @cached_property
    def rates(self) -> ErrorRates:
        """FPIR, as its FMR, and FNIR, as its FNMR, at any threshold."""
        own = np.where(self.rank > 1, _MISSED, self.own)[self.rank > 0]
        return ErrorRates(own, self.other[self.nearest_other != NOBODY])

    def resampled(self, times: npt.ArrayLike) -> ErrorRates:
        """`rates` in a bootstrap sample of people."""
        mated, non_mated = self._mated_weights(times), self._non_mated_weights(times)
        return self.rates.reweighted(mated[self.rank > 0], non_mated[self.nearest_other != NOBODY])

    def _mated_weights(self, times: npt.ArrayLike | None) -> Floats:
        weights: Floats = self._person_weights(times) * (self.rank > 0)
        return weights

    def _non_mated_weights(self, times: npt.ArrayLike | None) -> Floats:
        times = np.ones(int(self.people.max(initial=-1)) + 1) if times is None else np.asarray(times)
        of_other = np.where(self.nearest_other == NOBODY, 0.0, times[self.nearest_other])
        weights: Floats = self._person_weights(times) * of_other
        return weights

    def _person_weights(self, times: npt.ArrayLike | None) -> Floats:
        if times is None:
            return np.ones(len(self.people))
        weights: Floats = np.asarray(times, np.float64)[self.people]
        return weights


def _share(is_error: npt.NDArray[np.bool_], weights: Floats) -> float:
    total = weights.sum()
    return float(weights[is_error].sum() / total) if total > 0 else float("nan")


def leave_one_out(
    embeddings: Embeddings,
    people: npt.ArrayLike,
    rival_penalty: RivalPenalty = NO_RIVAL_PENALTY,
    most_probes: int | None = None,
    *,
    similarities: npt.NDArray[np.floating] | None = None,
) -> Searches:
    """Search each photo among all the others.

    Args:
        embeddings: shape (n, dimensions), each row of unit L2 norm.
        people: the person of each photo, shape (n,), numbered from 0 without gaps.
        rival_penalty: the penalty of rivals; see `scoring`.
        most_probes: of more photos so many are probes, evenly chosen; by default what takes about a second.
        similarities: cosines of all photos, shape (n, n), if they have been computed already.
    """
    people = np.asarray(people, np.int64)
    probes = choose_probes(len(people), most_probes)
    blocks = score_probes(embeddings, people, probes, rival_penalty, similarities)
    return join_searches([searches_of(block, people) for block in blocks], count_people(people))


def count_people(people: Integers) -> int:
    """The number of people, of photos whose people are numbered from 0."""
    return int(people.max(initial=-1)) + 1


def choose_probes(photos: int, most: int | None) -> Integers:
    """The numbers of the photos that are probes, evenly chosen."""
    if most is None:
        most = max(_FEWEST_PROBES, _MOST_COMPARED // max(1, photos))
    return np.linspace(0, photos - 1, min(photos, most)).astype(np.int64)


class ProbeScores(NamedTuple):
    """Some probes compared with everybody. Arrays have shape (probes, people).

    Attributes:
        probes: the numbers of the photos, shape (probes,).
        best: cosines to each person's most similar photo; −inf for people without another photo.
        combined: `combined_similarity`, likewise.
        mated, non_mated: scores with and without the probe's own person in the gallery; −inf for that person
            then.
    """

    probes: Integers
    best: Floats
    combined: Floats
    mated: Floats
    non_mated: Floats


def score_probes(
    embeddings: Embeddings,
    people: Integers,
    probes: Integers,
    rival_penalty: RivalPenalty,
    similarities: npt.NDArray[np.floating] | None = None,
) -> Iterator[ProbeScores]:
    """The scores of probes with everybody, some probes at a time. The arguments are those of
    `leave_one_out`."""
    if not len(probes):
        return
    in_order = np.argsort(people, kind="stable")
    starts = np.searchsorted(people[in_order], np.arange(count_people(people)))
    counts, sums = np.bincount(people), _sums(embeddings, people)
    for some in np.array_split(probes, max(1, len(probes) * len(people) // _BLOCK)):
        rows = np.arange(len(some))
        cosines = embeddings[some] @ embeddings.T if similarities is None else similarities[some]
        cosines = cosines.astype(np.float64)
        cosines[rows, some] = -np.inf
        best = np.maximum.reduceat(cosines[:, in_order], starts, axis=1)
        means = _cosines_to_means(embeddings, people, sums, some)
        if similarities is not None:  # scores must equal the similarities of pairs exactly, at any threshold
            others = np.broadcast_to(counts, best.shape).copy()
            others[rows, people[some]] -= 1
            means = np.where(others == 1, best, means)
        combined = np.asarray(combined_similarity(best, means), np.float64)
        mated = combined - rival_penalties(combined, rival_penalty)
        without_own = combined.copy()
        without_own[rows, people[some]] = -np.inf
        yield ProbeScores(
            some, best, combined, mated, without_own - rival_penalties(without_own, rival_penalty)
        )


def _sums(embeddings: Embeddings, people: Integers) -> Floats:
    """The sum of each person's embeddings, shape (people, dimensions)."""
    sums = np.zeros((count_people(people), embeddings.shape[1]))
    np.add.at(sums, people, embeddings)
    return sums


def _cosines_to_means(embeddings: Embeddings, people: Integers, sums: Floats, probes: Integers) -> Floats:
    """Cosines of probes to people's means, shape (probes, people); the own person's mean is without the
    probe."""
    photos = embeddings[probes].astype(np.float64)
    found = photos @ _unit(sums).T
    without_probe = _unit(sums[people[probes]] - photos)
    found[np.arange(len(probes)), people[probes]] = (photos * without_probe).sum(axis=1)
    return np.asarray(found, np.float64)


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-6)
    return units


def searches_of(scores: ProbeScores, people: Integers) -> Searches:
    """The searches of some probes, from their scores."""
    rows, own_people = np.arange(len(scores.probes)), people[scores.probes]
    own = scores.mated[rows, own_people]
    has_mate = own > -np.inf
    combined = scores.combined.copy()
    combined[rows, own_people] = -np.inf
    is_ahead = combined >= scores.combined[rows, own_people][:, None]
    nearest = scores.non_mated.argmax(axis=1)
    other = scores.non_mated[rows, nearest]
    of_others = scores.best.copy()
    of_others[rows, own_people] = -np.inf
    hardest = of_others.argmax(axis=1)
    return Searches(
        gallery_people=scores.mated.shape[1],
        people=own_people,
        best=np.where(has_mate, scores.mated.max(axis=1), -np.inf),
        own=own,
        rank=np.where(has_mate, 1 + is_ahead.sum(axis=1), 0),
        other=other,
        nearest_other=np.where(other > -np.inf, nearest, NOBODY),
        hardest=of_others[rows, hardest],
        hardest_person=hardest,
    )


def join_searches(parts: Sequence[Searches], gallery_people: int) -> Searches:
    """The searches of several groups of probes in one gallery."""
    numbers, floats = np.zeros(0, np.int64), np.zeros(0)

    def joined(start: npt.NDArray[np.generic], name: str) -> npt.NDArray[np.generic]:
        return np.concatenate([start, *(getattr(part, name) for part in parts)])

    integer_names = ("people", "rank", "nearest_other", "hardest_person")
    float_names = ("best", "own", "other", "hardest")
    arrays = {name: joined(numbers, name) for name in integer_names}
    arrays |= {name: joined(floats, name) for name in float_names}
    return Searches(gallery_people, **arrays)  # type: ignore[arg-type]
