"""The faces of the current group as a grid of large crops."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from face_match.core.records import FaceRecord
from face_match.core.types import Verdict
from face_match.gui import phrases, theme
from face_match.gui.review import group_phrases
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import number, tr, tr_count, translated
from face_match.gui.widgets.face_list import ROW_ROLE, FaceListModel
from face_match.gui.widgets.filled_grid import PAD_PX, FilledGrid
from face_match.gui.widgets.icons import paint_icon
from face_match.gui.widgets.item_painting import AnyIndex, paint_crop, paint_focus
from face_match.gui.widgets.plain_text import shown
from face_match.gui.widgets.thumbnails import read_face

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.workflows.face_groups import FaceGroup

CROP_PX = 168
PAIR_GROWTH = 2.3
"""How much larger two faces to compare are, where there is room."""
RING_PX = 3
BADGE_PX = 28
LEFT_OUT_OPACITY = 0.3
MOST_PREPARED = 24
"""Faces of the next group whose crops are read in advance: about as many as a window shows."""


class FacesGrid(FilledGrid):
    """The faces keep their places while others come and go; new ones are added at the end.

    A click leaves a face out, or takes it in again; of single faces it chooses one. With Shift or Ctrl,
    clicks and arrows select faces, which alone are meant then.

    Signals: `menu_wanted` has the place on screen; `zoomed` the steps of the mouse wheel, with Ctrl.
    """

    menu_wanted = Signal(QPoint)
    zoomed = Signal(int)
    resized = Signal()

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        self._is_pair = False  # asked for in the next line
        super().__init__(tasks, "review crops", gallery, read_face, CROP_PX, is_growing=False)
        self.setObjectName("reviewFaces")
        self.setAccessibleName(tr("Faces of this group"))
        self.setToolTip(
            tr("Choose faces with the arrow keys, with Shift several. Click a face to leave it out")
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in a name that is typed
        self._similarities: Mapping[str, float] = {}
        self._left_out: set[str] = set()
        self._is_divisible = False
        self._next_faces: Sequence[FaceRecord] = ()
        self.crops.images_read.connect(self._prepare_next)
        self._model: FaceListModel[FaceRecord] = FaceListModel(self._describe, self)
        self.setModel(self._model)
        self.setItemDelegate(_Cell(self))
        self.clicked.connect(lambda index: self._on_clicked(index.row()))
        self.doubleClicked.connect(lambda index: self._on_clicked(index.row()))  # as if it was not clicked
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.selection_changed.emit())

    @property
    def faces(self) -> Sequence[FaceRecord]:
        """All faces, in the order of the grid."""
        return self._model.rows

    @property
    def current_face(self) -> FaceRecord | None:
        """The face with the keyboard focus."""
        row = self.currentIndex().row()
        return self.faces[row] if 0 <= row < len(self.faces) else None

    @property
    def left_out(self) -> list[FaceRecord]:
        """The faces that were clicked as not belonging to the group."""
        return [face for face in self.faces if face.id in self._left_out]

    def is_left_out(self, face: FaceRecord) -> bool:
        return face.id in self._left_out

    def selected(self) -> list[FaceRecord]:
        """The selected faces, in the order of the grid."""
        return [self.faces[row] for row in self.selected_rows()]

    def meant(self) -> list[FaceRecord]:
        """The faces that an action applies to, but those that are left out.

        The selected ones if several are selected, or of single faces; otherwise all.
        """
        selected = self.selected()
        is_selection = not self._is_divisible or 1 < len(selected) < len(self.faces)
        faces = selected if is_selection else self.faces
        return [face for face in faces if not self.is_left_out(face)]

    def take_all_in(self) -> bool:
        """Leave no face out; returns whether there was any."""
        had = bool(self._left_out)
        self._left_out.clear()
        self.viewport().update()
        self.selection_changed.emit()
        return had

    @property
    def are_faces_seen(self) -> bool:
        """Whether the crops of all faces in view are read; also where the faces are not shown at all."""
        return not self.isVisible() or all(self.crops.is_read(face.id) for face in self._in_view())

    def _in_view(self) -> Sequence[FaceRecord]:
        height, top = max(1, self.gridSize().height()), self.verticalScrollBar().value()
        first, last = top // height, (top + max(1, self.viewport().height()) - 1) // height
        return self.faces[first * self.columns : (last + 1) * self.columns]

    def _prepare_next(self) -> None:
        """Read the crops of the group that is shown next, so that it need not be waited for."""
        if self.isVisible() and self.are_faces_seen:
            for face in self._next_faces:
                if not self.crops.is_read(face.id):
                    self.crops.prepare(face.id, face)

    def show_group(self, group: FaceGroup | None, next_group: FaceGroup | None, *, is_new: bool) -> None:
        """Show the faces of a group.

        Args:
            next_group: whose crops are read when those of the group are.
            is_new: it is another group than before: select its first face.
        """
        place = max(0, self.currentIndex().row())
        selected = set() if is_new else {face.id for face in self.selected()}
        scrolled = 0 if is_new else self.verticalScrollBar().value()
        faces = list(group.faces) if group is not None else []
        if not is_new:
            by_id = {face.id: face for face in faces}
            faces = [by_id.pop(face.id) for face in self.faces if face.id in by_id]
            faces += by_id.values()
        self._left_out = set() if is_new else self._left_out & {face.id for face in faces}
        self._is_divisible = group is not None and not group.is_singles and len(faces) > 1
        self._similarities = group.similarity_of if group is not None else {}
        self._is_pair = group is not None and group.is_pair
        self._arrange()
        if [face.id for face in faces] != [face.id for face in self.faces]:
            QToolTip.hideText()  # of a face that is here no more
        self.crops.stop()
        self.selectionModel().blockSignals(True)
        self._model.set_rows(faces, [face.id for face in faces])
        if faces:
            still = [row for row, face in enumerate(faces) if face.id in selected]
            row = still[0] if still else 0 if is_new else min(place, len(faces) - 1)
            self.select_rows(still or [row])
            self.set_current_row(row)
        self.selectionModel().blockSignals(False)
        self.viewport().update()
        self.verticalScrollBar().setValue(scrolled)
        for face in self._in_view():  # before those of other views, which ask when they are painted
            self.crops.prepare(face.id, face)
        self._next_faces = next_group.faces[:MOST_PREPARED] if next_group is not None else ()
        self._prepare_next()
        self.setAccessibleDescription(group_phrases.group_question(group) if group is not None else "")
        self.selection_changed.emit()

    def show_faces(self, ids: Collection[str]) -> None:
        """Choose faces, where they are in the group, and scroll to them."""
        rows = [row for row, face in enumerate(self.faces) if face.id in ids]
        if rows:
            self.select_rows(rows[:1] if self._is_divisible else rows)
            self.set_current_row(rows[0])
            self.scrollTo(self.currentIndex())

    def columns_shown(self, side_px: float) -> int:
        """Two faces that are compared fill the room; others have the size that was chosen."""
        columns = super().columns_shown(side_px)
        if not self._is_pair:
            return columns
        largest = min(PAIR_GROWTH * side_px, self.height() - 2 * PAD_PX)
        return min(columns, max(2, math.ceil(self.room_px / (largest + 2 * PAD_PX))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit((steps > 0) - (steps < 0))
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            if index.isValid():
                if index.row() not in self.selected_rows():
                    self.select_rows([index.row()])
                self.set_current_row(index.row())
                self.menu_wanted.emit(event.globalPos())
        else:
            self.ask_for_menu()

    def ask_for_menu(self) -> None:
        """Open the menu of the current face."""
        if self.current_face is not None:
            place = self.visualRect(self.currentIndex()).center()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def keyboardSearch(self, search: str) -> None:
        """Letters are for the name."""

    def _on_clicked(self, row: int) -> None:
        modifiers = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        if self._is_divisible and not QApplication.keyboardModifiers() & modifiers:
            self._left_out ^= {self.faces[row].id}
            self.viewport().update()
            self.selection_changed.emit()

    def _describe(self, row: int) -> str:
        face = self.faces[row]
        similarity = self._similarities.get(face.id)
        reasons = phrases.quality_reasons(face.quality)
        return phrases.join(
            tr_count("Face {row} of {n}.", "Face {row} of {n}.", len(self.faces), row=number(row + 1)),
            tr("Left out.") if self.is_left_out(face) else "",
            tr("Similarity {similarity}.", similarity=phrases.score_text(similarity))
            if similarity is not None
            else "",
            tr("Quality: {reasons}.", reasons=reasons) if reasons else "",
            self.crops.problem(face.id),
        )


class _Cell(QStyledItemDelegate):
    """A crop with round corners: a ring where it is selected, a cross where it is left out."""

    def __init__(self, view: FacesGrid) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        face: FaceRecord = index.data(ROW_ROLE)
        crop_px, crops = self._view.crop_px, self._view.crops
        place = QRect(option.rect.topLeft() + QPoint(PAD_PX, PAD_PX), QSize(crop_px, crop_px))
        is_out = self._view.is_left_out(face)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_out:
            painter.setOpacity(LEFT_OUT_OPACITY)
        paint_crop(painter, option, place, crops.image(face.id, face), crops.problem(face.id))
        painter.setOpacity(1.0)
        _paint_flaw(painter, option, place, face)
        if is_out:
            _paint_cross(painter, place)
        if option.state & QStyle.StateFlag.State_Selected:
            away = RING_PX + 0.5
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colours().link, RING_PX))
            radius = theme.CARD_RADIUS_PX + away
            painter.drawRoundedRect(QRectF(place).adjusted(-away, -away, away, away), radius, radius)
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(theme.colours().page, 2))
                painter.drawRoundedRect(
                    QRectF(place).adjusted(2, 2, -2, -2), theme.RADIUS_PX, theme.RADIUS_PX
                )
        painter.restore()
        if not option.state & QStyle.StateFlag.State_Selected:
            paint_focus(painter, option)


def _paint_flaw(painter: QPainter, option: QStyleOptionViewItem, place: QRect, face: FaceRecord) -> None:
    """Name the main flaw of a poor crop in its corner."""
    quality = face.quality
    if quality is None or quality.verdict is Verdict.GOOD or not quality.reasons:
        return
    font = theme.resized(QFont(option.font), theme.CAPTION)
    metrics = QFontMetrics(font)
    room = place.width() - 3 * theme.GRID_PX
    text = metrics.elidedText(shown(translated(quality.reasons[0])), Qt.TextElideMode.ElideRight, room)
    width, height = metrics.horizontalAdvance(text) + 12, metrics.height() + 2
    strip = QRectF(place.left() + 6, place.bottom() - height - 5, width, height)
    ground = QColor(theme.CANVAS)
    ground.setAlphaF(0.8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(strip, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(theme.ON_CANVAS)
    painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, text)


def _paint_cross(painter: QPainter, place: QRect) -> None:
    """Mark a face that is left out."""
    c = theme.colours()
    badge = QRectF(place.right() - BADGE_PX - 7, place.top() + 8, BADGE_PX, BADGE_PX)
    painter.setPen(QPen(c.line, 1))
    painter.setBrush(c.page)
    painter.drawEllipse(badge)
    paint_icon(painter, "x", badge.adjusted(6, 6, -6, -6), c.ink)
