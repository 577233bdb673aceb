"""The faces of a question as a grid of crops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, QStringListModel, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from face_match.core.records import FaceRecord
from face_match.core.types import Verdict
from face_match.gui import phrases
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.item_painting import paint_background, paint_crop, paint_focus
from face_match.gui.widgets.people_model import AnyIndex
from face_match.gui.widgets.plain_text import plain, shown
from face_match.gui.widgets.thumbnails import ThumbnailCache, read_face

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.workflows.suggest import FaceGroup

CROP_PX = 104
MARGIN_PX = 6
SPACING_PX = 3
SHORT = {"tilted up or down": "tilted"}
"""Explanation that are longer than a crop is wide; the tool tip has all of it."""
POOR_COLOUR = QColor("#f0b429")
FACE_ROLE = Qt.ItemDataRole.UserRole


class _Model(QStringListModel):
    """A list of strings, as a view asks for the number of rows once a row."""

    def __init__(self, crops: ThumbnailCache, parent: FacesGrid) -> None:
        super().__init__(parent)
        self._crops = crops
        self.faces: list[FaceRecord] = []
        self.similarity: Mapping[str, float] = {}

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        face = self.faces[index.row()]
        if role == FACE_ROLE:
            return face
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            told = [f"Face {index.row() + 1} of {len(self.faces)}."]
            if face.id in self.similarity:
                told.append(f"Similarity {self.similarity[face.id]:.3f}.")
            if face.quality is not None and face.quality.reasons:
                told.append(f"It is {', '.join(face.quality.reasons)}.")
            told.append(self._crops.problem(face.id))
            text = " ".join(filter(None, told))
            return plain(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return super().data(index, role)


class FacesGrid(CropList):
    """Stays where it is while faces come and go: those that stay keep their order, new ones go last."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(tasks, "review crops", gallery, read_face, CROP_PX)
        self.setObjectName("facesGrid")
        self.setAccessibleName("Faces of this group")
        self.setToolTip("Arrows choose a face, with Shift several; X takes it out, Space shows its photo")
        self._model = _Model(self.crops, self)
        self.setModel(self._model)
        self.setItemDelegate(_Cell(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setSpacing(SPACING_PX)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.selection_changed.emit())

    @property
    def faces(self) -> Sequence[FaceRecord]:
        """In the order that is shown."""
        return self._model.faces

    @property
    def face(self) -> FaceRecord | None:
        """The one that the keys are at."""
        row = self.currentIndex().row()
        return self._model.faces[row] if 0 <= row < len(self._model.faces) else None

    def selected(self) -> list[FaceRecord]:
        return [self._model.faces[row] for row in self.selected_rows()]

    def show_group(self, group: FaceGroup | None, *, anew: bool) -> None:
        """Replace the faces by those of a group.

        Args:
            anew: it is another question: begin at its first face, in its order.
        """
        model, place = self._model, max(0, self.currentIndex().row())
        chosen = set() if anew else {face.id for face in self.selected()}
        scrolled = 0 if anew else self.verticalScrollBar().value()
        faces = list(group.faces) if group is not None else []
        if not anew:
            by_id = {face.id: face for face in faces}
            faces = [by_id.pop(face.id) for face in model.faces if face.id in by_id]
            faces += by_id.values()
        model.similarity = group.similarity_of if group is not None else {}
        self.crops.stop()
        model.faces = faces
        model.setStringList([face.id for face in faces])
        if faces:
            still = [row for row, face in enumerate(faces) if face.id in chosen]
            row = still[0] if still else 0 if anew else min(place, len(faces) - 1)
            self.select_rows(still or [row])
            self.set_current_row(row)
        self.verticalScrollBar().setValue(scrolled)
        self.setAccessibleDescription(phrases.group_question(group) if group is not None else "")
        self.selection_changed.emit()


class _Cell(QStyledItemDelegate):
    """A crop; poor ones with what they lack below."""

    def __init__(self, grid: FacesGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        side = CROP_PX + 2 * MARGIN_PX
        return QSize(side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        face: FaceRecord = index.data(FACE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_background(painter, option)
        place = QRect(option.rect.left() + MARGIN_PX, option.rect.top() + MARGIN_PX, CROP_PX, CROP_PX)
        crops = self._grid.crops
        paint_crop(painter, option, place, crops.image(face.id, face), crops.problem(face.id))
        quality = face.quality
        if quality is not None and quality.verdict is not Verdict.GOOD and quality.reasons:
            self._paint_reason(painter, option, place, quality.reasons[0])
        painter.restore()
        paint_focus(painter, option)

    def _paint_reason(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, reason: str
    ) -> None:
        """On a ground of its own: it is read on any crop."""
        height = option.fontMetrics.height()
        strip = QRect(place.left(), place.bottom() - height + 1, place.width(), height)
        painter.fillRect(strip, POOR_COLOUR)
        painter.setPen(Qt.GlobalColor.black)
        reason = shown(SHORT.get(reason, reason))
        short = option.fontMetrics.elidedText(reason, Qt.TextElideMode.ElideRight, strip.width() - 4)
        painter.drawText(strip, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextSingleLine), short)
