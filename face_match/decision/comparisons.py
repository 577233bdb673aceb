"""Which comparisons there are between photos whose people are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from face_match.decision.error_rates import ErrorRates, Floats
from face_match.types import Vectors

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Comparisons of two photos each.

    Attributes:
        people: how many people there are; they are the numbers below it.
        genuine: similarities, shape (g,), of two photos of one person; `genuine_people`, (g,), says whose.
        impostor: similarities, shape (m,), of photos of two people; `impostor_people`, (2, m), says which.
    """

    people: int
    genuine: Floats
    genuine_people: Integers
    impostor: Floats
    impostor_people: Integers

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

    def with_strangers(self, similarities: Sequence[float], people: Sequence[int]) -> Comparisons:
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
        )

    def among(self, chosen: npt.NDArray[np.bool_]) -> ErrorRates:
        """Of the comparisons in which both photos are of people chosen, shape (people,)."""
        between = chosen[self.impostor_people].all(axis=0)
        return ErrorRates(self.genuine[chosen[self.genuine_people]], self.impostor[between])


def all_pairs(similarities: npt.ArrayLike, people: npt.ArrayLike) -> Comparisons:
    """Every photo with every other one, once.

    Args:
        similarities: shape (n, n), symmetric; what is on the diagonal is not looked at.
        people: whose each photo is, shape (n,): numbers from 0 on without a gap.
    """
    similarities, people = np.asarray(similarities), np.asarray(people, np.int64)
    one, other = np.triu_indices(len(people), 1)
    values = similarities[one, other].astype(np.float64)
    ascending = np.argsort(values, kind="stable")  # the rates are counted anew many times, in this order
    values, one, other = values[ascending], one[ascending], other[ascending]
    is_genuine = people[one] == people[other]
    between = ~is_genuine
    return Comparisons(
        people=int(people.max(initial=-1)) + 1,
        genuine=values[is_genuine],
        genuine_people=people[one[is_genuine]],
        impostor=values[between],
        impostor_people=np.stack([people[one[between]], people[other[between]]]),
    )


PROBES_AT_ONCE = 512


def with_people(vectors: Vectors, people: npt.ArrayLike, most_probes: int = 3000) -> Comparisons:
    """Every photo with every person, as the program's list of matches has them.

    A person is as alike to a photo as their most similar other photo. `impostor_people` is whose the photo
    is, and the person.

    Args:
        vectors: shape (n, dimensions), each row of unit L2 norm.
        people: whose each is, shape (n,): numbers from 0 on without a gap.
        most_probes: of more photos, so many are compared with everybody, evenly taken.
    """
    people = np.asarray(people, np.int64)
    count = int(people.max(initial=-1)) + 1
    by_person = np.argsort(people, kind="stable")
    starts = np.searchsorted(people[by_person], np.arange(count))
    probes = np.unique(np.linspace(0, len(people) - 1, min(len(people), most_probes)).astype(np.int64))
    own, others, whose = [np.zeros(0)], [np.zeros(0)], [np.zeros((2, 0), np.int64)]
    for some in np.array_split(probes, max(1, -(-len(probes) // PROBES_AT_ONCE))):
        similarities = (vectors[some] @ vectors.T).astype(np.float64)
        similarities[np.arange(len(some)), some] = -np.inf
        best = np.maximum.reduceat(similarities[:, by_person], starts, axis=1)
        is_own = people[some, None] == np.arange(count)
        own.append(best[is_own])
        others.append(best[~is_own])
        whose.append(np.stack([np.repeat(people[some], count - 1), np.nonzero(~is_own)[1]]))
    genuine = np.concatenate(own)
    has_other_photo = genuine > -np.inf
    return Comparisons(
        people=count,
        genuine=genuine[has_other_photo],
        genuine_people=people[probes][has_other_photo],
        impostor=np.concatenate(others),
        impostor_people=np.concatenate(whose, axis=1),
    )
