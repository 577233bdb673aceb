"""Who is it? The people of a gallery ranked for a face."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from face_match.core.matches import Match
from face_match.core.records import FaceRecord
from face_match.core.types import Embedding
from face_match.decision.probability import HIGHEST_MAYBE, LOWEST, Probability
from face_match.decision.scoring import nearest_rivals, person_similarity, rival_penalties, rivalry_for
from face_match.decision.threshold import RESOLUTION
from face_match.gallery.gallery import Gallery
from face_match.workflows.look_alikes import LookAlikes
from face_match.workflows.match_by_age import CandidateTimes

EXTRA_CANDIDATES = 8
"""People who are compared besides those asked for: a score may put them before these."""


def matches(
    gallery: Gallery,
    embedding: Embedding,
    model_id: str,
    k: int,
    face: FaceRecord | None = None,
    *,
    taken: str = "",
) -> list[Match]:
    """The k people of a gallery with the highest scores for a face, best first.

    Args:
        embedding: shape (dimensions,), unit L2 norm, made by `model_id`.
        face: which face it is of; people who were rejected for it are left out, also as rivals.
        taken: when its photo was, as `PhotoRecord.taken`; "" for as it says itself, if anything does.
    """
    if k < 1:
        return []
    candidates = gallery.nearest(embedding, model_id, k + EXTRA_CANDIDATES, face)
    if not candidates:
        return []
    times = CandidateTimes(
        gallery, embedding, model_id, candidates, taken or (face.taken if face is not None else "")
    )
    alike = person_similarity(
        np.array([one.similarity for one in candidates]), np.array(times.mean_similarities)
    )
    taken_off = rival_penalties(alike, rivalry_for(model_id))
    order = np.argsort(taken_off - alike, kind="stable")[:k]
    others = nearest_rivals(alike)
    folders = [one.person.folder for one in candidates]
    close = LookAlikes(gallery, model_id, len(embedding)).undecided_pair(alike, folders)
    pair = None if close is None else (candidates[close[0]].person, candidates[close[1]].person)
    is_open = alike <= alike[close[0]] if close is not None else np.zeros(len(alike), np.bool_)
    return [
        Match(
            candidates[row].person,
            candidates[row].face,
            candidates[row].similarity,
            float(alike[row] - taken_off[row]),
            candidates[others[row]].person if taken_off[row] >= RESOLUTION / 2 else None,
            *times.time_gap(row),
            pair if is_open[row] else None,
        )
        for row in order.tolist()
    ]


def match_probabilities(found: Sequence[Match], probability: Probability | None) -> list[float | None]:
    """How likely each match of a list is right, one of them at most; None where that is not known.

    Of two people who are too close to decide, either may be meant. Across childhood it is a maybe at most.
    """
    if probability is None:
        return [None] * len(found)
    left, told = 1.0, []
    for match in found:
        chance = probability.of_best_match(match.score)
        if match.is_too_close:
            chance /= 2
        if match.across_childhood:
            chance = min(chance, HIGHEST_MAYBE)
        told.append(max(LOWEST, min(left, chance)))
        left = max(0.0, left - told[-1])
    return [*told]
