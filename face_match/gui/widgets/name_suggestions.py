"""The list of people that drops down from a name field, with their covers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from face_match.gallery.records.names import name_key, search_key
from face_match.gui import theme
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.covers import paint_cover
from face_match.gui.widgets.icons import paint_icon
from face_match.gui.widgets.item_painting import AnyIndex, paint_background
from face_match.gui.widgets.layouts import column_of, row_of
from face_match.gui.widgets.lines_label import LinesLabel
from face_match.gui.widgets.plain_text import shown
from face_match.gui.widgets.thumbnails import ThumbnailCache, read_cover

if TYPE_CHECKING:
    from face_match.core.records import Person
    from face_match.gallery.gallery import Gallery

COVER_PX, ROW_PX = 32, 40
NARROWEST_PX = 330
HINT_MARGINS = (theme.GRID_PX, 4, theme.GRID_PX, 2)
MOST_SUGGESTED = 6


class Suggestion(NamedTuple):
    """A row. `person` is None for a name of nobody in particular, and for a new one; `is_hinted` says that
    the photo's metadata have the name."""

    name: str
    person: Person | None = None
    is_new: bool = False
    is_hinted: bool = False


class KnownNames:
    """Names that are found by any part, as `search_key` compares them.

    Attributes:
        hints: names in the metadata of the photo, which come first, whether or not anybody has them.
    """

    def __init__(self, people: Mapping[str, Person | None] | None = None, hints: Sequence[str] = ()) -> None:
        self._people = people if people is not None else {}
        self.hints = hints

    @cached_property
    def _keys(self) -> list[tuple[str, str]]:
        """What is searched, and the name; made when first needed, as there may be thousands."""
        return sorted((search_key(name), name) for name in self._people)

    @cached_property
    def _by_key(self) -> Mapping[str, str]:
        return {name_key(name): name for name in self._people}

    def has(self, name: str) -> bool:
        """Whether a name is one of them, as the gallery compares them."""
        key = name_key(name)
        return key in self._by_key or key in map(name_key, self.hints)

    def hinted(self) -> list[Suggestion]:
        """The names in the metadata of the photo, as the gallery writes them."""
        names = [self._by_key.get(name_key(name), name) for name in self.hints]
        return [Suggestion(name, self._people.get(name), is_hinted=True) for name in names]

    def containing(self, text: str, letter: str = "") -> list[Suggestion]:
        """The best of those that contain a text: in the photo's metadata, then at their beginning, at that of
        a word, or anywhere.

        Args:
            letter: may belong before the text; words that begin with both come first.
        """
        sought = search_key(text.strip())
        whole = search_key(letter + text.strip())
        hinted = [one for one in self.hinted() if sought in search_key(one.name)]
        first = {one.name for one in hinted}
        found: tuple[list[str], ...] = ([], [], [], [])
        for key, name in self._keys:
            if sought in key and name not in first:
                is_whole = letter and f" {whole}" in f" {key}"
                rank = 0 if is_whole else 1 if key.startswith(sought) else 2 if f" {sought}" in key else 3
                found[rank].append(name)
        others = [Suggestion(name, self._people[name]) for rank in found for name in rank[:MOST_SUGGESTED]]
        return [*hinted, *others][:MOST_SUGGESTED]

    def beginning_with(self, text: str) -> bool:
        """Whether a text is the beginning of a name, or of one of its words."""
        sought = search_key(text.strip())
        found = self.containing(text)
        best = [one for one in found if one.is_hinted] + [one for one in found if not one.is_hinted][:1]
        return any(f" {sought}" in f" {search_key(one.name)}" for one in best)


class NameSuggestions(QFrame):
    """A list over the page, which never has the focus. `picked` has the name that was clicked.

    Attributes:
        keep_clear_of: what is below and stays in sight; None for the edge of the window.
    """

    picked = Signal(str)

    def __init__(self, field: QLineEdit, covers: tuple[Tasks, Callable[[], Gallery | None]] | None) -> None:
        super().__init__(field.window())
        self._field = field
        self.rows: Sequence[Suggestion] = ()
        self.is_asking = False
        self.keep_clear_of: QWidget | None = None
        self.list = _List(self)
        self.crops: ThumbnailCache | None = None
        if covers is not None:
            tasks, gallery = covers
            self.crops = ThumbnailCache(
                tasks,
                key=f"covers of {field.objectName()}",
                source=gallery,
                read=read_cover,
                longest_px=2 * COVER_PX,
                parent=self,
            )
            self.crops.images_read.connect(self.list.viewport().update)
        self._hint = theme.set_type(LinesLabel(1), theme.CAPTION, faint=True)
        foot = row_of(self._hint, margins=HINT_MARGINS)
        column_of(self.list, foot, on=self, margins=6, spacing=0)
        self.list.clicked.connect(lambda index: self.picked.emit(self.rows[index.row()].name))
        self.hide()

    @property
    def marked(self) -> str | None:
        """The name of the marked row."""
        row = self.list.currentIndex().row()
        return self.rows[row].name if self.isVisible() and 0 <= row < len(self.rows) else None

    @property
    def completion(self) -> str:
        """The name that Tab takes: the marked one, else the only one, else none."""
        known = [row.name for row in self.rows if not row.is_new]
        return self.marked or (known[0] if len(known) == 1 else "")

    def show_people(self, rows: Sequence[Suggestion], new_names: Sequence[str]) -> None:
        """Show people, and below them a row for each name that would be new. No row is marked."""
        self.is_asking = False
        self.rows = [*rows, *(Suggestion(name, is_new=True) for name in new_names)]
        self.list.show_names([shown(row.name) for row in self.rows])
        only = len(rows) == 1
        self._hint.setText(tr("Tab takes the name, ↓ chooses.") if only else tr("↓ chooses, Enter takes."))
        self.place()
        self.show()
        self.raise_()

    def show_hinted(self, rows: Sequence[Suggestion]) -> None:
        """Show the names in the photo's metadata, before anything is typed."""
        self.show_people(rows, ())
        self._hint.setText(tr("Named in the photo’s metadata. Click a name, or type one."))

    def ask(self) -> None:
        """Mark the first row, and say what Enter does next."""
        self.is_asking = True
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self._say_marked()

    def move_mark(self, step: int) -> None:
        """Mark the next or previous row; above the first there is none, and the typed text counts."""
        row = self.list.currentIndex().row() + step
        if row < 0:
            self.is_asking = False
            self.list.setCurrentIndex(QModelIndex())
            self._hint.setText(tr("↓ chooses, Enter takes."))
        else:
            self.list.setCurrentIndex(self.list.model().index(min(row, len(self.rows) - 1), 0))
            self._say_marked()

    def close_list(self) -> None:
        self.is_asking = False
        if self.crops is not None:
            self.crops.stop()
        self.hide()

    def place(self) -> None:
        """Stand below the field, as wide as it or a name needs, as high as its rows within the window."""
        below = self._field.mapTo(self._field.window(), QPoint(0, self._field.height() + 4))
        frame = 12 + self._hint.sizeHint().height() + HINT_MARGINS[1] + HINT_MARGINS[3]
        room = self._lowest() - below.y() - theme.GRID_PX
        self.list.setFixedHeight(max(2 * ROW_PX, min(ROW_PX * len(self.rows), room - frame)))
        width = max(
            self._field.width(),
            min(round(NARROWEST_PX * theme.text_scale(self)), self._field.window().width() - below.x()),
        )
        self.setGeometry(QRect(below, QSize(width, self.list.height() + frame)))

    def _lowest(self) -> int:
        window = self._field.window()
        if self.keep_clear_of is None:
            return window.height()
        return self.keep_clear_of.mapTo(window, QPoint(0, 0)).y()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(c.line, 1))
        painter.setBrush(c.page)
        painter.drawRoundedRect(
            self.rect().adjusted(1, 1, -1, -1), theme.CARD_RADIUS_PX, theme.CARD_RADIUS_PX
        )
        painter.end()

    def _say_marked(self) -> None:
        row = self.rows[self.list.currentIndex().row()]
        if row.is_new:
            self._hint.setText(tr("Enter adds “{name}” as a new person.", name=row.name))
        elif row.is_hinted:
            self._hint.setText(tr("Enter takes {name}, named in the photo’s metadata.", name=row.name))
        else:
            self._hint.setText(tr("Enter takes {name}.", name=row.name))


class _List(QListView):
    def __init__(self, parent: NameSuggestions) -> None:
        super().__init__(parent)
        self._names = QStringListModel(self)
        self.setModel(self._names)
        self.setItemDelegate(_Row(parent, self))
        self.setObjectName("nameSuggestions")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("People whose names fit"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_names(self, names: list[str]) -> None:
        self._names.setStringList(names)
        self.setCurrentIndex(QModelIndex())


class _Row(QStyledItemDelegate):
    """A cover, the name, and the number of faces."""

    def __init__(self, suggestions: NameSuggestions, view: QListView) -> None:
        super().__init__(view)
        self._suggestions = suggestions

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = self._suggestions.rows[index.row()]
        c = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_background(painter, option)
        gap = (ROW_PX - COVER_PX) // 2
        place = QRect(option.rect.left() + gap + 2, option.rect.top() + gap, COVER_PX, COVER_PX)
        self._paint_cover(painter, place, row)
        text = QRect(option.rect)
        text.setLeft(place.right() + theme.GRID_PX + 2)
        text.setRight(option.rect.right() - theme.GRID_PX)
        about = _about(row)
        if about:
            painter.setFont(theme.resized(QFont(option.font), theme.CAPTION))
            painter.setPen(c.faint)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(text, flags, about)
            text.setRight(text.right() - painter.fontMetrics().horizontalAdvance(about) - theme.GRID_PX)
        painter.setFont(option.font)
        painter.setPen(c.ink)
        name = tr("New person “{name}”", name=row.name) if row.is_new else row.name
        short = option.fontMetrics.elidedText(shown(name), Qt.TextElideMode.ElideRight, text.width())
        left = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(text, left | int(Qt.TextFlag.TextSingleLine), short)
        painter.restore()

    def _paint_cover(self, painter: QPainter, place: QRect, row: Suggestion) -> None:
        crops = self._suggestions.crops
        if row.is_new:
            icon = QRectF(place).adjusted(7, 7, -7, -7)
            paint_icon(painter, "user-round-plus", icon, theme.colours().faint)
            return
        image = crops.image(row.person.folder, row.person) if crops and row.person else None
        paint_cover(painter, QRectF(place), image, row.name)


def _about(row: Suggestion) -> str:
    """What stands at the end of a row."""
    if row.is_hinted:
        return tr("in the photo’s metadata")
    return tr_count("{n} face", "{n} faces", row.person.face_count) if row.person is not None else ""
