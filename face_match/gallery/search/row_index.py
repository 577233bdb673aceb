"""An index of compressed codes that proposes the rows of a large table to compare.

The index only proposes. Similarities are always computed from the current embeddings, so a removed or renamed
person is never shown. The table reports changed rows, which are compared too, so new faces are never missed.
"""

from __future__ import annotations

import faiss
import numpy as np
import numpy.typing as npt

from face_match.core.types import Embedding, Embeddings

Rows = npt.NDArray[np.intp]

DIMENSIONS_A_CODE, BITS_A_CODE = 2, 4
"""FAISS's IndexPQFastScan (André, Kermarrec, Le Scouarnec: Quicker ADC, 2019, arXiv:1812.09162): codes
take a sixteenth of the embeddings' bytes. One code for 4 dimensions would halve the time but miss people."""

TRAINING_ROUNDS = 8
"""FAISS's default of 25 takes three times as long and finds no more people."""

faiss.omp_set_num_threads(
    1
)  # a query uses one thread anyway, and building leaves the other cores to the photos


class RowIndex:
    """The codes of a table's first rows. Not thread-safe."""

    def __init__(self, sample: Embeddings) -> None:
        """An empty index, trained on a random sample of some thousand embeddings."""
        dimensions = sample.shape[1]
        count = dimensions // DIMENSIONS_A_CODE
        codes = faiss.IndexPQFastScan(dimensions, count, BITS_A_CODE, faiss.METRIC_INNER_PRODUCT)
        codes.pq.cp.niter = TRAINING_ROUNDS
        codes.train(sample)
        self._codes: faiss.Index = codes
        self.changed: set[int] = set()

    def __len__(self) -> int:
        return int(self._codes.ntotal)

    def copy(self, *, empty: bool) -> RowIndex:
        """A copy with the same training, with or without the codes."""
        other = RowIndex.__new__(RowIndex)
        other._codes = faiss.clone_index(self._codes)
        other.changed = set() if empty else set(self.changed)
        if empty:
            other._codes.reset()
        return other

    def extend(self, embeddings: Embeddings) -> None:
        """Add the next rows."""
        self._codes.add(embeddings)

    def propose(self, embedding: Embedding, count: int) -> Rows:
        """About `count` rows that may be most similar, and all changed rows; unsorted, without duplicates."""
        _, found = self._codes.search(embedding[None], min(count, len(self)))
        rows: Rows = found[found >= 0]
        if self.changed:
            rows = np.union1d(rows, np.fromiter(self.changed, np.intp, len(self.changed)))
        return rows
