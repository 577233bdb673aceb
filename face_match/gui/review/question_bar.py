"""The top of the review: the question, the name field, the main button, and a line of advice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from face_match.gui import theme
from face_match.gui.review import group_phrases
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Button, Kind, button
from face_match.gui.widgets.key_chip import KeyChip
from face_match.gui.widgets.layouts import column_of, row_of
from face_match.gui.widgets.lines_label import LinesLabel
from face_match.gui.widgets.name_edit import NameEdit
from face_match.gui.widgets.plain_text import plain
from face_match.gui.widgets.size_slider import SizeSlider
from face_match.gui.widgets.wrapping_row import NO_LIMIT_PX, WrappingRow

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

WIDE_PX, MOST_PX = 980, 1500
"""From the first width on, question, field and button are side by side; from the second on, no wider."""
FIELD_EMS = 11
"""The width of the name field, in heights of its text, below which the buttons show no keys, and then stand
below it."""
ADVICE_EMS = 12
"""That of the advice, below which its buttons stand below it."""
QUESTION_SHARE, MOST_QUESTION_PX = 0.42, 480
ADVICE_LINES = 2
MANY = 100
"""Faces in the longest usual text of the main button, for which it has room."""


class QuestionBar(QWidget):
    """Its parts keep their places whatever the question is."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None], size: SizeSlider) -> None:
        super().__init__()
        self.question = theme.set_type(
            LinesLabel(1, "", "questionLabel", tr("Question")), theme.TITLE, bold=True
        )
        tip = tr("Name of the person (just type; Enter names the faces, Escape cancels)")
        self.name_edit = NameEdit("reviewNameEdit", tip, (tasks, gallery))
        self.name_edit.setMinimumHeight(theme.CONTROL_PX + 6)
        self._name_key = KeyChip(self.name_edit)
        tip = tr("Name the faces, or confirm the suggestion (Enter)")
        self.main_button = button("", "nameButton", tip, Kind.MAIN, keys=tr("Enter"))
        self.main_button.setMinimumHeight(max(theme.CONTROL_PX + 6, self.main_button.sizeHint().height()))
        self.advice = theme.set_type(
            LinesLabel(ADVICE_LINES, "", "adviceLabel", tr("What can be done")), faint=True
        )
        self.advice.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        tip = tr("Show the whole photo, or the group again (Space)")
        self.photo_button = button(tr("Photo"), "photoButton", tip, Kind.QUIET, keys=tr("Space"))
        self.slider = size.slider
        line = self.fontMetrics().height()
        answer, second = WrappingRow(theme.MARGIN_PX), WrappingRow()
        answer.add(self.name_edit, is_wide=True, least_px=FIELD_EMS * line)
        answer.add(self.main_button)
        second.add(self.advice, is_wide=True, least_px=ADVICE_EMS * line)
        tools = QWidget()
        row_of(self.photo_button, size, on=tools, margins=0, spacing=theme.GRID_PX)
        second.add(tools)
        self._first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._first.addWidget(self.question)
        self._first.addLayout(answer, 1)
        self._rows = column_of(self._first, second, on=self, margins=0, spacing=theme.GRID_PX)
        self._is_wide: bool | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._arrange(True)

    def show_question(self, question: str, advice: str) -> None:
        """Show the question and the advice, shortened to the room there is."""
        for label, text in ((self.question, question), (self.advice, advice)):
            if label.toolTip() != plain(text):  # to shorten it takes a millisecond
                label.setText(text)
                label.setToolTip(plain(text))

    def show_proposal(self, is_proposal: bool, *, is_typed: bool) -> None:
        """Let the field look as if it took letters, or as if the main button was the answer."""
        self.name_edit.show_quiet(is_proposal and not is_typed)
        self._name_key.show_keys("N" if is_proposal else "")
        if not is_typed:
            hint = tr("Someone else? Type the name") if is_proposal else tr("Type the name")
            self.name_edit.setPlaceholderText(hint)

    def tab_order(self) -> list[QWidget]:
        return [self.name_edit, self.main_button, self.photo_button, self.slider]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_main_button()
        self._arrange(self.width() >= WIDE_PX)
        if self._is_wide:
            room = round(QUESTION_SHARE * self.width())
            self.question.setFixedWidth(min(room, MOST_QUESTION_PX))
        self._first.setContentsMargins(0, 0, max(0, self.width() - MOST_PX), 0)

    def _fit_main_button(self) -> None:
        """Show its key, and give it room for any number of faces, unless the name needs that room."""
        most = self.contentsRect().width() - theme.MARGIN_PX - FIELD_EMS * self.fontMetrics().height()
        for keys in (tr("Enter"), ""):
            sample = Button(group_phrases.confirm_action(MANY), Kind.MAIN, keys=keys)
            sample.setFont(self.main_button.font())
            width = sample.sizeHint().width()
            if width <= most:
                break
        self.main_button.show_keys(keys)
        self.main_button.setMinimumWidth(width)
        self.photo_button.show_keys(tr("Space") if keys else "")

    def _arrange(self, is_wide: bool) -> None:
        """Put the question beside the field, or above it."""
        if is_wide is self._is_wide:
            return
        self._is_wide = is_wide
        self.question.setMinimumWidth(0)
        self.question.setMaximumWidth(NO_LIMIT_PX)
        policy = QSizePolicy.Policy.Fixed if is_wide else QSizePolicy.Policy.Ignored
        self.question.setSizePolicy(policy, QSizePolicy.Policy.Preferred)
        direction = QBoxLayout.Direction
        self._first.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        self._first.setSpacing(theme.MARGIN_PX if is_wide else theme.GRID_PX)
