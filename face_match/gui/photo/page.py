"""The page of a photo: its widgets and their layout."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from face_match.gui.photo.canvas_bar import CanvasBar
from face_match.gui.photo.face_panel import FacePanel
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.compare_view import CompareView
from face_match.gui.widgets.layouts import column_of, row_of
from face_match.gui.widgets.message_bar import MessageBar
from face_match.gui.widgets.page_area import PageArea
from face_match.gui.widgets.photo_view import PhotoView

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

PANEL_SHARE, NARROWEST_PANEL_PX, WIDEST_PANEL_PX = 0.35, 360, 440
"""Width of the panel: a share of the page, within limits."""


class PhotoPage(QWidget):
    """The photo on its canvas; beside it the panel about the picked face."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None], message_bar: MessageBar) -> None:
        super().__init__()
        self.message_bar = message_bar
        self.photo_view = PhotoView()
        self.photo_view.show_placeholder(start_hint())
        self.compare = CompareView()
        self.canvas = QStackedWidget()
        self.canvas.addWidget(self.photo_view)
        self.canvas.addWidget(self.compare)
        self.bar = CanvasBar()
        self.panel = panel = FacePanel(tasks, gallery)
        self.queue_label = self.bar.queue_label
        self.previous_button, self.next_button = self.bar.previous_button, self.bar.next_button
        self.face_crop, self.sample_crop = panel.face_crop, panel.sample_crop
        self.confirm_button, self.reject_button = panel.confirm_button, panel.reject_button
        self.name_edit, self.add_button = panel.name_edit, panel.add_button
        self.matches, self.compare_button = panel.matches, panel.compare_button
        self.threshold, self.error_rates = panel.threshold, panel.error_rates
        self.no_face = panel.no_face
        self._panel_area = PageArea(panel)
        left = column_of(self.bar, (self.canvas, 1), spacing=0)
        row_of((left, 1), self._panel_area, on=self, margins=0, spacing=0)
        self.setFocusProxy(self.photo_view)
        for before, after in itertools.pairwise(self.tab_order()):
            QWidget.setTabOrder(before, after)
        for crop in (self.face_crop, self.sample_crop):
            crop.clicked.connect(self.compare_button.toggle)
        self.compare.closed.connect(lambda: self.compare_button.setChecked(False))
        self.compare_button.toggled.connect(self._show_compare)

    def tab_order(self) -> list[QWidget]:
        """The widgets that take the focus, in reading order."""
        return [
            self.photo_view,
            self.compare.close_button,
            *self.bar.buttons(),
            self.confirm_button,
            self.reject_button,
            self.name_edit,
            self.add_button,
            self.compare_button,
            self.matches,
            *self.no_face.buttons(),
            self.error_rates.reset_button,
            self.error_rates.set_button,
            self.threshold.slider,
        ]

    def _show_compare(self, is_wanted: bool) -> None:
        had_focus = self.photo_view.hasFocus() or self.compare.close_button.hasFocus()
        self.canvas.setCurrentWidget(self.compare if is_wanted else self.photo_view)
        if had_focus:
            (self.matches if is_wanted else self.photo_view).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.panel.show_curves(self.height())
        smallest = self.panel.minimumSizeHint()
        wanted = max(round(PANEL_SHARE * self.width()), self.panel.sizeHint().width())
        bar = self._panel_area.verticalScrollBar().sizeHint().width()
        needed = smallest.width() + (bar if smallest.height() > self.height() else 0)
        width = max(NARROWEST_PANEL_PX, needed, min(wanted, WIDEST_PANEL_PX))
        self._panel_area.setFixedWidth(min(width, self.width() - self.bar.minimumSizeHint().width()))


def start_hint() -> str:
    """What the canvas says without a photo."""
    return tr(
        "Drop a photo here, paste one, or open one with Ctrl+O.\n\nTo name people in many photos, drop a "
        "folder or press Ctrl+Shift+O."
    )
