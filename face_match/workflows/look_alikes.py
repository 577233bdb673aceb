"""Look-alikes: people of a gallery who are easily mixed up, such as siblings and twins.

Two people are look-alikes if

- a face of one of them was rejected for the other,
- an unnamed face that is similar to both was rejected for one of them, or
- a face of one matches a face of the other, as `check` lists.

The first two are the user's word, and need a larger margin. Nothing is stored: it follows from rejections and
embeddings, so that undoing a rejection undoes it. It is computed once per revision of the gallery, and only
for two people who are close for some face: most faces need no computation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import numpy as np

from face_match.core.types import Embedding, Embeddings
from face_match.decision.scoring import (
    UNDECIDED_SCORE,
    Similarities,
    any_faces_match,
    combined_similarity,
    look_alike_margin,
    scores,
    undecided,
    undecided_pair,
)
from face_match.decision.threshold import threshold_range
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.faces import comparable
from face_match.gallery.search.embedding_search import unit_mean

FACES_COMPARED = 64
"""The most faces of a person, evenly chosen, that are compared: of millions of pairs some would match by
chance."""


@dataclass
class _Known:
    """Rejections and margins of one revision of a gallery, under one model.

    Attributes:
        rejected_pairs: pairs of people, a face of one of whom was rejected for the other.
        unnamed: by a person's folder, embeddings of unnamed faces rejected for that person, with all people
            for whom the face was rejected.
        margins: the margins computed, by pair of people; 0 for people who are not look-alikes.
    """

    revision: int
    rejected_pairs: set[frozenset[str]] = field(default_factory=set)
    unnamed: dict[str, list[tuple[Embedding, frozenset[str]]]] = field(default_factory=dict)
    margins: dict[frozenset[str], float] = field(default_factory=dict)
    is_read: bool = False


_KNOWN: WeakKeyDictionary[Gallery, dict[tuple[str, int], _Known]] = WeakKeyDictionary()


class LookAlikes:
    """The look-alikes of a gallery at its current revision, under a model."""

    def __init__(self, gallery: Gallery, model_id: str, dimensions: int) -> None:
        self._gallery, self._model_id, self._dimensions = gallery, model_id, dimensions
        self._limit = look_alike_margin(model_id)
        of_gallery = _KNOWN.setdefault(gallery, {})
        revision = gallery.revision  # before anything is read: data read later is at least as new
        known = of_gallery.get((model_id, dimensions))
        if known is None or known.revision != revision:
            known = of_gallery[model_id, dimensions] = _Known(revision)
        self._known = known

    def undecided_pair(
        self, combined: Similarities, folders: Sequence[str], lowest: float = -1.0
    ) -> tuple[int, int] | None:
        """See `scoring.undecided_pair`; people are identified by folder.

        Args:
            lowest: people with lower combined similarities do not match anyway.
        """
        limit = self._limit._replace(from_likeness=max(self._limit.from_likeness, lowest))
        return undecided_pair(
            combined, lambda one, other: self.margin_between(folders[one], folders[other]), limit
        )

    def scores(
        self,
        best: Similarities,
        mean: Similarities,
        folders: Sequence[str],
        lowest: float,
        hinted: Similarities,
    ) -> Similarities:
        """See `scoring.scores`, shape (faces, people), with what hints add; `UNDECIDED_SCORE` where a face
        cannot be decided.

        Args:
            lowest: the lowest score of a match; nothing is looked up for faces without a match.
            hinted: the allowances of hints, shape (faces, people).
        """
        combined = combined_similarity(best, mean)
        found = scores(best, mean, self._model_id) + hinted
        for row in np.flatnonzero((found >= lowest).any(axis=1)):
            pair = self.undecided_pair(combined[row], folders, lowest - float(hinted[row].max()))
            if pair is not None:
                found[row, undecided(combined[row], pair, hinted[row] > 0)] = UNDECIDED_SCORE
        return found

    def margin_between(self, one: str, other: str) -> float:
        """The margin between two people, by folder; 0 if they are not look-alikes."""
        pair = frozenset((one, other))
        if pair not in self._known.margins:
            self._known.margins[pair] = self._margin(one, other)
        return self._known.margins[pair]

    def _margin(self, one: str, other: str) -> float:
        of_one, of_other = self._embeddings_of(one), self._embeddings_of(other)
        if not len(of_one) or not len(of_other):
            return 0.0
        if not self._known.is_read:
            self._read_rejections()
        if frozenset((one, other)) in self._known.rejected_pairs or self._is_rejected(
            {one: of_one, other: of_other}
        ):
            return self._limit.rejected_margin
        return self._limit.margin if any_faces_match(of_one, of_other, self._model_id) else 0.0

    def _embeddings_of(self, folder: str) -> Embeddings:
        return self._gallery.embeddings_of(folder, self._model_id, self._dimensions, FACES_COMPARED)

    def _is_rejected(self, embeddings: Mapping[str, Embeddings]) -> bool:
        """Whether an unnamed face similar to two people was rejected for exactly one of them. A face rejected
        for both is somebody else's."""
        of_either = (self._known.unnamed.get(folder, ()) for folder in embeddings)
        asked = [
            own for faces in of_either for own, rejected in faces if len(rejected & embeddings.keys()) == 1
        ]
        if not asked:
            return False
        faces = np.stack(asked)
        limit = threshold_range(self._model_id).default - self._limit.rejected_margin
        combined = [
            combined_similarity((faces @ own.T).max(axis=1), faces @ unit_mean(own))
            for own in embeddings.values()
        ]
        return bool((np.minimum(*combined) >= limit).any())

    def _read_rejections(self) -> None:
        faces = self._gallery.rejected_faces()
        for face in faces:
            if face.person is not None:
                self._known.rejected_pairs |= {
                    frozenset((face.person, rejection.folder)) for rejection in face.rejections
                }
        unnamed = [face for face in faces if face.person is None]
        for face in comparable(unnamed, self._model_id, self._dimensions):
            rejected = frozenset(rejection.folder for rejection in face.rejections)
            for folder in rejected:
                self._known.unnamed.setdefault(folder, []).append((face.embeddings[self._model_id], rejected))
        self._known.is_read = True
