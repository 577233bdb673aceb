"""The error rates of thresholds in this gallery, with confidence intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from face_match.core.errors import TooLittleDataError
from face_match.core.number_text import one_in_always, percent
from face_match.core.progress import IsCancelled, OnProgress
from face_match.decision.threshold import threshold_range
from face_match.gui import phrases, theme, threshold_phrases
from face_match.gui.dialogs.sheet import Sheet
from face_match.gui.phrases import threshold_text
from face_match.gui.state.tasks import COMPARISONS, Tasks
from face_match.gui.translation import marked, number, tr, translated
from face_match.gui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from face_match.decision.calibration import CalibratedThreshold
    from face_match.decision.confidence_intervals import Interval
    from face_match.decision.impostor_model import ImpostorModel
    from face_match.gallery.gallery import Gallery

SIZE_PX = (880, 460)
CELL_MARGINS_PX = 32
COLUMNS = (
    marked("Threshold"),
    marked("Wrong suggestions"),
    marked("False matches (95 % range)"),
    marked("Missed (95 % range)"),
)
COLUMN_TIPS = (
    marked("The score from which a name is suggested"),
    marked("How many strangers would get somebody’s name"),
    marked("The share of comparisons of two different people that reach the threshold"),
    marked("The share of known faces that get no suggestion"),
)
FEWEST_STRICTER = 2
NO_STRICTER = marked(
    "There are no more rows with a higher threshold, because too few faces of this gallery would match there."
)


class _Learned(NamedTuple):
    in_use: float
    default: float
    thresholds: list[CalibratedThreshold]
    genuine: int
    impostor_model: ImpostorModel | None


class MatchAccuracyDialog(Sheet):
    """A table of thresholds. `threshold_chosen` has the one to use; `learned` follows a measurement."""

    threshold_chosen = Signal(float)
    learned = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent, "calibrationPage", tr("Match accuracy"), by_enter=False)
        self._tasks = tasks
        self.text = WrappedLabel()
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setAccessibleName(tr("Thresholds and their error rates"))
        self.table.setToolTip(tr("Error rates for each threshold (↑ ↓)"))
        self.table.setTabKeyNavigation(False)  # Tab goes on to the buttons
        self.table.setHorizontalHeaderLabels([translated(title) for title in COLUMNS])
        for column, tip in enumerate(COLUMN_TIPS):
            item = self.table.horizontalHeaderItem(column)
            if item is not None:
                item.setToolTip(translated(tip))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.use_button = self.add_main(
            tr("&Use this threshold"),
            "useThresholdButton",
            tr("Use the threshold of the selected row (Alt+U)"),
        )
        self.use_button.clicked.connect(self._on_use)
        self.table.itemSelectionChanged.connect(self._refresh)
        self.column.addWidget(self.text)
        self.column.addWidget(self.table, 1)
        self.column.addStretch(0)  # for the text alone
        self.fit(*SIZE_PX)
        self._refresh()

    def learn(self, gallery: Gallery, model_id: str, threshold: float) -> None:
        """Measure the error rates of a gallery, of the current threshold and the default, and of lower and
        higher ones."""
        default = threshold_range(model_id).default
        self.text.setText(tr("Comparing faces …"))
        self.table.setRowCount(0)
        self._refresh()

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> _Learned:
            from face_match.decision.calibration import (
                calibrated_threshold,
                offered_thresholds,
                stricter_thresholds,
            )
            from face_match.workflows.calibrate import calibrate, calibration_comparisons, impostor_model_of

            comparisons = calibration_comparisons(gallery, model_id)
            calibrate(gallery, model_id, comparisons)
            stricter = stricter_thresholds(comparisons, threshold)
            own = [calibrated_threshold(comparisons, one) for one in (default, threshold)]
            offered = [*offered_thresholds(comparisons), *stricter, *own]
            thresholds = {
                threshold_text(one.threshold): one for one in offered
            }  # those shown as equal are one
            rows = sorted(thresholds.values(), key=lambda one: one.threshold)
            impostor_model = impostor_model_of(gallery, model_id)
            return _Learned(threshold, default, rows, len(comparisons.genuine), impostor_model)

        self._tasks.start(
            COMPARISONS,
            job,
            self._on_learned,
            self._on_error,
            title=tr("Measuring accuracy"),
            key="calibrate",
            owners=(gallery,),
        )

    def _on_learned(self, result: _Learned) -> None:
        stricter = sum(one.threshold > result.in_use for one in result.thresholds)
        explanation = tr(
            "A higher threshold suggests fewer wrong names, but misses more known faces. The rates come from "
            "{faces} faces of this gallery; the ranges in brackets show how far they may be off.",
            faces=number(result.genuine),
        )
        self.text.setText(
            phrases.join(explanation, translated(NO_STRICTER) if stricter < FEWEST_STRICTER else "")
        )
        self.table.setRowCount(len(result.thresholds))
        for row, calibrated in enumerate(result.thresholds):
            self._fill(row, calibrated, result)
        self._refresh()
        header = self.table.horizontalHeader()
        columns = sum(
            max(self.table.sizeHintForColumn(column), header.sectionSizeHint(column))
            for column in range(len(COLUMNS))
        )
        self.fit(max(SIZE_PX[0], columns + 2 * theme.WIDE_MARGIN_PX + CELL_MARGINS_PX), SIZE_PX[1])
        self.learned.emit()

    def _fill(self, row: int, calibrated: CalibratedThreshold, result: _Learned) -> None:
        threshold, impostor_model = threshold_text(calibrated.threshold), result.impostor_model
        is_in_use = calibrated.threshold == result.in_use
        shown = threshold
        if is_in_use:
            shown = tr("{threshold} (in use)", threshold=threshold)
        elif calibrated.threshold == result.default:
            shown = tr("{threshold} (default)", threshold=threshold)
        cells = (
            shown,
            one_in_always(impostor_model.fpir(calibrated.threshold)) if impostor_model is not None else "",
            _with_range(calibrated.fmr, calibrated.fmr_interval),
            _with_range(calibrated.fnmr, calibrated.fnmr_interval),
        )
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, calibrated.threshold)
            font = item.font()
            font.setBold(is_in_use)
            item.setFont(font)
            self.table.setItem(row, column, item)

    def _on_error(self, error: Exception) -> None:
        text = phrases.error_text(error)
        if isinstance(error, TooLittleDataError):
            text = phrases.join(text, translated(threshold_phrases.THRESHOLD_UNCHANGED))
        self.text.setText(text)
        self.fit(SIZE_PX[0])

    def _refresh(self) -> None:
        for one in (self.table, self.use_button):
            one.setVisible(self.table.rowCount() > 0)
        self.use_button.setEnabled(bool(self.table.selectedItems()))

    def _on_use(self) -> None:
        self.threshold_chosen.emit(self.table.selectedItems()[0].data(Qt.ItemDataRole.UserRole))


def _with_range(rate: float, interval: Interval) -> str:
    """ "0.30 % (0.1 % to 0.9 %)"."""
    return tr("{rate} ({range})", rate=percent(rate), range=threshold_phrases.interval_text(interval))
