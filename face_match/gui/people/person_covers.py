"""People as covers with their names, in one row or as a grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from face_match.core.records import Person
from face_match.gui import theme
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.covers import paint_cover
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.face_list import ROW_ROLE, FaceListModel
from face_match.gui.widgets.item_painting import AnyIndex
from face_match.gui.widgets.plain_text import shown
from face_match.gui.widgets.thumbnails import read_cover

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

COVER_PX, ROW_COVER_PX = 150, 80
ROW_NAME_PX = 6 * theme.GRID_PX
"""How much wider than its cover a name may be in a row."""
PADDING_PX = theme.GRID_PX


class PersonCovers(CropList):
    """Covers of people. `person_wanted` has the person that was clicked, or chosen with Enter."""

    person_wanted = Signal(object)

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None], *, key: str) -> None:
        super().__init__(tasks, key, gallery, read_cover, COVER_PX)
        self.cover_px = COVER_PX
        self.setAccessibleName(tr("People"))
        self._model: FaceListModel[Person] = FaceListModel(self._describe, self)
        self.setModel(self._model)
        self.setItemDelegate(_Cover(self))
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.clicked.connect(lambda index: self.person_wanted.emit(self.people[index.row()]))
        self.show_as_row(True)

    @property
    def people(self) -> Sequence[Person]:
        return self._model.rows

    def show_people(self, people: Sequence[Person]) -> None:
        """Replace the people. The keyboard focus stays with its person."""
        row = self.currentIndex().row()
        current = self.people[row].folder if 0 <= row < len(self.people) else ""
        if [*people] == [*self.people]:
            return
        self._model.set_rows(people, [shown(person.name) for person in people])
        if people:
            folders = [person.folder for person in people]
            self.set_current_row(folders.index(current) if current in folders else 0)

    def show_as_row(self, is_row: bool) -> None:
        """Show small covers in one row of constant height, or large ones in rows that wrap."""
        self.cover_px = ROW_COVER_PX if is_row else COVER_PX
        self.setWrapping(not is_row)
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAsNeeded if is_row else policy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if is_row else policy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        if is_row:
            self.setFixedHeight(self.cell_size().height() + 2 * theme.GRID_PX)
        else:
            self.setMinimumHeight(0)
            self.setMaximumHeight(16_777_215)  # Qt's own limit
        self.scheduleDelayedItemsLayout()

    def cell_size(self) -> QSize:
        """The size of a cover with its two lines."""
        small = theme.resized(QFont(self.font()), theme.CAPTION)
        lines = QFontMetrics(self.font()).height() + QFontMetrics(small).height()
        side = self.cover_px + 2 * PADDING_PX
        return QSize(side + (ROW_NAME_PX if self.cover_px < COVER_PX else 0), side + lines + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= row < len(self.people):
            self.person_wanted.emit(self.people[row])
        else:
            super().keyPressEvent(event)

    def _describe(self, row: int) -> str:
        person = self.people[row]
        return tr_count("{name}, {n} face", "{name}, {n} faces", person.face_count, name=person.name)


class _Cover(QStyledItemDelegate):
    """A cover, the name and the number of faces."""

    def __init__(self, view: PersonCovers) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return self._view.cell_size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        c, view = theme.colours(), self._view
        person: Person = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(
            option.rect.left() + PADDING_PX, option.rect.top() + PADDING_PX, view.cover_px, view.cover_px
        )
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.hover)
            ground = QRectF(option.rect).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ground, theme.CARD_RADIUS_PX, theme.CARD_RADIUS_PX)
        image = view.crops.image(person.folder, person)
        paint_cover(painter, place, image, person.name, theme.CARD_RADIUS_PX)
        if option.state & QStyle.StateFlag.State_HasFocus and view.hasFocus():
            painter.setPen(QPen(c.accent, 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            radius = theme.CARD_RADIUS_PX + 3
            painter.drawRoundedRect(place.adjusted(-3, -3, 3, 3), radius, radius)
        self._paint_lines(painter, option, place, person)
        painter.restore()

    def _paint_lines(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRectF, person: Person
    ) -> None:
        c = theme.colours()
        bold, small = QFont(option.font), theme.resized(QFont(option.font), theme.CAPTION)
        bold.setBold(True)
        faces = tr_count("{n} face", "{n} faces", person.face_count)
        top, width = place.bottom() + 4, option.rect.right() - place.left()
        for text, font, colour in ((shown(person.name), bold, c.ink), (faces, small, c.faint)):
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(colour)
            short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))
            flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
            painter.drawText(QRectF(place.left(), top, width, metrics.height()), flags, short)
            top += metrics.height()
