"""An evaluation as one HTML file that needs no other, and its plots as PNG beside it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from face_match.core.atomic_files import make_folder, write_file
from face_match.core.current_folder import away_from_current_folder
from face_match.core.errors import ReportWriteError
from face_match.core.messages import error_message
from face_match.core.number_text import UNKNOWN, exact_percent, percent, plural
from face_match.core.version import __version__
from face_match.core.visible_text import escape_invisible
from face_match.decision.evaluation import ErrorsAtThreshold
from face_match.decision.subgroups import GroupRates
from face_match.report import wording
from face_match.report.explanations import (
    CAPTIONS,
    COMPARED,
    GROUPS,
    HARDEST,
    METHOD,
    NOT_ALL_MODELS,
    OPEN_SET,
    SPEED,
    TERMS,
)
from face_match.report.verdicts import suggestion, verdict
from face_match.report.wording import Row, interval
from face_match.workflows.evaluate import ModelFailure, ModelResult

_STYLE = """
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1c1e21; --soft: #5b626b; --line: #d9dce0;
  --warn: #8a3b00; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181c; --ink: #e4e6ea; --soft: #a3abb5; --line: #3a3e45; --warn: #ffb27a; }
}
* { box-sizing: border-box; }
body { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; margin: 0 auto;
  max-width: 60rem; padding: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.3rem; margin-top: 2.5rem; }
h3 { font-size: 1.05rem; margin-top: 1.8rem; }
.partial { border: 2px solid var(--warn); color: var(--warn); font-weight: 600; padding: .6rem 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .94rem; }
th, td { border-bottom: 1px solid var(--line); padding: .45rem .8rem .45rem 0; text-align: left;
  vertical-align: top; }
tr.figures td:first-child { font-weight: 600; } tr.figures small { font-weight: 400; }
tr.figures td { border-bottom: 0; padding-bottom: 0; }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
td small, .soft { color: var(--soft); font-size: .86rem; display: block; }
@media (max-width: 40rem) { td.number { white-space: normal; } ul { padding-left: 1.2rem; } }
figure { margin: 1.5rem 0; } img { display: block; height: auto; max-width: 100%; width: 45rem; }
figcaption { color: var(--soft); max-width: 45rem; }
"""

_FIGURES_HEAD = ("Figure", "Value", "95 % interval")


class Plot(NamedTuple):
    """Its file's name, what it says, and the PNG for white and for dark pages."""

    name: str
    title: str
    caption: str
    light: bytes
    dark: bytes


def prepare(folder: Path) -> None:
    """Make the folder, so that one that cannot be made is known before the work and not after it.

    Raises:
        ReportWriteError.
    """
    _written(folder, lambda: make_folder(folder))


def write_report(
    folder: Path, photos: str, results: Sequence[ModelResult | ModelFailure], notes: Sequence[str]
) -> Path:
    """Write the page and the plots; returns the page's path.

    Args:
        photos: what the folder of photos is called.
        notes: what else there is to say of the photos.
    Raises:
        ReportWriteError.
    """
    plots, own = _plots([result for result in results if isinstance(result, ModelResult)])
    page = folder / "report.html"
    text = _page(photos, results, notes, plots, own)

    def write() -> None:
        for plot in chain(plots, *own.values()):
            write_file(folder / f"{plot.name}.png", plot.light)
        write_file(page, text.encode())

    _written(folder, write)
    return page


def _written(folder: Path, write: Callable[[], None]) -> None:
    try:
        write()
    except OSError as exc:
        raise ReportWriteError(folder, exc.strerror or type(exc).__name__) from exc


def _plots(runs: Sequence[ModelResult]) -> tuple[list[Plot], dict[str, list[Plot]]]:
    """Those of all models together, and each model's own, by its label."""
    with away_from_current_folder():  # it loads matplotlib
        from face_match.report import plots as drawing

    drawable = [run for run in runs if drawing.can_be_drawn(run)]
    if not drawable:
        return [], {}
    themes = (drawing.LIGHT, drawing.DARK)
    together = [
        Plot(name, *CAPTIONS[name], *(draw(drawable, theme) for theme in themes))
        for name, draw in drawing.OF_ALL.items()
    ]
    own = {}
    for run in drawable:
        label = run.setup.label
        after = f"-{label.replace('@', '-').replace('+', '-')}" if len(runs) > 1 else ""
        own[label] = [
            Plot(f"{name}{after}", *CAPTIONS[name], *(draw(run, theme) for theme in themes))
            for name, draw in drawing.OF_ONE.items()
            if name != "gallery-sizes" or len(run.sizes) > 1
        ]
    return together, own


def _page(
    photos: str,
    results: Sequence[ModelResult | ModelFailure],
    notes: Sequence[str],
    plots: Sequence[Plot],
    own: dict[str, list[Plot]],
) -> str:
    runs = [result for result in results if isinstance(result, ModelResult)]
    stopped = [wording.partial_note(run) for run in runs if run.embedded.is_partial]
    is_partial = any(wording.is_partial(result) for result in results)
    verb = "tells" if len(runs) == 1 else "tell"
    names = " and ".join(run.setup.title for run in runs) or "no model"
    body = [
        f'<p class="partial">PARTIAL. {_text(" ".join(stopped) or NOT_ALL_MODELS)}</p>' if is_partial else "",
        f"<h1>How well {_text(names)} {verb} people apart: {_text(photos)}</h1>",
        *(f"<p>{_text(line)}</p>" for run in runs[:1] for line in wording.summary(run)),
        *(f"<p>{_text(note)}</p>" for note in notes),
        _comparison(results) if len(results) > 1 else "",
        *(f"<h2>What this rests on</h2>{_list(wording.caveats(run))}" for run in runs[:1]),
        f"<h2>The words used</h2>{_list(TERMS)}",
        "<h2>Curves</h2>" if plots else "",
        *map(_figure, plots),
        *(_section(run, own.get(run.setup.label, []), len(runs) > 1) for run in runs),
        "<h2>How it was measured</h2>",
        f"<p>{_text(METHOD)} {_text(SPEED)}</p><p>Face Match {__version__}.</p>",
    ]
    title = f"{'PARTIAL: ' if is_partial else ''}Face Match: {photos}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body></html>\n"
    )


def _comparison(results: Sequence[ModelResult | ModelFailure]) -> str:
    rows = []
    for result in results:
        name = _text(result.setup.title)
        if isinstance(result, ModelFailure):
            rows.append(f'<tr><td>{name}</td><td colspan="7">{_text(error_message(result.error))}</td></tr>')
            continue
        found, embedded = result.evaluation, result.embedded
        tar = found.tar_at_fmr.get(1e-3)
        cells = [
            _number(percent(found.eer.value), interval(found.eer)),
            _number(percent(tar.value), interval(tar)) if tar else _number(UNKNOWN),
            _number(percent(found.rank[1].value), interval(found.rank[1])),
            _number(f"{len(embedded.failed):,}"),
            _number(wording.seconds(embedded.seconds_per_photo)),
            _number(wording.milliseconds(embedded.detection_seconds)),
            _number(wording.milliseconds(embedded.embedding_seconds)),
        ]
        rows.append(f"<tr><td>{name}</td>{''.join(cells)}</tr>")
    head = (
        "Model",
        "Equal error rate (EER)",
        "True accept rate (TAR) at FMR 0.1 %",
        "Right person first (rank-1)",
        "Photos not used",
        "Time per photo",
        "Finding faces",
        "Embedding a face",
    )
    runs = [result for result in results if isinstance(result, ModelResult)]
    verdicts = [line for run in runs if (line := verdict(run, runs[0])) is not None]
    if (suggested := suggestion(runs)) is not None:
        verdicts.append(suggested)
    explained = f"{_list(verdicts)}<p>{_text(COMPARED)}</p>" if verdicts else ""
    return f"<h2>The models side by side</h2>{_table(head, rows)}{explained}"


def _section(run: ModelResult, plots: Sequence[Plot], has_others: bool) -> str:
    found = run.evaluation
    named = f": {_text(run.setup.title)}" if has_others else ""
    rows = [*wording.accuracy_rows(found), *(wording.tar_row(fmr, found) for fmr in found.tar_at_fmr)]
    parts = [
        f"<h2>Figures{named}</h2>",
        f"<p>{_text(wording.sample_size(run))}</p>",
        _table(_FIGURES_HEAD, map(_row, rows)),
        f"<p>{_text(wording.speed(run))}</p>",
        *(_figure(plot) for plot in plots if plot.name.startswith("similarities")),
        f"<h2>Thresholds{named}</h2>",
        *_thresholds(run),
        f"<h2>As the gallery grows{named}</h2>",
        f"<p>{_text(wording.gallery_sizes(run))}</p>",
        _sizes(run),
        *(_figure(plot) for plot in plots if plot.name.startswith("gallery-sizes")),
        *_groups(run, named),
        *_folds(run, named),
        *_hard_negatives(run, named),
        *_failed(run, named),
    ]
    return "\n".join(part for part in parts if part)


def _thresholds(run: ModelResult) -> list[str]:
    found = run.evaluation
    at = [("The program’s own", run.threshold, found.default)]
    at += [
        (f"For an FMR of {exact_percent(fmr)}", at.threshold.value, at) for fmr, at in found.at_fmr.items()
    ]
    head = ("Threshold", "FMR", "FNMR", "FPIR", "FNIR")
    precisions = [
        (f"Precision {exact_percent(precision)}", wording.precision_sentence(precision, threshold))
        for precision, threshold in found.threshold_for_precision.items()
    ]
    return [
        f"<p>{_text(OPEN_SET)}</p>",
        _table(head, (_threshold_row(name, threshold, rates) for name, threshold, rates in at)),
        "<h3>Thresholds by how many matches are true</h3>",
        _table(
            ("For", "Threshold"), (f"<tr><td>{_text(a)}</td><td>{_text(b)}</td></tr>" for a, b in precisions)
        ),
    ]


def _threshold_row(name: str, threshold: float, at: ErrorsAtThreshold) -> str:
    cells = [
        _number(f"{name}: {threshold:.4f}", interval(at.threshold, 4)),
        *(_number(percent(f.value), interval(f)) for f in (at.fmr, at.fnmr, at.fpir, at.fnir)),
    ]
    return _with_sentence(cells, f"{wording.at_threshold(at)} {wording.search_at_threshold(at)}")


def _sizes(run: ModelResult) -> str:
    head = ("People in the gallery", "FPIR: strangers taken for somebody", "FNIR: people missed", "Galleries")
    rows = (
        "<tr>"
        + _number(f"{at.people:,}")
        + "".join(_number(percent(rate.value), interval(rate)) for rate in (at.fpir, at.fnir))
        + _number(f"{at.galleries:,}")
        + "</tr>"
        for at in run.sizes
    )
    return _table(head, rows) if run.sizes else ""


def _groups(run: ModelResult, named: str) -> list[str]:
    if not run.groups:
        return []
    parts = [f"<h2>Groups of people{named}</h2>", f"<p>{_text(GROUPS)}</p>"]
    for grouped in run.groups:
        parts.append(f"<h3>{_text(grouped.column)}</h3>")
        in_gallery = plural(grouped.gallery_people, "person", "people")
        head = (
            "Group",
            "People",
            "FMR",
            "FNMR",
            f"FPIR, gallery of {in_gallery}",
            "FPIR, everybody else of it",
        )
        if grouped.groups:
            parts.append(_table(head, map(_group_row, grouped.groups)))
        if (left_out := wording.too_small(grouped)) is not None:
            parts.append(f"<p>{_text(left_out)}</p>")
    return parts


def _group_row(group: GroupRates) -> str:
    rates = (group.fmr, group.fnmr, group.fpir, group.fpir_among_all)
    cells = [
        f"<td>{_text(group.name)}</td>",
        _number(f"{group.people:,}", plural(group.photos, "photo", "photos")),
        *(_number(percent(rate.value), interval(rate)) for rate in rates),
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _folds(run: ModelResult, named: str) -> list[str]:
    folds = run.evaluation.folds
    if not folds:
        return []
    return [
        f"<h2>Thresholds on people they were not chosen on{named}</h2>",
        f"<p>{_text(wording.folds_explained(folds))}</p>",
        _list(wording.fold_sentences(folds)),
    ]


def _hard_negatives(run: ModelResult, named: str) -> list[str]:
    hard = run.evaluation.hard_negatives
    if hard is None:
        return []
    confused = (
        f"<tr><td>{_text(run.names[pair.one])}</td><td>{_text(run.names[pair.other])}</td>"
        + _number(f"{pair.matches:,} of {pair.pairs:,}")
        + _number(f"{pair.highest:.4f}")
        + "</tr>"
        for pair in hard.confused
    )
    head = ("One person", "The other", "Called a match at the program’s threshold", "Highest similarity")
    return [
        f"<h2>The hardest comparisons{named}</h2>",
        f"<p>{_text(HARDEST)}</p>",
        _table(_FIGURES_HEAD, map(_row, wording.hard_rows(hard))),
        "<h3>People most often mistaken for each other</h3>",
        _table(head, confused),
    ]


def _failed(run: ModelResult, named: str) -> list[str]:
    failed = run.embedded.failed
    if not failed:
        return []
    rows = (
        f"<tr><td>{_text(one.place)}</td><td>{_text(error_message(one.error))}</td></tr>" for one in failed
    )
    return [
        f"<h2>{plural(len(failed), 'photo', 'photos')} that could not be used{named}</h2>",
        _table(("Photo", "Why"), rows),
    ]


def _row(row: Row) -> str:
    cells = [f"<td>{_text(row.name)}</td>", _number(row.value), _number(row.interval)]
    return _with_sentence(cells, row.meaning)


def _with_sentence(cells: Sequence[str], sentence: str) -> str:
    """A row of figures, and one below it that says what they mean."""
    below = f'<tr><td colspan="{len(cells)}">{_text(sentence)}</td></tr>'
    return f'<tr class="figures">{"".join(cells)}</tr>{below}'


def _number(value: str, below: str = "") -> str:
    small = f"<small>{_text(below)}</small>" if below else ""
    return f'<td class="number">{_text(value)}{small}</td>'


def _table(head: Iterable[str], rows: Iterable[str]) -> str:
    cells = "".join(f"<th>{_text(title)}</th>" for title in head)
    table = f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f'<div class="wide">{table}</div>'


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in items)}</ul>"


def _figure(plot: Plot) -> str:
    light, dark = (
        "data:image/png;base64," + base64.b64encode(png).decode() for png in (plot.light, plot.dark)
    )
    return (
        f"<figure><h3>{_text(plot.title)}</h3><picture>"
        f'<source media="(prefers-color-scheme: dark)" srcset="{dark}">'
        f'<img src="{light}" alt="{_text(plot.title)}"></picture>'
        f"<figcaption>{_text(plot.caption)}</figcaption></figure>"
    )


def _text(text: str) -> str:
    """Escaped; a number stays on one line with its sign."""
    return escape(escape_invisible(text).replace(" %", "\u00a0%"))
