"""Similarities of many embeddings, in memory that does not grow with the square of their number."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from face_match.core.errors import CancelledError
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.types import Embeddings

AT_ONCE = 1 << 22
"""Similarities in memory at once, 16 MB."""


def highest_to_others(
    embeddings: Embeddings, is_cancelled: IsCancelled = never_cancelled
) -> npt.NDArray[np.float32]:
    """The highest similarity of each embedding to another one, shape (n,); -inf for a single one.

    Raises:
        CancelledError.
    """
    highest = np.empty(len(embeddings), np.float32)
    rows = max(1, AT_ONCE // max(1, len(embeddings)))
    for start in range(0, len(embeddings), rows):
        if is_cancelled():
            raise CancelledError
        similarities = embeddings[start : start + rows] @ embeddings.T
        similarities[np.arange(len(similarities)), np.arange(start, start + len(similarities))] = -np.inf
        highest[start : start + rows] = similarities.max(axis=1)
    return highest
