"""The faces of the current group as a grid of crops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from face_match.core.records import FaceRecord
from face_match.core.types import Verdict
from face_match.gui import phrases
from face_match.gui.review import group_phrases
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.face_list import ROW_ROLE, FaceCell, FaceListModel, arrange_as_grid
from face_match.gui.widgets.item_painting import AnyIndex
from face_match.gui.widgets.plain_text import shown
from face_match.gui.widgets.thumbnails import read_face

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.workflows.suggest import FaceGroup

CROP_PX = 104
MARGIN_PX = 6
SHORT_REASONS = {"tilted up or down": "tilted"}
"""Quality reasons that do not fit below a crop. The tooltip has them in full."""
POOR_COLOUR = QColor("#f0b429")


class FacesGrid(CropList):
    """The faces keep their places while others come and go; new ones are added at the end."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(tasks, "review crops", gallery, read_face, CROP_PX)
        self.setObjectName("facesGrid")
        self.setAccessibleName("Faces of this group")
        self.setToolTip(
            "Select faces with the arrow keys (Shift for several). X removes them from the group, Space "
            "shows the photo"
        )
        self._similarities: Mapping[str, float] = {}
        self._model: FaceListModel[FaceRecord] = FaceListModel(self._describe, self)
        self.setModel(self._model)
        self.setItemDelegate(_Cell(self, MARGIN_PX, lambda face: face))
        arrange_as_grid(self)
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

    def selected(self) -> list[FaceRecord]:
        """The selected faces, in the order of the grid."""
        return [self.faces[row] for row in self.selected_rows()]

    def show_group(self, group: FaceGroup | None, *, is_new: bool) -> None:
        """Show the faces of a group.

        Args:
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
        self._similarities = group.similarity_of if group is not None else {}
        self.crops.stop()
        self._model.set_rows(faces, [face.id for face in faces])
        if faces:
            still = [row for row, face in enumerate(faces) if face.id in selected]
            row = still[0] if still else 0 if is_new else min(place, len(faces) - 1)
            self.select_rows(still or [row])
            self.set_current_row(row)
        self.verticalScrollBar().setValue(scrolled)
        self.setAccessibleDescription(group_phrases.group_question(group) if group is not None else "")
        self.selection_changed.emit()

    def _describe(self, row: int) -> str:
        face = self.faces[row]
        similarity = self._similarities.get(face.id)
        reasons = face.quality.reasons if face.quality is not None else ()
        return phrases.join(
            f"Face {row + 1} of {len(self.faces)}.",
            f"Similarity {similarity:.3f}." if similarity is not None else "",
            f"Quality: {', '.join(reasons)}." if reasons else "",
            self.crops.problem(face.id),
        )


class _Cell(FaceCell):
    """A crop, with the main flaw of a poor one on its lower edge."""

    def paint_marks(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, index: AnyIndex
    ) -> None:
        quality = index.data(ROW_ROLE).quality
        if quality is None or quality.verdict is Verdict.GOOD or not quality.reasons:
            return
        height = option.fontMetrics.height()
        strip = QRect(place.left(), place.bottom() - height + 1, place.width(), height)
        painter.fillRect(strip, POOR_COLOUR)
        painter.setPen(Qt.GlobalColor.black)
        reason = shown(SHORT_REASONS.get(quality.reasons[0], quality.reasons[0]))
        short = option.fontMetrics.elidedText(reason, Qt.TextElideMode.ElideRight, strip.width() - 4)
        painter.drawText(strip, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextSingleLine), short)
