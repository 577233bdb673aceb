"""The list of people. Faces can be dropped on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from face_match.core.records import Person
from face_match.gui import phrases
from face_match.gui.people.person_faces import FACES_MIME_TYPE
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.item_painting import AnyIndex, colour_group, paint_background, paint_focus
from face_match.gui.widgets.name_edit import LONGEST_NAME
from face_match.gui.widgets.people_model import PERSON_ROLE, PeopleModel, SortedPeople
from face_match.gui.widgets.plain_text import shown
from face_match.gui.widgets.thumbnails import read_face

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

FACE_PX = 36
ROW_PX = 44
GAP_PX = 8
DROP_PX = 3
"""The width of the frame around a drop target."""


class PeopleList(CropList):
    """The selection is kept when people are renamed or the list is updated.

    `faces_dropped` has the person on whom faces were dropped. `takes_faces` decides who may be a target.
    """

    faces_dropped = Signal(object)

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(tasks, "people faces", gallery, _face_of, FACE_PX)
        self.setObjectName("peopleList")
        self.setAccessibleName("People")
        self.setToolTip("The people of the gallery (↑ ↓, with Shift or Ctrl for several, Ctrl+A for all)")
        self.people = PeopleModel(self)
        self.setModel(self.people)
        self.setItemDelegate(_Row(self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAcceptDrops(True)
        self.takes_faces: Callable[[Person], bool] = lambda person: False
        self.drop_row: int | None = None
        self._selected: list[Person] = []
        self._is_refreshing = False
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def selected(self) -> list[Person]:
        """The selected people, in the order of the rows."""
        return self._selected

    def show_people(self, people: SortedPeople, fallback: Person | None = None) -> None:
        """Replace the people. `fallback` is selected if none of those selected before are left."""
        with self._keep_selection(fallback):
            self.people.show_people(people)

    def filter(self, text: str) -> None:
        """Show people whose names contain a text."""
        with self._keep_selection(None):
            self.people.filter(text)

    def rename(self) -> None:
        """Start editing the name of the selected person."""
        index = self.people.index(self.selected_rows()[0])
        self.setFocus()
        self.setCurrentIndex(index)
        self.edit(index)

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
            self.faces_dropped.emit(self.people.shown[row])

    def _update_drop_target(self, event: QDropEvent) -> None:
        """Accept a drag of faces over a person who can take them."""
        row = self.indexAt(event.position().toPoint()).row()
        is_over = event.mimeData().hasFormat(FACES_MIME_TYPE) and 0 <= row < len(self.people.shown)
        self._set_drop_row(row if is_over and self.takes_faces(self.people.shown[row]) else None)
        event.setDropAction(Qt.DropAction.MoveAction)
        # an entering drag must be accepted even beside a row, or no move events follow
        entered = isinstance(event, QDragEnterEvent) and event.mimeData().hasFormat(FACES_MIME_TYPE)
        event.setAccepted(self.drop_row is not None or entered)

    def _set_drop_row(self, row: int | None) -> None:
        self.drop_row = row
        self.viewport().update()

    @contextmanager
    def _keep_selection(self, fallback: Person | None) -> Iterator[None]:
        """Select the same people again after the rows changed, and signal the selection once."""
        folders, row = {person.folder for person in self.selected()}, self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self._is_refreshing = True
        yield
        self._select_again(folders, row, fallback)
        self.verticalScrollBar().setValue(scrolled)
        self.scrollTo(self.currentIndex())
        self._is_refreshing = False
        self._on_selection_changed()

    def _select_again(self, folders: set[str], row: int, fallback: Person | None) -> None:
        shown = self.people.shown
        again = [row for row, person in enumerate(shown) if person.folder in folders]
        if not again and fallback is not None:
            again = [row for row, person in enumerate(shown) if person.folder == fallback.folder]
        if not again and shown:
            again = [min(max(0, row), len(shown) - 1)]
        self.select_rows(again)
        if again and self.currentIndex().row() not in again:
            self.set_current_row(again[0])

    def _on_selection_changed(self) -> None:
        if not self._is_refreshing:
            self._selected = [self.people.shown[row] for row in self.selected_rows()]
            self.selection_changed.emit()


class _Row(QStyledItemDelegate):
    """A row: cover photo, name, date added and number of faces."""

    def __init__(self, view: PeopleList) -> None:
        super().__init__(view)
        self._view = view
        self._faces = view.crops

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(120, max(ROW_PX, 2 * option.fontMetrics.height() + GAP_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        person: Person = index.data(PERSON_ROLE)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        group = colour_group(option)
        ink = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
        faint = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.PlaceholderText
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each name in its own direction
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_background(painter, option)
        face = _face_place(option.rect)
        image: QImage | None = self._faces.image(person.folder, person)
        if image is not None:
            painter.drawImage(face, image)
        else:
            painter.fillRect(face, option.palette.color(group, QPalette.ColorRole.AlternateBase))
        place, number = _name_place(option.rect), f"{person.face_count:,}"
        width = option.fontMetrics.horizontalAdvance(number)
        painter.setFont(option.font)
        painter.setPen(option.palette.color(group, faint))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        place.setRight(place.right() - width - GAP_PX)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        half = place.height() // 2
        upper = QRect(place.left(), place.top(), place.width(), half)
        for line, text, role, upright in (
            (upper, shown(person.name), ink, Qt.AlignmentFlag.AlignBottom),
            (upper.translated(0, half), _date_added(person), faint, Qt.AlignmentFlag.AlignTop),
        ):
            short = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.setPen(option.palette.color(group, role))
            painter.drawText(line, int(left | upright) | int(Qt.TextFlag.TextSingleLine), short)
        if index.row() == self._view.drop_row:
            edge = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Highlight
            painter.setPen(QPen(option.palette.color(group, edge), DROP_PX))
            painter.drawRect(option.rect.adjusted(DROP_PX, DROP_PX, -DROP_PX, -DROP_PX))
        painter.restore()
        paint_focus(painter, option)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("renameEdit")
        editor.setAccessibleName("New name")
        editor.setMaxLength(LONGEST_NAME)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Place the editor over the name only."""
        person: Person = index.data(PERSON_ROLE)
        number = option.fontMetrics.horizontalAdvance(f"{person.face_count:,}")
        place = _name_place(option.rect).adjusted(-GAP_PX // 2, 0, -number - GAP_PX, 0)
        editor.setGeometry(place.left(), place.top(), place.width(), place.height() // 2)


def _face_of(gallery: Gallery, person: Person) -> QImage | None:
    """The cover photo of a person."""
    cover = gallery.cover_of(person)
    return read_face(gallery, cover) if cover is not None else None


def _date_added(person: Person) -> str:
    return f"added {phrases.date_text(person.added)}"


def _face_place(row: QRect) -> QRect:
    return QRect(row.left() + GAP_PX // 2, row.center().y() - FACE_PX // 2, FACE_PX, FACE_PX)


def _name_place(row: QRect) -> QRect:
    """The area right of the cover photo."""
    return row.adjusted(GAP_PX // 2 + FACE_PX + GAP_PX, 0, -GAP_PX, 0)
