"""An evaluation as the JSON document of `evaluate --json`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from face_match.core.errors import FaceMatchError
from face_match.core.messages import error_message
from face_match.decision.confidence_intervals import Figure, Interval
from face_match.decision.cross_validation import FMRS as FOLD_FMRS
from face_match.decision.cross_validation import Fold, spread_over_folds
from face_match.decision.evaluation import ErrorsAtThreshold, Evaluation, HardNegatives
from face_match.decision.open_set import RatesAtGallerySize
from face_match.decision.paired_comparison import ModelComparison, PairedRates
from face_match.decision.subgroups import GroupedRates, GroupRates
from face_match.report.verdicts import verdict
from face_match.workflows.evaluate import ModelFailure, ModelResult, NotComparable

Document = dict[str, Any]


def document_of(result: ModelResult | ModelFailure, first: ModelResult | None = None) -> Document:
    """One model, beside the first one. A figure that cannot be told is null, or left out where it goes by a
    rate."""
    setup = result.setup
    about: Document = {
        "model": setup.model_id,
        "engine": setup.engine,
        "detector": setup.detector,
    }
    if isinstance(result, ModelFailure):
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
        **_figures(found, _value),
        "threshold_at_precision": {f"{p:g}": t for p, t in found.threshold_for_precision.items()},
        "confidence_95": _figures(found, _interval) if found.has_intervals else None,
        "folds": _folds(found.folds),
        "hard_negatives": _hard_negatives(found.hard_negatives, result.names),
        "by_gallery_size": [_at_size(at) for at in result.sizes],
        "groups": [_grouped(grouped) for grouped in result.groups],
        "compared": _compared(result, first) if first is not None else None,
        "eer_lower_by": _lower_by(result.compared),
        "seconds_per_photo": _number(embedded.seconds_per_photo),
        "finding_ms_per_photo": _number(1000 * embedded.detection_seconds),
        "embedding_ms_per_face": _number(1000 * embedded.embedding_seconds),
    }


def _figures(found: Evaluation, shown: Callable[[Figure], object]) -> Document:
    """The figures as `_value` or `_interval` shows them."""

    def rates(at: ErrorsAtThreshold) -> Document:
        return {name: shown(getattr(at, name)) for name in ("fmr", "fnmr", "fpir", "fnir")}

    return {
        **_figures_of_pairs(found, shown),
        **{f"rank{rank}": shown(figure) for rank, figure in found.rank.items()},
        "threshold_at_fmr": {f"{fmr:g}": shown(at.threshold) for fmr, at in found.at_fmr.items()},
        **rates(found.default),
        "at_fmr": {f"{fmr:g}": rates(at) for fmr, at in found.at_fmr.items()},
    }


def _figures_of_pairs(found: Evaluation | HardNegatives, shown: Callable[[Figure], object]) -> Document:
    tars = {f"{fmr:g}": shown(figure) for fmr, figure in found.tar_at_fmr.items()}
    return {"eer": shown(found.eer), "auc": shown(found.auc), "tar_at_fmr": tars}


def _folds(folds: tuple[Fold, ...]) -> Document | None:
    if not folds:
        return None
    return {
        "count": len(folds),
        "at_fmr": {
            f"{target:g}": {
                figure: over._asdict()
                if (over := spread_over_folds(folds, target, figure)) is not None
                else None
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
        **_figures_of_pairs(hard, _value),
        "confidence_95": _figures_of_pairs(hard, _interval),
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


def _at_size(at: RatesAtGallerySize) -> Document:
    return {
        "people": at.people,
        "galleries": at.galleries,
        "strangers": at.strangers,
        "fpir": _number(at.fpir.value),
        "fnir": _number(at.fnir.value),
        "confidence_95": {"fpir": _interval(at.fpir), "fnir": _interval(at.fnir)},
    }


def _grouped(grouped: GroupedRates) -> Document:
    return {
        "column": grouped.column,
        "gallery_people": grouped.gallery_people,
        "groups": [_group(group) for group in grouped.groups],
        "too_small": [{"group": name, "people": people} for name, people in grouped.too_small.items()],
        "people_without_label": grouped.without_label,
    }


def _group(group: GroupRates) -> Document:
    rates = {name: getattr(group, name) for name in ("fmr", "fnmr", "fpir", "fpir_among_all")}
    return {
        "group": group.name,
        "people": group.people,
        "photos": group.photos,
        "genuine_pairs": group.genuine,
        "impostor_pairs": group.impostor,
        **{name: _number(rate.value) for name, rate in rates.items()},
        "confidence_95": {name: _interval(rate) for name, rate in rates.items()},
    }


def _compared(run: ModelResult, first: ModelResult) -> Document | None:
    """With the first model, on the photos that both could use."""
    found = run.compared
    if found is None:
        return None
    about = {"with": first.setup.label, "sentence": verdict(run, first)}
    if isinstance(found, NotComparable):
        return about | {"verdict": "not comparable", "reason": found.reason}
    return about | {
        "verdict": found.verdict.value,
        "photos": found.photos,
        "people": found.people,
        "tar_at_fmr": {f"{fmr:g}": _paired(rates) for fmr, rates in found.tar_at_fmr.items()},
        "fnir_at_fpir": {f"{fpir:g}": _paired(rates) for fpir, rates in found.fnir_at_fpir.items()},
        "at_own_threshold": {"fpir": _paired(found.fpir), "fnir": _paired(found.fnir)},
        "eer": _paired(found.eer),
        "decided_by": _deciding(found),
    }


def _deciding(found: ModelComparison) -> list[Document]:
    """How much better this model is: more TAR at the lowest FMR, less FNIR at the lowest FPIR."""
    tar = [{"figure": "tar_at_fmr", "at": fmr} for fmr in sorted(found.tar_at_fmr)[:1]]
    fnir = [{"figure": "fnir_at_fpir", "at": fpir} for fpir in sorted(found.fnir_at_fpir)[:1]]
    return [
        {**which, "gain": _number(gain.value), "confidence_97_5": _interval(gain)}
        for which, gain in zip([*tar, *fnir], found.gains, strict=True)
    ]


def _paired(rates: PairedRates) -> Document:
    return {
        "this": _number(rates.second),
        "first": _number(rates.first),
        "difference": _number(rates.difference.value),
        "confidence_95": _interval(rates.difference),
    }


def _lower_by(found: ModelComparison | NotComparable | None) -> Document | None:
    """The equal error rate, than the first model's."""
    if not isinstance(found, ModelComparison):
        return None
    value, (low, high) = found.eer.difference
    lower = Figure(-value, Interval(-high, -low))
    return {"value": _number(lower.value), "confidence_95": _interval(lower)}


def _error(error: FaceMatchError) -> Document:
    return {"kind": type(error).__name__, "message": error_message(error)}


def _number(value: float) -> float | None:
    """JSON has no NaN."""
    return None if math.isnan(value) else value


def _value(figure: Figure) -> float | None:
    return _number(figure.value)


def _interval(figure: Figure) -> list[float] | None:
    return None if math.isnan(figure.interval.low) else list(figure.interval)
