"""Which people of a gallery are easily mixed up: siblings, twins, look-alikes.

Two people are, where the gallery shows it:

- a face of one of them was said not to be the other;
- a face without a name, which is like both, was said not to be one of them;
- a face of one matches a face of the other, as `check` lists.

The first two are what a person has said, and count for more. Nothing of it is written down: it follows from
the rejections and embeddings that there are, so that undoing a rejection unlearns it. It is worked out once
per revision of the gallery, and only for two people who are too close for a face to be decided: most faces
cost nothing.
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
    look_alike_margin,
    person_similarity,
    scores,
    undecided_pair,
)
from face_match.decision.threshold import threshold_range
from face_match.gallery.gallery import Gallery
from face_match.gallery.search.embedding_tables import comparable
from face_match.gallery.search.nearest import unit_mean

FACES_COMPARED = 64
"""Of each person, evenly chosen: people of thousands of faces are compared in a fraction of a millisecond. Of
millions of pairs of faces some are alike by chance."""


@dataclass
class _Known:
    """What a gallery has shown at one revision, under one model.

    Attributes:
        said: pairs of people of whom a face of one was said not to be the other.
        unnamed: by folder of a person, embeddings of unnamed faces that were said not to be that one, with
            all
            who the face was said not to be.
        margins: of pairs that were asked for; 0 for people who are not mixed up.
    """

    revision: int
    said: set[frozenset[str]] = field(default_factory=set)
    unnamed: dict[str, list[tuple[Embedding, frozenset[str]]]] = field(default_factory=dict)
    margins: dict[frozenset[str], float] = field(default_factory=dict)
    is_read: bool = False


_KNOWN: WeakKeyDictionary[Gallery, dict[tuple[str, int], _Known]] = WeakKeyDictionary()


class LookAlikes:
    """The people of a gallery, as it is now, who are easily mixed up under a model."""

    def __init__(self, gallery: Gallery, model_id: str, dimensions: int) -> None:
        self._gallery, self._model_id, self._dimensions = gallery, model_id, dimensions
        self._limit = look_alike_margin(model_id)
        of_gallery = _KNOWN.setdefault(gallery, {})
        revision = gallery.revision  # before anything is read: what is read later is as new, or newer
        known = of_gallery.get((model_id, dimensions))
        if known is None or known.revision != revision:
            known = of_gallery[model_id, dimensions] = _Known(revision)
        self._known = known

    def undecided_pair(
        self, alike: Similarities, folders: Sequence[str], lowest: float = -1.0
    ) -> tuple[int, int] | None:
        """See `scoring.undecided_pair`; people are known by folder.

        Args:
            lowest: people who are less alike than that do not match anyhow.
        """
        limit = self._limit._replace(from_likeness=max(self._limit.from_likeness, lowest))
        return undecided_pair(
            alike, lambda one, other: self.margin_between(folders[one], folders[other]), limit
        )

    def scores(
        self, best: Similarities, mean: Similarities, folders: Sequence[str], lowest: float
    ) -> Similarities:
        """See `scoring.scores`, shape (faces, people); `UNDECIDED_SCORE` where a face cannot be decided.

        Args:
            lowest: the score from which anybody matches; where nobody would, nothing is looked up.
        """
        found, alike = scores(best, mean, self._model_id), person_similarity(best, mean)
        for row in np.flatnonzero((found >= lowest).any(axis=1)):
            pair = self.undecided_pair(alike[row], folders, lowest)
            if pair is not None:
                found[row, alike[row] <= alike[row, pair[0]]] = UNDECIDED_SCORE
        return found

    def margin_between(self, one: str, other: str) -> float:
        """By how much one of two people, by folder, has to be ahead; 0 where they are not mixed up."""
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
        if frozenset((one, other)) in self._known.said or self._is_rejected({one: of_one, other: of_other}):
            return self._limit.rejected_margin
        return self._limit.margin if any_faces_match(of_one, of_other, self._model_id) else 0.0

    def _embeddings_of(self, folder: str) -> Embeddings:
        return self._gallery.embeddings_of(folder, self._model_id, self._dimensions, FACES_COMPARED)

    def _is_rejected(self, embeddings: Mapping[str, Embeddings]) -> bool:
        """Whether an unnamed face that is like two people, by folder, was said not to be one of them; not of
        both, for then it is somebody else's."""
        of_either = (self._known.unnamed.get(folder, ()) for folder in embeddings)
        asked = [
            own for faces in of_either for own, rejected in faces if len(rejected & embeddings.keys()) == 1
        ]
        if not asked:
            return False
        faces = np.stack(asked)
        limit = threshold_range(self._model_id).default - self._limit.rejected_margin
        alike = [
            person_similarity((faces @ own.T).max(axis=1), faces @ unit_mean(own))
            for own in embeddings.values()
        ]
        return bool((np.minimum(*alike) >= limit).any())

    def _read_rejections(self) -> None:
        faces = self._gallery.rejected_faces()
        for face in faces:
            if face.person is not None:
                self._known.said |= {frozenset((face.person, told.folder)) for told in face.rejections}
        unnamed = [face for face in faces if face.person is None]
        for face in comparable(unnamed, self._model_id, self._dimensions):
            rejected = frozenset(told.folder for told in face.rejections)
            for folder in rejected:
                self._known.unnamed.setdefault(folder, []).append((face.embeddings[self._model_id], rejected))
        self._known.is_read = True
