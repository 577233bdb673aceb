"""Above the photo: the way to all photos, zoom, its name between two buttons, and tools."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from face_match.gui import theme
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Button, Kind, button
from face_match.gui.widgets.compare_view import canvas_palette
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.layouts import row_of
from face_match.gui.widgets.plain_text import plain, without_mnemonic

LONGEST_NAME_PX = 140
TOOLS_FROM_PX = 505
"""The width beside the first button, below which zoom, turns and the box are entries of a menu."""


NAME_EMS, NARROWEST_EMS = 3, 10
"""Widths in heights of text: of the photo’s name beside the first button’s text, and of the narrowest bar."""


class CanvasBar(QWidget):
    """The name of the photo and its place in the queue, and buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.setPalette(canvas_palette(self.palette()))
        self.setAutoFillBackground(True)
        self.queue_label = ElidedLabel()
        self.queue_label.setObjectName("queueLabel")
        self.queue_label.setAccessibleName(tr("Photo, and its place in the queue"))
        self.queue_label.setPalette(self.palette())
        self.queue_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.all_button = self._tool("layout-grid", "allPhotosButton", "")
        self.previous_button = self._tool("chevron-left", "previousButton", tr("Previous photo (PgUp)"))
        self.next_button = self._tool("chevron-right", "nextButton", tr("Next photo (PgDn)"))
        self.draw_button = self._tool(
            "square-dashed", "drawBoxButton", tr("Draw a box around a face (Ctrl+B)")
        )
        self.left_button = self._tool(
            "rotate-ccw", "turnLeftButton", tr("Turn the photo to the left (Ctrl+[)")
        )
        self.right_button = self._tool(
            "rotate-cw", "turnRightButton", tr("Turn the photo to the right (Ctrl+])")
        )
        self.zoom_out_button = self._tool("zoom-out", "zoomOutButton", tr("Zoom out (−; Ctrl+0 fits)"))
        self.fit_button = self._tool("maximize", "fitButton", tr("Fit the photo into the window (Ctrl+0)"))
        self.zoom_in_button = self._tool("zoom-in", "zoomInButton", tr("Zoom in (+; Ctrl+0 fits)"))
        self.more_button = self._tool("ellipsis", "photoToolsButton", tr("Zoom, turn, draw a box"))
        self._zoom = _side_by_side(self.zoom_out_button, self.fit_button, self.zoom_in_button)
        self._tools = _side_by_side(self.draw_button, self.left_button, self.right_button)
        self.more_button.setMenu(self._menu())
        self.more_button.hide()
        row_of(
            self.all_button,
            self._zoom,
            self.previous_button,
            (self.queue_label, 1),
            self.next_button,
            self._tools,
            self.more_button,
            on=self,
            margins=(theme.GRID_PX, theme.GRID_PX // 2, theme.GRID_PX, theme.GRID_PX // 2),
            spacing=0,
        )
        self.show_origin("")

    def buttons(self) -> list[Button]:
        return [
            self.all_button,
            *self._zoom_buttons(),
            self.previous_button,
            self.next_button,
            *self._tool_buttons(),
            self.more_button,
        ]

    def _zoom_buttons(self) -> tuple[Button, ...]:
        return self.zoom_out_button, self.fit_button, self.zoom_in_button

    def _tool_buttons(self) -> tuple[Button, ...]:
        return self.draw_button, self.left_button, self.right_button

    def _menu(self) -> QMenu:
        """The tools as a menu, for a narrow window."""
        menu = QMenu(self)
        for group in (self._zoom_buttons(), self._tool_buttons()):
            menu.addSeparator()
            for one in group:
                menu.addAction(one.toolTip()).triggered.connect(one.click)
        return menu

    def show_origin(self, name: str) -> None:
        """Let the first button lead back to a person's photos; to all photos where no name is given."""
        if name:
            metrics = self.all_button.fontMetrics()
            short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, LONGEST_NAME_PX)
            self._origin = without_mnemonic(tr("Photos of {name}", name=short))
            self.all_button.setToolTip(plain(tr("Back to the photos of {name} (Escape)", name=name)))
        else:
            self._origin = tr("All photos")
            self.all_button.setToolTip(tr("Show all photos (Escape, where the photo was opened there)"))
        self.all_button.setAccessibleName(self._origin)
        self._arrange()

    def show_photo(self, text: str) -> None:
        """Show the photo's name and its place."""
        self.queue_label.setText(text)
        self.queue_label.setToolTip(plain(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Without the text of the first button, and hardly any of the photo's name."""
        return QSize(NARROWEST_EMS * self.fontMetrics().height(), super().minimumSizeHint().height())

    def _arrange(self) -> None:
        self.all_button.setText(self._origin)
        always = (self.all_button, self.previous_button, self.next_button, self.more_button)
        needed = sum(one.sizeHint().width() for one in always) + 2 * theme.GRID_PX
        if needed + NAME_EMS * self.fontMetrics().height() > self.width():
            self.all_button.setText("")  # it keeps its icon
        has_room = self.width() - self.all_button.sizeHint().width() >= TOOLS_FROM_PX
        self._zoom.setVisible(has_room)
        self._tools.setVisible(has_room)
        self.more_button.setVisible(not has_room)

    def _tool(self, icon: str, object_name: str, tip: str) -> Button:
        made = button("", object_name, tip, Kind.QUIET, icon=icon)
        made.setPalette(self.palette())
        return made


def _side_by_side(*buttons: Button) -> QWidget:
    group = QWidget()
    row_of(*buttons, on=group, margins=0, spacing=0)
    return group
