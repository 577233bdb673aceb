"""The list of people: face, name, number of samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from face_match.gui.crop_list import CropList
from face_match.gui.items import colour_group, paint_focus, paint_ground
from face_match.gui.name_edit import LONGEST_NAME
from face_match.gui.people_model import PERSON_ROLE, AnyIndex, ByName, PeopleModel
from face_match.gui.pictures import face_image
from face_match.gui.tasks import Tasks
from face_match.types import Person

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

FACE_PX = 36
ROW_PX = 44
GAP_PX = 8


class PeopleList(CropList):
    """One or several can be chosen; who is chosen stays so, whatever is renamed or refreshed."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(tasks, "people faces", gallery, _face_of, FACE_PX)
        self.setObjectName("peopleList")
        self.setAccessibleName("People")
        self.setToolTip("The people of the gallery (↑ ↓, with Shift or Ctrl for several, Ctrl+A for all)")
        self.people = PeopleModel(self)
        self.setModel(self.people)
        self.setItemDelegate(_Row(self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._chosen: list[Person] = []
        self._is_refreshing = False
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def chosen(self) -> list[Person]:
        """In the order of the rows."""
        return self._chosen

    def show_people(self, people: ByName, heir: Person | None = None) -> None:
        """Replace the rows. `heir` is chosen where nobody is left of those who were."""
        with self._choice_kept(heir):
            self.people.show_people(people)

    def filter(self, text: str) -> None:
        """Show those whose names have the text in them."""
        with self._choice_kept(None):
            self.people.filter(text)

    def rename(self) -> None:
        """Let the name of who is chosen be typed over."""
        index = self.people.index(self.chosen_rows()[0])
        self.setFocus()
        self.setCurrentIndex(index)
        self.edit(index)

    @contextmanager
    def _choice_kept(self, heir: Person | None) -> Iterator[None]:
        """While rows come and go the selection is in between; it is told of at the end."""
        folders, row = {person.folder for person in self.chosen()}, self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self._is_refreshing = True
        yield
        self._choose_again(folders, row, heir)
        self.verticalScrollBar().setValue(scrolled)
        self.scrollTo(self.currentIndex())
        self._is_refreshing = False
        self._on_selection_changed()

    def _choose_again(self, folders: set[str], row: int, heir: Person | None) -> None:
        shown = self.people.shown
        again = [row for row, person in enumerate(shown) if person.folder in folders]
        if not again and heir is not None:
            again = [row for row, person in enumerate(shown) if person.folder == heir.folder]
        if not again and shown:
            again = [min(max(0, row), len(shown) - 1)]
        self.choose_rows(again)
        if again and self.currentIndex().row() not in again:
            self.move_keys_to(again[0])

    def _on_selection_changed(self) -> None:
        if not self._is_refreshing:
            self._chosen = [self.people.shown[row] for row in self.chosen_rows()]
            self.chosen_changed.emit()


class _Row(QStyledItemDelegate):
    """Draws: face · name, cut short where it must be · number of samples."""

    def __init__(self, view: PeopleList) -> None:
        super().__init__(view)
        self._faces = view.crops

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(120, max(ROW_PX, round(1.7 * option.fontMetrics.height())))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        person: Person = index.data(PERSON_ROLE)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        group = colour_group(option)
        ink = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        faint = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.PlaceholderText
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each name runs its own way
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_ground(painter, option)
        face = _face_place(option.rect)
        image: QImage | None = self._faces.image(person.folder, person)
        if image is not None:
            painter.drawImage(face, image)
        else:
            painter.fillRect(face, option.palette.color(group, QPalette.ColorRole.AlternateBase))
        place, number = _name_place(option.rect), f"{person.sample_count:,}"
        width = option.fontMetrics.horizontalAdvance(number)
        painter.setFont(option.font)
        painter.setPen(option.palette.color(group, faint))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        painter.setPen(option.palette.color(group, ink))
        place.setRight(place.right() - width - GAP_PX)
        name = option.fontMetrics.elidedText(person.name, Qt.TextElideMode.ElideRight, place.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(
            place, int(left | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine), name
        )
        painter.restore()
        paint_focus(painter, option)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("renameEdit")
        editor.setAccessibleName("New name")
        editor.setMaxLength(LONGEST_NAME)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        place, height = _name_place(option.rect), editor.sizeHint().height()
        place.adjust(-GAP_PX // 2, 0, 0, 0)
        editor.setGeometry(place.left(), place.center().y() - height // 2, place.width(), height)


def _face_of(gallery: Gallery, person: Person) -> QImage | None:
    """The crop of somebody's first sample."""
    samples = gallery.samples_of(person)
    if not samples:
        return None
    first = min(samples, key=lambda sample: sample.added)
    return face_image(gallery.pixels_of(first), first.box)


def _face_place(row: QRect) -> QRect:
    return QRect(row.left() + GAP_PX // 2, row.center().y() - FACE_PX // 2, FACE_PX, FACE_PX)


def _name_place(row: QRect) -> QRect:
    """Right of the face."""
    return row.adjusted(GAP_PX // 2 + FACE_PX + GAP_PX, 0, -GAP_PX, 0)
