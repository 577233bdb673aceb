"""Sentences about years and ages."""

from __future__ import annotations

from face_match.core import notes
from face_match.core.dates import birth_year, photo_year
from face_match.core.matches import Match
from face_match.gui import phrases
from face_match.gui.translation import number, tr


def year_and_age(taken: str, born: str) -> str:
    """ "2019, age 5": year and age in a photo; "2019" without a birth date, "" without a year."""
    year, birth = photo_year(taken), birth_year(born)
    if year is None:
        return ""
    if birth is None or year < birth:
        return taken[:4]
    age = number(int(year - birth))
    if len(born) == len("2014"):
        return tr("{year}, age about {age}", year=taken[:4], age=age)
    return tr("{year}, age {age}", year=taken[:4], age=age)


def across_childhood(match: Match) -> str:
    """Why a match is only a maybe: the photos are of a child and an adult. Empty where they are not."""
    if not match.across_childhood or match.years_apart is None:
        return ""
    return notes.across_childhood(phrases.display_name(match.person.name), match.years_apart, match.age)
