"""The right side of the photo page: who the picked face is, the name field, the matches, the threshold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from face_match.gui import theme
from face_match.gui.photo.error_rates_view import ErrorRatesView
from face_match.gui.photo.match_list import MARK_ICON, MARK_PX, MatchList
from face_match.gui.photo.no_face_view import NoFaceView
from face_match.gui.photo.question import Question
from face_match.gui.photo.threshold_slider import ThresholdSlider
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.buttons import Button, Kind, button
from face_match.gui.widgets.compare_view import CropLabel
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.icon_label import IconLabel
from face_match.gui.widgets.key_chip import KeyChip
from face_match.gui.widgets.layouts import Stretch, column_of, row_of
from face_match.gui.widgets.lines_label import LinesLabel
from face_match.gui.widgets.name_edit import NameEdit
from face_match.gui.widgets.plain_text import plain
from face_match.gui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

CROP_PX = 60
FIELD_EMS = 8
"""The width of the name field, in heights of its text, below which its button stands below it."""
TITLE_LINES = 3
CURVES_FROM_PX = 540
"""A lower panel shows no curves, so that more matches fit."""


class FacePanel(QWidget):
    """The question about a face, the ways to answer it, and what speaks for them."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__()
        self.face_crop = CropLabel("faceCropLabel", tr("This face"))
        self.face_crop.setToolTip(tr("This face. Click to compare it in large (Ctrl+E)"))
        self.sample_crop = CropLabel("sampleCropLabel", tr("Most similar face of the selected person"))
        self.sample_crop.setToolTip(
            tr("Most similar face of the selected person. Click to compare it in large (Ctrl+E)")
        )
        self.title = theme.set_type(
            LinesLabel(TITLE_LINES, "", "questionLabel", tr("Question about the face")),
            theme.TITLE,
            bold=True,
        )
        self.title.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.number = theme.set_type(ElidedLabel("", "faceNumberLabel"), theme.CAPTION, faint=True)
        self.note = theme.set_type(
            ElidedLabel("", "questionNoteLabel", by_words=True), theme.CAPTION, faint=True
        )
        self.confirm_button = button(
            tr("Confirm match"),
            "confirmButton",
            tr("Add the face to the selected person (Enter)"),
            Kind.MAIN,
            keys="Enter",
        )
        self.reject_button = button(
            tr("Not them"), "rejectButton", tr("Not the selected person (X or Delete)"), keys="X"
        )
        self.name_edit = NameEdit(
            "nameEdit", tr("Name of the person (type a letter; N on a suggestion)"), (tasks, gallery)
        )
        self._name_key = KeyChip(self.name_edit)
        self.add_button = button(tr("Add as New"), "addButton", tr("Use this name for the face (Enter)"))
        self.matches = MatchList(tasks, gallery)
        self.mark = IconLabel(MARK_ICON, MARK_PX, "good")
        self.over_label = theme.set_type(ElidedLabel("", "overThresholdLabel"), theme.CAPTION, faint=True)
        self.matches.marked.connect(self._show_marked)
        self._show_marked(0)
        self.compare_button = button(
            tr("Compare"),
            "compareButton",
            tr("Compare the two faces in large (Ctrl+E)"),
            Kind.QUIET,
            icon="columns-2",
        )
        self.compare_button.setCheckable(True)
        self.threshold = ThresholdSlider()
        self.error_rates = ErrorRatesView(self)
        rates = self.error_rates
        self.threshold.put_around(
            curves=rates.histograms, text=rates.text, reset=rates.reset_button, choices=rates.set_button
        )
        rates.source_changed.connect(lambda text: self.threshold.label.setToolTip(plain(text)))
        self.no_face = NoFaceView()
        self._keep_widths()
        self._lay_out()

    def _keep_widths(self) -> None:
        """Give buttons whose texts change the width of the longest one."""
        _keep_width(self.add_button, (tr("Add as New"), tr("Add face"), tr("Change name")), ("",), Kind.MAIN)
        _keep_width(self.confirm_button, (tr("Confirm match"),), ("Enter",), Kind.MAIN)
        _keep_width(self.reject_button, (tr("Not them"),), ("X", "Del", ""), Kind.PLAIN)

    def _lay_out(self) -> None:
        question = QWidget()
        crops = (self.face_crop, self.sample_crop)
        for crop in crops:
            crop.setFixedSize(CROP_PX, CROP_PX)
            crop.setCursor(Qt.CursorShape.PointingHandCursor)
        asked = column_of(self.number, self.title, Stretch(), spacing=0)
        at_top = [(crop, Qt.AlignmentFlag.AlignTop) for crop in crops]
        head = row_of(*at_top, 4, (asked, 1), spacing=theme.GRID_PX)
        ranked = QLabel(tr("&Matches"))
        ranked.setBuddy(self.matches)
        theme.set_type(ranked, theme.CAPTION, faint=True)
        above = WrappingRow()
        above.add(ranked)
        above.add(self.mark)
        above.add(self.over_label, is_wide=True)
        above.add(self.compare_button)
        column_of(
            head,
            self.note,
            2,
            _row(self.confirm_button, self.reject_button),
            _row(self.name_edit, self.add_button, FIELD_EMS * self.fontMetrics().height()),
            above,
            (self.matches, 1),
            on=question,
            margins=0,
            spacing=theme.GRID_PX,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(question)
        self.stack.addWidget(self.no_face)
        column_of(
            (self.stack, 1),
            self.threshold,
            on=self,
            margins=(theme.MARGIN_PX + 1, theme.MARGIN_PX, theme.MARGIN_PX, 12),
            spacing=theme.GRID_PX,
        )

    def _show_marked(self, count: int) -> None:
        """Say what the tick in the list means, with the number of ticks."""
        text = tr_count("{n} over threshold", "{n} over threshold", count)
        has_rows = self.matches.count() > 0
        self.mark.setVisible(has_rows)
        self.over_label.setText(text if has_rows else "")
        self.over_label.setToolTip(plain(text))

    def show_number(self, picked: int | None, count: int) -> None:
        """Say which face of the photo is meant, by its index."""
        text = ""
        if picked is not None:
            text = tr("Face {number} of {count}", number=picked + 1, count=count)
            if count == 1:
                text = tr("The only face in the photo")
        self.number.setText(text)

    def show_question(self, question: Question, *, delete_removes_box: bool) -> None:
        """Show a title, the line below it, and the keys that answer it."""
        self.title.setText(question.title)
        self.note.setText(question.note)
        self.note.setToolTip(plain(question.note))
        self.sample_crop.setVisible(not question.wants_name)  # nobody's portrait beside the face
        without_proposal = "" if delete_removes_box else "Del"
        self.reject_button.show_keys("X" if question.is_proposal else without_proposal)
        is_other = question.is_proposal
        self.name_edit.setPlaceholderText(tr("Someone else …") if is_other else tr("Type a name"))
        self._name_key.show_keys("N" if is_other else "")

    def show_no_face(self, is_wanted: bool) -> None:
        """Show what can be done without a face, or the question."""
        self.stack.setCurrentIndex(1 if is_wanted else 0)

    def show_curves(self, height: int) -> None:
        """Show the threshold's curves where the height that there is has room for them."""
        self.error_rates.histograms.setVisible(height >= CURVES_FROM_PX * theme.text_scale(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.colours().line, 1))
        painter.drawLine(0, 0, 0, self.height())


def _row(wide: QWidget, other: QWidget, least_px: int = 0) -> WrappingRow:
    """Two widgets side by side, the first one as wide as there is room."""
    row = WrappingRow()
    row.add(wide, is_wide=True, least_px=least_px)
    row.add(other)
    return row


def _keep_width(one: Button, texts: tuple[str, ...], keys: tuple[str, ...], widest: Kind) -> None:
    before = one.text(), one.keys
    widths = []
    one.show_kind(widest)
    for text in texts:
        for key in keys:
            one.setText(text)
            one.show_keys(key)
            widths.append(one.sizeHint().width())
    one.setText(before[0])
    one.show_keys(before[1])
    one.show_kind(Kind.PLAIN)
    one.setMinimumWidth(max(widths))
