"""Who is nearest: exact search over all vectors of one model."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from face_match.types import Vector, Vectors

FIRST_CAPACITY = 64


class Nearest(NamedTuple):
    """A person, by folder, with the sample that decides and its cosine similarity."""

    folder: str
    sample_id: str
    similarity: float


class VectorTable:
    """Vectors of samples, each belonging to a person. Not thread-safe."""

    def __init__(self, dimensions: int) -> None:
        self._vectors: Vectors = np.empty((FIRST_CAPACITY, dimensions), np.float32)
        self._owners: list[tuple[str, str]] = []
        self._row_of_sample: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._owners)

    @property
    def dimensions(self) -> int:
        return int(self._vectors.shape[1])

    def put(self, sample_id: str, folder: str, vector: Vector) -> None:
        """Add a sample's vector, or replace it."""
        row = self._row_of_sample.get(sample_id, len(self))
        if row == len(self._vectors):
            grown = np.empty((2 * row, self.dimensions), np.float32)
            grown[:row] = self._vectors
            self._vectors = grown
        self._vectors[row] = vector
        if row == len(self):
            self._owners.append((folder, sample_id))
            self._row_of_sample[sample_id] = row
        else:
            self._owners[row] = (folder, sample_id)

    def remove(self, sample_id: str) -> None:
        """Take a sample out; one that is not there is passed over."""
        row = self._row_of_sample.pop(sample_id, None)
        if row is None:
            return
        last = self._owners.pop()
        if row < len(self):  # the last row moves into the gap
            self._vectors[row] = self._vectors[len(self)]
            self._owners[row] = last
            self._row_of_sample[last[1]] = row

    def nearest(self, vector: Vector, k: int, without: Collection[str] = ()) -> list[Nearest]:
        """The k people most alike, best first, each by their best sample.

        Args:
            vector: shape (dimensions,), unit L2 norm.
            without: folders of people to leave out.
        """
        count = len(self)
        if not count or k < 1:
            return []
        similarities = self._vectors[:count] @ vector
        looked_at = min(count, 4 * k + 32)
        while True:
            rows = np.argpartition(-similarities, looked_at - 1)[:looked_at]
            rows = rows[np.argsort(-similarities[rows], kind="stable")]
            best: dict[str, Nearest] = {}
            for row in rows.tolist():
                folder, sample_id = self._owners[row]
                if folder not in best and folder not in without:
                    similarity = float(np.clip(similarities[row], -1.0, 1.0))
                    best[folder] = Nearest(folder, sample_id, similarity)
                    if len(best) == k:
                        return list(best.values())
            if looked_at == count:
                return list(best.values())
            looked_at = min(count, 8 * looked_at)
