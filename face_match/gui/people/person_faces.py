"""The faces of a person as a grid of crops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMimeData, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from face_match.core.records import FaceRecord, Person
from face_match.gui import phrases, theme
from face_match.gui.age_phrases import year_and_age
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.face_list import ROW_ROLE
from face_match.gui.widgets.filled_grid import FaceGrid, FilledCell
from face_match.gui.widgets.item_painting import AnyIndex, dragged_pixmap

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gallery.health import NearestOtherPerson
    from face_match.gallery.near_duplicates import NearDuplicate

CROP_PX, DRAGGED_PX = 140, 70
BADGE_PX, BADGE_INSET_PX = 24, 6
OUTLINE_PX = 4
NEAR_DUPLICATE_COLOUR, CLOSER_COLOUR = QColor("#f0b429"), QColor("#ff7a59")
SAME_PHOTO_COLOUR, COVER_COLOUR = QColor("#d6b4ff"), QColor("#ffffff")
"""The grounds of the badges, each of which also has its own sign and corner."""

NO_MODIFIER, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
NEED_FACES: dict[int, Qt.KeyboardModifier] = {
    Qt.Key.Key_F6: NO_MODIFIER,
    Qt.Key.Key_C: NO_MODIFIER,
    Qt.Key.Key_O: NO_MODIFIER,
    Qt.Key.Key_Delete: NO_MODIFIER,
    Qt.Key.Key_J: CTRL,
}
"""The keys of actions on selected faces, with their modifiers."""
FACES_MIME_TYPE = "application/x-face-match-faces"
"""Marks a drag of the selected faces. It has no data, as other programs have no use for it."""


class ShownFace(NamedTuple):
    """A face with its person and what its badges show.

    Attributes:
        same: whether another face of the person in the same photo is the same face; None if there is none.
        is_cover: it is the cover photo of a person with several faces.
    """

    face: FaceRecord
    person: Person
    same: bool | None
    is_cover: bool


class Likenesses(NamedTuple):
    """What faces are like, by face id: the face in nearly the same picture, and the nearest other person."""

    near: Mapping[str, NearDuplicate] = {}
    others: Mapping[str, NearestOtherPerson] = {}


class PersonFaces(FaceGrid[ShownFace]):
    """The faces of a person, with badges. `selection_wanted` gives a key that acts on selected faces and
    was pressed while none is selected, or not the right ones."""

    selection_wanted = Signal(int)

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(
            *(tasks, "person-crops", gallery, CROP_PX),
            face_of=lambda row: row.face,
            describe=self._describe,
        )
        self.setObjectName("personFaces")
        self.setAccessibleName(tr("Faces"))
        self.setToolTip(tr("Faces that are dragged onto a person below are moved there (F6)"))
        self._likenesses = Likenesses()
        self._number_of: dict[str, int] = {}
        self._partners: set[str] = set()
        self.setItemDelegate(_Cell(self))
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.selection_changed.connect(self._mark_partners)

    def near_duplicates(self) -> list[ShownFace]:
        """The faces that can be removed as near-duplicates."""
        return [row for row in self.rows if self.near(row) is not None]

    def near(self, row: ShownFace) -> NearDuplicate | None:
        """What a face is a near-duplicate of, if that has been searched for and is still there."""
        found = self._likenesses.near.get(row.face.id)
        return found if found is not None and found.of.id in self._number_of else None

    def is_partner(self, row: ShownFace) -> bool:
        """Whether a selected face is a near-duplicate of this one."""
        return row.face.id in self._partners

    def likeness(self, row: ShownFace) -> NearestOtherPerson | None:
        """The most similar other person, if that has been searched for since the face has its person."""
        found = self._likenesses.others.get(row.face.id)
        return found if found is not None and found.other.folder != row.person.folder else None

    def closer_to_others(self) -> list[tuple[ShownFace, NearestOtherPerson]]:
        """The selected faces that look more like another person, with that person."""
        with_likeness = ((row, self.likeness(row)) for row in self.selected())
        return [(row, likeness) for row, likeness in with_likeness if likeness and likeness.is_nearer]

    def show_likenesses(self, likenesses: Likenesses) -> None:
        """Show what the faces are like."""
        self._likenesses = likenesses
        self.viewport().update()
        self.selection_changed.emit()

    def legend(self) -> str:
        """What the badges mean that are on any of the faces."""
        rows = self.rows
        likenesses = (self.likeness(row) for row in rows)
        are_nearer = any(one.is_nearer for one in likenesses if one is not None)
        same = {row.same for row in rows}
        notes = (
            (any(row.is_cover for row in rows), tr("★ cover photo")),
            (bool(self.near_duplicates()), tr("≈ nearly the same picture as another one")),
            (are_nearer, tr("? looks more like someone else: Ctrl+J moves it there")),
            (True in same, tr("= the same face of the same photo, twice")),
            (False in same, tr("2 two faces of one photo")),
        )
        return "    ".join(text for is_there, text in notes if is_there)

    def select_near_duplicates(self) -> None:
        """Select the near-duplicates and no other faces."""
        self.select_faces({row.face.id for row in self.near_duplicates()})

    def show_faces(self, rows: Sequence[ShownFace]) -> None:
        self._number_of = {row.face.id: number for number, row in enumerate(rows, 1)}
        super().show_faces(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of actions come here only while these cannot be used."""
        if event.modifiers() == NEED_FACES.get(event.key()) and self.rows:
            self.selection_wanted.emit(event.key())
        else:
            super().keyPressEvent(event)

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
            drag.setPixmap(dragged_pixmap(image, len(rows), DRAGGED_PX, self.devicePixelRatioF()))
        drag.exec(Qt.DropAction.MoveAction)

    def _mark_partners(self) -> None:
        if self._likenesses.near:
            self._partners = {near.of.id for row in self.selected() if (near := self.near(row)) is not None}
            self.viewport().update()

    def _describe(self, row: int) -> str:
        shown_face = self.rows[row]
        return phrases.join(
            tr("Face {number} of {count}.", number=row + 1, count=len(self.rows)),
            _face_text(shown_face),
            self._near_text(shown_face),
            _likeness_text(self.likeness(shown_face)),
            self.crops.problem(shown_face.face.id),
        )

    def _near_text(self, row: ShownFace) -> str:
        near = self.near(row)
        if near is None:
            return ""
        return tr(
            "Almost the same picture as face {number} (similarity {similarity}), which is outlined while "
            "this one is chosen.",
            number=self._number_of[near.of.id],
            similarity=phrases.score_text(near.similarity),
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
        if self._grid.near(row) is not None:
            _paint_badge(painter, place, "≈", NEAR_DUPLICATE_COLOUR)
        if self._grid.is_partner(row):
            _paint_outline(painter, place, NEAR_DUPLICATE_COLOUR)
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


def _paint_outline(painter: QPainter, place: QRect, colour: QColor) -> None:
    """Outline a crop, inside its edge."""
    inset = OUTLINE_PX / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, OUTLINE_PX, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(
        QRectF(place).adjusted(inset, inset, -inset, -inset), theme.CARD_RADIUS_PX, theme.CARD_RADIUS_PX
    )


def _face_text(row: ShownFace) -> str:
    """A face's person, dates and badges."""
    when = year_and_age(row.face.taken, row.person.born)
    name, added = phrases.display_name(row.person.name), phrases.date_text(row.face.added)
    return phrases.join(
        tr("{name}, added {date}.", name=name, date=added),
        f"{when}." if when else "",
        tr("Cover photo.") if row.is_cover else "",
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
