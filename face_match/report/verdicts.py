"""Which of several models is better, one sentence for each."""

from __future__ import annotations

from collections.abc import Sequence

from face_match.core.number_text import exact_percent, percent, plural
from face_match.decision.confidence_intervals import Interval
from face_match.decision.paired_comparison import (
    FEWEST_TO_DECIDE,
    ComparisonVerdict,
    ModelComparison,
    PairedRates,
)
from face_match.workflows.evaluate import ModelResult, NotComparable


def verdict(run: ModelResult, first: ModelResult) -> str | None:
    """Whether a model is better than the first one, or may be by chance; None for the first itself."""
    names = f"{run.setup.title} and {first.setup.title}"
    found = run.compared
    if found is None:
        return None
    if isinstance(found, NotComparable):
        return f"{names} cannot be compared: {found.reason}."
    figures = _figures(found)
    unused = len(run.embedded.failed), len(first.embedded.failed)
    if figures and unused[0] != unused[1]:
        figures += f" Photos not used: {unused[0]:,} against {unused[1]:,}."
    if not figures:
        return f"{names}: undecided. There are too few photos for a low false match rate."
    if found.people < FEWEST_TO_DECIDE:
        return f"{names}: undecided. {found.people} people are too few. {figures}"
    match found.verdict:
        case ComparisonVerdict.BETTER:
            return f"{run.setup.title} makes fewer errors than {first.setup.title}. {figures}"
        case ComparisonVerdict.WORSE:
            return f"{run.setup.title} makes more errors than {first.setup.title}. {figures}"
        case ComparisonVerdict.MIXED:
            return f"{names}: undecided, for each makes fewer errors of one kind. {figures}"
    if all(gain == (0.0, (0.0, 0.0)) for gain in found.gains):
        return f"{names}: undecided. They make equally many errors here. {figures}"
    return f"{names}: undecided. The difference may be chance. {figures}"


def _figures(found: ModelComparison) -> str:
    """The deciding figures."""
    figures = []
    intervals = [gain.interval for gain in found.gains]
    if found.tar_at_fmr:
        fmr = min(found.tar_at_fmr)
        figures.append(f"TAR at FMR {exact_percent(fmr)}: {_both(found.tar_at_fmr[fmr], intervals[0])}")
    if found.fnir_at_fpir:
        fpir = min(found.fnir_at_fpir)
        low, high = intervals[-1]
        of_fnir = _both(found.fnir_at_fpir[fpir], Interval(-high, -low))
        figures.append(f"FNIR at FPIR {exact_percent(fpir)}: {of_fnir}")
    if not figures:
        return ""
    photos, people = plural(found.photos, "photo", "photos"), plural(found.people, "person", "people")
    return f"{'; '.join(figures)}. Measured on the {photos} of {people} that both could use."


def _both(rates: PairedRates, interval: Interval) -> str:
    values = f"{percent(rates.second)} against {percent(rates.first)}"
    low, high = interval
    return f"{values} ({points(rates.difference.value)} points; 97.5 %: {points(low)} to {points(high)})"


def points(difference: float) -> str:
    """ "+1.20", "−0.31": percentage points."""
    text = f"{100 * difference:+.2f}"
    return text.replace("-", "−") if text[1:] != "0.00" else "0.00"


def suggestion(runs: Sequence[ModelResult]) -> str | None:
    """Which of several to use: one with fewer errors beyond chance, else more photos, else less time.

    None where they could not all be compared.
    """
    if len(runs) < 2:
        return None
    found: list[tuple[ModelResult, ModelComparison]] = []
    for run in runs[1:]:
        if not isinstance(run.compared, ModelComparison):
            return None
        found.append((run, run.compared))
    better = [(run, beside) for run, beside in found if beside.verdict is ComparisonVerdict.BETTER]
    if better:
        best, _ = min(better, key=lambda one: _errors(one[1]))
        return f"Suggested for people like these: {best.setup.title}, which makes fewer errors."
    rest = [runs[0], *(run for run, beside in found if beside.verdict is not ComparisonVerdict.WORSE)]
    if len(rest) == 1:
        return f"Suggested for people like these: {rest[0].setup.title}, which makes fewer errors."
    fewest = min(len(run.embedded.failed) for run in rest)
    most = [run for run in rest if len(run.embedded.failed) == fewest]
    best = min(most, key=lambda run: run.embedded.seconds_per_photo)
    why = f"could use the most photos (all but {fewest:,})" if len(most) == 1 else "is the fastest"
    return f"Suggested for people like these: {best.setup.title}, which {why}; errors do not decide it."


def _errors(found: ModelComparison) -> tuple[float, float]:
    """FNIR, and 1 − TAR, of the second model, of what decides."""
    fnir = found.fnir_at_fpir[min(found.fnir_at_fpir)].second if found.fnir_at_fpir else 0.0
    tar = found.tar_at_fmr[min(found.tar_at_fmr)].second if found.tar_at_fmr else 1.0
    return fnir, 1.0 - tar
