"""Who is nearest: exact search over all vectors of one model."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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

    def __init__(self, dimensions: int, capacity: int = 0) -> None:
        """Make an empty one; `capacity` rows can be put in before it has to grow."""
        self._vectors: Vectors = np.empty((max(capacity, FIRST_CAPACITY), dimensions), np.float32)
        self._sample_ids: list[str] = []
        self._folders: list[str] = []
        self._row_of_sample: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._sample_ids)

    def __contains__(self, sample_id: str) -> bool:
        return sample_id in self._row_of_sample

    @property
    def dimensions(self) -> int:
        return int(self._vectors.shape[1])

    def put(self, sample_id: str, folder: str, vector: Vector) -> None:
        """Add a sample's vector, or replace it."""
        row = self._row_of_sample.get(sample_id)
        if row is None:
            self.extend([sample_id], [folder], vector[None])
        else:
            self._folders[row], self._vectors[row] = folder, vector

    def extend(self, sample_ids: Sequence[str], folders: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, shape (n, dimensions), of n samples that are not there yet."""
        first, end = len(self), len(self) + len(sample_ids)
        if end > len(self._vectors):
            grown = np.empty((max(end, 2 * len(self._vectors)), self.dimensions), np.float32)
            grown[:first] = self._vectors[:first]
            self._vectors = grown
        self._vectors[first:end] = vectors
        self._sample_ids += sample_ids
        self._folders += folders
        self._row_of_sample.update(zip(sample_ids, range(first, end), strict=True))

    def remove(self, sample_id: str) -> None:
        """Take a sample out; one that is not there is passed over."""
        row = self._row_of_sample.pop(sample_id, None)
        if row is None:
            return
        last_id, last_folder = self._sample_ids.pop(), self._folders.pop()
        if row < len(self):  # the last row moves into the gap
            self._vectors[row] = self._vectors[len(self)]
            self._sample_ids[row], self._folders[row] = last_id, last_folder
            self._row_of_sample[last_id] = row

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
                folder = self._folders[row]
                if folder not in best and folder not in without:
                    similarity = float(np.clip(similarities[row], -1.0, 1.0))
                    best[folder] = Nearest(folder, self._sample_ids[row], similarity)
                    if len(best) == k:
                        return list(best.values())
            if looked_at == count:
                return list(best.values())
            looked_at = min(count, 8 * looked_at)
