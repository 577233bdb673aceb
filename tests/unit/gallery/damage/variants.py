"""The damage that is tried: each variant has an id, and what it does to a healthy gallery.

An ordinary run tries a fixed part of them, and some others that Hypothesis picks. The variable
FACE_MATCH_TEST_INPUTS has a regular expression for the ids of those that are wanted instead; "." is all.
"""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from face_match.gallery.records.paths import RECORDS
from tests.unit.gallery.damage.values import REMOVED, VALUES, at, put, shaped

WANTED = "FACE_MATCH_TEST_INPUTS"


@dataclass(frozen=True)
class Variant:
    """One kind of damage, known by its id.

    Attributes:
        is_named: whether a refusal has to say where the damage is.
    """

    id: str
    damage: Callable[[Path], object]
    is_named: bool = True

    def __repr__(self) -> str:
        return self.id


def asked_for(variants: Sequence[Variant], one_in: int) -> list[Variant]:
    """Those that this run is to try without being told by chance.

    Args:
        one_in: which part of them an ordinary run has: one in so many.
    """
    pattern = os.environ.get(WANTED)
    if pattern:
        return [variant for variant in variants if re.search(pattern, variant.id)]
    return [variant for number, variant in enumerate(variants) if number % one_in == 0]


def with_json(path: Path, edit: Callable[[Any], object]) -> None:
    """Change a file of JSON; half a character is written as JSON has it."""
    document = json.loads(path.read_bytes())
    edit(document)
    path.write_text(json.dumps(document), "ascii")


def of_values(name: str, document: Any, write: Callable[[Path, Any], object]) -> Iterator[Variant]:
    """Every value of some JSON replaced by every other one, and a key that is told twice with each object."""
    for shape, place in shaped(document).items():
        others = {**VALUES, "another": _another(document, place)}
        for kind, value in others.items():
            if value is REMOVED and isinstance(place[-1], int):
                continue

            def damage(folder: Path, place: Any = place, value: Any = value) -> None:
                edited = copy.deepcopy(document)
                put(edited, place, value)
                write(folder, edited)

            yield Variant(f"{name}-{shape}-{kind}", damage)


def _another(document: Any, place: Any) -> Any:
    """What is in the same place of another record: its id, its file, its person."""
    numbers = [at_ for at_, key in enumerate(place) if isinstance(key, int)]
    for number in reversed(numbers):
        rows = at(document, place[:number])
        for other in range(len(rows)):
            try:
                value = at(document, (*place[:number], other, *place[number + 1 :]))
            except (KeyError, IndexError, TypeError):
                continue
            if value != at(document, place):
                return value
    return "another"


def of_rows(name: str, tables: Sequence[str]) -> Iterator[Variant]:
    """Rows of a file that are removed, doubled or swapped."""

    def edits(rows: list[Any]) -> dict[str, Callable[[], object]]:
        return {
            "first-removed": lambda: rows.pop(0),
            "last-removed": rows.pop,
            "middle-removed": lambda: rows.pop(len(rows) // 2),
            "all-removed": rows.clear,
            "first-doubled": lambda: rows.insert(0, rows[0]),
            "last-doubled": lambda: rows.append(rows[-1]),
            "swapped": rows.reverse,
            "null-more": lambda: rows.append(None),
            "object-more": lambda: rows.append({}),
        }

    for table in tables:
        for kind in edits([]):

            def damage(folder: Path, table: str = table, kind: str = kind) -> None:
                with_json(folder / RECORDS, lambda document: edits(document[table])[kind]())

            yield Variant(f"{name}-rows-{table}-{kind}", damage)
