"""Which box is which face: boxes compared many at once, and each used once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from face_match.types import SAME_FACE_OVERLAP, Box

Numbers = npt.NDArray[np.float64]

_LOOSE_OVERLAP = 0.3
"""From this intersection over union on two boxes are of one face, if each has the other's middle in it: some
programs draw wider boxes than others."""


def as_rows(boxes: Iterable[Box]) -> Numbers:
    """Boxes as float64, shape (n, 4): x, y, width, height."""
    return np.array([*boxes], np.float64).reshape(-1, 4)


def overlaps(box: Box, rows: Numbers) -> Numbers:
    """Intersection over union of one box with each of n, 0..1, shape (n,). All have an area."""
    x, y, width, height = rows.T
    across = np.minimum(box.x + box.width, x + width) - np.maximum(box.x, x)
    down = np.minimum(box.y + box.height, y + height) - np.maximum(box.y, y)
    shared = across.clip(min=0) * down.clip(min=0)
    return np.asarray(shared / (box.area + width * height - shared))


def likenesses(box: Box, rows: Numbers) -> Numbers:
    """The overlap of one box with each of n; 0 where the two cannot be one face."""
    x, y, width, height = rows.T
    is_mutual = (abs(x + width / 2 - (box.x + box.width / 2)) <= np.minimum(width, box.width) / 2) & (
        abs(y + height / 2 - (box.y + box.height / 2)) <= np.minimum(height, box.height) / 2
    )
    found = overlaps(box, rows)
    return np.where(found >= np.where(is_mutual, _LOOSE_OVERLAP, SAME_FACE_OVERLAP), found, 0.0)


def best_pairs(scores: Iterable[Numbers], count: int) -> dict[int, int]:
    """For each row of scores the column that it gets: best pair first, each row and column at most once.

    Args:
        scores: one row after the other; a pair that scores 0 is none.
        count: how many rows there are. A row needs no more than its `count` best columns, since the others
            take one each: that bounds the memory.
    """
    pairs: list[tuple[float, int, int]] = []
    for row, found in enumerate(scores):
        best: Sequence[int] = np.argsort(-found, kind="stable")[:count].tolist()
        pairs += [(-float(found[column]), row, column) for column in best if found[column] > 0]
    of_row: dict[int, int] = {}
    taken: set[int] = set()
    for _, row, column in sorted(pairs):
        if row not in of_row and column not in taken:
            of_row[row] = column
            taken.add(column)
    return of_row
