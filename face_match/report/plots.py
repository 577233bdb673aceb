"""An evaluation's plots as PNG, for white and for dark pages. By matplotlib's objects: pyplot keeps state."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from face_match.core.number_text import exact_percent, percent
from face_match.core.visible_text import escape_invisible
from face_match.decision.curves import Curve, curve
from face_match.decision.error_rates import Floats
from face_match.workflows.evaluate import ModelResult


class Theme(NamedTuple):
    """Colours of a page; series that people with any colour vision can tell apart (Okabe and Ito)."""

    paper: str
    ink: str
    grid: str
    series: tuple[str, ...]


LIGHT = Theme("#ffffff", "#1c1e21", "#d9dce0", ("#0072b2", "#d55e00", "#008560", "#a8437d", "#8a6d00"))
DARK = Theme("#16181c", "#e4e6ea", "#3a3e45", ("#56b4e9", "#ff9a52", "#35d0a5", "#ec9fcb", "#f0d04a"))

_PERCENT = FuncFormatter(lambda share, _: exact_percent(round(share, 6)))
_LINES = ("-", "--", "-.", ":")
_PIXELS_PER_INCH = 150
_WIDTH_INCHES, _HEIGHT_INCHES = 7.2, 5.0
_PROBIT_TICKS = (1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99)


class _Drawn(NamedTuple):
    """A model's curve and how it is drawn."""

    run: ModelResult
    curve: Curve
    label: str
    colour: str
    line: str


def roc(runs: Sequence[ModelResult], theme: Theme) -> bytes:
    """True matches let through, over false ones let through, which are on a logarithmic axis."""
    figure, axes = _axes(theme)
    fewest = min(1 / max(1, len(run.evaluation.comparisons.impostor)) for run in runs)
    left = 10.0 ** np.floor(np.log10(fewest))
    lowest = 1.0
    for number, drawn in enumerate(_drawn(runs, theme)):
        beside = 1.05 ** (number - (len(runs) - 1) / 2)  # so that one bar does not hide another
        x, y = np.maximum(drawn.curve.fmr, left / 10), 1 - drawn.curve.fnmr
        axes.plot(x, y, drawn.line, color=drawn.colour, label=drawn.label, drawstyle="steps-pre")
        lowest = min(lowest, float(y[drawn.curve.fmr <= fewest].max(initial=0)))
        for fmr, (value, (low, high)) in drawn.run.evaluation.tar_at_fmr.items():
            axes.errorbar(
                *([fmr * beside], [value], [[value - low], [high - value]]),
                color=drawn.colour,
                marker="o",
                markersize=4,
                capsize=3,
                linewidth=1,
            )
            if not np.isnan(low):
                lowest = min(lowest, low)
    axes.set_xscale("log")
    axes.set_xlim(left, 1)
    axes.xaxis.set_major_formatter(_PERCENT)
    _zoom(axes, lowest)
    axes.set_xlabel("False match rate (FMR): different people called a match")
    axes.set_ylabel("True accept rate (TAR): one person called a match")
    return _png(figure, axes)


def precision_recall(runs: Sequence[ModelResult], theme: Theme) -> bytes:
    """How many matches are true, over how many of the true ones are found."""
    figure, axes = _axes(theme)
    even = 1.0
    for drawn in _drawn(runs, theme):
        has_matches = ~np.isnan(drawn.curve.precision)
        recall, precision = 1 - drawn.curve.fnmr[has_matches], drawn.curve.precision[has_matches]
        axes.plot(recall, precision, drawn.line, color=drawn.colour, label=drawn.label)
        even = min(even, float(np.minimum(recall, precision).max(initial=0)))
    lower = 0.8 if even > 0.93 else 0.5 if even > 0.75 else 0.0
    axes.set_xlim(lower, 1 + 0.02 * (1 - lower))
    axes.set_ylim(lower, 1 + 0.02 * (1 - lower))
    _in_percent(axes.xaxis)
    _in_percent(axes.yaxis)
    axes.set_xlabel("Recall: share of the true matches that are found")
    axes.set_ylabel("Precision: share of the matches that are true")
    return _png(figure, axes)


def det(runs: Sequence[ModelResult], theme: Theme) -> bytes:
    """One error over the other, both on probit axes: Martin et al., "The DET curve in assessment of detection
    task performance", Eurospeech 1997."""
    figure, axes = _axes(theme)
    fewest = min(1 / max(1, len(run.evaluation.comparisons.impostor)) for run in runs) / 2
    fewest_missed = min(1 / max(1, len(run.evaluation.comparisons.genuine)) for run in runs) / 2
    for drawn in _drawn(runs, theme):
        fmr, fnmr = np.maximum(drawn.curve.fmr, fewest), np.maximum(drawn.curve.fnmr, fewest_missed)
        axes.plot(
            *(_probit(fmr), _probit(fnmr), drawn.line),
            color=drawn.colour,
            label=drawn.label,
            drawstyle="steps-pre",
        )
        eer = drawn.run.evaluation.eer.value
        if eer > 0:
            axes.plot(*_probit(np.array([[eer], [eer]])), "o", color=drawn.colour, markersize=5)
    ends = _probit(np.array([min(fewest, fewest_missed), 0.6]))
    axes.plot(ends, ends, color=theme.grid, linewidth=1, zorder=0)
    axes.set_xlim(*_probit(np.array([fewest, 0.6])))
    axes.set_ylim(*_probit(np.array([fewest_missed, 0.6])))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(FixedLocator(_probit(np.array(_PROBIT_TICKS)).tolist()))
        axis.set_major_formatter(
            FuncFormatter(lambda value, _: exact_percent(round(NormalDist().cdf(value), 6)))
        )
        axis.set_minor_locator(NullLocator())
    axes.set_xlabel("False match rate (FMR): different people called a match")
    axes.set_ylabel("False non-match rate (FNMR): one person missed")
    return _png(figure, axes)


def similarities(run: ModelResult, theme: Theme) -> bytes:
    """How alike photos of one person and of two people are, with the thresholds."""
    figure, axes = _axes(theme)
    found = run.evaluation
    genuine, impostor = found.comparisons.genuine, found.comparisons.impostor
    together = np.concatenate([genuine, impostor])
    count = int(np.clip(2 * np.sqrt(len(genuine)), 10, 80))
    bins = np.linspace(together.min(), together.max(), count + 1)
    for values, name, colour, hatch in (
        (impostor, "two different people", theme.series[1], "///"),  # told apart without colours too
        (genuine, "one person", theme.series[0], ""),
    ):
        shares = np.full(len(values), 1 / max(1, len(values)))
        axes.hist(
            values,
            bins.tolist(),
            weights=shares,
            color=colour,
            alpha=0.55,
            label=name,
            hatch=hatch,
            edgecolor=theme.ink,
            linewidth=0,
        )
    lines = [("the program’s", run.threshold)]
    lines += [(f"FMR {exact_percent(fmr)}", at.threshold.value) for fmr, at in found.at_fmr.items()]
    for (name, threshold), line in zip(lines, ("-", ":", "-.", "--", (0, (1, 3))), strict=False):
        label = f"threshold {threshold:.3f}: {name}"
        axes.axvline(threshold, color=theme.ink, linestyle=line, linewidth=1.2, label=label)
    _in_percent(axes.yaxis)
    axes.set_xlabel("Similarity (cosine): higher is more alike")
    axes.set_ylabel("Share of the comparisons of each kind")
    return _png(figure, axes)


def gallery_sizes(run: ModelResult, theme: Theme) -> bytes:
    """FPIR and FNIR, over how many people are in the gallery, which is on a logarithmic axis."""
    figure, axes = _axes(theme, height=3.6)
    sizes = np.array([at.people for at in run.sizes])
    rates = ("FPIR: strangers taken for somebody", "fpir", "-"), ("FNIR: people missed", "fnir", "--")
    for number, (label, name, line) in enumerate(rates):
        figures = [getattr(at, name) for at in run.sizes]
        values = np.array([rate.value for rate in figures])
        ends = np.array([rate.interval for rate in figures]).T
        axes.errorbar(
            sizes * 1.02 ** (number - 0.5),  # so that one bar does not hide another
            values,
            np.abs(ends - values),
            color=theme.series[1 - number],
            label=label,
            linestyle=line,
            marker="os"[number],
            markersize=4,
            capsize=3,
        )
    axes.set_xscale("log")
    axes.set_xlim(0.85 * sizes.min(), sizes.max() / 0.85)
    axes.xaxis.set_major_locator(FixedLocator(sizes.tolist()))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda size, _: f"{size:g}"))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_ylim(bottom=-0.02 * axes.get_ylim()[1])  # so that a line at 0 is seen
    _in_percent(axes.yaxis)
    axes.set_xlabel("People in the gallery")
    axes.set_ylabel("Share of searches")
    return _png(figure, axes)


OF_ALL: dict[str, Callable[[Sequence[ModelResult], Theme], bytes]] = {
    "roc": roc,
    "precision-recall": precision_recall,
    "det": det,
}
"""The plots with all models on one pair of axes, by the name of their file."""


OF_ONE: dict[str, Callable[[ModelResult, Theme], bytes]] = {
    "similarities": similarities,
    "gallery-sizes": gallery_sizes,
}
"""Each model's own plots; the sizes where there are several."""


def can_be_drawn(run: ModelResult) -> bool:
    """Whether there are comparisons of both kinds."""
    return bool(len(run.evaluation.comparisons.genuine) and len(run.evaluation.comparisons.impostor))


def _drawn(runs: Sequence[ModelResult], theme: Theme) -> list[_Drawn]:
    return [
        _Drawn(
            run,
            curve(run.evaluation.rates),
            f"{_label(run.setup.title)}, EER {percent(run.evaluation.eer.value)}",
            theme.series[number % len(theme.series)],
            _LINES[number % len(_LINES)],
        )
        for number, run in enumerate(runs)
    ]


def _label(title: str) -> str:
    """A title as it is; what stands between dollars would be a formula."""
    return escape_invisible(title).replace("$", r"\$")


def _axes(theme: Theme, height: float = _HEIGHT_INCHES) -> tuple[Figure, Axes]:
    figure = Figure((_WIDTH_INCHES, height), facecolor=theme.paper, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot(facecolor=theme.paper)
    axes.grid(color=theme.grid, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(colors=theme.ink, which="both")
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set_color(theme.ink)
    for name, spine in axes.spines.items():
        spine.set_color(theme.ink)
        spine.set_visible(name in ("left", "bottom"))
    return figure, axes


def _zoom(axes: Axes, lowest: float) -> None:
    """The vertical axis from a round share below what is seen."""
    step = 0.01 if lowest > 0.95 else 0.05 if lowest > 0.7 else 0.1
    bottom = max(0.0, step * np.floor((lowest - step / 4) / step))
    axes.set_ylim(bottom, 1 + 0.03 * (1 - bottom))
    _in_percent(axes.yaxis)


def _in_percent(axis: Axis) -> None:
    """Label an axis in percent, in round steps."""
    axis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(_PERCENT)


def _probit(shares: Floats) -> Floats:
    """The quantiles of the standard normal distribution; 0 and 1, which have none, as the nearest that do."""
    inverse = np.vectorize(NormalDist().inv_cdf, otypes=[np.float64])
    return np.asarray(inverse(np.clip(shares, 1e-9, 1 - 1e-9)), np.float64)


def _png(figure: Figure, axes: Axes) -> bytes:
    figure.legend(  # below, where it hides nothing
        loc="outside lower center",
        ncols=2,
        fontsize=8.5,
        frameon=False,
        labelcolor=axes.xaxis.label.get_color(),
    )
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=_PIXELS_PER_INCH, metadata={"Software": None})
    return file.getvalue()
