"""Comparisons of labelled photos: pairs of photos, and photos with people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from face_match.core.types import Embeddings
from face_match.decision.error_rates import ErrorRates, Floats
from face_match.decision.identification import (
    NOBODY,
    Integers,
    Searches,
    choose_probes,
    count_people,
    join_searches,
    score_probes,
    searches_of,
)
from face_match.decision.scoring import NO_RIVAL_PENALTY, RivalPenalty

MOST_IMPOSTORS = 5_000_000
"""Impostor pairs; of more a sample is drawn: enough for a false match rate of 1e-5."""

_SEED = 19795

_MOST_IMPOSTOR_SCORES = 1_000_000
"""Impostor comparisons of photos with people: enough for an FMR of 1e-5."""

NO_SEARCHES = join_searches([], 0)


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Genuine and impostor comparisons.

    Attributes:
        people: the number of people, numbered from 0.
        genuine: similarities of comparisons of one person, shape (g,); `genuine_people`, (g,), is that
            person.
        impostor: similarities of comparisons of two people, shape (m,); `impostor_people`, (2, m), are the
            two.
        impostor_total: the number of impostor comparisons that `impostor` is a sample of.
        searches: the searches of the photos, where photos are compared with people.
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
        """The rates in a bootstrap sample in which person p occurs `times[p]` times, shape (people,).

        A genuine comparison counts as often as its person, an impostor comparison as often as the product of
        its two people: that is the number of such pairs in the sample.
        """
        times = np.asarray(times, np.float64)
        one, other = self.impostor_people
        return self.rates.reweighted(times[self.genuine_people], times[one] * times[other])

    def with_impostors(self, similarities: Sequence[float], people: Sequence[int]) -> Comparisons:
        """These comparisons, and impostor comparisons with people of whom nothing else is known.

        Args:
            similarities, people: shape (k,); the i-th is the similarity of an unknown person to `people[i]`.
        """
        unknown = np.arange(self.people, self.people + len(people))
        more = np.stack([unknown, np.asarray(people, np.int64)])
        return replace(
            self,
            people=self.people + len(people),
            impostor=np.append(self.impostor, np.asarray(similarities, np.float64)),
            impostor_people=np.concatenate([self.impostor_people, more], axis=1),
            impostor_total=self.impostor_total + len(people),
        )

    def rates_among(self, chosen: npt.NDArray[np.bool_]) -> ErrorRates:
        """The rates of comparisons between chosen people only; `chosen` has shape (people,)."""
        between = chosen[self.impostor_people].all(axis=0)
        return ErrorRates(self.genuine[chosen[self.genuine_people]], self.impostor[between])


def all_pairs(
    similarities: npt.ArrayLike, people: npt.ArrayLike, most_impostors: int = MOST_IMPOSTORS
) -> Comparisons:
    """Compare every photo with every other photo once; of very many impostor pairs, a sample.

    Args:
        similarities: shape (n, n), symmetric; the diagonal is ignored.
        people: the person of each photo, shape (n,), numbered from 0 without gaps.
        most_impostors: the most impostor pairs to take.
    """
    similarities, people = np.asarray(similarities), np.asarray(people, np.int64)
    genuine_pairs = _genuine_pairs(people)
    total = len(people) * (len(people) - 1) // 2 - genuine_pairs.shape[1]
    is_sampled = total > most_impostors
    impostor_pairs = (
        _sampled_impostor_pairs(people, most_impostors) if is_sampled else _impostor_pairs(people)
    )
    genuine, genuine_pairs = _ascending(similarities, genuine_pairs)
    impostor, impostor_pairs = _ascending(similarities, impostor_pairs)
    return Comparisons(
        people=count_people(people),
        genuine=genuine,
        genuine_people=people[genuine_pairs[0]],
        impostor=impostor,
        impostor_people=people[impostor_pairs],
        impostor_total=total,
    )


def search_comparisons(
    embeddings: Embeddings,
    people: npt.ArrayLike,
    rival_penalty: RivalPenalty = NO_RIVAL_PENALTY,
    most_probes: int | None = None,
) -> Comparisons:
    """Compare every photo with every person, by the scores of the program's list of matches; of very many
    impostor comparisons, a sample.

    A photo is compared with its own person in a mated search, and with the others in a non-mated one.
    `impostor_people` are the photo's person and the other person.

    Args:
        embeddings, people, rival_penalty, most_probes: as `leave_one_out` takes them.
    """
    people = np.asarray(people, np.int64)
    probes = choose_probes(len(people), most_probes)
    count = count_people(people)
    share_taken = _MOST_IMPOSTOR_SCORES / max(1, len(probes) * (count - 1))
    random = np.random.default_rng(_SEED)
    own_scores, other_scores, pairs = [np.zeros(0)], [np.zeros(0)], [np.zeros((2, 0), np.int64)]
    searches = []
    for scores in score_probes(embeddings, people, probes, rival_penalty):
        is_own = people[scores.probes, None] == np.arange(count)
        own_scores.append(scores.mated[is_own])
        is_taken = ~is_own if share_taken >= 1 else ~is_own & (random.random(is_own.shape) < share_taken)
        other_scores.append(scores.non_mated[is_taken])
        rows, others = np.nonzero(is_taken)
        pairs.append(np.stack([people[scores.probes[rows]], others]))
        searches.append(searches_of(scores, people))
    genuine, impostor = np.concatenate(own_scores), np.concatenate(other_scores)
    genuine_order = np.argsort(genuine, kind="stable")
    genuine_order = genuine_order[genuine[genuine_order] > -np.inf]  # a person's only photo has no mate
    impostor_order = np.argsort(impostor, kind="stable")
    return Comparisons(
        people=count,
        genuine=genuine[genuine_order],
        genuine_people=people[probes][genuine_order],
        impostor=impostor[impostor_order],
        impostor_people=np.concatenate(pairs, axis=1)[:, impostor_order],
        impostor_total=len(people) * max(0, count - 1),
        searches=join_searches(searches, count),
    )


def hardest_impostors(comparisons: Comparisons, searches: Searches) -> Comparisons:
    """The genuine comparisons, and for each photo the impostor comparison with the most similar other
    person."""
    known = searches.nearest_other != NOBODY
    return Comparisons(
        comparisons.people,
        comparisons.genuine,
        comparisons.genuine_people,
        searches.hardest[known],
        np.stack([searches.people[known], searches.hardest_person[known]]),
        impostor_total=int(known.sum()),
    )


def _genuine_pairs(people: Integers) -> Integers:
    """Pairs of photos of one person, shape (2, pairs)."""
    photos = np.argsort(people, kind="stable")
    ends = np.cumsum(np.bincount(people))
    own = np.split(photos, ends[:-1])
    pairs = [photos_of_one[np.stack(np.triu_indices(len(photos_of_one), 1))] for photos_of_one in own]
    return np.concatenate([np.zeros((2, 0), np.int64), *pairs], axis=1)


def _impostor_pairs(people: Integers) -> Integers:
    """Pairs of photos of two people, shape (2, pairs)."""
    pairs = np.stack(np.triu_indices(len(people), 1))
    one, other = people[pairs]
    return pairs[:, one != other]


def _sampled_impostor_pairs(people: Integers, count: int) -> Integers:
    """`count` different pairs drawn at random, shape (2, count); there must be more."""
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
    """Similarities, shape (pairs,), and the pairs in their order: `ErrorRates` is fastest for sorted
    values."""
    values = similarities[pairs[0], pairs[1]].astype(np.float64)
    order = np.argsort(values, kind="stable")
    return values[order], pairs[:, order]
