"""What the window says of a threshold: what it is from, and what it costs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from face_match.core.error_messages import from_gallery, one_in, percent, plural, rounded
from face_match.decision.impostor_model import ActiveThreshold, ImpostorModel, ThresholdSource
from face_match.gui.phrases import faces

if TYPE_CHECKING:
    from face_match.decision.confidence_intervals import Interval
    from face_match.decision.error_rates import ErrorRates

RISKY = "Risky for this gallery."
NO_COSTS_YET = "Comparing the faces of the gallery …"
NO_COSTS = "The error rates are not known: the gallery has too few faces, and the model was not measured."
DEFAULTS_STAY = "The threshold stays as it is."


def threshold_from(in_use: ActiveThreshold, strangers: ImpostorModel | None) -> str:
    """Why a threshold is what it is."""
    match in_use.source:
        case ThresholdSource.SET:
            return "This threshold was set by hand."
        case ThresholdSource.RATE:
            return "The threshold follows this gallery, at the rate that was chosen."
        case ThresholdSource.RAISED:
            return "The people of this gallery look alike, so this is higher than the model’s default."
        case ThresholdSource.GALLERY if strangers is not None:
            return from_gallery(in_use.threshold, strangers.people)
    return "This is the model’s default."


def cost(threshold: float, rates: ErrorRates, strangers: ImpostorModel | None) -> str:
    """What a threshold costs: "Wrong suggestions: about 1 in 90 strangers. Missed: 3 %."."""
    fmr, fnmr = float(rates.fmr(threshold)), float(rates.fnmr(threshold))
    if strangers is not None:
        wrong = f"{one_in(strangers.fpir(threshold))} strangers"
    elif fmr > 0:
        wrong = f"{one_in(fmr)} comparisons"
    else:
        wrong = f"none in {rounded(rates.impostor_count):,} comparisons"
    return f"Wrong suggestions: {wrong}. Missed: {'none' if fnmr == 0 else percent(fnmr)}."


def rate(share: float) -> str:
    """Of the strangers with a wrong suggestion."""
    return f"Wrong suggestions: 1 in {round(1 / share):,} strangers"


def error_rate_source(people: int, face_count: int, *, is_own: bool) -> str:
    """Where the error rates come from.

    Args:
        is_own: from this gallery, not from the model's reference figures.
    """
    if not is_own:
        return (
            f"From {face_count:,} photos of {people} other people: this gallery has too few faces "
            "to say it itself yet. Dashed, orange: different people. Green: the same."
        )
    return (
        f"From this gallery: {faces(face_count)} of {plural(people, 'person', 'people')}, "
        "each compared with everybody. Dashed, orange: different people. Green: the same."
    )


def compared(genuine: int, impostor: int) -> str:
    """How much was compared."""
    with_themselves = plural(genuine, "comparison", "comparisons")
    return f"{with_themselves} of people with themselves, {impostor:,} with others."


def interval(ends: Interval) -> str:
    """ "0.1 % to 3 %"."""
    if math.isnan(ends.low):
        return "unknown"
    return f"{percent(ends.low)} to {percent(ends.high)}"
