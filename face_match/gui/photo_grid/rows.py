"""The rows of a grid of photos: photos, under headings with their month or year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePath
from typing import NamedTuple

from PySide6.QtCore import QDate, QLocale

from face_match.gui.translation import tr
from face_match.workflows.photo_search import FoundPhoto, is_dated

MIN_PER_MONTH = 3
"""Photos that a month has on average where the headings are months; years otherwise."""


class Heading(NamedTuple):
    """A row that names the month or year of the photos below it."""

    text: str
    photo_count: int


PhotoRow = Heading | FoundPhoto


class Arranged(NamedTuple):
    """Rows, the texts by which typing finds them, and the numbers of those that are headings."""

    rows: Sequence[PhotoRow]
    texts: Sequence[str]
    headings: frozenset[int]


def arrange(photos: Sequence[FoundPhoto], before: Sequence[PhotoRow]) -> Arranged:
    """Put photos under headings; slow for thousands.

    Args:
        photos: sorted by date, the undated ones last, as a search finds them.
        before: the rows that are shown; those of photos that still look the same are taken over.
    """
    known = {row.photo.id: row for row in before if isinstance(row, FoundPhoto)}
    kept = [
        row if (row := known.get(one.photo.id)) is not None and row.is_same(one) else one for one in photos
    ]
    rows = rows_under_headings(kept)
    texts = [row.text if isinstance(row, Heading) else file_name(row) for row in rows]
    headings = frozenset(number for number, row in enumerate(rows) if isinstance(row, Heading))
    return Arranged(rows, texts, headings)


def rows_under_headings(photos: Sequence[FoundPhoto]) -> list[PhotoRow]:
    """Photos, the latest first and the undated ones last, under headings; `photos` is sorted by date, the
    undated ones last."""
    first = next((n for n, one in enumerate(photos) if not is_dated(one.photo)), len(photos))
    dated, undated = [*photos[:first]][::-1], [*photos[first:]]
    months = len({one.photo.taken[:7] for one in dated})
    length = 7 if len(dated) >= MIN_PER_MONTH * months else 4
    groups = [(_heading(key), [*own]) for key, own in groupby(dated, lambda one: one.photo.taken[:length])]
    if undated and dated:
        groups.append((tr("Undated"), undated))
    elif undated:
        return [*undated]
    return [*_flat(groups)]


def _flat(groups: Sequence[tuple[str, list[FoundPhoto]]]) -> Iterator[PhotoRow]:
    for text, photos in groups:
        yield Heading(text, len(photos))
        yield from photos


def _heading(date: str) -> str:
    """ "July 2019" or "2019"."""
    if len(date) < 7:
        return date
    return QLocale().toString(QDate.fromString(date[:7], "yyyy-MM"), tr("MMMM yyyy"))


def date_text(photo: FoundPhoto) -> str:
    """ "12 July 2019", as exactly as the date is known; empty for an undated photo."""
    taken = photo.photo.taken
    if not is_dated(photo.photo):
        return ""
    if len(taken) < 10:
        return _heading(taken)
    return QLocale().toString(QDate.fromString(taken[:10], "yyyy-MM-dd"), tr("d MMMM yyyy"))


def file_name(photo: FoundPhoto) -> str:
    """The name of a photo's file; empty where no file is known."""
    return PurePath(photo.photo.path).name
