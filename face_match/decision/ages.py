"""Faces across the years: which of a person's faces show about the age of another one, and which are so far
from it, in childhood, that nothing sure can be said.

Times are decimal years, as `core.dates` gives them; NaN where not known. Dates never rule anybody out,
since scans carry wrong ones: faces of about that age count more, the others go on counting.

The numbers are chosen on made embeddings of siblings who grow up (`python -m benchmarks.ages`): there were no
dated photos of children to measure with.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.types import Embedding, Embeddings

Years = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

CHILD_UNTIL = 16.0
"""The age, in years, from which a face changes slowly."""

NEAR_YEARS = 5.0
"""Faces of a child are of about one age up to here; those of a grown-up always are."""

FAR_YEARS = 10.0
"""Across more years of childhood a suggestion is a maybe at most."""

MOST_NEAR = 12
"""Of more faces of about that age, those nearest in time; so that nobody's thousand faces take long."""

WEIGHT_OF_ALL = 4.0
"""What the mean of all of a person's faces weighs against each face of about that age. With less, one or two
such faces, or ones with wrong dates, decide by themselves."""


class TimeGap(NamedTuple):
    """How far two photos of a person are from each other in time.

    Attributes:
        years: None where either date is not known.
        across_childhood: whether so many years lie between them in which the person was a child, or may have
            been: nothing sure can be said.
        age: the person's at the time of the earlier photo, below 0 before birth; None where not known.
    """

    years: float | None = None
    across_childhood: bool = False
    age: float | None = None


def faces_of_similar_age(years: Years, year: float, born: float | None) -> Rows:
    """Which of a person's faces show about the age of another one, by their numbers, nearest in time first.

    None where all of them do: nothing is to be preferred then.

    Args:
        years: of the person's faces, shape (n,); `year` is that of the other one.
        born: when the person was; None where not known: they may have been a child at any time.
    """
    is_near = np.abs(years - year) <= NEAR_YEARS
    if born is not None and year - born >= CHILD_UNTIL:
        is_near |= years - born >= CHILD_UNTIL
    if is_near.all():
        return np.empty(0, np.intp)
    rows = np.flatnonzero(is_near)
    return rows[np.argsort(np.abs(years[rows] - year), kind="stable")[:MOST_NEAR]]


def age_weighted_mean(mean: Embedding, similar_age_vectors: Embeddings) -> Embedding:
    """The mean of a person's faces, in which those of about an age weigh more; of unit length.

    Args:
        mean: of all of them, shape (dimensions,), of unit length.
        near_ones: those of about that age, shape (n, dimensions).
    """
    total: Embedding = similar_age_vectors.sum(axis=0) + np.float32(WEIGHT_OF_ALL) * mean
    length = float(np.linalg.norm(total))
    return total / np.float32(length) if length > 0 else total


def time_gap(year: float, other: float, born: float | None, years: Years) -> TimeGap:
    """How far two photos are from each other, of which one is a person's and the other may be.

    Without a birth date whoever was in a photo sixteen years before was no child any more; of anybody else it
    is not known, and they may have been one.

    Args:
        born: when the person was; None where not known.
        years: of all of the person's faces, shape (n,).
    """
    if np.isnan(year) or np.isnan(other):
        return TimeGap()
    years_apart, earlier = abs(year - other), min(year, other)
    age = None if born is None else earlier - born
    round_up_threshold = age if age is not None else earlier - float(np.nanmin(years, initial=np.inf))
    return TimeGap(years_apart, years_apart > FAR_YEARS and round_up_threshold < CHILD_UNTIL, age)
