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
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

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
RING_PX, CURRENT_PX = 3, 1.5
"""Around selected faces, and around the current one of a group that is meant as a whole."""
MARK_PX = 28
LEFT_OUT_OPACITY = 0.3
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
MOST_PREPARED = 24
"""Faces of the next group whose crops are read in advance: about as many as a window shows."""


class FacesGrid(FilledGrid):
    """The faces keep their places while others come and go; new ones are added at the end.

    A click selects a face, with Shift or Ctrl several, as arrows do with Shift: those alone are meant then.
    The mark in the corner of a face leaves it out, or takes it in again.

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
            tr("A click selects a face, with Ctrl or Shift several; × leaves one out. Or use the arrow keys")
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in a name that is typed
        self._similarities: Mapping[str, float] = {}
        self._left_out: set[str] = set()
        self._order: dict[str, int] = {}  # of the faces of the group, and of those that may come back
        self._is_picked = False
        self._pressed_mark: int | None = None
        self.is_divisible = False
        self._next_faces: Sequence[FaceRecord] = ()
        self.crops.images_read.connect(self._prepare_next)
        self._model: FaceListModel[FaceRecord] = FaceListModel(self._describe, self)
        self.setModel(self._model)
        self.setItemDelegate(_Cell(self))
        self.setMouseTracking(True)  # the mark is shown under the mouse
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

    @property
    def is_part_selected(self) -> bool:
        """Whether some faces of the group were selected, and not only reached with the arrow keys."""
        count = len(self.selected_rows())
        return self.is_divisible and 0 < count < len(self.faces) and (count > 1 or self._is_picked)

    def meant(self) -> list[FaceRecord]:
        """The faces that an action applies to, but those that are left out.

        The selected ones if a part is selected, or of single faces; otherwise all.
        """
        faces = self.selected() if self.is_part_selected or not self.is_divisible else self.faces
        return [face for face in faces if not self.is_left_out(face)]

    def take_all_in(self) -> None:
        """Leave no face out, and select no part of the group; of single faces, only the current one."""
        self._left_out.clear()
        self._pick(is_picked=False)
        if self.currentIndex().isValid():
            self.select_rows([self.currentIndex().row()])
        self.viewport().update()
        self.selection_changed.emit()

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
        if is_new:
            self._order = {}
        for face in faces:
            self._order.setdefault(face.id, len(self._order))
        faces.sort(key=lambda face: self._order[face.id])
        self._left_out = set() if is_new else self._left_out & {face.id for face in faces}
        self._is_picked &= not selected.isdisjoint(face.id for face in faces)
        self.is_divisible = group is not None and not group.is_singles and len(faces) > 1
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
            self.select_rows(rows[:1] if self.is_divisible else rows)
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

    def mark_of(self, row: int) -> QRect:
        """The place of the mark that leaves a face out."""
        return _mark_place(_crop_place(self.visualRect(self._model.index(row, 0)), self.crop_px))

    def has_mark(self, face: FaceRecord, *, is_hovered: bool) -> bool:
        """Whether the mark of a face is shown."""
        return self.is_left_out(face) or (is_hovered and self.is_divisible)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        is_mark = is_left and self.is_divisible and index.isValid()
        if is_mark and self.mark_of(index.row()).contains(event.position().toPoint()):
            self._pressed_mark = index.row()
            self.pressed.emit(index)
            return
        super().mousePressEvent(event)
        if is_left:
            self._pick(is_picked=index.isValid())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row, self._pressed_mark = self._pressed_mark, None
        if row is None:
            super().mouseReleaseEvent(event)
        elif row < len(self.faces) and self.mark_of(row).contains(event.position().toPoint()):
            self._left_out ^= {self.faces[row].id}
            self.viewport().update()
            self.selection_changed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look at the photo of a face, without selecting that alone; a mark is clicked twice."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.mark_of(index.row()).contains(event.position().toPoint()):
            self.mousePressEvent(event)
            return
        self._pick(is_picked=False)
        super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An arrow key leads to a face, without selecting that alone."""
        self._is_picked &= event.key() not in ARROWS
        super().keyPressEvent(event)

    def _pick(self, *, is_picked: bool) -> None:
        if is_picked != self._is_picked:
            self._is_picked = is_picked
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
        place = _crop_place(option.rect, crop_px)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        is_out = self._view.is_left_out(face)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_out:
            painter.setOpacity(LEFT_OUT_OPACITY)
        paint_crop(painter, option, place, crops.image(face.id, face), crops.problem(face.id))
        painter.setOpacity(1.0)
        _paint_flaw(painter, option, place, face)
        if self._view.has_mark(face, is_hovered=is_hovered):
            _paint_cross(painter, _mark_place(place), is_out=is_out)
        if option.state & QStyle.StateFlag.State_Selected:
            away = RING_PX + 0.5
            painter.setBrush(Qt.BrushStyle.NoBrush)
            is_meant = self._view.is_part_selected or not self._view.is_divisible
            c = theme.colours()
            painter.setPen(QPen(c.link, RING_PX) if is_meant else QPen(c.faint, CURRENT_PX))
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


def _crop_place(cell: QRect, crop_px: int) -> QRect:
    return QRect(cell.topLeft() + QPoint(PAD_PX, PAD_PX), QSize(crop_px, crop_px))


def _mark_place(crop: QRect) -> QRect:
    return QRect(crop.right() - MARK_PX - 7, crop.top() + 8, MARK_PX, MARK_PX)


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


def _paint_cross(painter: QPainter, place: QRect, *, is_out: bool) -> None:
    """The mark that leaves a face out, or says that it is."""
    c = theme.colours()
    painter.setPen(QPen(c.line, 1))
    painter.setBrush(c.accent if is_out else c.page)
    painter.drawEllipse(QRectF(place))
    ink = c.on_accent if is_out else c.ink
    paint_icon(painter, "x", QRectF(place).adjusted(6, 6, -6, -6), ink)
