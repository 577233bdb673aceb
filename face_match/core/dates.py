"""Dates of photos, births and files. Often only a year is known, and a camera's date may be wrong.

Years are decimal: 2014.5 is the middle of 2014. An invalid or impossible date counts as unknown.
"""

from __future__ import annotations

import os
import re
from datetime import date, datetime, timezone

from face_match.core.errors import InvalidBirthDateError

FIRST_PHOTO_YEAR = 1826
"""The year of the oldest surviving photo."""
EARLIEST_BIRTH_YEAR = 1720
"""Nobody born earlier was ever photographed."""

CLOCK_DEFAULT_DATES = ("1904-01-01", "1969-12-31", "1970-01-01", "1980-01-01", "2000-01-01")
"""Dates at which clocks of cameras and file systems start. A photo with such a date may be of any time."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?", re.ASCII)
_TAKEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", re.ASCII)
_DAYS = 365.25

_LAST_NS = (1 << 63) - 1
"""In the year 2262; what records and databases can hold."""


def modified_ns(status: os.stat_result) -> int:
    """When a file was changed, in nanoseconds since 1970, within 64 bits.

    File systems hold times that these cannot: 1601, where none was set, or the year 30,000.
    """
    return max(-_LAST_NS, min(status.st_mtime_ns, _LAST_NS))


def modified_at(ns: int) -> datetime:
    """The time of `modified_ns`, UTC; 1970 for any before, which Windows cannot convert."""
    return datetime.fromtimestamp(max(0, ns) / 1e9, timezone.utc)


def photo_year(taken: str) -> float | None:
    """The decimal year of `PhotoRecord.taken`; None if unknown or impossible."""
    year = None if taken[:10] in CLOCK_DEFAULT_DATES else _decimal_year(taken)
    return year if year is not None and year >= FIRST_PHOTO_YEAR else None


def birth_year(born: str) -> float | None:
    """The decimal year of `Person.born`, in the middle of the year or month if that is all that is known;
    None if unknown."""
    year = _decimal_year(born)
    return year if year is not None and year >= EARLIEST_BIRTH_YEAR else None


def birth_date(typed: str) -> str:
    """Typed text as `Person.born` stores it: "2014", "2014-05", "2014-05-17" or "".

    Raises:
        InvalidBirthDateError: none of these, in the future, or too long ago.
    """
    text = typed.strip()
    if not is_birth_date(text):
        raise InvalidBirthDateError(text[:40])
    return text


def is_birth_date(text: str) -> bool:
    """Whether a text is a birth date as `birth_date` returns it, or "" for an unknown one."""
    return not text or ("T" not in text and birth_year(text) is not None)


def is_photo_date(text: str) -> bool:
    """Whether a text has the form of `PhotoRecord.taken`: "2024-05-06T07:08:09", or "" for unknown."""
    return not text or _TAKEN.fullmatch(text) is not None


def _decimal_year(text: str) -> float | None:
    """The middle of a date, month or year; None if the text is none, or begins in the future."""
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
