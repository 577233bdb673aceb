"""Dates of photos and of births: often only a year is known, and what a camera or scanner wrote may be wrong.

Years are decimal: 2014.5 is the middle of 2014. What is not a date, or cannot be right, is not known.
"""

from __future__ import annotations

import re
from datetime import date

from face_match.core.errors import InvalidBirthDateError

FIRST_PHOTO_YEAR = 1826
"""The year of the oldest photo that there is."""
EARLIEST_BIRTH_YEAR = 1720
"""Nobody who was born before was ever in a photo."""

CLOCK_DEFAULT_DATES = ("1904-01-01", "1969-12-31", "1970-01-01", "1980-01-01", "2000-01-01")
"""Where clocks of cameras and file systems begin: photos with these dates were taken at any time."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?", re.ASCII)
_DAYS = 365.25


def photo_year(taken: str) -> float | None:
    """When a photo was taken, by `PhotoRecord.taken`; None where that is not known, or cannot be right."""
    year = None if taken[:10] in CLOCK_DEFAULT_DATES else _decimal_year(taken)
    return year if year is not None and year >= FIRST_PHOTO_YEAR else None


def birth_year(born: str) -> float | None:
    """When somebody was born, by `Person.born`; of a year or a month its middle. None where not known."""
    year = _decimal_year(born)
    return year if year is not None and year >= EARLIEST_BIRTH_YEAR else None


def birth_date(typed: str) -> str:
    """What was typed as a birth date, as `Person.born` has it: "2014", "2014-05", "2014-05-17", or "".

    Raises:
        InvalidBirthDateError: it is none of these, in the future, or too long ago.
    """
    text = typed.strip()
    if text and ("T" in text or birth_year(text) is None):
        raise InvalidBirthDateError(text[:40])
    return text


def _decimal_year(text: str) -> float | None:
    """The middle of what a text says; None where that is no date, or begins in the future."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (None if part is None else int(part) for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if first > date.today():
        return None
    length = 1 if day is not None else _DAYS / 12 if month is not None else _DAYS
    start = date(first.year, 1, 1)
    return first.year + ((first - start).days + length / 2) / _DAYS
