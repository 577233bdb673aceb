"""Which faces are missed, over photos as they are and degraded ones, and how many of them a score finds.

Of the mix half is photos as they are; the other half is every kind of degradation alike, each step half as
much of it as the one before. Faces that are not found drop out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.probes import CLEAN, Probes
from face_match.core.types import FaceQuality
from face_match.decision.error_rates import ErrorRates
from face_match.vision.quality import Measures, judge_measures

Floats = npt.NDArray[np.float64]

FMR = 1e-3
DISCARDED = (0.0, 0.05, 0.1, 0.2, 0.3)


class Missed(NamedTuple):
    """Of faces that were found.

    Attributes:
        probes: those, n of them.
        weights: how much of the mix each is, shape (n,), 1 in all.
        fnmr: of each at the threshold, shape (n,).
        genuine: mean similarity with the other photos of the same person, shape (n,).
        threshold: with FMR 1e-3 over the mix.
    """

    probes: Probes
    weights: Floats
    fnmr: Floats
    genuine: Floats
    threshold: float

    @property
    def qualities(self) -> list[FaceQuality]:
        return [judge_measures(Measures(*row)) for row in self.probes.measures.tolist()]


def missed(probes: Probes) -> Missed:
    """Compare every face with the photos of all people as they are, but for the one that it is of."""
    weights = _mix(probes)[probes.found]
    found = probes.where(probes.found)
    clean = found.where(found.kind == CLEAN)
    similarities = (found.embeddings @ clean.embeddings.T).astype(np.float64)
    is_same_person = found.person[:, None] == clean.person
    is_genuine = is_same_person & (found.photo[:, None] != clean.photo)
    counts, others = is_genuine.sum(axis=1), (~is_same_person).sum(axis=1)
    has_any = counts > 0
    of_genuine = np.where(is_genuine, (weights / np.maximum(1, counts))[:, None], 0.0)
    of_impostor = np.where(is_same_person, 0.0, (weights / np.maximum(1, others))[:, None])
    threshold = ErrorRates(
        similarities[is_genuine],
        similarities[~is_same_person],
        of_genuine[is_genuine],
        of_impostor[~is_same_person],
    ).threshold_for_fmr(FMR)
    fnmr = (is_genuine & (similarities < threshold)).sum(axis=1) / np.maximum(1, counts)
    genuine = np.where(is_genuine, similarities, 0.0).sum(axis=1) / np.maximum(1, counts)
    return Missed(
        found.where(has_any),
        weights[has_any] / weights[has_any].sum(),
        fnmr[has_any],
        genuine[has_any],
        threshold,
    )


def error_versus_discard(result: Missed, scores: Floats) -> list[float]:
    """FNMR once the worst by score are left out, for each share in `DISCARDED`."""
    return [fnmr_without(result, scores, share) for share in DISCARDED]


def fnmr_without(result: Missed, scores: Floats, share: float) -> float:
    """FNMR of the mix once a share of it, the worst by score, is left out."""
    order = np.argsort(scores, kind="stable")
    weights = result.weights[order]
    reached = np.cumsum(weights)
    kept = np.minimum(weights, np.maximum(0.0, reached - share * reached[-1]))
    return float(kept @ result.fnmr[order] / kept.sum())


def interval(result: Missed, scores: Floats, share: float) -> tuple[float, float]:
    """Where the change of FNMR lies in 95 % of 200 draws of as many people, with replacement."""
    generator = np.random.default_rng(0)
    people, person = np.unique(result.probes.person, return_inverse=True)
    changes = []
    for _ in range(200):
        times = np.bincount(generator.integers(len(people), size=len(people)), minlength=len(people))
        drawn = result._replace(weights=result.weights * times[person])
        changes.append(fnmr_without(drawn, scores, share) / fnmr_without(drawn, scores, 0.0) - 1)
    low, high = np.quantile(changes, (0.025, 0.975)).tolist()
    return low, high


def _mix(probes: Probes) -> Floats:
    """How much each counts: a face that was not found keeps its share, so that no other gets it."""
    weights = np.zeros(len(probes))
    degraded = np.flatnonzero(probes.kind != CLEAN)
    for kind in np.unique(probes.kind[degraded]):
        is_kind = probes.kind == kind
        weights[is_kind] = 0.5 ** probes.step[is_kind]
        weights[is_kind] /= weights[is_kind].sum()
    weights[degraded] /= max(1.0, weights[degraded].sum())
    is_clean = probes.kind == CLEAN
    weights[is_clean] = 1.0 / is_clean.sum()
    weights /= weights.sum()
    return weights
