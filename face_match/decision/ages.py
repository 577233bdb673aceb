"""Comparison of faces across ages: faces of a similar age count more, and childhood makes matches uncertain.

Times are decimal years, as `core.dates` gives them; NaN if unknown. Dates never exclude anybody, because
scanned photos have wrong ones: faces of a similar age count more, and the others still count.

The constants were chosen on synthetic embeddings of siblings who grow up (`python -m benchmarks.ages`): no
dated photos of children were available.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.types import Embedding, Embeddings

Years = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

CHILD_UNTIL = 16.0
"""The age in years from which a face changes slowly."""

NEAR_YEARS = 5.0
"""Faces of a child at most this far apart are of a similar age; faces of an adult always are."""

FAR_YEARS = 10.0
"""A match across more years of childhood is at most “maybe”."""

MOST_NEAR = 12
"""The most faces of a similar age that are used, the nearest in time: a bound on the time for large
galleries."""

WEIGHT_OF_ALL = 4.0
"""The weight of the mean of all of a person's faces against each face of a similar age. With less weight one
or two such faces, perhaps with wrong dates, would decide alone."""


class TimeGap(NamedTuple):
    """The time between two photos of a person.

    Attributes:
        years: the years between them; None if either date is unknown.
        across_childhood: whether they are more than FAR_YEARS apart, and the person was, or may have been, a
            child.
        age: the person's age in the earlier photo, negative before birth; None if unknown.
    """

    years: float | None = None
    across_childhood: bool = False
    age: float | None = None


def faces_of_similar_age(years: Years, year: float, born: float | None) -> Rows:
    """The indices of a person's faces of a similar age as another face, nearest in time first, shape (k,).

    Empty if all faces are: then none is preferred.

    Args:
        years: the times of the person's faces, shape (n,).
        year: the time of the other face.
        born: the person's birth; None if unknown: the person may have been a child at any time.
    """
    is_near = np.abs(years - year) <= NEAR_YEARS
    if born is not None and year - born >= CHILD_UNTIL:
        is_near |= years - born >= CHILD_UNTIL
    if is_near.all():
        return np.empty(0, np.intp)
    rows = np.flatnonzero(is_near)
    return rows[np.argsort(np.abs(years[rows] - year), kind="stable")[:MOST_NEAR]]


def age_weighted_mean(mean: Embedding, similar_age: Embeddings) -> Embedding:
    """The mean of a person's embeddings in which faces of a similar age weigh more; shape (dimensions,), unit
    L2 norm.

    Args:
        mean: the mean of all embeddings, shape (dimensions,), unit L2 norm.
        similar_age: the embeddings of faces of a similar age, shape (n, dimensions).
    """
    total: Embedding = similar_age.sum(axis=0) + np.float32(WEIGHT_OF_ALL) * mean
    length = float(np.linalg.norm(total))
    return total / np.float32(length) if length > 0 else total


def time_gap(year: float, other: float, born: float | None, years: Years) -> TimeGap:
    """The time between a photo of a person and another photo that may be of that person.

    Without a birth date a person is an adult if a photo of them is at least sixteen years older; else they
    may have been a child.

    Args:
        year, other: the times of the two photos.
        born: the person's birth; None if unknown.
        years: the times of all of the person's faces, shape (n,).
    """
    if np.isnan(year) or np.isnan(other):
        return TimeGap()
    years_apart, earlier = abs(year - other), min(year, other)
    age = None if born is None else earlier - born
    lowest_age = age if age is not None else earlier - float(np.nanmin(years, initial=np.inf))
    return TimeGap(years_apart, years_apart > FAR_YEARS and lowest_age < CHILD_UNTIL, age)
