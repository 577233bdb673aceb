"""Whether faces that are given a name look nothing like the person who has it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from face_match.core.types import Embedding
from face_match.decision.threshold import FEWEST_TO_BE_UNLIKE, unlike_below
from face_match.gallery.gallery import Gallery

MOST_COMPARED = 500
"""Faces of the person."""


def is_unlike(gallery: Gallery, name: str, embeddings: Sequence[Embedding], model_id: str) -> bool:
    """Whether faces, which are not the person's yet, do not look like the person of a name: whether they are
    unlike the most similar face of that person, on average. Never for a new person, nor for one with few
    faces.

    Args:
        embeddings: of at least one face, made by `model_id`, each of unit L2 norm.
    """
    person = gallery.find(name)
    if person is None or person.face_count < FEWEST_TO_BE_UNLIKE or not embeddings:
        return False
    faces = np.stack(embeddings)
    known = gallery.embeddings_of(person.folder, model_id, faces.shape[1], MOST_COMPARED)
    if len(known) < FEWEST_TO_BE_UNLIKE:
        return False
    return bool((faces @ known.T).max(axis=1).mean() < unlike_below(model_id))
