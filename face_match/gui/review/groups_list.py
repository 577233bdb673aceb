"""The groups of unnamed faces: suggestions, clusters and single faces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from face_match.gui import theme
from face_match.gui.review import group_phrases
from face_match.gui.state.tasks import Tasks
from face_match.gui.state.threshold import ThresholdState
from face_match.gui.translation import tr
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.face_list import ROW_ROLE, FaceListModel
from face_match.gui.widgets.icons import paint_icon
from face_match.gui.widgets.item_painting import (
    AnyIndex,
    paint_background,
    paint_crop,
    paint_focus,
    two_lines,
)
from face_match.gui.widgets.plain_text import shown
from face_match.gui.widgets.thumbnails import read_face

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.workflows.face_groups import FaceGroup

CROP_PX, ROW_PX = 48, 64


class GroupsList(CropList):
    """A row a group, with its best face. The current group keeps its place while others come and go.

    Signals: `group_changed`, and `menu_wanted` with the place on screen.
    """

    group_changed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(
        self, tasks: Tasks, gallery: Callable[[], Gallery | None], threshold: ThresholdState
    ) -> None:
        super().__init__(tasks, "review covers", gallery, read_face, CROP_PX)
        self._threshold = threshold
        self._merge_start: frozenset[str] = frozenset()
        self.setObjectName("reviewGroups")
        self.setAccessibleName(tr("Groups of faces"))
        self.setToolTip(tr("Groups of unnamed faces (Page Up, Page Down)"))
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the name field
        self._model: FaceListModel[FaceGroup] = FaceListModel(self._describe, self)
        self.setModel(self._model)
        self.setItemDelegate(_Row(self))
        self.selectionModel().currentChanged.connect(lambda *_: self.group_changed.emit())
        threshold.estimated.connect(lambda _: self.viewport().update())

    @property
    def groups(self) -> Sequence[FaceGroup]:
        """All groups, in the order of the rows."""
        return self._model.rows

    @property
    def current_group(self) -> FaceGroup | None:
        """The selected group."""
        row = self.currentIndex().row()
        return self.groups[row] if 0 <= row < len(self.groups) else None

    @property
    def next_group(self) -> FaceGroup | None:
        """The group below the selected one."""
        row = self.currentIndex().row() + 1
        return self.groups[row] if 0 < row < len(self.groups) else None

    def show_groups(self, groups: Sequence[FaceGroup], row: int) -> None:
        """Replace the groups, and select a row."""
        scrolled = self.verticalScrollBar().value()
        self.crops.stop()
        self.selectionModel().blockSignals(True)
        self._model.set_rows(list(groups), [group_phrases.group_title(group) for group in groups])
        self.verticalScrollBar().setValue(scrolled)
        if groups:
            self.select_group(min(row, len(groups) - 1))
        self.selectionModel().blockSignals(False)
        self.viewport().update()
        self.group_changed.emit()

    def select_group(self, row: int) -> None:
        """Select the group in a row, if there is one."""
        if 0 <= row < len(self.groups):
            index = self._model.index(row, 0)
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)

    def mark_merge_start(self, ids: frozenset[str]) -> None:
        """Mark the group to which another one of the same person is sought, by its faces; none ends that."""
        if ids != self._merge_start:
            self._merge_start = ids
            self.viewport().update()

    def is_merge_start(self, group: FaceGroup) -> bool:
        return bool(group.ids & self._merge_start)

    def chance_of(self, group: FaceGroup) -> float | None:
        """How probable the person suggested for a group is; None if unknown."""
        estimate = self._threshold.error_estimate
        return group_phrases.group_chance(group, estimate.probability if estimate is not None else None)

    def details(self, group: FaceGroup, *, is_short: bool = False) -> str:
        """The second line of a row."""
        if self.is_merge_start(group):
            return group_phrases.merge_start(len(group.faces))
        return group_phrases.group_details(group, self.chance_of(group), is_short=is_short)

    def fitting_details(self, group: FaceGroup, metrics: QFontMetrics, width: int) -> str:
        """The second line of a row, shortened to the room there is: how likely a person is stays visible."""
        text, mode = shown(self.details(group)), Qt.TextElideMode.ElideRight
        if metrics.elidedText(text, mode, width) != text:
            text = shown(self.details(group, is_short=True))
        return metrics.elidedText(text, mode, width)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Mouse and index.isValid():
            self.select_group(index.row())
            self.menu_wanted.emit(event.globalPos())
        elif event.reason() != QContextMenuEvent.Reason.Mouse and self.currentIndex().isValid():
            place = self.visualRect(self.currentIndex()).center()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def keyboardSearch(self, search: str) -> None:
        """Letters are for the name."""

    def _describe(self, row: int) -> str:
        group = self.groups[row]
        return tr("{title} {details}", title=group_phrases.group_title(group), details=self.details(group))


class _Row(QStyledItemDelegate):
    """The best face of a group, the question, and how many faces it has."""

    def __init__(self, view: GroupsList) -> None:
        super().__init__(view)
        self._crops = view.crops
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, max(ROW_PX, 3 * option.fontMetrics.lineSpacing() + theme.GRID_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        group: FaceGroup = index.data(ROW_ROLE)
        face = group.faces[0]
        c = theme.colours()
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        paint_background(painter, option)
        middle = option.rect.center().y()
        place = QRect(option.rect.left() + 10, middle - CROP_PX // 2, CROP_PX, CROP_PX)
        paint_crop(painter, option, place, self._crops.image(face.id, face), self._crops.problem(face.id))
        if self._view.is_merge_start(group):
            _paint_merge_start(painter, place)
        title = QFont(option.font)
        title.setBold(True)
        caption = theme.resized(QFont(option.font), theme.CAPTION)
        upper, lower = QFontMetrics(title).height(), QFontMetrics(caption).height()
        left = place.right() + 12
        width = option.rect.right() - left - theme.GRID_PX
        titles = two_lines(shown(group_phrases.group_title(group)), QFontMetrics(title), width)
        y = middle - (len(titles) * upper + lower + 2) / 2
        flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
        painter.setFont(title)
        painter.setPen(c.ink)
        for line in titles:
            painter.drawText(QRectF(left, y, width, upper), flags, line)
            y += upper
        painter.setFont(caption)
        painter.setPen(c.faint)
        details = self._view.fitting_details(group, QFontMetrics(caption), width)
        painter.drawText(QRectF(left, y + 2, width, lower), flags, details)
        painter.restore()
        paint_focus(painter, option)


def _paint_merge_start(painter: QPainter, place: QRect) -> None:
    """Paint a ring and a sign on the crop of the group that another one is to be merged with."""
    c = theme.colours()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(c.link, 3))
    painter.drawRoundedRect(QRectF(place).adjusted(-2, -2, 2, 2), theme.RADIUS_PX + 2, theme.RADIUS_PX + 2)
    disc = QRectF(place.right() - 17, place.bottom() - 17, 22, 22)
    painter.setPen(QPen(c.on_accent, 1.5))
    painter.setBrush(c.accent)
    painter.drawEllipse(disc)
    paint_icon(painter, "merge", disc.adjusted(4, 4, -4, -4), c.on_accent)
