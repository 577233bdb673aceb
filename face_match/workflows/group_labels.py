"""Read group labels of people from a CSV file with a header and one row for each person."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from face_match.core.errors import LabelsUnreadableError
from face_match.core.normal_form import normalized

MOST_BYTES = 10_000_000
MOST_COLUMNS = 20
"""The most columns of labels; each is reported in its own table."""

_DELIMITERS = ",;\t"
_NO_LABEL = frozenset({"", "-", "na", "n/a", "nan", "null", "none"})
_BAND = 10
"""Whole numbers in a smaller range are codes, not measures such as ages."""
_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,12})?", re.ASCII)


@dataclass(frozen=True)
class PeopleLabels:
    """The labels of the people of a folder.

    Attributes:
        columns: by column, the label of each person who has one.
        not_in_folder: the number of people in the table without a folder.
        not_in_table: the number of people with a folder who are not in the table.
        contradicted: the number of people with several labels in one column, who get none there.
    """

    columns: dict[str, dict[str, str]]
    not_in_folder: int
    not_in_table: int
    contradicted: int


def read_labels(path: Path, people: Collection[str]) -> PeopleLabels:
    """Read a table. The names are in the column that contains most of the people's names.

    Numbers, such as ages, become bands of ten: "20–29".

    Raises:
        LabelsUnreadableError: not a file, not a table, no header, or none of these people.
    """
    header, rows = _table(path)
    known = {normalized("NFC", name): name for name in people}
    if not rows:
        raise LabelsUnreadableError(path, "it has no rows below its header")
    named = [
        len({normalized("NFC", row[place]) for row in rows} & known.keys()) for place in range(len(header))
    ]
    whose = max(range(len(header)), key=named.__getitem__)
    in_table = {normalized("NFC", row[whose]) for row in rows} - {""}
    if not named[whose]:
        example = f"“{min(people)}”" if people else "there is none"
        raise LabelsUnreadableError(path, f"no column has the names of the folders, such as {example}")
    if (first := normalized("NFC", header[whose])) in known.keys() - in_table:
        raise LabelsUnreadableError(path, f"it has no header: its first row is “{first}”")
    if not 1 < len(header) <= MOST_COLUMNS + 1:
        raise LabelsUnreadableError(
            path, f"beside the names it needs 1 to {MOST_COLUMNS} columns; it has {len(header) - 1}"
        )
    columns: dict[str, dict[str, str]] = {}
    contradicted: set[str] = set()
    for place in range(len(header)):
        if place != whose:
            pairs = ((normalized("NFC", row[whose]), row[place]) for row in rows)
            labels, several = _one_each((known[name], label) for name, label in pairs if name in known)
            columns[_new_name(header[place] or f"column {place + 1}", columns)] = _banded(labels)
            contradicted |= several
    return PeopleLabels(
        columns, len(in_table - known.keys()), len(known.keys() - in_table), len(contradicted)
    )


def _table(path: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows, padded to its length, with stripped cells."""
    try:
        lines = list(
            csv.reader(io.StringIO(text := _text(path), ""), delimiter=_delimiter(text), strict=True)
        )
    except csv.Error as exc:
        raise LabelsUnreadableError(path, f"it is not a CSV table ({exc})") from exc
    table = [[cell.strip() for cell in line] for line in lines]
    numbered = [(number, line) for number, line in enumerate(table, start=1) if any(line)]
    if not numbered:
        raise LabelsUnreadableError(path, "it is empty")
    header = numbered[0][1]
    for number, line in numbered[1:]:
        if len(line) > len(header) and any(line[len(header) :]):
            raise LabelsUnreadableError(
                path, f"row {number} has {len(line)} cells, its header {len(header)}; quote cells with commas"
            )
    return header, [(line + [""] * len(header))[: len(header)] for _, line in numbered[1:]]


def _text(path: Path) -> str:
    try:
        if not path.is_file():  # a pipe or device may have no end
            reason = "it is not a regular file" if path.exists() else "the file does not exist"
            raise LabelsUnreadableError(path, reason)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as exc:
        raise LabelsUnreadableError(path, exc.strerror or type(exc).__name__) from exc
    if len(data) > MOST_BYTES:
        raise LabelsUnreadableError(path, f"it is larger than {MOST_BYTES // 1_000_000} MB")
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as exc:
        raise LabelsUnreadableError(path, "it is not UTF-8; save it as “CSV UTF-8”") from exc
    if "\0" in text:
        raise LabelsUnreadableError(path, "it is not text")
    return text


def _delimiter(text: str) -> str:
    """The delimiter that the header has most of: Excel writes semicolons in many countries."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=header.count)


def _one_each(rows: Iterable[tuple[str, str]]) -> tuple[dict[str, str], set[str]]:
    """The label of each person who has one, and the people with several."""
    labels: dict[str, str] = {}
    several = set()
    for name, label in rows:
        if label.casefold() not in _NO_LABEL and labels.setdefault(name, label) != label:
            several.add(name)
    return {name: label for name, label in labels.items() if name not in several}, several


def _banded(labels: dict[str, str]) -> dict[str, str]:
    """Numbers that are measures as bands of ten; words and codes unchanged."""
    if not all(map(_NUMBER.fullmatch, labels.values())):
        return labels
    numbers = {name: float(label) for name, label in labels.items()}
    are_whole = all(number.is_integer() for number in numbers.values())
    if not numbers or (are_whole and max(numbers.values()) - min(numbers.values()) < _BAND):
        return labels
    tens = {name: _BAND * math.floor(number / _BAND) for name, number in numbers.items()}
    return {name: _band(ten) for name, ten in tens.items()}


def _band(lowest: int) -> str:
    if lowest < 0:
        return f"−{-lowest} to −{1 - lowest - _BAND}"
    return f"{lowest}–{lowest + _BAND - 1}"


def _new_name(name: str, taken: Collection[str]) -> str:
    names = [name, *(f"{name} ({number})" for number in range(2, MOST_COLUMNS + 2))]
    return next(one for one in names if one not in taken)
