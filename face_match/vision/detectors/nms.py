"""Non-maximum suppression: one box of several that a detector has for one face."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

BLOCK = 128
"""Boxes compared at a time with all that score less: few enough for small arrays."""


def nms(
    boxes: npt.NDArray[np.float32],
    scores: npt.NDArray[np.float32],
    max_overlap: float,
    *,
    greedy: bool = True,
    relative_to_smaller: bool = False,
) -> npt.NDArray[np.intp]:
    """Indices of the boxes that no box with a higher score suppresses, highest score first.

    Args:
        boxes: float32, shape (n, 4): left, top, right, bottom.
        scores: float32, shape (n,).
        max_overlap: a box suppresses those that it overlaps by more, 0..1.
        greedy: True is the usual rule, under which a suppressed box suppresses no others. False is that of
            the `mtcnn` package, under which it does.
        relative_to_smaller: divide the intersection by the area of the smaller box instead of the union.
    """
    order = np.argsort(-scores, kind="stable")
    left, top, right, bottom = np.ascontiguousarray(boxes[order].T)
    area = (right - left).clip(min=0) * (bottom - top).clip(min=0)
    is_suppressed = np.zeros(len(order), bool)
    for first in range(0, len(order), BLOCK):
        block, rest = slice(first, first + BLOCK), slice(first, None)
        width = np.minimum.outer(right[block], right[rest]) - np.maximum.outer(left[block], left[rest])
        height = np.minimum.outer(bottom[block], bottom[rest]) - np.maximum.outer(top[block], top[rest])
        shared = np.maximum(width, 0) * np.maximum(height, 0)
        if relative_to_smaller:
            whole = np.minimum.outer(area[block], area[rest])
        else:
            whole = np.add.outer(area[block], area[rest]) - shared
        suppresses = np.triu(shared > max_overlap * whole, k=1)
        if greedy:
            for row, suppressed_by_row in enumerate(suppresses, start=first):
                if not is_suppressed[row]:
                    is_suppressed[rest] |= suppressed_by_row
        else:
            is_suppressed[rest] |= suppresses.any(axis=0)
    kept: npt.NDArray[np.intp] = order[~is_suppressed]
    return kept
