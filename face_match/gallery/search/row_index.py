"""Which rows of a large table are worth comparing, from a short code of each embedding.

The codes only propose: similarities are always computed from the embeddings themselves, as they are now. So
an index can never show somebody who is gone or renamed; and since a table tells it which rows have
changed, and compares those too, it does not miss anybody for being new.
"""

from __future__ import annotations

import faiss
import numpy as np
import numpy.typing as npt

from face_match.core.types import Embedding, Embeddings

Rows = npt.NDArray[np.intp]

DIMENSIONS_A_CODE, BITS_A_CODE = 2, 4
"""FAISS's IndexPQFastScan (André, Kermarrec, Le Scouarnec: Quicker ADC, 2019, arXiv:1812.09162) makes codes
of a sixteenth of the vectors' bytes. A code for 4 dimensions would take half the time, and miss people."""

TRAINING_ROUNDS = 8
"""FAISS's own 25 take three times as long, and no more people are found."""

faiss.omp_set_num_threads(1)  # a query takes one anyway, and building leaves the others to the photos


class RowIndex:
    """Codes of a table's first rows. Not thread-safe."""

    def __init__(self, sample: Embeddings) -> None:
        """An empty one; `sample` is a random choice of some thousand embeddings of the kind that it is
        for."""
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
        """Another one for the same kind of embeddings, with the same codes or none."""
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
        """About `count` rows that may be most alike, and all that have changed; each once, in any order."""
        _, found = self._codes.search(embedding[None], min(count, len(self)))
        rows: Rows = found[found >= 0]
        if self.changed:
            rows = np.union1d(rows, np.fromiter(self.changed, np.intp, len(self.changed)))
        return rows
