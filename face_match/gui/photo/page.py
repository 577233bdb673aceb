"""The page of a photo: its widgets and their layout."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from face_match.gui.photo.error_rates_view import ErrorRatesView
from face_match.gui.photo.match_list import MatchList
from face_match.gui.photo.threshold_slider import ThresholdSlider
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets.buttons import button
from face_match.gui.widgets.compare_view import CompareView
from face_match.gui.widgets.message_bar import MessageBar
from face_match.gui.widgets.name_edit import NameEdit
from face_match.gui.widgets.photo_view import PhotoView
from face_match.gui.widgets.plain_text import PlainLabel

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

HINT = (
    "Drop a photo here, paste one, or open one with Ctrl+O.\n\n"
    "To name people in many photos, drop a folder or press Ctrl+Shift+O."
)


ADD = "Add the face under this name (Enter)"
NOT_CHOSEN = "Not the selected person: do not suggest them for this face again (X)"


class PhotoPage(QSplitter):
    """Photo on the left; threshold, matches, comparison and buttons on the right."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None], message_bar: MessageBar) -> None:
        super().__init__()
        self.message_bar = message_bar
        self.photo_view = PhotoView()
        self.photo_view.show_placeholder(HINT)
        self.compare = CompareView()
        self.open_button = button("&Open photo …", "openButton", "Open photos (Ctrl+O)")
        self.queue_label = PlainLabel()
        self.queue_label.setObjectName("queueLabel")
        self.queue_label.setAccessibleName("Place in the queue of photos")
        self.previous_button = button("◀", "previousButton", "Previous photo (←)")
        self.previous_button.setAccessibleName("Previous photo")
        self.next_button = button("▶", "nextButton", "Next photo (→ or S)")
        self.next_button.setAccessibleName("Next photo")

        self.threshold = ThresholdSlider()
        self.error_rates = ErrorRatesView()
        self.threshold.put_below(self.error_rates.histograms)
        self.matches = MatchList(tasks, gallery)
        self.add_new = QCheckBox("Add &New")
        self.add_new.setObjectName("addNewCheck")
        self.add_new.setToolTip("Add the face as a new person (N)")
        self.name_edit = NameEdit("nameEdit", "Name of the person (Enter adds the face)")
        self.add_button = button("Add as New", "addButton", ADD)
        self.reject_button = button("Not them", "rejectButton", NOT_CHOSEN)
        self.confirm_button = button(
            "Confirm match", "confirmButton", "Add the face to the selected person (Enter)"
        )
        self._lay_out()

    def _lay_out(self) -> None:
        left = QWidget()
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, 0, 0, 0)
        left_column.addWidget(self.photo_view, 1)
        left_column.addLayout(
            _row(
                self.open_button,
                None,
                self.queue_label,
                self.previous_button,
                self.next_button,
            )
        )

        ranked = QLabel("&Matches")
        ranked.setBuddy(self.matches)
        right = QWidget()
        right_column = QVBoxLayout(right)
        right_column.setContentsMargins(0, 0, 0, 0)
        right_column.addWidget(self.threshold)
        right_column.addWidget(self.error_rates)
        right_column.addWidget(ranked)
        right_column.addWidget(self.matches, 3)
        right_column.addWidget(self.compare, 1)
        right_column.addLayout(_row(self.add_new, self.name_edit, self.add_button))
        right_column.addLayout(_row(self.reject_button, None, self.confirm_button))

        self.setChildrenCollapsible(False)
        self.addWidget(left)
        self.addWidget(right)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setSizes([690, 470])
        self.setFocusProxy(self.photo_view)

    def tab_order(self) -> list[QWidget]:
        """The widgets that take the focus, in reading order."""
        return [
            self.photo_view,
            self.open_button,
            self.previous_button,
            self.next_button,
            self.threshold.slider,
            self.error_rates.set_button,
            self.matches,
            self.add_new,
            self.name_edit,
            self.add_button,
            self.reject_button,
            self.confirm_button,
            self.message_bar.button,
        ]


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; None is a gap that takes the remaining width."""
    row = QHBoxLayout()
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row
