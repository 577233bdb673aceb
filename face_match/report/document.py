"""What an evaluation found, for a program: names and structure of `evaluate --json`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from face_match.decision.evaluation import AtThreshold, Evaluation, Figure, HardNegatives
from face_match.decision.folds import FMRS as FOLD_FMRS
from face_match.decision.folds import Fold, spread
from face_match.errors import FaceMatchError
from face_match.evaluating import NotRun, Run
from face_match.messages import sentence

Document = dict[str, Any]


def document_of(result: Run | NotRun) -> Document:
    """One model. A figure that cannot be told is null, or left out where it goes by an FMR."""
    contender = result.contender
    about: Document = {
        "model": contender.model_id,
        "engine": contender.engine,
        "detector": contender.detector,
    }
    if isinstance(result, NotRun):
        return about | {"error": _error(result.error)}
    embedded, found = result.embedded, result.evaluation
    return about | {
        "partial": embedded.is_partial,
        "photos": embedded.photos,
        "photos_done": embedded.done,
        "faces": found.photos,
        "faces_found": embedded.faces_found,
        "people": found.people,
        "failed": [
            {"photo": str(failed.path), "name": failed.place, **_error(failed.error)}
            for failed in embedded.failed
        ],
        "genuine_pairs": len(found.comparisons.genuine),
        "impostor_pairs": len(found.comparisons.impostor),
        "impostor_pairs_drawn_from": found.comparisons.impostor_total,
        "threshold": result.threshold,
        **_figures(found),
        "threshold_at_precision": {f"{p:g}": t for p, t in found.threshold_at_precision.items()},
        "confidence_95": _intervals(found) if found.has_intervals else None,
        "folds": _folds(found.folds),
        "hard_negatives": _hard_negatives(found.hard_negatives, result.names),
        "eer_lower_by": _lower_by(result.eer_lower_by),
        "seconds_per_photo": _number(embedded.seconds_per_photo),
        "finding_ms_per_photo": _number(1000 * embedded.finding_seconds),
        "embedding_ms_per_face": _number(1000 * embedded.embedding_seconds),
    }


def _figures(found: Evaluation) -> Document:
    return {
        "eer": _number(found.eer.value),
        "auc": _number(found.auc.value),
        "tar_at_fmr": _values(found.tar_at_fmr),
        **{f"rank{rank}": _number(figure.value) for rank, figure in found.rank.items()},
        "threshold_at_fmr": _values({fmr: at.threshold for fmr, at in found.at_fmr.items()}),
        **_rates(found.default),
        "at_fmr": {f"{fmr:g}": _rates(at) for fmr, at in found.at_fmr.items()},
    }


def _intervals(found: Evaluation) -> Document:
    """Under the same names, lower and upper end."""
    return {
        "eer": _interval(found.eer),
        "auc": _interval(found.auc),
        "tar_at_fmr": _ranges(found.tar_at_fmr),
        **{f"rank{rank}": _interval(figure) for rank, figure in found.rank.items()},
        "threshold_at_fmr": _ranges({fmr: at.threshold for fmr, at in found.at_fmr.items()}),
        **_rate_intervals(found.default),
        "at_fmr": {f"{fmr:g}": _rate_intervals(at) for fmr, at in found.at_fmr.items()},
    }


def _rates(at: AtThreshold) -> Document:
    return {name: _number(getattr(at, name).value) for name in ("fmr", "fnmr", "fpir", "fnir")}


def _rate_intervals(at: AtThreshold) -> Document:
    return {name: _interval(getattr(at, name)) for name in ("fmr", "fnmr", "fpir", "fnir")}


def _folds(folds: tuple[Fold, ...]) -> Document | None:
    if not folds:
        return None
    return {
        "count": len(folds),
        "at_fmr": {
            f"{target:g}": {
                figure: over._asdict() if (over := spread(folds, target, figure)) is not None else None
                for figure in ("threshold", "fmr", "tar")
            }
            for target in FOLD_FMRS
            if any(at.target == target for fold in folds for at in fold.results)
        },
        "each": [
            {
                "people": fold.people,
                "genuine_pairs": fold.genuine_pairs,
                "impostor_pairs": fold.impostor_pairs,
                "at_fmr": {
                    f"{at.target:g}": {
                        "threshold": at.threshold,
                        "fmr": _number(at.fmr),
                        "tar": _number(at.tar),
                    }
                    for at in fold.results
                },
            }
            for fold in folds
        ],
    }


def _hard_negatives(hard: HardNegatives | None, names: list[str]) -> Document | None:
    if hard is None:
        return None
    return {
        "impostor_pairs": int(hard.rates.impostor_count),
        "eer": _number(hard.eer.value),
        "auc": _number(hard.auc.value),
        "tar_at_fmr": _values(hard.tar_at_fmr),
        "confidence_95": {
            "eer": _interval(hard.eer),
            "auc": _interval(hard.auc),
            "tar_at_fmr": _ranges(hard.tar_at_fmr),
        },
        "confused": [
            {
                "people": [names[pair.one], names[pair.other]],
                "pairs": pair.pairs,
                "matches": pair.matches,
                "highest": pair.highest,
            }
            for pair in hard.confused
        ],
    }


def _lower_by(difference: Figure | None) -> Document | None:
    """Than the first model's."""
    if difference is None:
        return None
    return {"value": _number(difference.value), "confidence_95": _interval(difference)}


def _error(error: FaceMatchError) -> Document:
    return {"kind": type(error).__name__, "message": sentence(error)}


def _number(value: float) -> float | None:
    """JSON has no NaN."""
    return None if math.isnan(value) else value


def _interval(figure: Figure) -> list[float] | None:
    return None if math.isnan(figure.interval.low) else list(figure.interval)


def _values(by_fmr: Mapping[float, Figure]) -> Document:
    return {f"{fmr:g}": _number(figure.value) for fmr, figure in by_fmr.items()}


def _ranges(by_fmr: Mapping[float, Figure]) -> Document:
    return {f"{fmr:g}": _interval(figure) for fmr, figure in by_fmr.items()}
