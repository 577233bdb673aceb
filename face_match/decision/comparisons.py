"""Which comparisons there are between photos whose people are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.types import Embeddings
from face_match.decision.error_rates import ErrorRates, Floats
from face_match.decision.scoring import NO_RIVALRY, Rivalry, person_similarity, rival_penalties

Integers = npt.NDArray[np.int64]

MOST_IMPOSTORS = 5_000_000
"""Comparisons of two people; of more, so many are drawn: enough to tell of one false match in 100,000."""

_SEED = 19795

_MOST_COMPARED, _FEWEST_PROBES = 50_000_000, 500
"""Photos with photos: 3,000 probes and more in galleries of up to 16,000 samples."""
_MOST_OF_PEOPLE = 1_000_000
"""Impostor comparisons of photos with people: enough for an FMR of 1e-5."""
_AT_ONCE = 4_000_000
"""Similarities of float64 in memory, 32 MB, and as much again in the order of people."""


@dataclass(frozen=True, eq=False)
class Searches:
    """Faces of a gallery, each looked for among the others. Arrays of shape (n,).

    Attributes:
        people: whose each face is: numbers below `gallery_people`.
        best: the highest score of anybody; −inf where its person has no other face.
        is_right: whether that is its person's.
        as_stranger: the highest score once its person is left out; −inf where nobody else is there.
    """

    gallery_people: int
    people: Integers
    best: Floats
    is_right: npt.NDArray[np.bool_]
    as_stranger: Floats


NO_SEARCHES = Searches(0, np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.bool_), np.zeros(0))


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Comparisons of two photos each.

    Attributes:
        people: how many people there are; they are the numbers below it.
        genuine: similarities, shape (g,), of two photos of one person; `genuine_people`, (g,), says whose.
        impostor: similarities, shape (m,), of photos of two people; `impostor_people`, (2, m), says which.
        impostor_total: how many of those there are, where they are a sample.
        searches: what came first, where photos are compared with people.
    """

    people: int
    genuine: Floats
    genuine_people: Integers
    impostor: Floats
    impostor_people: Integers
    impostor_total: int
    searches: Searches = NO_SEARCHES

    @cached_property
    def rates(self) -> ErrorRates:
        return ErrorRates(self.genuine, self.impostor)

    def resampled(self, times: npt.ArrayLike) -> ErrorRates:
        """Of a sample in which person p comes `times[p]` times, shape (people,).

        A genuine comparison counts as often as its person; an impostor one as often as the one person
        times the other, for so many pairs of the two there are then.
        """
        times = np.asarray(times, np.float64)
        one, other = self.impostor_people
        return self.rates.reweighted(times[self.genuine_people], times[one] * times[other])

    def with_impostors(self, similarities: Sequence[float], people: Sequence[int]) -> Comparisons:
        """The same and impostor comparisons of people with somebody else each, of whom nothing else is known.

        Args:
            similarities, people: shape (k,): of person `people[i]` with the i-th stranger.
        """
        strangers = np.arange(self.people, self.people + len(people))
        more = np.stack([strangers, np.asarray(people, np.int64)])
        return replace(
            self,
            people=self.people + len(people),
            impostor=np.append(self.impostor, np.asarray(similarities, np.float64)),
            impostor_people=np.concatenate([self.impostor_people, more], axis=1),
            impostor_total=self.impostor_total + len(people),
        )

    def rates_among(self, chosen: npt.NDArray[np.bool_]) -> ErrorRates:
        """Of the comparisons in which both photos are of people chosen, shape (people,)."""
        between = chosen[self.impostor_people].all(axis=0)
        return ErrorRates(self.genuine[chosen[self.genuine_people]], self.impostor[between])


def all_pairs(
    similarities: npt.ArrayLike, people: npt.ArrayLike, most_impostors: int = MOST_IMPOSTORS
) -> Comparisons:
    """Every photo with every other one, once; of very many pairs of two people, a sample.

    Args:
        similarities: shape (n, n), symmetric; what is on the diagonal is not looked at.
        people: whose each photo is, shape (n,): numbers from 0 on without a gap.
        most_impostors: how many pairs of two people to take.
    """
    similarities, people = np.asarray(similarities), np.asarray(people, np.int64)
    own = _pairs_of_one_person(people)
    total = len(people) * (len(people) - 1) // 2 - own.shape[1]
    between = _all_of_two(people) if total <= most_impostors else _some_of_two(people, most_impostors)
    genuine, own = _ascending(similarities, own)
    impostor, between = _ascending(similarities, between)
    return Comparisons(
        people=int(people.max(initial=-1)) + 1,
        genuine=genuine,
        genuine_people=people[own[0]],
        impostor=impostor,
        impostor_people=people[between],
        impostor_total=total,
    )


class ByPerson:
    """From similarities to photos to those to people: each is as alike as their most similar photo."""

    def __init__(self, people: Integers) -> None:
        """Of whom each photo is, shape (n,)."""
        self.count = int(people.max(initial=-1)) + 1
        self._in_order = np.argsort(people, kind="stable")
        self._starts = np.searchsorted(people[self._in_order], np.arange(self.count))

    def best(self, similarities: npt.NDArray[np.floating], probes: Integers) -> Floats:
        """Shape (rows, people); −inf for a person who has no photo but the probe.

        Args:
            similarities: shape (rows, n), of each probe with every photo.
            probes: which photo each row is of, and is not compared with.
        """
        others = similarities.astype(np.float64)
        others[np.arange(len(probes)), probes] = -np.inf
        return np.maximum.reduceat(others[:, self._in_order], self._starts, axis=1)

    def total(self, similarities: npt.NDArray[np.floating], probes: Integers) -> Floats:
        """The sum of a person's similarities instead, shape (rows, people); without the probe's own."""
        others = similarities.astype(np.float64)
        others[np.arange(len(probes)), probes] = 0.0
        return np.add.reduceat(others[:, self._in_order], self._starts, axis=1)


def search_comparisons(
    embeddings: Embeddings,
    people: npt.ArrayLike,
    rivalry: Rivalry = NO_RIVALRY,
    most_probes: int | None = None,
) -> Comparisons:
    """Every photo with every person, by the scores that the program's list of matches has; of very many
    impostor comparisons, a sample.

    A photo is compared with its own person beside everybody else; and as a stranger's with the others.
    `impostor_people` is whose the photo is, and the person.

    Args:
        embeddings: shape (n, dimensions), each row of unit L2 norm.
        people: whose each is, shape (n,): numbers from 0 on without a gap.
        rivalry: what rivals cost; see `scoring`.
        most_probes: of more photos, so many are compared with everybody, evenly taken; by default as many
            as take about a second.
    """
    people = np.asarray(people, np.int64)
    probes = _probes(len(people), most_probes)
    count = int(people.max(initial=-1)) + 1
    taken = _MOST_OF_PEOPLE / max(1, len(probes) * (count - 1))
    random = np.random.default_rng(_SEED)
    own, others, whose = [np.zeros(0)], [np.zeros(0)], [np.zeros((2, 0), np.int64)]
    first = [NO_SEARCHES]
    for scored in _scored(embeddings, people, probes, rivalry):
        is_own = people[scored.probes, None] == np.arange(count)
        own.append(scored.beside_all[is_own])
        is_taken = ~is_own if taken >= 1 else ~is_own & (random.random(is_own.shape) < taken)
        others.append(scored.without_own[is_taken])
        rows, other_people = np.nonzero(is_taken)
        whose.append(np.stack([people[scored.probes[rows]], other_people]))
        first.append(_firsts(scored, people))
    genuine, impostor = np.concatenate(own), np.concatenate(others)
    upwards = np.argsort(genuine, kind="stable")
    upwards = upwards[genuine[upwards] > -np.inf]  # who has no other photo is compared with others only
    others_upwards = np.argsort(impostor, kind="stable")
    return Comparisons(
        people=count,
        genuine=genuine[upwards],
        genuine_people=people[probes][upwards],
        impostor=impostor[others_upwards],
        impostor_people=np.concatenate(whose, axis=1)[:, others_upwards],
        impostor_total=len(people) * max(0, count - 1),
        searches=_joined(first, count),
    )


def searches(
    embeddings: Embeddings, people: npt.ArrayLike, rivalry: Rivalry, most_probes: int | None = None
) -> Searches:
    """Of the faces of a gallery, or of so many, what would come first for each; see `search_comparisons`."""
    people = np.asarray(people, np.int64)
    probes = _probes(len(people), most_probes)
    found = [_firsts(scored, people) for scored in _scored(embeddings, people, probes, rivalry)]
    return _joined([NO_SEARCHES, *found], int(people.max(initial=-1)) + 1)


def _probes(photos: int, most: int | None) -> Integers:
    if most is None:
        most = max(_FEWEST_PROBES, _MOST_COMPARED // max(1, photos))
    return np.linspace(0, photos - 1, min(photos, most)).astype(np.int64)


class _Scored(NamedTuple):
    """Some photos with everybody, of shape (probes, people): beside all; and with their own person left out,
    who has −inf then."""

    probes: Integers
    beside_all: Floats
    without_own: Floats


def _scored(
    embeddings: Embeddings, people: Integers, probes: Integers, rivalry: Rivalry
) -> Iterator[_Scored]:
    if not len(probes):
        return
    by_person, sums = ByPerson(people), _sums(embeddings, people)
    for some in np.array_split(probes, max(1, len(probes) * len(people) // _AT_ONCE)):
        alike = person_similarity(
            by_person.best(embeddings[some] @ embeddings.T, some), _to_means(embeddings, people, sums, some)
        )
        beside_all = alike - rival_penalties(alike, rivalry)
        alike[np.arange(len(some)), people[some]] = -np.inf
        yield _Scored(some, beside_all, alike - rival_penalties(alike, rivalry))


def _firsts(scored: _Scored, people: Integers) -> Searches:
    rows, whose = np.arange(len(scored.probes)), people[scored.probes]
    first = scored.beside_all.argmax(axis=1)
    has_mate = scored.beside_all[rows, whose] > -np.inf
    return Searches(
        scored.beside_all.shape[1],
        whose,
        np.where(has_mate, scored.beside_all[rows, first], -np.inf),
        has_mate & (first == whose),
        scored.without_own.max(axis=1),
    )


def _joined(parts: Sequence[Searches], gallery_people: int) -> Searches:
    return Searches(
        gallery_people,
        np.concatenate([one.people for one in parts]),
        np.concatenate([one.best for one in parts]),
        np.concatenate([one.is_right for one in parts]),
        np.concatenate([one.as_stranger for one in parts]),
    )


def _sums(embeddings: Embeddings, people: Integers) -> Floats:
    """Of each person's embeddings, shape (people, dimensions)."""
    sums = np.zeros((int(people.max(initial=-1)) + 1, embeddings.shape[1]))
    np.add.at(sums, people, embeddings)
    return sums


def _to_means(embeddings: Embeddings, people: Integers, sums: Floats, probes: Integers) -> Floats:
    """Cosines of photos to people's means, shape (probes, people); to that of their own without them."""
    photos = embeddings[probes].astype(np.float64)
    found = photos @ _unit(sums).T
    without = _unit(sums[people[probes]] - photos)
    found[np.arange(len(probes)), people[probes]] = (photos * without).sum(axis=1)
    return np.asarray(found, np.float64)


def _unit(embeddings: Floats) -> Floats:
    lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
    units: Floats = np.divide(embeddings, lengths, out=np.zeros_like(embeddings), where=lengths > 1e-6)
    return units


def _pairs_of_one_person(people: Integers) -> Integers:
    """Pairs of photos, shape (2, pairs)."""
    photos = np.argsort(people, kind="stable")
    ends = np.cumsum(np.bincount(people))
    own = np.split(photos, ends[:-1])
    pairs = [photos_of_one[np.stack(np.triu_indices(len(photos_of_one), 1))] for photos_of_one in own]
    return np.concatenate([np.zeros((2, 0), np.int64), *pairs], axis=1)


def _all_of_two(people: Integers) -> Integers:
    pairs = np.stack(np.triu_indices(len(people), 1))
    one, other = people[pairs]
    return pairs[:, one != other]


def _some_of_two(people: Integers, count: int) -> Integers:
    """So many different pairs at random; there have to be more."""
    random = np.random.default_rng(_SEED)
    photos = len(people)
    keys = np.zeros(0, np.int64)
    while len(keys) < count:
        one, other = np.sort(random.integers(photos, size=(2, count)), axis=0)
        drawn = (one * photos + other)[people[one] != people[other]]
        keys = np.sort(np.concatenate([keys, drawn]))
        keys = keys[np.diff(keys, prepend=-1) > 0]
    keys = random.permutation(keys)[:count]
    return np.stack([keys // photos, keys % photos])


def _ascending(similarities: npt.NDArray[np.floating], pairs: Integers) -> tuple[Floats, Integers]:
    """In the order of their similarities, in which the rates can be counted anew at little cost."""
    values = similarities[pairs[0], pairs[1]].astype(np.float64)
    order = np.argsort(values, kind="stable")
    return values[order], pairs[:, order]
