"""Does a face's quality tell whether it will be recognised, and where do its limits come from?

The main face of each photo, as it is and degraded in steps (`benchmarks.degraded`), is compared with
the photos of all people as they are, under the built-in model. FNMR, the share of a person's own photos that
are missed, is that at the threshold where FMR, the share of other people's photos that match, is 1e-3.

All figures are of the mix that `benchmarks.missed` describes. Limits are read off every second person of each
set. The error-versus-discard curve (Grother & Tabassi 2007, doi:10.1109/TPAMI.2007.1019; ISO/IEC 29794-1) is
for the other people: FNMR once the worst faces by score are left out, at a threshold fixed on all of them.

    python -m benchmarks.quality FOLDER …      folders of person/photo; some minutes for a hundred photos
"""

from __future__ import annotations

import argparse
import functools
import statistics
import timeit
from pathlib import Path

import numpy as np

from benchmarks.degraded import KINDS
from benchmarks.missed import (
    DISCARDED,
    FMR,
    Floats,
    Missed,
    error_versus_discard,
    fnmr_without,
    interval,
    missed,
)
from benchmarks.probes import CLEAN, Probes, probes_of
from benchmarks.timing import Timing, milliseconds
from face_match.core.photo_folders import photo_files
from face_match.core.types import Verdict
from face_match.vision.models.registry import DLIB
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.vision.quality import LIMITS, Limit, Measures, assess

POOR_FNMR, UNUSABLE_FNMR = 0.15, 0.5

DEGRADED_BY = {
    "eyes_px": ("small",),
    "sharpness": ("blurred",),
    "brightness": ("dark",),
    "overexposed": ("bright",),
    "contrast": ("flat",),
    "length": ("turned", "tilted"),
    "nose_aside": ("turned",),
    "nose_height": ("tilted",),
    "features": ("eyes covered", "mouth covered", "half covered"),
    "confidence": ("eyes covered", "mouth covered", "half covered"),
}
"""The kinds of degradation that a limit is read off."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--keep", type=Path, help="what was measured goes there, or comes from there: an .npz"
    )
    parser.add_argument("--plot", type=Path, help="the error-versus-discard curve as an image")
    options = parser.parse_args()
    if options.keep is not None and options.keep.exists():
        probes = Probes.load(options.keep)
    else:
        pipeline = FacePipeline.load(DLIB.id, threads=1)
        timing = _judging(options.folders[0], pipeline)
        print(f"judging a face: {milliseconds(timing)}, median and range over faces, best of five each")
        probes = probes_of(options.folders, pipeline)
        if options.keep is not None:
            probes.save(options.keep)
    _print_degradations(probes)
    _print_limits(missed(probes.every_second_person(0)))
    held_out = missed(probes.every_second_person(1))
    _print_verdicts(held_out)
    _print_curve(held_out)
    if options.plot is not None:
        _plot(options.plot, held_out)


def _judging(folder: Path, pipeline: FacePipeline) -> Timing:
    """How long `assess` takes with the first twenty faces of a folder."""
    best = []
    for path in photo_files([folder])[:20]:
        photo = load_photo(path)
        for face in pipeline.embed(photo, pipeline.detect(photo)[:1]):
            judge = functools.partial(assess, face.crop, face.face)
            best.append(min(timeit.repeat(judge, repeat=5, number=1)))
    return Timing(statistics.median(best), min(best), max(best))


def limit_at(result: Missed, limit: Limit, fnmr: float) -> float | None:
    """The value of a measure at which FNMR, fitted to fall the better it is, reaches a rate.

    Over the kinds of degradation that the measure is for, and photos as they are.
    """
    from sklearn.isotonic import IsotonicRegression

    sign = 1.0 if limit.unusable < limit.best else -1.0
    is_for = np.isin(result.probes.kind, (CLEAN, *DEGRADED_BY[limit.measure]))
    values = sign * result.probes.measures[is_for, Measures._fields.index(limit.measure)]
    values = np.nan_to_num(values, neginf=-1e3)
    fit = IsotonicRegression(increasing=False).fit(values, result.fnmr[is_for], result.weights[is_for])
    fit_logistic = fit.predict(values)
    reached = values[fit_logistic >= fnmr]
    return sign * float(reached.max()) if len(reached) else None


def _print_degradations(probes: Probes) -> None:
    result = missed(probes)
    verdicts = np.array([quality.verdict.value for quality in result.qualities])
    of_photo = {
        number: similarity
        for number, kind, similarity in zip(
            result.probes.photo, result.probes.kind, result.genuine, strict=True
        )
        if kind == CLEAN
    }
    lost = np.array([of_photo.get(number, np.nan) for number in result.probes.photo]) - result.genuine
    photos = int((probes.kind == CLEAN).sum())
    unfound = int(((probes.kind == CLEAN) & ~probes.found).sum())
    print(f"{photos} photos of {_people(probes)} people, {unfound} without a face")
    print(
        f"threshold {result.threshold:.3f} (FMR {FMR:g}), FNMR of the mix {result.weights @ result.fnmr:.4f}"
    )
    print(f"\n{'degraded':20} {'not found':>9} {'lost':>6} {'FNMR':>6}  good  poor unusable")
    for kind, step, name in _steps():
        chosen = (result.probes.kind == kind) & (result.probes.step == step)
        made = (probes.kind == kind) & (probes.step == step)
        if step == 0:
            print(f"{kind}: {KINDS[kind].unit}")
        told = f"{name:20} {(made & ~probes.found).sum():9}"
        if chosen.any():
            shares = [f"{(verdicts[chosen] == verdict.value).mean():5.0%}" for verdict in Verdict]
            told += f" {np.nanmean(lost[chosen]):6.3f} {result.fnmr[chosen].mean():6.3f} {' '.join(shares)}"
        print(told)


def _steps() -> list[tuple[str, int, str]]:
    """Kind, number of the step, and what to call it."""
    steps = [(kind, step, f"{x:8g}") for kind in KINDS for step, x in enumerate(KINDS[kind].steps)]
    return [(CLEAN, -1, CLEAN), *steps]


def _print_limits(result: Missed) -> None:
    print(
        f"\nlimits, read off {_people(result.probes)} people: "
        f"where FNMR reaches {POOR_FNMR} and {UNUSABLE_FNMR}"
    )
    print(f"{'measure':12} {'reason':18} {'poor':>8} {'as set':>8} {'unusable':>9} {'as set':>8}")
    for limit in LIMITS:
        poor, unusable = (limit_at(result, limit, rate) for rate in (POOR_FNMR, UNUSABLE_FNMR))
        print(
            f"{limit.measure:12} {limit.reason:18} {_told(poor):>8} {limit.poor:8g} "
            f"{_told(unusable):>9} {limit.unusable:8g}"
        )


def _told(value: float | None) -> str:
    return "never" if value is None else f"{value:.3g}"


def _print_verdicts(result: Missed) -> None:
    verdicts = np.array([quality.verdict.value for quality in result.qualities])
    print(f"\nverdicts, {_people(result.probes)} other people")
    print(f"{'':10} {'of the mix':>10} {'FNMR':>7} {'of clean':>9}")
    is_clean = result.probes.kind == CLEAN
    for verdict in Verdict:
        chosen = verdicts == verdict.value
        share = result.weights[chosen].sum()
        fnmr = result.weights[chosen] @ result.fnmr[chosen] / max(share, 1e-12)
        print(f"{verdict.value:10} {share:10.1%} {fnmr:7.3f} {chosen[is_clean].mean():9.1%}")


def _print_curve(result: Missed) -> None:
    scores = _scores(result)
    curve = error_versus_discard(result, scores)
    print(
        f"\nerror versus discard, {_people(result.probes)} other people: "
        f"FNMR at FMR {FMR:g} (95 % of draws of people)"
    )
    for share, fnmr in zip(DISCARDED, curve, strict=True):
        low, high = interval(result, scores, share)
        print(
            f"worst {share:4.0%} left out {fnmr:9.4f} {fnmr / curve[0] - 1:+6.0%} ({low:+.0%} to {high:+.0%})"
        )


def _scores(result: Missed) -> Floats:
    return np.array([quality.score for quality in result.qualities])


def _people(probes: Probes) -> int:
    return len(np.unique(probes.person))


def _plot(path: Path, result: Missed) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    shares, scores = np.linspace(0.0, 0.5, 51), _scores(result)
    axes.plot(shares, [fnmr_without(result, scores, share) for share in shares], label="by score")
    axes.plot(shares, [fnmr_without(result, -result.fnmr, share) for share in shares], ":", label="at best")
    axes.set_xlabel("share of faces left out, the worst first")
    axes.set_ylabel(f"FNMR at FMR {FMR:g}")
    axes.set_ylim(bottom=0.0)
    axes.legend()
    figure.savefig(path, dpi=150)


if __name__ == "__main__":
    main()
