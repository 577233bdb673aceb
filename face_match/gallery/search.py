"""Who is nearest: exact over all vectors of one model, or, in a large table, over those worth comparing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.errors import CancelledError
from face_match.gallery.store import VectorRows
from face_match.types import IsCancelled, Vector, Vectors

if TYPE_CHECKING:  # FAISS takes a while to import, and small galleries do without
    from face_match.gallery.row_index import RowIndex

FIRST_CAPACITY = 64

EXACT_FLOATS = 4_000_000
"""Up to here comparing with all takes under a millisecond: 8,000 vectors of 512 dimensions."""

ROWS_PROPOSED = 400
ROWS_A_PROPOSAL = 150
"""An index proposes so many rows, and one more for each 150 that there are."""

PART_BEHIND = 50
"""An index is brought up to date when more than one row in 50 has changed or is not in it."""

ROWS_AT_ONCE = 4_096


class Nearest(NamedTuple):
    """A person, by folder, with the face that decides and its cosine similarity."""

    folder: str
    face_id: str
    similarity: float


class VectorTable:
    """Vectors of faces, each belonging to a person. Not thread-safe."""

    def __init__(self, dimensions: int, capacity: int = 0) -> None:
        """Make an empty one; `capacity` rows can be put in before it has to grow."""
        self._vectors: Vectors = np.empty((max(capacity, FIRST_CAPACITY), dimensions), np.float32)
        self._face_ids: list[str] = []
        self._folders: list[str] = []
        self._row_of_face: dict[str, int] = {}
        self._index: RowIndex | None = None
        self._draft: RowIndex | None = None
        self._rows_drafted = 0

    def __len__(self) -> int:
        return len(self._face_ids)

    def __contains__(self, face_id: str) -> bool:
        return face_id in self._row_of_face

    @property
    def dimensions(self) -> int:
        return int(self._vectors.shape[1])

    def rows(self) -> VectorRows:
        """All that is in it, as a copy."""
        return VectorRows(self._face_ids.copy(), self._folders.copy(), self._vectors[: len(self)].copy())

    def put(self, face_id: str, folder: str, vector: Vector) -> None:
        """Add a face's vector, or replace it."""
        row = self._row_of_face.get(face_id)
        if row is None:
            self.extend([face_id], [folder], vector[None])
        else:
            self._folders[row], self._vectors[row] = folder, vector
            self._note_change(range(row, row + 1))

    def extend(self, face_ids: Sequence[str], folders: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, shape (n, dimensions), of n faces that are not there yet."""
        first, end = len(self), len(self) + len(face_ids)
        if end > len(self._vectors):
            grown = np.empty((max(end, 2 * len(self._vectors)), self.dimensions), np.float32)
            grown[:first] = self._vectors[:first]
            self._vectors = grown
        self._vectors[first:end] = vectors
        self._face_ids += face_ids
        self._folders += folders
        self._row_of_face.update(zip(face_ids, range(first, end), strict=True))
        self._note_change(range(first, end))

    def remove(self, face_id: str) -> None:
        """Take a face out; one that is not there is passed over."""
        row = self._row_of_face.pop(face_id, None)
        if row is None:
            return
        last_id, last_folder = self._face_ids.pop(), self._folders.pop()
        if row < len(self):  # the last row moves into the gap
            self._vectors[row] = self._vectors[len(self)]
            self._face_ids[row], self._folders[row] = last_id, last_folder
            self._row_of_face[last_id] = row
            self._note_change(range(row, row + 1))

    def nearest(self, vector: Vector, k: int, without: Collection[str] = ()) -> list[Nearest]:
        """The k people most alike, best first, each by their best face.

        Args:
            vector: shape (dimensions,), unit L2 norm.
            without: folders of people to leave out.
        """
        if k < 1:
            return []
        if self._index is not None:
            found = self._best(self._worth_comparing(self._index, vector), vector, k, without)
            if len(found) == k:
                return found
        return self._best(None, vector, k, without)

    @property
    def wants_index(self) -> bool:
        """Whether an index, or a newer one, would make searching faster."""
        if len(self) * self.dimensions <= EXACT_FLOATS:
            return False
        if self._index is None:
            return True
        behind = len(self._index.changed) + max(0, len(self) - len(self._index))
        return behind > len(self) // PART_BEHIND

    def make_index(self, lock: AbstractContextManager[object], is_cancelled: IsCancelled) -> None:
        """Make the index, or bring it up to date, while others go on with the table.

        Args:
            lock: under which they use it; held here for some milliseconds at a time.
        Raises:
            CancelledError: the index, if any, is as it was.
        """
        from face_match.gallery.row_index import RowIndex

        with lock:
            draft = self._draft_of_index()
            some = self._some_vectors() if draft is None else None
        if some is not None:
            draft = RowIndex(some)
        while draft is not None:
            with lock:
                self._draft, first = draft, len(draft)
                self._rows_drafted = max(first, min(first + ROWS_AT_ONCE, len(self)))
                vectors = self._vectors[first : self._rows_drafted].copy()
                if is_cancelled():
                    self._draft = None
                    raise CancelledError
                if not len(vectors):
                    self._index, self._draft = draft, None
                    return
            draft.extend(vectors)

    def _draft_of_index(self) -> RowIndex | None:
        """The index there is, to go on with; without its codes where too many of them are old."""
        if self._index is None:
            return None
        is_old = len(self._index.changed) > len(self) // (2 * PART_BEHIND)
        self._draft = self._index.copy(empty=is_old)
        self._rows_drafted = len(self._draft)
        return self._draft

    def _some_vectors(self) -> Vectors:
        """A random choice, always the same."""
        count = min(len(self), ROWS_AT_ONCE)
        return self._vectors[np.random.default_rng(0).choice(len(self), count, replace=False)]

    def _note_change(self, rows: range) -> None:
        if self._index is not None:
            self._index.changed.update(row for row in rows if row < len(self._index))
        if self._draft is not None:
            self._draft.changed.update(row for row in rows if row < self._rows_drafted)

    def _worth_comparing(self, index: RowIndex, vector: Vector) -> npt.NDArray[np.intp]:
        """Rows that the index proposes, that have changed since it was made, or are not in it yet."""
        proposed = index.propose(vector, ROWS_PROPOSED + len(self) // ROWS_A_PROPOSAL)
        return np.concatenate([proposed[proposed < len(self)], np.arange(len(index), len(self))])

    def _best(
        self,
        rows: npt.NDArray[np.intp] | None,
        vector: Vector,
        k: int,
        without: Collection[str],
    ) -> list[Nearest]:
        """The same, of some rows or of all."""
        vectors = self._vectors[: len(self)] if rows is None else self._vectors[rows]
        # On one core: BLAS would wait for a second one, up to 8 ms where that is busy with a photo.
        similarities = np.einsum("ij,j->i", vectors, vector)
        looked_at = 0
        best: dict[str, Nearest] = {}
        while looked_at < len(similarities) and len(best) < k:
            looked_at = min(len(similarities), 8 * looked_at or 4 * k + 32)
            places = np.argpartition(-similarities, looked_at - 1)[:looked_at]
            places = places[np.argsort(-similarities[places], kind="stable")]
            best = {}
            for place in places.tolist():
                row = place if rows is None else int(rows[place])
                folder = self._folders[row]
                if folder not in best and folder not in without:
                    similarity = min(1.0, max(-1.0, float(similarities[place])))
                    best[folder] = Nearest(folder, self._face_ids[row], similarity)
                    if len(best) == k:
                        break
        return list(best.values())
