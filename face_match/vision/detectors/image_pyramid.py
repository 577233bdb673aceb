"""P-Net's inputs: an image at smaller and smaller scales.

The scaling is that of TensorFlow's `AREA` resize: each pixel is the mean of an area of the image, in which a
pixel that lies partly in the area counts in part. (Pillow's `BOX` filter counts whole pixels only. That would
move the landmarks by 4 % of the distance between the eyes.) The graph of P-Net computes the means, from sums
and weights made here: see `graphs.mtcnn.p_net`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

P_NET_CELL_PX = 12
"""P-Net's receptive field: the size of a face in the level that shows it."""

PYRAMID_FACTOR = 0.709
"""Scale from one level to the next: about √½, so each has half of the pixels. As in the `mtcnn` package."""

COLUMNS_PER_BLOCK = 8
"""Columns of a level that one small matrix product computes."""


def pyramid(image: Floats, scale: float) -> Iterator[tuple[list[npt.NDArray[Any]], float]]:
    """P-Net's inputs for each level, with the level's scale.

    Args:
        image: float32 RGB, shape (3, height, width).
        scale: of the first level.
    """
    height, width = image.shape[1:]
    sums = _running_sums(image)
    while min(height, width) * scale >= P_NET_CELL_PX:
        rows, columns = int(height * scale), int(width * scale)
        size = np.array([columns, 3 * rows])
        yield [sums, *_row_means(height, rows), *_column_means(width, columns), size], scale
        scale *= PYRAMID_FACTOR


def _running_sums(image: Floats) -> Floats:
    """Sums of all rows above each row, and of all rows: shape (height + 1, 3, width) for (3, height,
    width)."""
    sums = np.empty((image.shape[1] + 1, 3, image.shape[2]), np.float32)
    sums[0] = 0
    for row in range(image.shape[1]):  # np.cumsum runs down the columns, which takes twice as long
        np.add(sums[row], image[:, row], out=sums[row + 1])
    return sums


@functools.lru_cache(maxsize=64)
def _row_means(length: int, count: int) -> tuple[npt.NDArray[np.int64], Floats]:
    """How the means over `count` equal parts of `length` rows follow from the running sums.

    Returns:
        For each part the indices of four sums, shape (count, 4), and their weights, shape (count, 1, 4).
    """
    ends = np.arange(count + 1) * (length / count)
    whole = np.minimum(ends.astype(np.int64), length - 1)
    part = ends - whole
    sums = np.stack([whole[1:], whole[1:] + 1, whole[:-1], whole[:-1] + 1], axis=1)
    weights = np.stack([1 - part[1:], part[1:], part[:-1] - 1, -part[:-1]], axis=1)
    return sums, (weights[:, None] * (count / length)).astype(np.float32)


@functools.lru_cache(maxsize=64)
def _column_means(length: int, count: int) -> tuple[npt.NDArray[np.int64], Floats]:
    """How the means over `count` equal parts of `length` columns follow from the pixels.

    Returns:
        For each block of parts the columns that it covers, shape (blocks, k), and their weights in each part,
        shape (blocks, COLUMNS_PER_BLOCK, k).
    """
    step = length / count
    k = min(length, math.ceil(COLUMNS_PER_BLOCK * step) + 1)
    blocks = np.arange(0, count, COLUMNS_PER_BLOCK)[:, None]
    pixels = np.minimum((blocks * step).astype(np.int64), length - k) + np.arange(k)
    ends = (blocks + np.arange(COLUMNS_PER_BLOCK + 1)) * step
    covered = np.clip(ends[:, :, None] - pixels[:, None], 0, 1, dtype=np.float32)
    return pixels, np.diff(covered, axis=1) / np.float32(step)
