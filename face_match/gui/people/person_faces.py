"""The faces of people as a grid of crops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QColor, QDrag, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from face_match.core.records import FaceRecord, Person
from face_match.gui import phrases
from face_match.gui.age_phrases import year_and_age
from face_match.gui.images import scaled_pixmap
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.item_painting import colour_group, paint_background, paint_crop, paint_focus
from face_match.gui.widgets.plain_text import plain, shown
from face_match.gui.widgets.thumbnails import ThumbnailCache, read_face

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gallery.health import Lookalike, NearDuplicate

CROP_PX = 96
MARGIN_PX = 5
"""Around a crop, which shows whether it is chosen."""
SPACING_PX = 3
BADGE_PX = 22
NEAR_COLOUR, DOUBT_COLOUR = QColor("#f0b429"), QColor("#ff7a59")
SAME_COLOUR, COVER_COLOUR = QColor("#d6b4ff"), QColor("#ffffff")
"""Each mark has a sign and a corner of its own, too."""

FACES_DRAGGED = "application/x-face-match-faces"
"""What is dragged are the faces chosen; their ids say nothing to other programs."""

ROW_ROLE = Qt.ItemDataRole.UserRole
LIKENESS_ROLE = Qt.ItemDataRole.UserRole + 1

AnyIndex = QModelIndex | QPersistentModelIndex


class ShownFace(NamedTuple):
    """A face, whose it is, and what is to be said of it.

    Attributes:
        near: what it is nearly the same as, if the others can do without it.
        same: whether another face of the person in the same photo is the same face; None where there is none.
        is_cover: of several it is the one that stands for the person.
    """

    face: FaceRecord
    person: Person
    near: NearDuplicate | None
    same: bool | None
    is_cover: bool


class _Model(QStringListModel):
    """A list of strings for the same reason as the people."""

    def __init__(self, crops: ThumbnailCache, parent: PersonFaces) -> None:
        super().__init__(parent)
        self._crops = crops
        self.rows: Sequence[ShownFace] = ()
        self.likenesses: Mapping[str, Lookalike] = {}

    def show_rows(self, rows: Sequence[ShownFace]) -> None:
        self.rows = rows
        self.setStringList([shown(row.person.name) for row in rows])

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        likeness = self.likenesses.get(row.face.id)
        match role:
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                told = [_what(row), _whose(likeness), self._crops.problem(row.face.id)]
                if role == Qt.ItemDataRole.AccessibleTextRole:
                    told.insert(0, f"Face {index.row() + 1} of {len(self.rows)}.")
                text = " ".join(filter(None, told))
                return plain(text) if role == Qt.ItemDataRole.ToolTipRole else text
            case _ if role == LIKENESS_ROLE:
                return likeness
        return row if role == ROW_ROLE else super().data(index, role)


class PersonFaces(CropList):
    """Several can be chosen; those that are stay so while other faces come and go."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(tasks, "people crops", gallery, read_face, CROP_PX)
        self.setObjectName("personFaces")
        self.setAccessibleName("Faces")
        self.setToolTip(
            "The faces of who is chosen (arrows, with Shift or Ctrl for several, Ctrl+A for all); "
            "dragged onto a person they become faces of that one"
        )
        self.are_named = False
        self._model = _Model(self.crops, self)
        self.setModel(self._model)
        self.setItemDelegate(_Cell(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setSpacing(SPACING_PX)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    @property
    def rows(self) -> Sequence[ShownFace]:
        return self._model.rows

    def selected(self) -> list[ShownFace]:
        """In the order of the grid."""
        return [self._model.rows[row] for row in self.selected_rows()]

    def near_duplicates(self) -> list[ShownFace]:
        """Those that the others can do without."""
        return [row for row in self._model.rows if row.near is not None]

    def closer_to_others(self) -> list[tuple[ShownFace, Lookalike]]:
        """Of those chosen, the ones that are nearer to somebody else, and to whom."""
        with_likeness = ((row, self._model.likenesses.get(row.face.id)) for row in self.selected())
        return [(row, likeness) for row, likeness in with_likeness if likeness and likeness.is_nearer]

    def show_other_people(self, likenesses: Mapping[str, Lookalike]) -> None:
        """Who else each face is like, by its id."""
        self._model.likenesses = likenesses
        self.viewport().update()
        self.selection_changed.emit()

    def choose_near_duplicates(self) -> None:
        """Choose them, and no others."""
        self._choose({row.face.id for row in self.near_duplicates()})

    def show_faces(self, rows: Sequence[ShownFace]) -> None:
        """Replace them; where the keys move from stays at its place."""
        chosen, place = {row.face.id for row in self.selected()}, self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self.crops.stop()
        self.are_named = len({row.person.folder for row in rows}) > 1
        self._model.show_rows(rows)
        self._choose(chosen)
        if rows:
            self.set_current_row(min(max(0, place), len(rows) - 1))
        self.verticalScrollBar().setValue(scrolled)
        self.selection_changed.emit()

    def startDrag(self, actions: Qt.DropAction) -> None:
        rows = self.selected()
        if not rows:
            return
        dragged = QMimeData()
        dragged.setData(FACES_DRAGGED, b"")
        drag = QDrag(self)
        drag.setMimeData(dragged)
        image = self.crops.image(rows[0].face.id, rows[0].face)
        if image is not None:
            drag.setPixmap(scaled_pixmap(image, CROP_PX // 2, self.devicePixelRatioF()))
        drag.exec(Qt.DropAction.MoveAction)

    def _choose(self, face_ids: set[str]) -> None:
        self.select_rows(n for n, row in enumerate(self._model.rows) if row.face.id in face_ids)

    def _on_selection_changed(self) -> None:
        self.selection_changed.emit()


class _Cell(QStyledItemDelegate):
    """Draws a crop, or what stands for one; below it the name, where several people are shown."""

    def __init__(self, grid: PersonFaces) -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        side = CROP_PX + 2 * MARGIN_PX
        return QSize(side, side + option.fontMetrics.height() if self._grid.are_named else side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: ShownFace = index.data(ROW_ROLE)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_background(painter, option)
        place = QRect(option.rect.left() + MARGIN_PX, option.rect.top() + MARGIN_PX, CROP_PX, CROP_PX)
        crops = self._grid.crops
        image = crops.image(row.face.id, row.face)
        paint_crop(painter, option, place, image, crops.problem(row.face.id))
        if row.near is not None:
            _paint_badge(painter, place, "≈", NEAR_COLOUR)
        likeness: Lookalike | None = index.data(LIKENESS_ROLE)
        if likeness is not None and likeness.is_nearer:
            _paint_badge(painter, place, "?", DOUBT_COLOUR, at_left=True)
        if row.same is not None:
            sign = "=" if row.same else "2"
            _paint_badge(painter, place, sign, SAME_COLOUR, at_foot=True)
        if row.is_cover:
            _paint_badge(painter, place, "★", COVER_COLOUR, at_left=True, at_foot=True)
        if self._grid.are_named:
            self._paint_name(painter, option, place, row.person.name)
        painter.restore()
        paint_focus(painter, option)

    def _paint_name(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, name: str) -> None:
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        painter.setPen(option.palette.color(colour_group(option), role))
        line = QRect(place.left(), place.bottom() + 1, place.width(), option.rect.bottom() - place.bottom())
        short = option.fontMetrics.elidedText(shown(name), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextSingleLine), short)


def _paint_badge(
    painter: QPainter,
    place: QRect,
    sign: str,
    ground: QColor,
    *,
    at_left: bool = False,
    at_foot: bool = False,
) -> None:
    """A sign in a corner, on a ground of its own: it is seen on any crop."""
    left = place.left() if at_left else place.right() - BADGE_PX + 1
    top = place.bottom() - BADGE_PX + 1 if at_foot else place.top()
    corner = QRect(left, top, BADGE_PX, BADGE_PX)
    painter.fillRect(corner, ground)
    painter.setPen(Qt.GlobalColor.black)
    painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, sign)


def _what(row: ShownFace) -> str:
    what = f"{phrases.display_name(row.person.name)}, added {phrases.date_text(row.face.added)}."
    if when := year_and_age(row.face.taken, row.person.born):
        what += f" {when}."
    if row.is_cover:
        what += " This face stands for the person."
    if row.near is not None:
        what += f" Near-duplicate: {row.near.similarity:.3f} similar to another face."
    if row.same is not None:
        what += f" {phrases.same_photo_note(row.person.name, is_same_face=row.same)}"
    return what


def _whose(likeness: Lookalike | None) -> str:
    if likeness is None:
        return ""
    other = f"{phrases.display_name(likeness.other.name)} ({likeness.similarity:.3f})"
    if likeness.is_nearer:
        return f"Nearer to {other} than to the others ({likeness.own:.3f}); Ctrl+J moves it there."
    return f"Of the others most like {other}."
