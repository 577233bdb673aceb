"""The active threshold for a model in a gallery, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from face_match.core.model_families import family_of
from face_match.decision.impostor_model import ImpostorModel
from face_match.decision.threshold import threshold_range

DEFAULT_FPIR = 0.01
"""The FPIR of the raised default threshold, where the default itself has more than RISKY_FPIR."""
RISKY_FPIR = 0.03

OFFERED_FPIRS = (0.05, 0.01, 0.002)
"""The FPIRs that users can choose."""


class ThresholdSource(Enum):
    """Where the active threshold comes from."""

    SET = "set"  # by the user
    RATE = "rate"  # at an FPIR the user chose
    GALLERY = "gallery"  # at DEFAULT_FPIR, for an added model
    DEFAULT = "default"  # the model's
    RAISED = "raised"  # above the model's default, whose FPIR is above RISKY_FPIR


class ActiveThreshold(NamedTuple):
    """A threshold, its source, and the FPIR that the user has chosen, if any."""

    threshold: float
    source: ThresholdSource
    rate: float | None = None


def active_threshold(
    model_id: str,
    impostor_model: ImpostorModel | None,
    thresholds: Mapping[str, float],
    rates: Mapping[str, float],
) -> ActiveThreshold:
    """The threshold to use for a model in a gallery.

    In this order: the threshold set by the user; the threshold for the FPIR chosen by the user; for an added
    model, whose default is a guess, the threshold for `DEFAULT_FPIR`; the model's default, or, where its FPIR
    is above `RISKY_FPIR`, the threshold for `DEFAULT_FPIR`.

    Args:
        impostor_model: of the gallery; None if it is not known.
        thresholds, rates: set by the user, by model id: thresholds, and FPIRs to follow.
    """
    default = threshold_range(model_id).default
    if model_id in thresholds:
        return ActiveThreshold(thresholds[model_id], ThresholdSource.SET)
    if impostor_model is not None and model_id in rates:
        rate = rates[model_id]
        return ActiveThreshold(impostor_model.threshold_for_fpir(rate), ThresholdSource.RATE, rate)
    if impostor_model is not None and family_of(model_id) is not None:
        return ActiveThreshold(impostor_model.threshold_for_fpir(DEFAULT_FPIR), ThresholdSource.GALLERY)
    if impostor_model is None or impostor_model.fpir(default) <= RISKY_FPIR:
        return ActiveThreshold(default, ThresholdSource.DEFAULT)
    return ActiveThreshold(impostor_model.threshold_for_fpir(DEFAULT_FPIR), ThresholdSource.RAISED)
