"""The command that estimates the error rates of thresholds in a gallery."""

from __future__ import annotations

import argparse
import contextlib
import math
from typing import TYPE_CHECKING

from face_match.cli.opening import embed_missing, open_to_read, open_to_write, pipeline_for, threshold_of
from face_match.cli.output import Document, Output
from face_match.core.errors import GalleryLockedError, GalleryWriteError, TooLittleDataError
from face_match.core.gallery_place import ServerAddress
from face_match.core.notes import risky_threshold_warning
from face_match.core.number_text import one_in, plural
from face_match.core.server_errors import ServerRightsError
from face_match.core.settings import Settings
from face_match.decision.active_threshold import DEFAULT_FPIR, OFFERED_FPIRS, RISKY_FPIR, active_threshold
from face_match.decision.impostor_model import ImpostorModel
from face_match.decision.threshold import RESOLUTION, round_up_threshold, threshold_range

if TYPE_CHECKING:
    from face_match.decision.calibration import CalibratedThreshold
    from face_match.decision.comparisons import Comparisons
    from face_match.gallery.gallery import Gallery


def calibrate(options: argparse.Namespace, output: Output) -> None:
    """Calibrate the model on the gallery's own faces, and print the error rates of thresholds."""
    from face_match.decision.calibration import calibrated_threshold, offered_thresholds
    from face_match.workflows.calibrate import calibrate as learn
    from face_match.workflows.calibrate import calibration_comparisons, impostor_model_of

    with _open(options, output) as gallery:
        pipeline = pipeline_for(options, gallery)
        embed_missing(gallery, pipeline, output)
        model = pipeline.model_id
        comparisons = calibration_comparisons(gallery, model)
        threshold = threshold_of(model, gallery)
        impostors = impostor_model_of(gallery, model)
        try:
            learn(gallery, model, comparisons)
        except TooLittleDataError:
            output.document = {"model": model, "rates": _rates(impostors)}
            if _follow(options, output, impostors, model):
                return
            is_default = threshold == threshold_range(model).default
            output.note(f"The {'model’s default ' if is_default else ''}threshold stays: {threshold:.3f}.")
            raise
    now = calibrated_threshold(comparisons, threshold)
    offered = offered_thresholds(comparisons)
    output.document = {
        "model": model,
        "genuine_comparisons": len(comparisons.genuine),
        "impostor_comparisons": len(comparisons.impostor),
        "probability": "logistic",
        "threshold": _document(now),
        "thresholds": [_document(one) for one in offered],
        "rates": _rates(impostors),
    }
    if impostors is not None:
        output.document["threshold"]["fpir"] = impostors.fpir(threshold)
    faces = plural(len(comparisons.genuine), "face was", "faces were")
    output.line(f"{faces} looked for among the others: {len(comparisons.impostor):,} false comparisons.")
    output.line(f"Now    {_sentence(now)}")
    for one in offered:
        output.line(f"       {_sentence(one)}")
    output.line("In brackets: where the figure lies for other people like these, in 95 of 100 cases.")
    if impostors is not None:
        thresholds = (
            f"{impostors.threshold_for_fpir(fpir):.3f} for {one_in(fpir)}" for fpir in OFFERED_FPIRS
        )
        output.line(
            f"Wrong suggestions: {one_in(impostors.fpir(threshold))} strangers; {', '.join(thresholds)}."
        )
    _use(options, output, comparisons, impostors, model)
    _follow(options, output, impostors, model)


def _open(options: argparse.Namespace, output: Output) -> Gallery:
    """Open the gallery for writing if possible, to store the calibration; else for reading."""
    if isinstance(options.gallery, ServerAddress) or options.gallery.exists():
        with contextlib.suppress(GalleryLockedError, GalleryWriteError, ServerRightsError):
            return open_to_write(options)
    return open_to_read(options, output)


def _follow(options: argparse.Namespace, output: Output, impostors: ImpostorModel | None, model: str) -> bool:
    """Let the threshold follow the gallery if the options say so; returns whether they do."""
    if options.target_fpir is None and not options.default:
        return False
    if impostors is None and not options.default:
        options.usage_error(f"how like strangers are is not known for {model} in this gallery")
    settings = Settings.load()
    settings.follow(model, options.target_fpir)
    settings.write()
    threshold = active_threshold(model, impostors, settings.thresholds, settings.rates).threshold
    output.document["used"] = threshold
    rate = f"at {one_in(options.target_fpir)} strangers" if not options.default else "by default"
    output.line(
        f"The threshold of {model} follows the gallery from now on, {rate}: here it is {threshold:.3f}."
    )
    return True


def _rates(impostors: ImpostorModel | None) -> list[Document]:
    if impostors is None:
        return []
    return [{"fpir": fpir, "threshold": impostors.threshold_for_fpir(fpir)} for fpir in OFFERED_FPIRS]


def _use(
    options: argparse.Namespace,
    output: Output,
    comparisons: Comparisons,
    impostors: ImpostorModel | None,
    model: str,
) -> None:
    """Set the model's threshold for a target FMR or precision, if one is given."""
    rates = comparisons.rates
    if options.target_fmr is not None:
        if not rates.can_estimate(options.target_fmr):
            fewest = math.ceil(1 / options.target_fmr)
            options.usage_error(
                f"an FMR of {options.target_fmr:g} takes {fewest:,} false comparisons to tell"
            )
        wanted: float | None = rates.threshold_for_fmr(options.target_fmr)
    elif options.target_precision is not None:
        wanted = rates.threshold_for_precision(options.target_precision)
        if wanted is None:
            options.usage_error("no threshold reaches that precision here")
    else:
        return
    threshold = round_up_threshold(1.0 if wanted is None else wanted, RESOLUTION)
    settings = Settings.load()
    settings.set_threshold(model, threshold)
    settings.write()
    output.document["used"] = threshold
    output.line(f"The threshold of {model} is {threshold:.3f} from now on.")
    if impostors is not None and (fpir := impostors.fpir(threshold)) > RISKY_FPIR:
        output.note(
            risky_threshold_warning(threshold, fpir, impostors.threshold_for_fpir(DEFAULT_FPIR), DEFAULT_FPIR)
        )


def _document(one: CalibratedThreshold) -> Document:
    def known(value: float) -> float | None:
        return None if math.isnan(value) else value

    return {
        "threshold": one.threshold,
        "fmr": known(one.fmr),
        "fmr_95": [known(end) for end in one.fmr_interval],
        "fnmr": known(one.fnmr),
        "fnmr_95": [known(end) for end in one.fnmr_interval],
    }


def _sentence(one: CalibratedThreshold) -> str:
    fmr, fnmr = (f"{low:.2%} to {high:.2%}" for low, high in (one.fmr_interval, one.fnmr_interval))
    return f"{one.threshold:.3f}: {one.fmr:.2%} falsely matched ({fmr}), {one.fnmr:.2%} missed ({fnmr})"
