"""The embeddings in memory: a table for each model that was searched with. Not thread-safe."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from face_match.core.dates import photo_year
from face_match.core.records import FaceRecord
from face_match.gallery.search.nearest import EmbeddingTable
from face_match.gallery.storage.store import Store


class EmbeddingTables:
    """Read from a store when they are first asked for, and told of what changes."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, int], EmbeddingTable] = {}
        self._dated: set[tuple[str, int]] = set()

    def table(
        self, store: Store, model_id: str, dimensions: int, capacity: int, *, is_dated: bool = False
    ) -> EmbeddingTable:
        """All embeddings of a model; `capacity` is how many there may be.

        Args:
            is_dated: it is needed when their photos were taken; of 100,000 faces that takes 100 ms once.
        """
        key = (model_id, dimensions)
        if key not in self._tables:
            table = EmbeddingTable(dimensions, capacity)
            for rows in store.embeddings(model_id, dimensions):
                table.extend(*rows)
            self._tables[key] = table
        if is_dated and key not in self._dated:
            dates = store.photo_dates()
            self._tables[key].date({face_id: _year(taken) for face_id, taken in dates.items()})
            self._dated.add(key)
        return self._tables[key]

    def of_model(self, model_id: str) -> list[EmbeddingTable]:
        """Those that have been asked for."""
        return [table for (model, _), table in self._tables.items() if model == model_id]

    def forget(self, model_id: str) -> None:
        """Read them again when they are asked for."""
        for key in [key for key in self._tables if key[0] == model_id]:
            del self._tables[key]
            self._dated.discard(key)

    def put(self, face: FaceRecord) -> None:
        """A face has a name, another one than before, or none any more."""
        if face.person is None:
            self.remove(face.id)
            return
        for model_id, embedding in face.embeddings.items():
            table = self._tables.get((model_id, len(embedding)))
            if table is not None:
                table.put(face.id, face.person, embedding, _year(face.taken))

    def remove(self, face_id: str) -> None:
        """A face is gone, or unnamed."""
        for table in self._tables.values():
            table.remove(face_id)


def _year(taken: str) -> float:
    """NaN where it is not known."""
    year = photo_year(taken)
    return math.nan if year is None else year


def comparable(faces: Iterable[FaceRecord], model_id: str, dimensions: int = 0) -> list[FaceRecord]:
    """Those whose embeddings of a model can be compared; records from others may have embeddings of any size.

    Args:
        dimensions: of what they are compared with; 0 for with each other, by the size that most have.
    """
    found = [face for face in faces if model_id in face.embeddings]
    if not dimensions and found:
        ((dimensions, _),) = Counter(len(face.embeddings[model_id]) for face in found).most_common(1)
    return [face for face in found if len(face.embeddings[model_id]) == dimensions]
