"""The left of the review: how many groups there are, the groups, and what waits while a name is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from face_match.gui import theme
from face_match.gui.review import group_phrases
from face_match.gui.review.groups_list import GroupsList
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.buttons import button
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.layouts import column_of

WIDTH_PX, NARROW_PX = 264, 240
LARGEST_SCALE = 1.5
"""With larger text than that, the faces beside it would have too little room."""


class GroupsPanel(QWidget):
    """A button for new faces is shown over the groups, which do not move."""

    def __init__(self, groups: GroupsList) -> None:
        super().__init__()
        self._count = -1
        self.count = theme.set_type(
            ElidedLabel("", "queueCount", tr("Number of groups")), theme.CAPTION, faint=True
        )
        self.count.setContentsMargins(10, 0, theme.GRID_PX, 0)
        tip = tr("Show the faces that were found while you typed")
        column_of(
            self.count,
            (groups, 1),
            on=self,
            margins=(theme.GRID_PX, 14, theme.GRID_PX + 1, theme.GRID_PX),
            spacing=theme.GRID_PX,
        )
        self.new_button = button("", "newFacesButton", tip, icon="arrow-up")
        self.new_button.setParent(self)
        self.new_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.new_button.hide()
        self.show_width(WIDTH_PX, WIDTH_PX)

    def show_width(self, width: int, most: int) -> None:
        """Take a width, which is that for text of the usual size; larger text needs more, up to a limit."""
        wanted = round(width * min(theme.text_scale(self), LARGEST_SCALE))
        self.setFixedWidth(max(width, min(wanted, most)))

    def show_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self.count.setText(group_phrases.group_count(count))

    def show_waiting(self, count: int) -> None:
        """Offer faces that were found while a name is typed."""
        self.new_button.setText(tr_count("{n} new", "{n} new", count))
        self._place_button()
        self.new_button.setVisible(count > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()

    def _place_button(self) -> None:
        size = self.new_button.sizeHint()
        left, top = (self.width() - size.width()) // 2, self.height() - size.height() - theme.MARGIN_PX
        self.new_button.setGeometry(left, top, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.colours().line, 1))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()
