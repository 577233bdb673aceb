"""The most similar other person of each named face, for the whole gallery at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.errors import CancelledError
from face_match.core.likeness import AT_ONCE, highest_to_others
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.gallery.search.embedding_search import DatedRows

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]

EXACT_PRODUCTS = 5e9
"""Up to this many multiplications all faces are compared with all: 10,000 faces of 50 dimensions, or 3,000
of 512."""

ROWS_AT_ONCE = 512

CANDIDATES = 8
"""The number of people that a face of a large gallery is compared with: those most similar on average."""

LISTS_PROBED = 8
_ITERATIONS = 6


class NearestOther(NamedTuple):
    """A face and the other person who is most similar to it, by folder.

    Attributes:
        own: the highest similarity to another face of its own person; None if there is none.
    """

    face_id: str
    folder: str
    other: str
    similarity: float
    own: float | None


class NamedEmbeddings:
    """The embeddings of named faces, sorted by person."""

    def __init__(
        self,
        rows: DatedRows,
        rejected: Mapping[str, Collection[str]],
        is_cancelled: IsCancelled = never_cancelled,
    ) -> None:
        """Sort the rows.

        Args:
            rejected: the folders of rejected people, by face id.
        Raises:
            CancelledError.
        """
        self.folders, of_row = np.unique(np.asarray(rows.folders, object), return_inverse=True)
        order = np.argsort(of_row, kind="stable")
        self.people: Numbers = of_row[order]
        self.embeddings: Floats = rows.embeddings[order]
        self.ids = [rows.face_ids[row] for row in order]
        self.starts = np.searchsorted(self.people, np.arange(len(self.folders) + 1))
        number = {folder: n for n, folder in enumerate(self.folders)}
        self.rejected = {
            row: [number[folder] for folder in rejected[face_id] if folder in number]
            for row, face_id in enumerate(self.ids)
            if face_id in rejected
        }
        self.own = np.full(len(self.ids), np.nan, np.float32)
        for person in range(len(self.folders)):
            rows_of = self.rows_of(person)
            if rows_of.stop - rows_of.start > 1:
                self.own[rows_of] = highest_to_others(self.embeddings[rows_of], is_cancelled)

    def rows_of(self, person: int) -> slice:
        """The rows of a person."""
        return slice(int(self.starts[person]), int(self.starts[person + 1]))

    def with_pairs_above(self, similarity: float) -> list[str]:
        """The folders of people with two faces of a higher similarity."""
        return [str(self.folders[person]) for person in np.unique(self.people[self.own > similarity])]


def nearest_other_people(named: NamedEmbeddings, is_cancelled: IsCancelled) -> Iterator[NearestOther]:
    """The most similar other person of each face; rejected people are excluded.

    Raises:
        CancelledError.
    """
    if len(named.folders) < 2:
        return
    count, dimensions = named.embeddings.shape
    is_small = float(count) * count * dimensions <= EXACT_PRODUCTS
    similarity, other = (_exact if is_small else _approximate)(named, is_cancelled)
    for row in np.flatnonzero(other >= 0).tolist():
        own = float(named.own[row])
        yield NearestOther(
            named.ids[row],
            str(named.folders[named.people[row]]),
            str(named.folders[other[row]]),
            min(1.0, max(-1.0, float(similarity[row]))),
            None if np.isnan(own) else own,
        )


def _exact(named: NamedEmbeddings, is_cancelled: IsCancelled) -> tuple[Floats, Numbers]:
    """For each face the highest similarity to another person, and that person's number; -1 for none."""
    best = np.full(len(named.ids), -np.inf, np.float32)
    other = np.full(len(named.ids), -1, np.intp)
    for start in range(0, len(named.ids), ROWS_AT_ONCE):
        if is_cancelled():
            raise CancelledError
        rows = np.arange(start, min(start + ROWS_AT_ONCE, len(named.ids)))
        similarities = named.embeddings[rows] @ named.embeddings.T
        for at, row in enumerate(rows.tolist()):
            for person in (int(named.people[row]), *named.rejected.get(row, ())):
                similarities[at, named.rows_of(person)] = -np.inf
        nearest = similarities.argmax(axis=1)
        best[rows] = similarities[np.arange(len(rows)), nearest]
        other[rows] = np.where(np.isfinite(best[rows]), named.people[nearest], -1)
    return best, other


def _approximate(named: NamedEmbeddings, is_cancelled: IsCancelled) -> tuple[Floats, Numbers]:
    """Like `_exact`, among the people who are most similar on average."""
    candidates = _candidates(named, is_cancelled)
    for row, rejected in named.rejected.items():
        candidates[row][np.isin(candidates[row], rejected)] = -1
    candidates[candidates == named.people[:, None]] = -1
    order = np.argsort(candidates, axis=None, kind="stable")
    of_candidate, rows = candidates.ravel()[order], order // candidates.shape[1]
    best = np.full(len(named.ids), -np.inf, np.float32)
    other = np.full(len(named.ids), -1, np.intp)
    starts, starts_of = np.searchsorted(of_candidate, np.arange(len(named.folders) + 1)), named.starts
    for person in range(len(named.folders)):
        theirs = np.arange(starts_of[person], starts_of[person + 1])
        at_once = max(1, AT_ONCE // len(theirs))
        for start in range(starts[person], starts[person + 1], at_once):
            if is_cancelled():
                raise CancelledError
            own = rows[start : min(start + at_once, starts[person + 1])]
            similarities = named.embeddings[own] @ named.embeddings[theirs].T
            _update_best(best, other, own, similarities.max(axis=1), np.full(len(own), person))
            # and in reverse: a face with a wrong name resembles no candidate's average
            nearest = similarities.argmax(axis=0)
            found = similarities[nearest, np.arange(len(theirs))]
            whose = named.people[own[nearest]]
            for at in (at for at, row in enumerate(theirs.tolist()) if row in named.rejected):
                if whose[at] in named.rejected[int(theirs[at])]:
                    found[at] = -np.inf
            _update_best(best, other, theirs, found, whose)
    return best, other


def _update_best(best: Floats, other: Numbers, rows: Numbers, similarities: Floats, people: Numbers) -> None:
    """Update the best match of some faces."""
    better = similarities > best[rows]
    best[rows[better]], other[rows[better]] = similarities[better], people[better]


def _candidates(named: NamedEmbeddings, is_cancelled: IsCancelled) -> Numbers:
    """The people most similar to each face on average, shape (faces, CANDIDATES + 1); -1 for none."""
    import faiss  # slow to import, and small galleries do not need it

    means = np.add.reduceat(named.embeddings, named.starts[:-1], axis=0)
    means /= np.linalg.norm(means, axis=1, keepdims=True) + np.float32(1e-12)
    lists = max(1, int(np.sqrt(len(means)) * 2))
    quantizer = faiss.IndexFlatIP(means.shape[1])
    index = faiss.IndexIVFFlat(quantizer, means.shape[1], lists, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter, index.cp.min_points_per_centroid = _ITERATIONS, 1
    index.train(means)
    index.add(means)
    index.nprobe = LISTS_PROBED
    found = np.empty((len(named.ids), CANDIDATES + 1), np.intp)
    for start in range(0, len(found), 16 * ROWS_AT_ONCE):
        if is_cancelled():
            raise CancelledError
        rows = slice(start, start + 16 * ROWS_AT_ONCE)
        found[rows] = index.search(named.embeddings[rows], CANDIDATES + 1)[1]
    return found
