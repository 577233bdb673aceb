"""Sentences about thresholds: where they come from, and their error rates."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from face_match.core.notes import gallery_threshold_note
from face_match.core.number_text import comparisons, percent, round_to_two_digits, strangers
from face_match.decision.active_threshold import RISKY_FPIR, ActiveThreshold, ThresholdSource
from face_match.decision.impostor_model import ImpostorModel
from face_match.gui.phrases import faces
from face_match.gui.phrases import people as people_text
from face_match.gui.translation import marked, number, tr

if TYPE_CHECKING:
    from face_match.decision.confidence_intervals import Interval
    from face_match.decision.error_rates import ErrorRates

RISKY_FMR, MANY_MISSED = 0.01, 0.2
"""From here on, a threshold that was set by hand is called too low or too high."""
MEASURING = marked("Comparing the faces of the gallery …")
NO_ERROR_RATES = marked(
    "Error rates are unknown: the gallery has too few faces, and this model was not measured."
)
THRESHOLD_UNCHANGED = marked("The threshold was not changed.")


def threshold_source(active: ActiveThreshold, impostor_model: ImpostorModel | None) -> str:
    """Where the current threshold comes from."""
    match active.source:
        case ThresholdSource.SET:
            return tr("You set this threshold.")
        case ThresholdSource.RATE:
            return tr("The threshold follows this gallery, at the rate you chose.")
        case ThresholdSource.RAISED:
            return tr(
                "This gallery has many or similar people, so the threshold is higher than the model’s "
                "default."
            )
        case ThresholdSource.GALLERY if impostor_model is not None:
            return gallery_threshold_note(active.threshold, impostor_model.people)
    return tr("This is the model’s default threshold.")


def error_rates(threshold: float, rates: ErrorRates, impostor_model: ImpostorModel | None) -> str:
    """ "Wrong suggestions: about 1 in 90 strangers. Missed: 3 % of known faces."."""
    fmr, fnmr = float(rates.fmr(threshold)), float(rates.fnmr(threshold))
    if impostor_model is not None:
        wrong = strangers(impostor_model.fpir(threshold))
    elif fmr > 0:
        wrong = comparisons(fmr)
    else:
        count = number(round_to_two_digits(rates.impostor_count))
        wrong = tr("none in {number} comparisons", number=count)
    if fnmr == 0:
        return tr("Wrong suggestions: {share}. Missed: none.", share=wrong)
    return tr(
        "Wrong suggestions: {share}. Missed: {missed} of known faces.", share=wrong, missed=percent(fnmr)
    )


def warning(
    threshold: float, recommended: float, rates: ErrorRates, impostor_model: ImpostorModel | None
) -> str:
    """What is wrong with a threshold that is much too low or too high; empty where it is neither."""
    fmr, fnmr = float(rates.fmr(threshold)), float(rates.fnmr(threshold))
    if threshold < recommended:
        is_low = (
            impostor_model.fpir(threshold) > RISKY_FPIR if impostor_model is not None else fmr > RISKY_FMR
        )
        if is_low:
            wrong = (
                strangers(impostor_model.fpir(threshold)) if impostor_model is not None else comparisons(fmr)
            )
            return tr("Too low: wrong suggestions for {share}.", share=wrong)
    if threshold > recommended and fnmr > MANY_MISSED:
        return tr("Too high: {share} of known faces get no suggestion.", share=percent(fnmr))
    return ""


def suggestion_rate(share: float) -> str:
    """A share of strangers with a wrong suggestion."""
    return tr("Wrong suggestions: 1 in {number} strangers", number=number(round(1 / share)))


def error_rate_source(people: int, face_count: int, *, is_own: bool) -> str:
    """Where the error rates come from.

    Args:
        is_own: from this gallery, not from the model's reference figures.
    """
    if not is_own:
        return tr(
            "From {photos} photos of {people} other people, because this gallery has too few faces",
            photos=number(face_count),
            people=number(people),
        )
    return tr(
        "From this gallery: {faces} of {people}, each compared with everyone",
        faces=faces(face_count),
        people=people_text(people),
    )


def interval_text(ends: Interval) -> str:
    """ "0.1 % to 3 %"."""
    if math.isnan(ends.low):
        return tr("unknown")
    return tr("{low} to {high}", low=percent(ends.low), high=percent(ends.high))
