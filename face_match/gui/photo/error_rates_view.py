"""Around the threshold's slider: how alike people are to others and to themselves; its cost in words."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from face_match.core.model_families import ThresholdRange
from face_match.core.number_text import exact_percent
from face_match.decision.active_threshold import (
    OFFERED_FPIRS,
    ActiveThreshold,
    ThresholdSource,
)
from face_match.decision.error_rates import ErrorRates
from face_match.decision.impostor_model import SMALLEST_GALLERY
from face_match.decision.threshold import SLIDER_STEP, round_up_threshold
from face_match.gui import theme, threshold_phrases
from face_match.gui.phrases import threshold_text
from face_match.gui.state.threshold import ErrorEstimate
from face_match.gui.translation import number, tr, translated
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.lines_label import LinesLabel
from face_match.gui.widgets.plain_text import plain

HEIGHT_PX, BINS = 38, 60
TEXT_LINES = 2
SPREAD = 1.5
"""Standard deviation of the smoothing, in bins: small galleries have few comparisons."""


class ErrorRatesView(QObject):
    """The error rates at the threshold: curves, a text, and buttons that choose another one.

    Signals:
        threshold_chosen: gives a threshold for a target error rate.
        rate_chosen: gives the share of strangers who may get a wrong suggestion.
        default_chosen: the model's default is wanted.
        more_wanted: the dialog on match accuracy is wanted.
    """

    threshold_chosen = Signal(float)
    rate_chosen = Signal(float)
    default_chosen = Signal()
    more_wanted = Signal()
    source_changed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.histograms = _Histograms()
        self.text = theme.set_type(
            LinesLabel(
                TEXT_LINES,
                translated(threshold_phrases.MEASURING),
                "costLabel",
                tr("Error rates at this threshold"),
            ),
            theme.CAPTION,
            faint=True,
        )
        self.set_button = button(
            "", "setThresholdButton", tr("Choose the threshold by its error rate (Alt+W)"), Kind.QUIET
        )
        self.set_button.setShortcut("Alt+W")
        self.menu = QMenu(parent)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.set_button.setMenu(self.menu)
        self.reset_button = button(
            "", "resetThresholdButton", tr("Use the recommended threshold again (Alt+R)")
        )
        self.reset_button.clicked.connect(self.default_chosen)
        self.reset_button.hide()
        self._limits = ThresholdRange(0.0, 1.0, 0.5)
        self._estimate: ErrorEstimate | None = None
        self._active, self._recommended = ActiveThreshold(0.0, ThresholdSource.DEFAULT), 0.0

    def show_estimate(self, estimate: ErrorEstimate | None, limits: ThresholdRange) -> None:
        """Show the error rates of a gallery; None where they are unknown."""
        self._estimate, self._limits = estimate, limits
        self.histograms.show_rates(estimate.rates if estimate is not None else None, limits)
        self.show_threshold(self._active, self._recommended)

    def show_threshold(self, active: ActiveThreshold, recommended: float) -> None:
        """Show the error rates at a threshold; takes no time, so that it can follow the slider."""
        self._active, self._recommended, threshold = active, recommended, active.threshold
        self.histograms.show_threshold(threshold)
        is_set = active.source is ThresholdSource.SET
        self.reset_button.setText(tr("&Reset to {threshold}", threshold=threshold_text(recommended)))
        self.reset_button.setVisible(is_set and round(threshold - recommended, 3) != 0)
        impostor_model = self._estimate.impostor_model if self._estimate is not None else None
        if impostor_model is not None and impostor_model.people < SMALLEST_GALLERY:
            impostor_model = None
        if self._estimate is None:
            self.text.setText(translated(threshold_phrases.NO_ERROR_RATES))
            self.text.setToolTip("")
            return
        rates = self._estimate.rates
        text = threshold_phrases.error_rates(threshold, rates, impostor_model)
        warning = ""
        if is_set:
            warning = threshold_phrases.warning(threshold, recommended, rates, impostor_model)
        self._show_text(warning or text, is_warning=bool(warning))
        self.text.setToolTip(plain(text if warning else self._source()))
        self.source_changed.emit(threshold_phrases.threshold_source(active, impostor_model))

    def _show_text(self, text: str, *, is_warning: bool) -> None:
        palette = QPalette()
        if is_warning:
            palette.setColor(QPalette.ColorRole.PlaceholderText, theme.colours().maybe)
        self.text.setPalette(palette)
        self.text.setText(text)

    def _source(self) -> str:
        estimate = self._estimate
        assert estimate is not None
        return threshold_phrases.error_rate_source(estimate.people, estimate.faces, is_own=estimate.is_own)

    def _fill_menu(self) -> None:
        self.menu.clear()
        if self._estimate is not None:
            if (impostor_model := self._estimate.impostor_model) is not None:
                for rate in OFFERED_FPIRS:
                    self._offer_rate(rate, impostor_model.threshold_for_fpir(rate))
            else:
                for fmr, threshold in self._estimate.at_fmr.items():
                    count = number(round(1 / fmr))
                    self._offer(tr("At most 1 false match in {number} comparisons", number=count), threshold)
            for precision, threshold in self._estimate.at_precision.items():
                share = exact_percent(precision)
                self._offer(tr("{share} of the matches correct", share=share), threshold)
            self.menu.addSeparator()
        default = self.menu.addAction(tr("The model’s default"))
        default.setCheckable(True)
        default.setChecked(self._active.source not in (ThresholdSource.SET, ThresholdSource.RATE))
        default.triggered.connect(self.default_chosen)
        self.menu.addAction(tr("Match accuracy …")).triggered.connect(self.more_wanted)

    def _offer_rate(self, rate: float, threshold: float) -> None:
        """Offer to let the threshold follow the gallery, at a rate."""
        action = self.menu.addAction(
            threshold_phrases.suggestion_rate(rate) + f"\t{threshold_text(threshold)}"
        )
        action.setCheckable(True)
        action.setChecked(self._active.rate == rate)
        action.triggered.connect(lambda: self.rate_chosen.emit(rate))

    def _offer(self, text: str, threshold: float | None) -> None:
        """Offer a threshold; disabled where there are too few comparisons for one."""
        if threshold is None:
            self.menu.addAction(text).setEnabled(False)
            return
        at = round_up_threshold(threshold, SLIDER_STEP)
        action = self.menu.addAction(f"{text}\t{threshold_text(at)}")
        action.triggered.connect(lambda: self.threshold_chosen.emit(at))


class _Histograms(QWidget):
    """Two histograms over the slider's range, each scaled to full height, and a line at the threshold."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT_PX)
        self.setAccessibleName(tr("Similarities of different people and of the same person"))
        self.setToolTip(tr("Dashed orange: different people. Green: the same person"))
        self._heights: list[npt.NDArray[np.float64]] = []
        self._limits = ThresholdRange(0.0, 1.0, 0.5)
        self._threshold = 0.0

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT_PX)

    def show_rates(self, rates: ErrorRates | None, limits: ThresholdRange) -> None:
        self._limits = limits
        edges = np.linspace(limits.lowest, limits.highest, BINS + 1)
        self._heights = []
        if rates is not None:
            falling = (rates.fmr(edges), 1.0 - rates.fnmr(edges))
            self._heights = [_smoothed(-np.diff(share)) for share in falling]
        self.update()

    def show_threshold(self, threshold: float) -> None:
        self._threshold = threshold
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        handle = theme.SLIDER_HANDLE_PX
        area = QRectF(self.rect()).adjusted(handle / 2, 2, -handle / 2, -1)
        c = theme.colours()
        lines = (Qt.PenStyle.DashLine, Qt.PenStyle.SolidLine)
        for heights, colour, line in zip(self._heights, curve_colours(), lines, strict=False):
            across = np.linspace(area.left(), area.right(), BINS)
            up = area.bottom() - heights * (area.height() - 2)
            outline = [QPointF(x, y) for x, y in zip(across.tolist(), up.tolist(), strict=True)]
            painter.setPen(QPen(colour, 1.4, line))
            painter.setBrush(theme.mixed(c.chrome, colour, 0.22))
            painter.drawPolygon(QPolygonF([area.bottomLeft(), *outline, area.bottomRight()]))
        painter.setPen(QPen(c.line, 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        part = (self._threshold - self._limits.lowest) / (self._limits.highest - self._limits.lowest)
        x = area.left() + min(1.0, max(0.0, part)) * area.width()
        painter.setPen(QPen(c.ink, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))


def curve_colours() -> tuple[QColor, QColor]:
    """The colours of the curve of different people, which is dashed, and of the same person's."""
    c = theme.colours()
    return c.maybe, c.good


def _smoothed(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The shares as a smooth curve, scaled so that the highest is 1."""
    reach = np.arange(-4, 5)
    kernel = np.exp(-(reach**2) / (2 * SPREAD**2))
    smooth = np.convolve(np.nan_to_num(shares), kernel / kernel.sum(), mode="same")
    return smooth / max(float(smooth.max()), 1e-12)
