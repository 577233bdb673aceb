"""Which faces show about the age of another one, and which are too far from it for anything to be sure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from face_match.decision.ages import (
    FAR_YEARS,
    MOST_NEAR,
    TimeGap,
    age_weighted_mean,
    faces_of_similar_age,
    time_gap,
)

NAN = float("nan")
SOME_YEARS = st.lists(st.floats(1950, 2026) | st.just(NAN), max_size=30).map(np.array)
SOME_BIRTH = st.none() | st.floats(1930, 2026)


def near_years(years: Sequence[float], year: float, born: float | None) -> list[float]:
    found = np.array(years, np.float64)
    return found[faces_of_similar_age(found, year, born)].tolist()


@pytest.mark.parametrize(
    ("years", "year", "born", "expected"),
    [
        ([2004, 2009, 2016], 2010, None, [2009]),
        ([2004, 2016, 2007, 2012], 2010, None, [2012, 2007]),  # the nearest in time first
        ([2004, NAN, 2009], 2010, None, [2009]),
        ([NAN, NAN], 2010, None, []),
        ([2005, 2010, 2015], 2010, None, []),  # all of them: nothing is to be preferred
        ([1990, 2030], 2010, None, []),
        ([2004, 2009, 2020], 2010, 2003, [2009]),  # a child of seven
        ([2004, 2012, 2021, 2026], 2022, 2003, [2021, 2026]),  # grown up: as she is now, for good
        ([2004, 2018, 2050], 2020, 2003, [2018, 2050]),  # of seventeen: fifteen is near, and 47 of an age
        ([1990, 2024], 2010, 1960, []),  # always grown up
    ],
)
def test_faces_of_about_the_age(
    years: list[float], year: float, born: float | None, expected: list[float]
) -> None:
    assert near_years(years, year, born) == expected


def test_of_very_many_the_nearest_in_time_are_enough() -> None:
    years = [1990.0, *np.linspace(2006, 2014, 200).tolist()]
    found = near_years(years, 2010, None)
    assert len(found) == MOST_NEAR
    assert max(abs(year - 2010) for year in found) < 0.3


@given(SOME_YEARS, st.floats(1950, 2026), SOME_BIRTH)
def test_some_faces_or_none_but_never_all_are_preferred(
    years: np.ndarray, year: float, born: float | None
) -> None:
    rows = faces_of_similar_age(years, year, born).tolist()
    assert len(rows) == len({*rows}) <= MOST_NEAR
    assert not rows or len(rows) < len(years)
    assert not np.isnan(years[rows]).any()
    for row in rows:
        assert abs(years[row] - year) <= 5 or (born is not None and min(years[row], year) - born >= 16)


@pytest.mark.parametrize(
    ("year", "other", "born", "others", "expected"),
    [
        (2010, 2022, 2005, (), TimeGap(12, across_childhood=True, age=5)),
        (2022, 2010, 2005, (), TimeGap(12, across_childhood=True, age=5)),
        (2010, 2020, 2005, (), TimeGap(10, across_childhood=False, age=5)),
        (2020, 2036, 2005, (), TimeGap(16, across_childhood=True, age=15)),
        (2021, 2036, 2005, (), TimeGap(15, across_childhood=False, age=16)),  # no child any more
        (1990, 2020, 1960, (), TimeGap(30, across_childhood=False, age=30)),
        (1990, 2012, 2005, (), TimeGap(22, across_childhood=True, age=-15)),  # a wrong date, or her mother
        (2010, 2022, None, (), TimeGap(12, across_childhood=True)),  # may have been a child
        (2010, 2022, None, (1995,), TimeGap(12, across_childhood=True)),  # fifteen at least
        (2010, 2022, None, (1994,), TimeGap(12, across_childhood=False)),  # sixteen at least
        (2010, 2022, None, (NAN, 1990), TimeGap(12, across_childhood=False)),
        (2015, 2022, None, (), TimeGap(7, across_childhood=False)),
        (NAN, 2022, 2005, (), TimeGap()),
        (2010, NAN, 2005, (1990,), TimeGap()),
    ],
)
def test_how_far_two_photos_are_apart(
    year: float, other: float, born: float | None, others: Sequence[float], expected: TimeGap
) -> None:
    assert time_gap(year, other, born, np.array([other, *others], np.float64)) == expected


@given(st.floats(1950, 2026), st.floats(1950, 2026), SOME_BIRTH, SOME_YEARS)
def test_it_does_not_matter_which_of_two_photos_is_asked_about(
    one: float, other: float, born: float | None, years: np.ndarray
) -> None:
    found = time_gap(one, other, born, years)
    assert found == time_gap(other, one, born, years)
    assert not found.across_childhood or (found.years or 0) > FAR_YEARS


def test_the_mean_leans_to_near_faces_and_does_not_leave_the_others() -> None:
    near_one, far = np.eye(2, dtype=np.float32)
    mean = np.full(2, np.sqrt(0.5), np.float32)
    one, many = (age_weighted_mean(mean, np.stack([near_one] * count)) for count in (1, 12))
    for found in (one, many):
        assert np.linalg.norm(found) == pytest.approx(1)
        assert found @ far > 0.15
    assert mean @ near_one < one @ near_one < 0.81
    assert many @ near_one > 0.97
    assert age_weighted_mean(np.zeros(2, np.float32), np.zeros((1, 2), np.float32)).tolist() == [0, 0]
