"""Sentences about thresholds: where they come from, and their error rates."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from face_match.core.messages import gallery_threshold_note
from face_match.core.number_text import one_in, percent, plural, round_to_two_digits
from face_match.decision.active_threshold import ActiveThreshold, ThresholdSource
from face_match.decision.impostor_model import ImpostorModel
from face_match.gui.phrases import faces

if TYPE_CHECKING:
    from face_match.decision.confidence_intervals import Interval
    from face_match.decision.error_rates import ErrorRates

RISKY = "Risky for this gallery."
MEASURING = "Comparing the faces of the gallery …"
NO_ERROR_RATES = "Error rates are unknown: the gallery has too few faces, and this model was not measured."
THRESHOLD_UNCHANGED = "The threshold was not changed."


def threshold_source(active: ActiveThreshold, impostor_model: ImpostorModel | None) -> str:
    """Where the current threshold comes from."""
    match active.source:
        case ThresholdSource.SET:
            return "You set this threshold."
        case ThresholdSource.RATE:
            return "The threshold follows this gallery, at the rate you chose."
        case ThresholdSource.RAISED:
            return "People in this gallery look alike, so the threshold is higher than the model’s default."
        case ThresholdSource.GALLERY if impostor_model is not None:
            return gallery_threshold_note(active.threshold, impostor_model.people)
    return "This is the model’s default threshold."


def error_rates(threshold: float, rates: ErrorRates, impostor_model: ImpostorModel | None) -> str:
    """ "Wrong suggestions: about 1 in 90 strangers. Missed: 3 %.": the error rates of a threshold."""
    fmr, fnmr = float(rates.fmr(threshold)), float(rates.fnmr(threshold))
    if impostor_model is not None:
        wrong = f"{one_in(impostor_model.fpir(threshold))} strangers"
    elif fmr > 0:
        wrong = f"{one_in(fmr)} comparisons"
    else:
        wrong = f"none in {round_to_two_digits(rates.impostor_count):,} comparisons"
    return f"Wrong suggestions: {wrong}. Missed: {'none' if fnmr == 0 else percent(fnmr)}."


def suggestion_rate(share: float) -> str:
    """A share of strangers with a wrong suggestion."""
    return f"Wrong suggestions: 1 in {round(1 / share):,} strangers"


def error_rate_source(people: int, face_count: int, *, is_own: bool) -> str:
    """Where the error rates come from.

    Args:
        is_own: from this gallery, not from the model's reference figures.
    """
    if not is_own:
        return (
            f"From {face_count:,} photos of {people} other people, because this gallery has too few "
            "faces. Dashed orange: different people. Green: the same person."
        )
    return (
        f"From this gallery: {faces(face_count)} of {plural(people, 'person', 'people')}, "
        "each compared with everyone. Dashed orange: different people. Green: the same person."
    )


def comparison_counts(genuine: int, impostor: int) -> str:
    """How many comparisons were made."""
    same = plural(genuine, "comparison", "comparisons")
    return f"{same} of the same person, {impostor:,} of different people."


def interval_text(ends: Interval) -> str:
    """ "0.1 % to 3 %"."""
    if math.isnan(ends.low):
        return "unknown"
    return f"{percent(ends.low)} to {percent(ends.high)}"
