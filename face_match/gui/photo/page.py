"""The page of a photo: its widgets and their layout."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from face_match.gui import theme
from face_match.gui.photo.face_panel import FacePanel
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Button, Kind, button
from face_match.gui.widgets.compare_view import CompareView, canvas_palette
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.message_bar import MessageBar
from face_match.gui.widgets.photo_view import PhotoView
from face_match.gui.widgets.plain_text import plain

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

PANEL_SHARE, NARROWEST_PANEL_PX, WIDEST_PANEL_PX = 0.35, 360, 440
"""Width of the panel: a share of the page, within limits."""
TOOLS_FROM_PX = 560
"""A narrower photo has no buttons to zoom, to turn it and to draw a box; keys and its menu do that."""


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
        self.bar = _CanvasBar()
        self.panel = panel = FacePanel(tasks, gallery)
        self.queue_label = self.bar.queue_label
        self.previous_button, self.next_button = self.bar.previous_button, self.bar.next_button
        self.face_crop, self.sample_crop = panel.face_crop, panel.sample_crop
        self.confirm_button, self.reject_button = panel.confirm_button, panel.reject_button
        self.name_edit, self.add_button = panel.name_edit, panel.add_button
        self.matches, self.compare_button = panel.matches, panel.compare_button
        self.threshold, self.error_rates = panel.threshold, panel.error_rates
        self.no_face = panel.no_face
        left = QVBoxLayout()
        row = QHBoxLayout(self)
        for layout in (left, row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        left.addWidget(self.canvas, 1)
        left.addWidget(self.bar)
        row.addLayout(left, 1)
        row.addWidget(panel)
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
        wanted = round(PANEL_SHARE * self.width())
        narrowest = max(NARROWEST_PANEL_PX, self.panel.minimumSizeHint().width())
        self.panel.setFixedWidth(max(narrowest, min(wanted, WIDEST_PANEL_PX)))


class _CanvasBar(QWidget):
    """Below the photo: its name and place in the queue between two buttons, zoom and tools."""

    def __init__(self) -> None:
        super().__init__()
        self.setPalette(canvas_palette(self.palette()))
        self.setAutoFillBackground(True)
        self.queue_label = ElidedLabel()
        self.queue_label.setObjectName("queueLabel")
        self.queue_label.setAccessibleName(tr("Photo, and its place in the queue"))
        self.queue_label.setPalette(self.palette())
        self.queue_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.previous_button = self._tool("chevron-left", "previousButton", tr("Previous photo (PgUp)"))
        self.next_button = self._tool("chevron-right", "nextButton", tr("Next photo (PgDn)"))
        self.draw_button = self._tool("square-dashed", "drawBoxButton", tr("Draw a box around a face (B)"))
        self.left_button = self._tool(
            "rotate-ccw", "turnLeftButton", tr("Turn the photo to the left (Ctrl+[)")
        )
        self.right_button = self._tool(
            "rotate-cw", "turnRightButton", tr("Turn the photo to the right (Ctrl+])")
        )
        self.zoom_out_button = self._tool("zoom-out", "zoomOutButton", tr("Zoom out (−; Ctrl+0 fits)"))
        self.fit_button = self._tool("maximize", "fitButton", tr("Fit the photo into the window (Ctrl+0)"))
        self.zoom_in_button = self._tool("zoom-in", "zoomInButton", tr("Zoom in (+; Ctrl+0 fits)"))
        self._zoom = _side_by_side(self.zoom_out_button, self.fit_button, self.zoom_in_button)
        self._tools = _side_by_side(self.draw_button, self.left_button, self.right_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GRID_PX, 0, theme.GRID_PX, theme.GRID_PX)
        row.setSpacing(0)
        row.addWidget(self._zoom)
        row.addWidget(self.previous_button)
        row.addWidget(self.queue_label, 1)
        row.addWidget(self.next_button)
        row.addWidget(self._tools)

    def buttons(self) -> list[Button]:
        zoom = (self.zoom_out_button, self.fit_button, self.zoom_in_button)
        tools = (self.draw_button, self.left_button, self.right_button)
        return [*zoom, self.previous_button, self.next_button, *tools]

    def show_photo(self, text: str) -> None:
        """Show the photo's name and its place."""
        self.queue_label.setText(text)
        self.queue_label.setToolTip(plain(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        for group in (self._zoom, self._tools):
            group.setVisible(self.width() >= TOOLS_FROM_PX)

    def _tool(self, icon: str, object_name: str, tip: str) -> Button:
        made = button("", object_name, tip, Kind.QUIET, icon=icon)
        made.setPalette(self.palette())
        return made


def _side_by_side(*buttons: Button) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for one in buttons:
        row.addWidget(one)
    return group


def start_hint() -> str:
    """What the canvas says without a photo."""
    return tr(
        "Drop a photo here, paste one, or open one with Ctrl+O.\n\nTo name people in many photos, drop a "
        "folder or press Ctrl+Shift+O."
    )
