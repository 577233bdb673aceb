"""The other people in a row below the faces of a person: dropping faces on one moves them there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from face_match.core.records import Person
from face_match.gui import theme
from face_match.gui.people.person_faces import FACES_MIME_TYPE
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.covers import paint_cover
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.item_painting import AnyIndex, paint_background, paint_focus, two_lines
from face_match.gui.widgets.people_model import PERSON_ROLE, PeopleModel, SortedPeople
from face_match.gui.widgets.plain_text import shown
from face_match.gui.widgets.thumbnails import read_cover

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

COVER_PX, CELL_PX = 48, 88
NAME_LINES = 2
DROP_PX = 3
"""The width of the frame around a drop target."""


class PeopleStrip(CropList):
    """`faces_dropped` has the person on whom faces were dropped, or who was chosen by Enter.

    `takes_faces` decides who may be a target.
    """

    faces_dropped = Signal(object)

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(tasks, "strip-covers", gallery, read_cover, COVER_PX)
        self.setObjectName("peopleStrip")
        self.setAccessibleName(tr("Move to a person"))
        self.setToolTip(
            tr("Drop faces on a person to move them there, or press Enter for the selected faces")
        )
        self.people = PeopleModel(self)
        self.setModel(self.people)
        self.setItemDelegate(_Cell(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self.takes_faces: Callable[[Person], bool] = lambda person: False
        self.drop_row: int | None = None
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.cell_height() + bar + 2 * self.frameWidth())

    def cell_height(self) -> int:
        """The height of a cover with its name."""
        return COVER_PX + NAME_LINES * QFontMetrics(_caption(self.font())).height() + 2 * theme.GRID_PX

    def show_people(self, people: SortedPeople) -> None:
        """Replace the people; what is scrolled into view stays."""
        scrolled = self.horizontalScrollBar().value()
        self.people.show_people(people)
        if people.people and not self.currentIndex().isValid():
            self.set_current_row(0)
        self.horizontalScrollBar().setValue(scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or row < 0:
            super().keyPressEvent(event)
        elif self.takes_faces(self.people.people[row]):
            self.faces_dropped.emit(self.people.people[row])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._update_drop_target(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls near the edges
        self._update_drop_target(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._set_drop_row(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._update_drop_target(event)
        row = self.drop_row
        self._set_drop_row(None)
        self.stopAutoScroll()
        if row is not None:
            self.faces_dropped.emit(self.people.people[row])

    def _update_drop_target(self, event: QDropEvent) -> None:
        """Accept a drag of faces over a person who can take them."""
        row = self.indexAt(event.position().toPoint()).row()
        is_over = event.mimeData().hasFormat(FACES_MIME_TYPE) and 0 <= row < len(self.people.people)
        self._set_drop_row(row if is_over and self.takes_faces(self.people.people[row]) else None)
        event.setDropAction(Qt.DropAction.MoveAction)
        # an entering drag must be accepted even beside a person, or no move events follow
        entered = isinstance(event, QDragEnterEvent) and event.mimeData().hasFormat(FACES_MIME_TYPE)
        event.setAccepted(self.drop_row is not None or entered)

    def _set_drop_row(self, row: int | None) -> None:
        self.drop_row = row
        self.viewport().update()


class _Cell(QStyledItemDelegate):
    """A small cover with the name below it."""

    def __init__(self, strip: PeopleStrip) -> None:
        super().__init__(strip)
        self._strip = strip

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(CELL_PX, self._strip.cell_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        person: Person = index.data(PERSON_ROLE)
        c = theme.colours()
        left = option.rect.left() + (CELL_PX - COVER_PX) / 2
        place = QRectF(left, option.rect.top() + theme.GRID_PX / 2, COVER_PX, COVER_PX)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each name in its own direction
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_background(painter, option)
        image, is_read = (
            self._strip.crops.image(person.folder, person),
            self._strip.crops.is_read(person.folder),
        )
        paint_cover(painter, place, image, person.name, is_read=is_read)
        font = _caption(option.font)
        line = QRectF(option.rect).adjusted(4, 0, -4, 0)
        line.setTop(place.bottom() + theme.GRID_PX / 2)
        painter.setFont(font)
        painter.setPen(c.ink)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        for text in two_lines(shown(person.name), QFontMetrics(font), round(line.width())):
            painter.drawText(line, flags | int(Qt.TextFlag.TextSingleLine), text)
            line.translate(0, QFontMetrics(font).height())
        if index.row() == self._strip.drop_row:
            painter.setPen(QPen(c.accent, DROP_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            edge = QRectF(option.rect).adjusted(DROP_PX, DROP_PX, -DROP_PX, -DROP_PX)
            painter.drawRoundedRect(edge, theme.RADIUS_PX, theme.RADIUS_PX)
        painter.restore()
        paint_focus(painter, option)


def _caption(font: QFont) -> QFont:
    return theme.resized(QFont(font), theme.CAPTION)
