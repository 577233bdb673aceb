"""The people of the gallery as a grid of covers."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QApplication,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from face_match.core.records import Person
from face_match.gui import phrases, theme
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.covers import paint_cover
from face_match.gui.widgets.filled_grid import PAD_PX, FilledGrid
from face_match.gui.widgets.icons import paint_icon
from face_match.gui.widgets.item_painting import AnyIndex, paint_background, paint_focus, two_lines
from face_match.gui.widgets.name_edit import LONGEST_NAME
from face_match.gui.widgets.people_model import PERSON_ROLE, PeopleModel, SortedPeople
from face_match.gui.widgets.plain_text import shown
from face_match.gui.widgets.thumbnails import read_cover

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

COVER_PX = 150
LINE_GAP_PX, NAME_LINES = 2, 2
MEASURED_NAMES = 40
"""The names with the most letters, which tell whether any name needs two lines."""
BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
MARK_PX, MARK_MARGIN_PX = 24, 8


class PeopleGrid(FilledGrid):
    """Covers that fill the width. The selection is kept when people are renamed or the grid is updated.

    A click or Enter opens a person. A click with Ctrl or Shift, or on the mark in the corner of a cover,
    selects people.

    Signals: `opened` has the person to open, `menu_wanted` the place on the screen for a menu.
    """

    opened = Signal(object)
    menu_wanted = Signal(QPoint)
    _longest: Sequence[str] = ()

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(tasks, "covers", gallery, read_cover, COVER_PX)
        self.setObjectName("peopleGrid")
        self.setAccessibleName(tr("People"))
        self.setToolTip(tr("Enter or a click opens a person; Shift or Ctrl selects several"))
        self.people = PeopleModel(self)
        self.setModel(self.people)
        self.setItemDelegate(_Cell(self))
        self.setMouseTracking(True)
        self._pressed: int | None = None
        self._is_led_by_keys = False
        self._typed, self._typed_at = "", 0.0
        self._is_refreshing = False
        self._held_back: SortedPeople | None = None
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    # Who is selected

    @property
    def shows_focus(self) -> bool:
        """Whether the person with the keyboard focus is marked: not while the mouse alone is used."""
        return self._is_led_by_keys

    def selected(self) -> list[Person]:
        """The selected people, in the order of the grid."""
        return [self.people.people[row] for row in self.selected_rows()]

    def current(self) -> Person | None:
        """The person with the keyboard focus."""
        row = self.currentIndex().row()
        return self.people.people[row] if 0 <= row < len(self.people.people) else None

    def chosen(self) -> list[Person]:
        """Whom an action is for: the selected people, else the one with the keyboard focus."""
        current = self.current()
        return self.selected() or ([current] if current is not None else [])

    def show_people(self, people: SortedPeople) -> None:
        """Replace the people. The selection is kept, and the keyboard focus on its person or in its place.
        While a name is being typed, nobody moves: they are shown when it ends."""
        if self.state() == QListView.State.EditingState:
            self._held_back = people
            return
        self._held_back = None
        selected, current = {person.folder for person in self.selected()}, self.current()
        row, scrolled = max(0, self.currentIndex().row()), self.verticalScrollBar().value()
        self._is_refreshing = True
        self.people.show_people(people)
        height = self.text_height()
        longest = heapq.nlargest(MEASURED_NAMES, (person.name for person in people.people), key=len)
        self._longest = [shown(name) for name in longest]
        if self.text_height() != height:
            self._arrange()
        rows = {person.folder: row for row, person in enumerate(people.people)}
        self.select_rows(sorted(rows[folder] for folder in selected if folder in rows))
        if people.people:
            row = rows.get(current.folder, row) if current is not None else 0
            self.set_current_row(min(row, len(people.people) - 1))
        self.verticalScrollBar().setValue(scrolled)
        self._is_refreshing = False
        self.selection_changed.emit()

    def choose(self, folders: Iterable[str]) -> None:
        """Move the keyboard focus to the first of some people that there is, and show where that is."""
        wanted = {*folders}
        row = next((row for row, one in enumerate(self.people.people) if one.folder in wanted), None)
        if row is not None:
            self.clearSelection()
            self.set_current_row(row)
            self.scrollTo(self.people.index(row))

    def rename(self) -> None:
        """Start editing the name of the chosen person."""
        chosen = self.chosen()
        rows = self.selected_rows() or [self.currentIndex().row()]
        if len(chosen) == 1:
            index = self.people.index(rows[0])
            self.setFocus()
            self.set_current_row(rows[0])
            self.edit(index)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if self._held_back is not None:
            self.show_people(self._held_back)

    def _on_selection_changed(self) -> None:
        if not self._is_refreshing:
            self.selection_changed.emit()

    # Layout

    def text_height(self) -> int:
        """The height of the longest name and of the number, with the space above them."""
        caption = QFontMetrics(_caption_font(self.font()))
        name = _name_metrics(self.font())
        is_long = any(name.horizontalAdvance(one) > _name_width(self) for one in self._longest)
        lines = (NAME_LINES if is_long else 1) * name.height()
        return PAD_PX + lines + LINE_GAP_PX + caption.height()

    def name_lines(self, name: str) -> list[str]:
        """A name in the lines that are painted."""
        return two_lines(shown(name), _name_metrics(self.font()), _name_width(self))

    # Mouse and keys

    def _follow_keys(self, *, are_used: bool) -> None:
        if are_used != self._is_led_by_keys:
            self._is_led_by_keys = are_used
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in BY_KEY:
            self._follow_keys(are_used=True)

    def mark_of(self, row: int) -> QRect:
        """The place of the mark that selects a person."""
        return _mark_place(_cover_place(self.visualRect(self.people.index(row)), self.crop_px).toRect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press without keys opens on release, and leaves the selection as it is."""
        self._follow_keys(are_used=False)
        place = event.position().toPoint()
        row = self.indexAt(place).row()
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier and row >= 0
        self._pressed = row if is_plain and event.button() == Qt.MouseButton.LeftButton else None
        if self._pressed is None:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.set_current_row(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
            return
        place = event.position().toPoint()
        if self.indexAt(place).row() != pressed or pressed >= len(self.people.people):
            return
        if self.mark_of(pressed).contains(place):
            rows = {*self.selected_rows()} ^ {pressed}
            self.select_rows(sorted(rows))
        else:
            self.opened.emit(self.people.people[pressed])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of two is a click."""
        self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu for the selected people, or for the one under the mouse if that is none of them."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).center()
        else:
            place = event.pos()
            row = self.indexAt(place).row()
            if row < 0:
                return
            self.set_current_row(row)
            if row not in self.selected_rows():
                self.select_rows([row])
        if self.chosen():
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        person = self.current()
        self._follow_keys(are_used=True)
        if self.state() == QListView.State.EditingState:
            event.accept()  # the key has gone to the editor
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and person is not None:
            self.opened.emit(person)
        elif event.key() == Qt.Key.Key_Escape and self.selected_rows():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Go to the next person whose name begins with what is typed without a pause."""
        now = time.monotonic()
        is_new = (now - self._typed_at) * 1000 > QApplication.keyboardInputInterval()
        self._typed, self._typed_at = search if is_new else self._typed + search, now
        row = max(0, self.currentIndex().row())
        found = self.people.row_beginning_with(self._typed, row + 1 if is_new else row)
        if found is not None:
            self.select_rows([found])
            self.set_current_row(found)
            self.scrollTo(self.people.index(found))


class _Cell(QStyledItemDelegate):
    """A cover, with the name and the number of faces below it."""

    def __init__(self, grid: PeopleGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return self._grid.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        person: Person = index.data(PERSON_ROLE)
        c = theme.colours()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        place = _cover_place(option.rect, self._grid.crop_px)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each name in its own direction
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_background(painter, option)
        image: QImage | None = self._grid.crops.image(person.folder, person)
        is_read = self._grid.crops.is_read(person.folder)
        paint_cover(painter, place, image, person.name, theme.CARD_RADIUS_PX, is_read=is_read)
        if is_selected or is_hovered:
            _paint_mark(painter, _mark_place(place.toRect()), is_selected=is_selected)
        font = QFont(option.font)
        font.setBold(True)
        line = _name_place(option.rect, self._grid)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        flags = int(left) | int(Qt.TextFlag.TextSingleLine)
        painter.setFont(font)
        painter.setPen(c.ink)
        for text in self._grid.name_lines(person.name):
            painter.drawText(line, flags, text)
            line.translate(0, line.height())
        painter.setFont(_caption_font(option.font))
        painter.setPen(c.faint)
        line.translate(0, LINE_GAP_PX)
        painter.drawText(line, flags, phrases.faces(person.face_count))
        painter.restore()
        if self._grid.shows_focus:
            paint_focus(painter, option)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("renameEdit")
        editor.setAccessibleName(tr("New name"))
        editor.setMaxLength(LONGEST_NAME)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Place the editor over name and number, as a field is higher than a line."""
        line = _name_place(option.rect, self._grid)
        place = QRect(
            line.left() - PAD_PX // 2,
            line.top() - 2,
            line.width() + PAD_PX,
            self._grid.text_height() - PAD_PX + 4,
        )
        editor.setGeometry(place.intersected(option.rect))


def _cover_place(cell: QRect, crop_px: int) -> QRectF:
    return QRectF(cell.left() + PAD_PX, cell.top() + PAD_PX, crop_px, crop_px)


def _name_place(cell: QRect, grid: PeopleGrid) -> QRect:
    top = cell.top() + 2 * PAD_PX + grid.crop_px
    return QRect(cell.left() + PAD_PX, top, _name_width(grid), _name_metrics(grid.font()).height())


def _name_width(grid: PeopleGrid) -> int:
    """The room for a line of a name: up to just before the next name."""
    return grid.crop_px + 3 * PAD_PX // 2


def _name_metrics(font: QFont) -> QFontMetrics:
    bold = QFont(font)
    bold.setBold(True)
    return QFontMetrics(bold)


def _caption_font(font: QFont) -> QFont:
    return theme.resized(QFont(font), theme.CAPTION)


def _mark_place(cover: QRect) -> QRect:
    return QRect(cover.right() - MARK_PX - MARK_MARGIN_PX + 1, cover.top() + MARK_MARGIN_PX, MARK_PX, MARK_PX)


def _paint_mark(painter: QPainter, place: QRect, *, is_selected: bool) -> None:
    """Paint the circle that selects, with a tick where it is; it can be seen on any cover."""
    c = theme.colours()
    ground = c.accent if is_selected else theme.CANVAS
    painter.setBrush(ground)
    painter.setPen(QPen(theme.ON_CANVAS, 2))
    painter.setOpacity(1 if is_selected else 0.75)
    painter.drawEllipse(QRectF(place).adjusted(1, 1, -1, -1))
    if is_selected:
        paint_icon(painter, "check", QRectF(place).adjusted(4, 4, -4, -4), c.on_accent)
    painter.setOpacity(1)
