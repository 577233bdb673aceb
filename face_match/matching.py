"""Who is it? The people of a gallery ranked for a face."""

from __future__ import annotations

import numpy as np

from face_match.decision.scoring import costs, likeness, rivalry_of, rivals
from face_match.decision.threshold import PRECISION
from face_match.gallery.gallery import Gallery
from face_match.types import FaceRecord, Match, Vector

MORE = 8
"""People who are compared besides those asked for: a score may put them before these."""


def matches(
    gallery: Gallery, vector: Vector, model_id: str, k: int, face: FaceRecord | None = None
) -> list[Match]:
    """The k people of a gallery with the highest scores for a face, best first.

    Args:
        vector: shape (dimensions,), unit L2 norm, made by `model_id`.
        face: which face it is of; people who were rejected for it are left out, also as rivals.
    """
    if k < 1:
        return []
    candidates = gallery.nearest(vector, model_id, k + MORE, face)
    if not candidates:
        return []
    alike = likeness(
        np.array([one.similarity for one in candidates]),
        np.array([one.mean_similarity for one in candidates]),
    )
    taken_off = costs(alike, rivalry_of(model_id))
    order = np.argsort(taken_off - alike, kind="stable")[:k]
    others = rivals(alike)
    return [
        Match(
            candidates[row].person,
            candidates[row].face,
            candidates[row].similarity,
            float(alike[row] - taken_off[row]),
            candidates[others[row]].person if taken_off[row] >= PRECISION / 2 else None,
        )
        for row in order.tolist()
    ]
