"""The faces of a person as a grid of crops."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMimeData, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QDrag, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from face_match.core.records import FaceRecord, Person
from face_match.gui import phrases, theme
from face_match.gui.age_phrases import year_and_age
from face_match.gui.images import scaled_pixmap
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.face_list import ROW_ROLE, FaceListModel
from face_match.gui.widgets.filled_grid import FilledCell, FilledGrid
from face_match.gui.widgets.item_painting import AnyIndex
from face_match.gui.widgets.plain_text import shown
from face_match.gui.widgets.thumbnails import read_face

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gallery.health import NearDuplicate, NearestOtherPerson

CROP_PX, DRAGGED_PX = 140, 70
BADGE_PX, BADGE_INSET_PX = 24, 6
NEAR_DUPLICATE_COLOUR, CLOSER_COLOUR = QColor("#f0b429"), QColor("#ff7a59")
SAME_PHOTO_COLOUR, COVER_COLOUR = QColor("#d6b4ff"), QColor("#ffffff")
"""The grounds of the badges, each of which also has its own sign and corner."""

FACES_MIME_TYPE = "application/x-face-match-faces"
"""Marks a drag of the selected faces. It has no data, as other programs have no use for it."""


class ShownFace(NamedTuple):
    """A face with its person and what its badges show.

    Attributes:
        near: the face that it is nearly identical to, if it can be removed as a near-duplicate.
        same: whether another face of the person in the same photo is the same face; None if there is none.
        is_cover: it is the cover photo of a person with several faces.
    """

    face: FaceRecord
    person: Person
    near: NearDuplicate | None
    same: bool | None
    is_cover: bool


class PersonFaces(FilledGrid):
    """The selection is kept while other faces come and go."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(tasks, "person-crops", gallery, read_face, CROP_PX)
        self.setObjectName("personFaces")
        self.setAccessibleName(tr("Faces"))
        self.setToolTip(
            tr(
                "Arrow keys choose a face, with Shift or Ctrl several (Ctrl+A: all). Drag faces onto a "
                "person below to move them there."
            )
        )
        self._likenesses: Mapping[str, NearestOtherPerson] = {}
        self._model: FaceListModel[ShownFace] = FaceListModel(self._describe, self)
        self.setModel(self._model)
        self.setItemDelegate(_Cell(self))
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())

    @property
    def rows(self) -> Sequence[ShownFace]:
        """All faces, in the order of the grid."""
        return self._model.rows

    def selected(self) -> list[ShownFace]:
        """The selected faces, in the order of the grid."""
        return [self.rows[row] for row in self.selected_rows()]

    def near_duplicates(self) -> list[ShownFace]:
        """The faces that can be removed as near-duplicates."""
        return [row for row in self.rows if row.near is not None]

    def likeness(self, row: ShownFace) -> NearestOtherPerson | None:
        """The most similar other person, if that has been searched for."""
        return self._likenesses.get(row.face.id)

    def closer_to_others(self) -> list[tuple[ShownFace, NearestOtherPerson]]:
        """The selected faces that look more like another person, with that person."""
        with_likeness = ((row, self.likeness(row)) for row in self.selected())
        return [(row, likeness) for row, likeness in with_likeness if likeness and likeness.is_nearer]

    def show_other_people(self, likenesses: Mapping[str, NearestOtherPerson]) -> None:
        """Show the most similar other person of each face, by face id."""
        self._likenesses = likenesses
        self.viewport().update()
        self.selection_changed.emit()

    def legend(self) -> str:
        """What the badges mean that are on any of the faces."""
        rows = self.rows
        are_nearer = any(one.is_nearer for one in self._likenesses.values())
        same = {row.same for row in rows}
        notes = (
            (any(row.is_cover for row in rows), tr("★ cover photo")),
            (any(row.near for row in rows), tr("≈ nearly the same picture as another one")),
            (are_nearer, tr("? looks more like someone else")),
            (True in same, tr("= the same face of the same photo, twice")),
            (False in same, tr("2 two faces of one photo")),
        )
        return "    ".join(text for is_there, text in notes if is_there)

    def select_near_duplicates(self) -> None:
        """Select the near-duplicates and no other faces."""
        self._select({row.face.id for row in self.near_duplicates()})

    def choose(self, face_ids: Collection[str]) -> None:
        """Select faces, where they are shown, and scroll to the first."""
        found = [n for n, row in enumerate(self.rows) if row.face.id in face_ids]
        if found:
            self.select_rows(found)
            self.set_current_row(found[0])
            self.scrollTo(self.currentIndex())

    def show_faces(self, rows: Sequence[ShownFace]) -> None:
        """Replace the faces. The selection and the keyboard focus stay in their places."""
        selected, place = {row.face.id for row in self.selected()}, self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self.crops.stop()
        self._model.set_rows(rows, [shown(row.person.name) for row in rows])
        self._select(selected)
        if rows:
            self.set_current_row(min(max(0, place), len(rows) - 1))
        self.verticalScrollBar().setValue(scrolled)
        self.selection_changed.emit()

    def startDrag(self, actions: Qt.DropAction) -> None:
        rows = self.selected()
        if not rows:
            return
        data = QMimeData()
        data.setData(FACES_MIME_TYPE, b"")
        drag = QDrag(self)
        drag.setMimeData(data)
        image = self.crops.image(rows[0].face.id, rows[0].face)
        if image is not None:
            drag.setPixmap(scaled_pixmap(image, DRAGGED_PX, self.devicePixelRatioF()))
        drag.exec(Qt.DropAction.MoveAction)

    def _select(self, face_ids: set[str]) -> None:
        self.select_rows(n for n, row in enumerate(self.rows) if row.face.id in face_ids)

    def _describe(self, row: int) -> str:
        shown_face = self.rows[row]
        return phrases.join(
            tr("Face {number} of {count}.", number=row + 1, count=len(self.rows)),
            _face_text(shown_face),
            _likeness_text(self.likeness(shown_face)),
            self.crops.problem(shown_face.face.id),
        )


class _Cell(FilledCell):
    """A crop with badges."""

    def __init__(self, grid: PersonFaces) -> None:
        super().__init__(grid, lambda row: row.face)
        self._grid = grid

    def paint_marks(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, index: AnyIndex
    ) -> None:
        row: ShownFace = index.data(ROW_ROLE)
        likeness = self._grid.likeness(row)
        if row.near is not None:
            _paint_badge(painter, place, "≈", NEAR_DUPLICATE_COLOUR)
        if likeness is not None and likeness.is_nearer:
            _paint_badge(painter, place, "?", CLOSER_COLOUR, at_left=True)
        if row.same is not None:
            _paint_badge(painter, place, "=" if row.same else "2", SAME_PHOTO_COLOUR, at_bottom=True)
        if row.is_cover:
            _paint_badge(painter, place, "★", COVER_COLOUR, at_left=True, at_bottom=True)


def _paint_badge(
    painter: QPainter,
    place: QRect,
    sign: str,
    ground: QColor,
    *,
    at_left: bool = False,
    at_bottom: bool = False,
) -> None:
    """Paint a sign in a corner, on its own ground, so that it is visible on any crop."""
    inset = BADGE_INSET_PX
    left = place.left() + inset if at_left else place.right() + 1 - BADGE_PX - inset
    top = place.bottom() + 1 - BADGE_PX - inset if at_bottom else place.top() + inset
    corner = QRectF(left, top, BADGE_PX, BADGE_PX)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(corner, theme.RADIUS_PX, theme.RADIUS_PX)
    painter.setPen(Qt.GlobalColor.black)
    painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, sign)


def _face_text(row: ShownFace) -> str:
    """A face's person, dates and badges."""
    when = year_and_age(row.face.taken, row.person.born)
    name, added = phrases.display_name(row.person.name), phrases.date_text(row.face.added)
    return phrases.join(
        tr("{name}, added {date}.", name=name, date=added),
        f"{when}." if when else "",
        tr("Cover photo.") if row.is_cover else "",
        tr(
            "Near-duplicate of another face (similarity {similarity}).",
            similarity=phrases.score_text(row.near.similarity),
        )
        if row.near
        else "",
        phrases.same_photo_note(row.person.name, is_same_face=row.same) if row.same is not None else "",
    )


def _likeness_text(likeness: NearestOtherPerson | None) -> str:
    if likeness is None:
        return ""
    name, similarity = phrases.display_name(likeness.other.name), phrases.score_text(likeness.similarity)
    if likeness.is_nearer and likeness.own is not None:
        return tr(
            "Looks more like {name} ({similarity}) than like this person ({own}). Ctrl+J moves it there.",
            name=name,
            similarity=similarity,
            own=phrases.score_text(likeness.own),
        )
    return tr(
        "Most similar other person: {name} (similarity {similarity}).", name=name, similarity=similarity
    )
