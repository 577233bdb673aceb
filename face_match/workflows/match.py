"""Rank the people of a gallery for a face."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from face_match.core.matches import Match
from face_match.core.records import FaceRecord
from face_match.core.types import Embedding
from face_match.decision.hints import hinted_probability
from face_match.decision.probability import HIGHEST_MAYBE, LOWEST, Probability
from face_match.decision.scoring import combined_similarity, nearest_rivals, scores, undecided
from face_match.decision.threshold import RESOLUTION
from face_match.gallery.gallery import Gallery
from face_match.workflows.hinted_names import hint_allowances
from face_match.workflows.look_alikes import LookAlikes
from face_match.workflows.match_by_age import CandidateTimes

EXTRA_CANDIDATES = 8
"""Candidates beyond the k wanted: scores may rank them higher than similarities do."""
EXTRA_IF_HINTED = 100
"""The same, where a hint may rank somebody higher."""


def matches(
    gallery: Gallery,
    embedding: Embedding,
    model_id: str,
    k: int,
    face: FaceRecord | None = None,
    *,
    taken: str = "",
    hints: Collection[str] = (),
) -> list[Match]:
    """The k people of a gallery with the highest scores for a face, best first.

    Args:
        embedding: float32, shape (dimensions,), unit L2 norm, made by `model_id`.
        face: the face's record, if it has one; people rejected for it are left out, also as rivals. Its
            own person is compared by the other faces; a person's only face, by itself.
        taken: the date of its photo, as `PhotoRecord.taken`; "" for the date in the record, if any.
        hints: the names in the photo's metadata that no other face of it has; people of the gallery among
            them rank higher by the allowance of `decision.hints`.
    """
    allowances = hint_allowances(gallery, hints, model_id)
    wanted = k + (EXTRA_IF_HINTED if allowances else EXTRA_CANDIDATES)
    candidates = gallery.nearest(embedding, model_id, wanted, face) if k > 0 else []
    if not candidates:
        return []
    taken = taken or (face.taken if face is not None else "")
    times = CandidateTimes(gallery, embedding, model_id, candidates, taken, face=face)
    best, mean = np.array([one.similarity for one in candidates]), np.array(times.mean_similarities)
    combined, candidate_scores = combined_similarity(best, mean), scores(best, mean, model_id)
    allowed = np.array([allowances.get(one.person.folder, 0.0) for one in candidates])
    rivals, is_lowered = nearest_rivals(combined), combined - candidate_scores >= RESOLUTION / 2
    folders = [one.person.folder for one in candidates]
    close = LookAlikes(gallery, model_id, len(embedding)).undecided_pair(combined, folders)
    pair, is_undecided = None, np.zeros(len(combined), np.bool_)
    if close is not None:
        pair = candidates[close[0]].person, candidates[close[1]].person
        is_undecided = undecided(combined, close, allowed > 0)
    return [
        Match(
            candidates[row].person,
            candidates[row].face,
            candidates[row].similarity,
            float(candidate_scores[row]),
            candidates[rivals[row]].person if is_lowered[row] else None,
            *times.time_gap(row),
            pair if is_undecided[row] else None,
            float(allowed[row]),
        )
        for row in np.argsort(-(candidate_scores + allowed), kind="stable")[:k].tolist()
    ]


def match_probabilities(ranked: Sequence[Match], probability: Probability | None) -> list[float | None]:
    """The probability of each match of a list; None if unknown. Together they are at most 1: one match at
    most is right.

    Undecided look-alikes share a probability. Across childhood, and where only a hint lifts it so far, it is
    at most HIGHEST_MAYBE.
    """
    if probability is None:
        return [None] * len(ranked)
    left, probabilities = 1.0, []
    for match in ranked:
        chance = hinted_probability(probability, match.score, match.allowance)
        if match.is_too_close:
            chance /= 2
        if match.across_childhood:
            chance = min(chance, HIGHEST_MAYBE)
        probabilities.append(max(LOWEST, min(left, chance)))
        left = max(0.0, left - probabilities[-1])
    return [*probabilities]
