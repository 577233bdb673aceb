"""The embeddings in memory: one table for each model that was searched. Not thread-safe."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from face_match.core.dates import photo_year
from face_match.core.records import FaceRecord
from face_match.core.types import Embedding
from face_match.gallery.search.nearest import EmbeddingTable
from face_match.gallery.storage.store import Store


class EmbeddingTables:
    """Tables that are read from the store on demand and updated with each change."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, int], EmbeddingTable] = {}
        self._dated: set[tuple[str, int]] = set()

    def of(
        self, store: Store, model_id: str, dimensions: int, capacity: int, *, is_dated: bool = False
    ) -> EmbeddingTable:
        """The table of a model, with space for `capacity` embeddings. Years take 100 ms once for 100,000
        faces."""
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
        """The tables of a model that are in memory."""
        return [table for (model, _), table in self._tables.items() if model == model_id]

    def forget(self, model_id: str) -> None:
        """Drop a model's tables, so that they are read again on demand."""
        for key in [key for key in self._tables if key[0] == model_id]:
            del self._tables[key]
            self._dated.discard(key)

    def forget_all(self) -> None:
        """Drop all tables."""
        self._tables.clear()
        self._dated.clear()

    def hold(self, face_id: str, folder: str, model_id: str, embedding: Embedding) -> None:
        """Add an embedding to a table in memory, if there is one."""
        table = self._tables.get((model_id, len(embedding)))
        if table is not None:
            table.put(face_id, folder, embedding)

    def put(self, face: FaceRecord) -> None:
        """Update a face, whose name may have been set, changed or taken off."""
        if face.person is None:
            self.remove(face.id)
            return
        for model_id, embedding in face.embeddings.items():
            table = self._tables.get((model_id, len(embedding)))
            if table is not None:
                table.put(face.id, face.person, embedding, _year(face.taken))

    def remove(self, face_id: str) -> None:
        """Remove a face that was removed or unnamed."""
        for table in self._tables.values():
            table.remove(face_id)


def _year(taken: str) -> float:
    """The year in which a photo was taken; NaN if not known."""
    year = photo_year(taken)
    return math.nan if year is None else year


def comparable(faces: Iterable[FaceRecord], model_id: str, dimensions: int = 0) -> list[FaceRecord]:
    """The faces whose embeddings of a model can be compared. Untrusted records may have embeddings of any
    size.

    Args:
        dimensions: of the embeddings to compare with; 0 for the most common size among the faces.
    """
    found = [face for face in faces if model_id in face.embeddings]
    if not dimensions and found:
        ((dimensions, _),) = Counter(len(face.embeddings[model_id]) for face in found).most_common(1)
    return [face for face in found if len(face.embeddings[model_id]) == dimensions]
