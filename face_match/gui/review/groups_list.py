"""The questions there are: whether these are Ada, who those are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from face_match.gui import phrases
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.item_painting import colour_group, paint_background, paint_crop, paint_focus
from face_match.gui.widgets.people_model import AnyIndex
from face_match.gui.widgets.plain_text import plain
from face_match.gui.widgets.thumbnails import read_face

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.workflows.suggest import FaceGroup

FACE_PX = 44
ROW_PX = 54
GAP_PX = 8
GROUP_ROLE = Qt.ItemDataRole.UserRole


class _Model(QStringListModel):
    """A list of strings, as a view asks for the number of rows once a row."""

    def __init__(self, parent: GroupsList) -> None:
        super().__init__(parent)
        self.groups: list[FaceGroup] = []

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        group = self.groups[index.row()]
        if role == GROUP_ROLE:
            return group
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            text = phrases.group_question(group)
            return plain(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return super().data(index, role)


class GroupsList(CropList):
    """One is asked at a time. It stays, and stays where it is, while questions come and go around it."""

    asked = Signal()

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(tasks, "review covers", gallery, read_face, FACE_PX)
        self.setObjectName("groupsList")
        self.setAccessibleName("Groups of faces")
        self.setToolTip("The groups of faces to be named (Page Up, Page Down)")
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Row(self))
        self.selectionModel().currentChanged.connect(lambda *_: self.asked.emit())

    @property
    def groups(self) -> Sequence[FaceGroup]:
        return self._model.groups

    @property
    def group(self) -> FaceGroup | None:
        """The one that is asked about."""
        row = self.currentIndex().row()
        return self._model.groups[row] if 0 <= row < len(self._model.groups) else None

    def show_groups(self, groups: Sequence[FaceGroup], row: int) -> None:
        """Replace them, and ask about the one in a row."""
        scrolled = self.verticalScrollBar().value()
        self.crops.stop()
        self.selectionModel().blockSignals(True)
        self._model.groups = list(groups)
        self._model.setStringList([phrases.group_question(group) for group in groups])
        self.selectionModel().blockSignals(False)
        self.verticalScrollBar().setValue(scrolled)
        if groups:
            self.ask(min(row, len(groups) - 1))
        self.asked.emit()

    def ask(self, row: int) -> None:
        """About another one."""
        if 0 <= row < len(self._model.groups):
            index = self._model.index(row, 0)
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)


class _Row(QStyledItemDelegate):
    """The surest face, who is proposed or how many they are."""

    def __init__(self, view: GroupsList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(180, max(ROW_PX, 2 * option.fontMetrics.height() + GAP_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        group: FaceGroup = index.data(GROUP_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_background(painter, option)
        face = group.faces[0]
        top = option.rect.top() + (option.rect.height() - FACE_PX) // 2
        place = QRect(option.rect.left() + GAP_PX // 2, top, FACE_PX, FACE_PX)
        crops = self._view.crops
        paint_crop(painter, option, place, crops.image(face.id, face), "")
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        painter.setPen(option.palette.color(colour_group(option), role))
        left = place.right() + GAP_PX
        half = option.rect.height() // 2
        width = option.rect.right() - left - GAP_PX // 2
        for number, text in enumerate((phrases.group_title(group), phrases.group_details(group))):
            line = QRect(left, option.rect.top() + number * half, width, half)
            short = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            align = Qt.AlignmentFlag.AlignBottom if number == 0 else Qt.AlignmentFlag.AlignTop
            flags = int(Qt.AlignmentFlag.AlignLeft) | int(align) | int(Qt.TextFlag.TextSingleLine)
            painter.drawText(line, flags, short)
        painter.restore()
        paint_focus(painter, option)
