"""Dates as decimal years, and dates that count as unknown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from face_match.core.dates import CLOCK_DEFAULT_DATES, birth_date, birth_year, photo_year
from face_match.core.errors import InvalidBirthDateError

TOMORROW = (date.today() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2014", 2014.5),
        ("2014-05", 2014.37),
        ("2014-05-17", 2014.37),
        ("2014-01-01", 2014.0),
        ("2014-12-31", 2015.0),
        ("2014-05-17T12:30:05", 2014.37),
        ("2016-02-29", 2016.16),
        ("1826-01-02", 1826.0),
    ],
)
def test_a_date_is_a_decimal_year(text: str, year: float) -> None:
    assert photo_year(text) == pytest.approx(year, abs=0.01)
    assert birth_year(text) == pytest.approx(year, abs=0.01)


@pytest.mark.parametrize("day", CLOCK_DEFAULT_DATES)
def test_of_a_clock_that_was_never_set_a_photo_has_no_date(day: str) -> None:
    assert photo_year(f"{day}T00:00:07") is None
    assert photo_year(day) is None
    assert birth_year(day) is not None, "but somebody can be born on that day"


@pytest.mark.parametrize(
    "text",
    ["", "0000", "0001-01-01", "1700", "2014-13", "2015-02-29", "2014-5-7", "14", "May 2014", "٢٠١٤",
     "2014-05-17 x", "20140517", "9999", TOMORROW],
)  # fmt: skip
def test_an_invalid_or_impossible_date_is_unknown(text: str) -> None:
    assert photo_year(text) is None
    assert birth_year(text) is None


def test_nobody_took_photos_before_there_were_any() -> None:
    assert photo_year("1815-12-10") is None
    assert birth_year("1815-12-10") == pytest.approx(1815.94, abs=0.01)


def test_this_year_may_be_a_birth_year_though_its_middle_is_to_come() -> None:
    assert birth_year(str(date.today().year)) is not None


@pytest.mark.parametrize(
    ("typed", "kept"), [("", ""), ("  ", ""), (" 2014 ", "2014"), ("2014-05", "2014-05")]
)
def test_a_birth_date_is_stored_as_typed(typed: str, kept: str) -> None:
    assert birth_date(typed) == kept


@pytest.mark.parametrize("typed", ["14", "2014-02-30", "17.5.2014", TOMORROW, "1500", "2014-05-17T10:00:00"])
def test_an_invalid_birth_date_is_refused(typed: str) -> None:
    with pytest.raises(InvalidBirthDateError):
        birth_date(typed)


@given(st.text(max_size=20) | st.from_regex(r"[0-9]{4}(-[0-9]{2}){0,2}", fullmatch=True))
def test_any_text_is_a_year_that_has_been_or_not_known(text: str) -> None:
    for year in (photo_year(text), birth_year(text)):
        assert year is None or 1720 <= year <= date.today().year + 1
