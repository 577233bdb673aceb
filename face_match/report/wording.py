"""The meaning of figures, in plain sentences for readers who do not know the terms."""

from __future__ import annotations

import math
from typing import NamedTuple

from face_match.core.errors import CancelledError
from face_match.core.number_text import UNKNOWN, exact_percent, percent, plural
from face_match.decision.confidence_intervals import Figure
from face_match.decision.cross_validation import FMRS as FOLD_FMRS
from face_match.decision.cross_validation import Fold, Spread, spread_over_folds
from face_match.decision.evaluation import ErrorsAtThreshold, Evaluation, HardNegatives
from face_match.decision.open_set import FACES, MOST_IN_GALLERY, SIZES
from face_match.decision.subgroups import FEWEST_IN_GROUP, GroupedRates
from face_match.workflows.evaluate import ModelFailure, ModelResult

_MOST_NAMED = 20
"""Groups that are too small: a column may have another label for everybody."""


class Row(NamedTuple):
    """A figure as it is shown: what it is, how much, how far that can be trusted, and what it says."""

    name: str
    value: str
    interval: str
    meaning: str


def one_in(share: float) -> str:
    """ "about 1 in 1,000", of things; "none" for 0."""
    if share == 0:
        return "none"
    if share > 0.2:
        return percent(share)
    number = 1 / share
    digits = max(0, math.floor(math.log10(number)) - 1)
    return f"about 1 in {round(number, -digits):,.0f}"


def interval(figure: Figure, decimals: int | None = None) -> str:
    """ "0.2 % to 1.6 %"; nothing where it is not known. Decimals make a number of it, not a share."""
    low, high = figure.interval
    if math.isnan(low):
        return ""
    if decimals is not None:
        return f"{low:.{decimals}f} to {high:.{decimals}f}"
    return f"{percent(low)} to {percent(high)}"


def sample_size(run: ModelResult) -> str:
    """The numbers of photos, people and comparisons."""
    found = run.evaluation
    genuine, impostor = len(found.comparisons.genuine), len(found.comparisons.impostor)
    total = found.comparisons.impostor_total
    drawn = f", drawn at random of {total:,}" if impostor < total else ""
    return (
        f"{plural(found.photos, 'photo', 'photos')} of {plural(found.people, 'person', 'people')}, "
        f"compared in {plural(genuine, 'pair', 'pairs')} of one person (genuine) and "
        f"{plural(impostor, 'pair', 'pairs')} of two different people (impostor{drawn})."
    )


def partial_note(run: ModelResult) -> str:
    """That the evaluation was cancelled, and when."""
    return (
        f"Cancelled after {run.embedded.done:,} of {plural(run.embedded.photos, 'photo', 'photos')}: "
        "all figures are of those only."
    )


def accuracy_rows(found: Evaluation) -> list[Row]:
    """The figures that do not depend on a threshold."""
    return [_eer(found.eer), _auc(found.auc), *(_rank(found, rank) for rank in (1, 5))]


def _eer(eer: Figure) -> Row:
    meaning = "There are not enough photos to tell."
    if not math.isnan(eer.value):
        meaning = (
            "With the threshold at which both kinds of error are as frequent, "
            f"{_of_these(eer.value)} comparisons of two different people would be called a match, and "
            "as many of those of one person would be missed. Lower is better."
        )
    if eer.value == 0:
        meaning = (
            "There is a threshold at which no comparison of two different people would be called a match, "
            "and none of one person would be missed."
        )
    return Row("Equal error rate (EER)", percent(eer.value), interval(eer), meaning)


def _auc(auc: Figure) -> Row:
    meaning = "There are not enough photos to tell."
    if not math.isnan(auc.value):
        meaning = (
            "Of one comparison of the same person and one of two different people, taken at random, the "
            f"first has the higher similarity in {percent(auc.value)} of cases; 50 % would be guessing."
        )
    return Row("Area under the ROC curve (AUC)", percent(auc.value), interval(auc), meaning)


def _rank(found: Evaluation, rank: int) -> Row:
    figure = found.rank[rank]
    probes = int((found.searches.rank > 0).sum())
    place = "came first" if rank == 1 else f"was among the first {rank}"
    meaning = "Nobody has two photos, so that none can be found by another."
    if probes:
        hits = round(figure.value * probes)
        meaning = (
            f"Each photo was looked for among all the others: for {hits:,} of {probes:,} the right "
            f"person {place}."
        )
    return Row(f"Rank-{rank} identification rate", percent(figure.value), interval(figure), meaning)


def at_threshold(at: ErrorsAtThreshold, place: str = "At this threshold") -> str:
    """The error rates of comparisons at a threshold."""
    if math.isnan(at.fmr.value) or math.isnan(at.fnmr.value):
        return "There are not enough photos to tell."
    return (
        f"{place} {_of_these(at.fmr.value)} comparisons of two different people would be called a "
        f"match; {_some(at.fnmr.value)} of the true ones would be missed."
    )


def search_at_threshold(at: ErrorsAtThreshold) -> str:
    """The error rates of searches at a threshold."""
    if math.isnan(at.fpir.value) or math.isnan(at.fnir.value):
        return "There are not enough photos to tell."
    strangers = "nobody" if at.fpir.value == 0 else one_in(at.fpir.value)
    known = (
        f"{percent(at.fnir.value)} would not be recognised" if at.fnir.value else "all would be recognised"
    )
    return (
        f"Of strangers, {strangers} would be taken for somebody in a gallery of these people; of those who "
        f"are in it, {known}."
    )


def _some(share: float) -> str:
    return percent(share) if share else "none"


def _of_these(share: float) -> str:
    """A share of comparisons: "none of the", "about 1 in 1,000", "35.5 % of the"."""
    words = one_in(share)
    return words if words.startswith("about") else f"{words} of the"


def tar_row(fmr: float, found: Evaluation) -> Row:
    """The true accept rate at an FMR."""
    tar, at = found.tar_at_fmr[fmr], found.at_fmr[fmr]
    false = round(at.fmr.value * len(found.comparisons.impostor))
    place = f"At threshold {at.threshold.value:.4f}"
    meaning = f"{at_threshold(at, place)} Rests on {plural(false, 'false match', 'false matches')}."
    return Row(
        f"True accept rate (TAR) at FMR {exact_percent(fmr)}", percent(tar.value), interval(tar), meaning
    )


def fold_sentences(folds: tuple[Fold, ...]) -> list[str]:
    """The results of cross-validation."""
    sentences = []
    for target in FOLD_FMRS:
        fmr, tar = (spread_over_folds(folds, target, figure) for figure in ("fmr", "tar"))
        if fmr is None or tar is None:
            sentences.append(f"FMR {exact_percent(target)}: too few comparisons to choose a threshold.")
            continue
        sentences.append(
            f"Thresholds chosen for an FMR of {exact_percent(target)} gave {_spread(fmr)} on the people "
            f"held out, and let {_spread(tar)} of the true matches through."
        )
    return sentences


def _spread(over: Spread) -> str:
    if over.lowest == over.highest:
        return f"{percent(over.mean)} (in each group)"
    return f"{percent(over.mean)} (from {percent(over.lowest)} to {percent(over.highest)})"


def caveats(run: ModelResult) -> list[str]:
    """The limits of the figures."""
    found, embedded = run.evaluation, run.embedded
    sentences = [
        f"All this rests on {sample_size(run)} People of another kind, or photos taken otherwise, may do "
        "better or worse.",
        "Where a photo has several faces, the largest is taken; where several are about as large, the one "
        "nearest the photo’s middle. A photo in the wrong folder counts as an error.",
        "Precision depends on how many comparisons are of one person; in another set that share is another.",
    ]
    if found.has_intervals:
        sentences.insert(
            1,
            "The intervals (95 %) say how far a figure may be off by the chance of who these people are: if "
            f"{found.people} other people of the same kind had been photographed, the figure would most "
            "likely lie in this range. They come of drawing people, not comparisons, at random many times "
            "over. Where no error at all was seen, they say how frequent errors might be all the same.",
        )
    else:
        sentences.insert(
            1,
            f"{plural(found.people, 'person is', 'people are')} too few to say how far the figures would be "
            "off for other people, so there are no intervals.",
        )
    single = found.photos - int((found.searches.rank > 0).sum())
    if single:
        sentences.append(
            f"{plural(single, 'photo is', 'photos are')} the only one of their person, and can be taken for "
            "strangers only."
        )
    if embedded.failed:
        sentences.append(
            f"{plural(len(embedded.failed), 'photo', 'photos')} could not be used; they are listed below."
        )
    return sentences


def is_partial(result: ModelResult | ModelFailure) -> bool:
    """Whether it was cancelled, before or while it ran."""
    if isinstance(result, ModelFailure):
        return isinstance(result.error, CancelledError)
    return result.embedded.is_partial


def summary(run: ModelResult) -> list[str]:
    """The summary."""
    found = run.evaluation
    sentences = [f"The model {run.setup.title} was tried on {sample_size(run)}", _rank(found, 1).meaning]
    if not math.isnan(found.default.fmr.value):
        sentences.append(
            f"The program’s threshold is {run.threshold:g}. {at_threshold(found.default)} "
            f"{search_at_threshold(found.default)}"
        )
    return sentences


def gallery_sizes(run: ModelResult) -> str:
    """How the rates by gallery size were measured."""
    if not run.sizes:
        needed = math.ceil(min(SIZES) / MOST_IN_GALLERY)
        return (
            f"Galleries of {min(SIZES)} people and more, with strangers beside them, need photos of {needed} "
            "people, and two of most."
        )
    strangers = f"{run.sizes[-1].strangers:,} to {run.sizes[0].strangers:,}"
    strangers = strangers if len(run.sizes) > 1 else f"{run.sizes[0].strangers:,}"
    return (
        f"Galleries were drawn at random, with up to {FACES} photos of each person; the other photos were "
        f"looked for, and those of the people left out, who are strangers ({strangers} people). Scores and "
        f"threshold are the program’s: {run.threshold:g}, which is raised where people are alike unless it "
        "was set. Intervals are over people and galleries drawn."
    )


def too_small(grouped: GroupedRates) -> str | None:
    """The groups without figures; None if there are none."""
    sentences = []
    if grouped.too_small:
        names = [f"{name} ({people})" for name, people in list(grouped.too_small.items())[:_MOST_NAMED]]
        more = len(grouped.too_small) - len(names)
        listed = ", ".join(names) + (f" and {more:,} more" if more else "")
        sentences.append(f"Fewer than {FEWEST_IN_GROUP} people, too few to tell: {listed}.")
    if grouped.without_label:
        sentences.append(f"Without a label: {plural(grouped.without_label, 'person', 'people')}.")
    if not grouped.groups and not sentences:
        return "There are not enough photos to tell."
    return " ".join(sentences) or None


def precision_sentence(precision: float, threshold: float | None) -> str:
    """The threshold for a precision."""
    if threshold is None:
        return "Not reached, or there are too few true matches to tell."
    return f"{threshold:.4f}: from there on at least {exact_percent(precision)} of all matches here are true."


def folds_explained(folds: tuple[Fold, ...]) -> str:
    """How cross-validation was done, and the size of the smallest fold."""
    pairs = min(fold.impostor_pairs for fold in folds)
    return (
        "A threshold looks better on the photos it was chosen on. So the people were divided into "
        f"{len(folds)} groups; for each group in turn, thresholds were chosen on all the others and tried on "
        f"it. The smallest group has {plural(pairs, 'comparison', 'comparisons')} of two different people; "
        "in a small group fewer people have somebody who is like them."
    )


def hard_rows(hard: HardNegatives) -> list[Row]:
    """The figures on the hardest comparisons."""
    rows = [_eer(hard.eer), _auc(hard.auc)]
    for fmr, tar in hard.tar_at_fmr.items():
        meaning = (
            f"With a threshold that lets {one_in(fmr)} of these hardest comparisons through, "
            f"{_some(1 - tar.value)} of the true matches would be missed."
        )
        rows.append(Row(f"TAR at FMR {exact_percent(fmr)}", percent(tar.value), interval(tar), meaning))
    return rows


def speed(run: ModelResult) -> str:
    """The times per photo and face."""
    return (
        f"{seconds(run.embedded.seconds_per_photo)} for each photo; finding its faces took "
        f"{milliseconds(run.embedded.detection_seconds)}, embedding one "
        f"{milliseconds(run.embedded.embedding_seconds)}."
    )


def seconds(value: float) -> str:
    """ "0.056 s"."""
    return UNKNOWN if math.isnan(value) else f"{value:.3f} s"


def milliseconds(value: float) -> str:
    """ "41 ms", of seconds."""
    return UNKNOWN if math.isnan(value) else f"{1000 * value:.0f} ms"
