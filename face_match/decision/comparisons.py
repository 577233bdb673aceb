"""Which comparisons there are between photos whose people are known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from face_match.decision.error_rates import ErrorRates, Floats

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
