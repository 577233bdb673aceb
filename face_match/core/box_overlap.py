"""Which boxes are of one face: overlap of many boxes at once, and their assignment, each used once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from face_match.core.types import SAME_FACE_OVERLAP, Box, Face

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.intp]

_LOOSE_OVERLAP = 0.3
"""Two boxes that overlap by this much or more (intersection over union) are of one face if each contains the
other's centre. Some programs draw wider boxes than others."""

MAX_PAIRS_PER_BOX = 32
"""Known boxes considered for one box. No honest photo has more in one place, and all pairs of thousands of
boxes would fill the memory."""

MOST_IN_ALL = 500
"""With more boxes on both sides, the best pair comes first: the time for the best sum grows with the cube."""

PAIRS_PER_BLOCK = 1 << 18


def box_rows(boxes: Iterable[Box]) -> Numbers:
    """Boxes as an array: float64, shape (n, 4): x, y, width, height."""
    return np.array([*boxes], np.float64).reshape(-1, 4)


def overlaps(box: Box, rows: Numbers) -> Numbers:
    """Intersection over union of a box with n boxes, 0..1, shape (n,)."""
    return _overlaps_of_pairs(box_rows([box]), rows)


def same_face_overlaps(box: Box, rows: Numbers) -> Numbers:
    """Intersection over union of a box with n boxes, shape (n,); 0 where the two cannot be one face."""
    x, y, width, height = rows.T
    is_mutual = (abs(x + width / 2 - (box.x + box.width / 2)) <= np.minimum(width, box.width) / 2) & (
        abs(y + height / 2 - (box.y + box.height / 2)) <= np.minimum(height, box.height) / 2
    )
    found = overlaps(box, rows)
    return np.where(found >= np.where(is_mutual, _LOOSE_OVERLAP, SAME_FACE_OVERLAP), found, 0.0)


def has_centres(box: Box, rows: Numbers) -> npt.NDArray[np.bool_]:
    """Whether a box has the centre of each of n boxes, shape (n,)."""
    x, y = (rows[:, side] + rows[:, side + 2] / 2 for side in (0, 1))
    return (box.x <= x) & (x <= box.x + box.width) & (box.y <= y) & (y <= box.y + box.height)


def shares_centre(box: Box, rows: Numbers) -> bool:
    """Whether a box has the centre of one of n boxes, or one of them has its centre."""
    return bool(shared_centres(box, rows).any())


def shared_centres(box: Box, rows: Numbers) -> npt.NDArray[np.bool_]:
    """Whether a box has the centre of each of n boxes, or that one its centre, shape (n,)."""
    x, y, width, height = rows.T
    across, down = box.x + box.width / 2, box.y + box.height / 2
    is_inside = (x <= across) & (across <= x + width) & (y <= down) & (down <= y + height)
    found: npt.NDArray[np.bool_] = is_inside | has_centres(box, rows)
    return found


def face_in_box(box: Box, faces: Sequence[Face]) -> int | None:
    """The index of the face that a box is around; None where there is none."""
    found = overlaps(box, box_rows(face.box for face in faces))
    return int(found.argmax()) if len(found) and found.max() >= SAME_FACE_OVERLAP else None


def left_to_right(box: Box) -> tuple[float, float]:
    """Sorts boxes by their middles, from left to right."""
    return box.x + box.width / 2, box.y


def assign_pairs(scores: Iterable[Numbers], count: int) -> dict[int, int]:
    """The best column for each row, by row: best pair first, each row and column at most once.

    Args:
        scores: the rows, shape (columns,) each. A pair with a score of 0 is never chosen.
        count: number of rows. A row needs only its `count` best columns, because the other rows take one
            each. That bounds the memory.
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


def best_total_pairs(scores: Sequence[Numbers]) -> dict[int, int]:
    """The column of each row, by row, so that the sum of the scores is greatest, each row and column at most
    once.

    Args:
        scores: the rows, shape (columns,) each. A pair with a score of 0 is never chosen.
    """
    rows = [row for row, found in enumerate(scores) if found.any()]
    columns = np.flatnonzero(sum(scores[row] for row in rows))
    if len(rows) < 2 or len(columns) < 2 or min(len(rows), len(columns)) > MOST_IN_ALL:
        return assign_pairs(scores, len(scores))
    from scipy.optimize import linear_sum_assignment  # here, because it takes some tenths of a second

    table = np.array([scores[row][columns] for row in rows])
    found = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return {rows[row]: int(columns[column]) for row, column in found if table[row, column] > 0}


def same_face_pairs(
    boxes: Numbers, known: Numbers, spans: Counts
) -> Iterator[tuple[Numbers, Counts, Counts]]:
    """Pairs of boxes and known boxes that may be one face, in blocks: overlaps, box indices, known box
    indices.

    Args:
        boxes: shape (n, 4).
        known: shape (m, 4), with the boxes of a photo in one run.
        spans: first known box of each box's photo, and their number; shape (n, 2).
    """
    first, count = spans.reshape(-1, 2).T
    ends = np.cumsum(count)
    start = 0
    while start < len(boxes):
        done = ends[start] - count[start]
        stop = max(start + 1, int(np.searchsorted(ends, done + PAIRS_PER_BLOCK, "right")))
        own = count[start:stop]
        rows = np.repeat(np.arange(start, stop), own)
        columns = np.arange(len(rows)) + np.repeat(first[start:stop] - (ends[start:stop] - own - done), own)
        found = _overlaps_of_pairs(boxes[rows], known[columns])
        is_one = found >= SAME_FACE_OVERLAP
        yield _best_of_each(found[is_one], rows[is_one], columns[is_one])
        start = stop


def _overlaps_of_pairs(boxes: Numbers, others: Numbers) -> Numbers:
    """`Box.overlap` of the boxes in each row, shape (n,); one of the two arrays may have a single row."""
    (x, y, width, height), (x2, y2, width2, height2) = boxes.T, others.T
    across = np.minimum(x + width, x2 + width2) - np.maximum(x, x2)
    down = np.minimum(y + height, y2 + height2) - np.maximum(y, y2)
    shared = across.clip(min=0) * down.clip(min=0)
    whole = width * height + width2 * height2 - shared
    return np.asarray(np.divide(shared, whole, out=np.zeros_like(whole), where=whole > 0), np.float64)


def _best_of_each(found: Numbers, rows: Counts, columns: Counts) -> tuple[Numbers, Counts, Counts]:
    """The best pairs of each row, best first; of equal ones the first column."""
    order = np.lexsort((columns, -found, rows))
    found, rows, columns = found[order], rows[order], columns[order]
    rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
    return found[rank < MAX_PAIRS_PER_BOX], rows[rank < MAX_PAIRS_PER_BOX], columns[rank < MAX_PAIRS_PER_BOX]
