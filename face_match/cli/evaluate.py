"""The command that measures the accuracy of models on labelled photos."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from face_match.cli.opening import own_detector, threshold_of
from face_match.cli.output import Output, progress_bar, stoppable
from face_match.core.errors import CancelledError
from face_match.core.messages import error_message
from face_match.core.number_text import percent, plural
from face_match.core.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from face_match.core.photo_folders import PhotoWalk
    from face_match.decision.confidence_intervals import Figure
    from face_match.workflows.evaluate import ModelFailure, ModelResult, ModelSetup
    from face_match.workflows.group_labels import PeopleLabels

ENGINES = ("onnx", "reference")


def evaluate(options: argparse.Namespace, output: Output) -> None:
    """Evaluate models on a folder of labelled photos; with --report, write a page with plots."""
    from face_match.core.photo_folders import PhotoWalk
    from face_match.decision.cross_validation import max_folds
    from face_match.workflows.evaluate import EvaluationOptions, evaluate_models
    from face_match.workflows.group_labels import read_labels
    from face_match.workflows.import_people import photos_by_person

    if not options.folder.is_dir():
        options.usage_error(f"{options.folder} is not a folder")
    walk = PhotoWalk()
    photos = photos_by_person(options.folder, walk)
    notes = _skipped_notes(walk, options.folder, output)
    if not photos:
        options.usage_error(f"{options.folder} has no sub-folder with photos: each person's are in one")
    people = {photo.name for photo in photos}
    if options.folds is not None and not 2 <= options.folds <= max_folds(len(people)):
        options.usage_error(
            f"--folds goes from 2 to {max_folds(len(people))} here: there are {len(people)} people, and two "
            "in each"
        )
    setups = _setups(options)
    labels = read_labels(options.groups, people) if options.groups is not None else None
    if labels is not None:
        notes += _label_notes(labels, options.groups)
    asked = EvaluationOptions(
        options.folds or 0,
        options.hard_negatives,
        options.small_faces or Settings.load().small_faces,
        labels.columns if labels is not None else {},
    )
    with stoppable() as is_cancelled:
        if options.report is not None:
            from face_match.gallery.destinations import require_outside_gallery
            from face_match.report.page import prepare

            require_outside_gallery(options.report, options.gallery, is_folder=True)
            prepare(options.report)
        with progress_bar("evaluating", unit=" photos") as on_progress:
            results = evaluate_models(
                photos, setups, threshold_of, asked, on_progress=on_progress, is_cancelled=is_cancelled
            )
        _print_result(results, notes, options, output)
    if labels is not None:
        output.document["labels"] = {
            "file": str(options.groups),
            "not_in_folder": labels.not_in_folder,
            "not_in_table": labels.not_in_table,
            "contradicted": labels.contradicted,
        }


def _skipped_notes(walk: PhotoWalk, folder: Path, output: Output) -> list[str]:
    """Notes on unreadable folders, and on photos in no person's folder."""
    notes = []
    for path, error in walk.unreadable:
        place = str(path.relative_to(folder))
        output.failure(error, place)
        notes.append(f"{place}: {error_message(error)}")
    if strays := len(walk.photos_directly_in(folder)):
        lie = plural(strays, "photo that lies", "photos that lie")
        notes.append(f"Not looked at: {lie} in no person’s folder.")
    return notes


def _label_notes(labels: PeopleLabels, path: Path) -> list[str]:
    counts = {
        "in the table, without a folder": labels.not_in_folder,
        "with a folder, not in the table": labels.not_in_table,
        "with several labels in one column, and in no group of it": labels.contradicted,
    }
    return [
        f"{path.name}: {plural(count, 'person', 'people')} {who}." for who, count in counts.items() if count
    ]


def _setups(options: argparse.Namespace) -> list[ModelSetup]:
    """The models to evaluate, each once. A single model of --compare is compared with the program's own."""
    from face_match.core.errors import ModelMissingError
    from face_match.vision.models.registry import detector_id, model_info
    from face_match.workflows.evaluate import ModelSetup

    def known(id_of: Callable[[str], str], name: str) -> str:
        """The id, or the name itself for an unknown model, which is reported among the results."""
        try:
            return id_of(name)
        except ModelMissingError:
            return name

    named = [*(options.model or ()), *options.compare]
    if not options.model and len(named) < 2:
        named.insert(0, _default_model())
    setups = []
    for name in named:
        rest, _, detector = name.partition("+")
        model, _, engine = rest.partition("@")
        if engine not in ("", *ENGINES):
            options.usage_error(f"there is no engine {engine}: MODEL, or MODEL@reference")
        detector = known(detector_id, detector or options.detector or own_detector(Settings.load()))
        model = known(lambda name: model_info(name).id, model)
        setups.append(ModelSetup(model, engine or options.engine, detector))
    return list(dict.fromkeys(setups))


def _default_model() -> str:
    """The model that the window would use for an empty gallery."""
    from face_match.vision.models.registry import all_models, preferred_model

    chosen, there = Settings.load().model, all_models()
    return chosen if chosen in there and there[chosen].is_installed else preferred_model()


def _print_result(
    results: Sequence[ModelResult | ModelFailure],
    notes: Sequence[str],
    options: argparse.Namespace,
    output: Output,
) -> None:
    from face_match.report import wording
    from face_match.report.document import document_of
    from face_match.report.verdicts import suggestion, verdict
    from face_match.workflows.evaluate import ModelResult

    runs = [result for result in results if isinstance(result, ModelResult)]
    documents = [document_of(result, runs[0] if runs else None) for result in results]
    is_partial = any(wording.is_partial(result) for result in results)
    first = next((k for k, result in enumerate(results) if isinstance(result, ModelResult)), 0)
    output.document = documents[first] | {"partial": is_partial}
    if len(documents) > 1:
        output.document["models"] = documents
    if is_partial:
        output.failure(CancelledError())
        output.line("PARTIAL: cancelled before the end; the figures are of what was done so far.")
    for note in notes:
        output.note(note)
    for result in results:
        if isinstance(result, ModelResult):
            for failed in result.embedded.failed:
                output.failure(failed.error, failed.place)
            if options.folds and not is_partial and len(result.evaluation.folds) != options.folds:
                output.note(f"The people with a face are too few for {options.folds} folds.")
            _print(result, output)
        else:
            output.failure(result.error, result.setup.label)
            output.line(f"{result.setup.title}: {error_message(result.error)}")
    for run in runs:
        if (text := verdict(run, runs[0])) is not None:
            output.line(text)
    if (suggested := suggestion(runs)) is not None:
        output.line(suggested)
        output.document["suggestion"] = suggested
    if options.report is not None:
        from face_match.report.page import write_report

        page = write_report(options.report, options.folder.resolve().name, results, notes)
        output.document["report"] = str(page)
        output.line(f"The report is in {page}.")


def _print(run: ModelResult, output: Output) -> None:
    from face_match.report import wording

    found = run.evaluation
    output.line(f"{run.setup.title}: {wording.sample_size(run)}")
    if run.embedded.is_partial:
        output.line(f"PARTIAL: {wording.partial_note(run)}")
    rows = [*wording.accuracy_rows(found), *(wording.tar_row(fmr, found) for fmr in found.tar_at_fmr)]
    for row in rows:
        output.line(f"  {row.name:42} {row.value:>9}  {_within(row.interval)}".rstrip())
    output.line("  The program’s threshold and those for an FMR (false match rate):")
    chosen = [(at.threshold.value, at) for at in found.at_fmr.values()]
    for threshold, at in [(run.threshold, found.default), *chosen]:
        output.line(f"  {threshold:.4f}  {wording.at_threshold(at)}")
        output.line(f"          {wording.search_at_threshold(at)}")
    for line in wording.fold_sentences(found.folds) if found.folds else []:
        output.line(f"  {line}")
    if found.hard_negatives is not None:
        output.line("  Against the most similar other person of each photo only:")
        for row in wording.hard_rows(found.hard_negatives):
            output.line(f"  {row.name:42} {row.value:>9}  {_within(row.interval)}".rstrip())
        for pair in found.hard_negatives.confused:
            names = f"{run.names[pair.one]} / {run.names[pair.other]}"
            output.line(f"  {pair.matches:6} of {pair.pairs:5} a match  {pair.highest:.3f}  {names}")
    _print_sizes(run, output)
    _print_groups(run, output)
    output.line(f"  {wording.speed(run)}")


def _print_sizes(run: ModelResult, output: Output) -> None:
    from face_match.report import wording

    output.line("  As the gallery grows (FPIR: strangers taken for somebody; FNIR: people missed):")
    output.line(f"  {wording.gallery_sizes(run)}")
    for at in run.sizes:
        rates = (f"{name} {_rate(rate)}" for name, rate in (("FPIR", at.fpir), ("FNIR", at.fnir)))
        output.line(f"  {at.people:6,} people  {'  '.join(rates)}".rstrip())


def _print_groups(run: ModelResult, output: Output) -> None:
    from face_match.report import wording

    for grouped in run.groups:
        output.line(
            f"  Within groups by “{grouped.column}”, at the threshold, raised where people are alike:"
        )
        size = grouped.gallery_people
        for group in grouped.groups:
            output.line(f"    {group.name}: {group.people:,} people, {group.photos:,} photos")
            output.line(f"      FMR {_rate(group.fmr)}  FNMR {_rate(group.fnmr)}")
            output.line(
                f"      FPIR {_rate(group.fpir)} in a gallery of {size}; "
                f"{_rate(group.fpir_among_all)} in one of the {group.people - 1:,} others"
            )
        if (left_out := wording.too_small(grouped)) is not None:
            output.line(f"    {left_out}")


def _rate(figure: Figure) -> str:
    from face_match.report.wording import interval

    within = interval(figure)
    return f"{percent(figure.value)} ({within})" if within else percent(figure.value)


def _within(interval: str) -> str:
    return f"95 %: {interval}" if interval else ""
