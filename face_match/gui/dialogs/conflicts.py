"""The conflicts, on one page: whose name counts, a person's or a file's?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, QStringListModel, Qt
from PySide6.QtGui import QAction, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from face_match.core.records import Decision
from face_match.gui.state.conflicts import Conflicts, ShownConflict, theirs
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets.buttons import add_action_button, button, button_box
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.item_painting import colour_group, paint_background, paint_crop, paint_focus
from face_match.gui.widgets.people_model import AnyIndex
from face_match.gui.widgets.plain_text import plain, shown
from face_match.gui.widgets.thumbnails import read_face
from face_match.gui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gui.state.session import Session

SIZE_PX = (620, 480)
CROP_PX = 64
GAP_PX = 8
CONFLICT_ROLE = Qt.ItemDataRole.UserRole
WHAT_THEY_ARE = (
    "Imports found other names than you have given. Your names stay until you decide. Undo: Ctrl+Z."
)
NONE = "There are no conflicts: no file has given another name than you have."


class ConflictsPage(QDialog):
    """Stays open beside the window, and follows what is done there."""

    def __init__(
        self, session: Session, conflicts: Conflicts, undo_redo: Sequence[QAction], parent: QWidget
    ) -> None:
        """With the actions of the main window that undo and redo."""
        super().__init__(parent)
        self.setObjectName("conflictsPage")
        self.setWindowTitle("Conflicts")
        self._session = session
        self._conflicts = conflicts
        self.text = WrappedLabel()
        self.list = _ConflictList(session.tasks, lambda: session.gallery)
        self.mine_button = button("Keep &mine", "keepMineButton", "Keep your names for those chosen (Alt+M)")
        self.theirs_button = button(
            "Take &theirs", "takeTheirsButton", "Take the names of the files for those chosen (Alt+T)"
        )
        self.all_mine_button = button(
            "Keep mine for &all", "keepAllMineButton", "Keep all your names (Alt+A)"
        )
        self.all_theirs_button = button(
            "Take theirs &for all", "takeAllTheirsButton", "Take all names of the files (Alt+F)"
        )
        self._lay_out(undo_redo)
        self.list.selectionModel().selectionChanged.connect(self._refresh)
        for made, decision, is_all in (
            (self.mine_button, Decision.MINE, False),
            (self.theirs_button, Decision.THEIRS, False),
            (self.all_mine_button, Decision.MINE, True),
            (self.all_theirs_button, Decision.THEIRS, True),
        ):
            made.setAutoDefault(False)
            made.clicked.connect(lambda _=False, one=decision, every=is_all: self._decide(one, is_all=every))
        conflicts.changed.connect(self._show)
        session.gallery_changed.connect(self._refresh)
        self._show()

    def _lay_out(self, undo_redo: Sequence[QAction]) -> None:
        choices = QHBoxLayout()
        for made in (self.mine_button, self.theirs_button):
            choices.addWidget(made)
        choices.addStretch(1)
        for made in (self.all_mine_button, self.all_theirs_button):
            choices.addWidget(made)
        buttons = button_box("Close", by_enter=False)
        undo, redo = undo_redo
        self.undo_button = add_action_button(buttons, undo, "undoButton")
        self.redo_button = add_action_button(buttons, redo, "redoButton")
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(self.list, 1)
        layout.addLayout(choices)
        layout.addWidget(buttons)
        self.resize(*SIZE_PX)

    def _show(self) -> None:
        """What there is now; where the same conflict was chosen, it stays so."""
        chosen = {row.conflict.id for row in self._chosen()}
        current = self.list.currentIndex().row()
        rows = self._conflicts.rows
        self.list.show_rows(rows)
        kept = [number for number, row in enumerate(rows) if row.conflict.id in chosen]
        if rows and not kept:
            kept = [min(max(current, 0), len(rows) - 1)]
        self.list.select_rows(kept)
        if kept:
            self.list.set_current_row(kept[0])
        self.text.setText(WHAT_THEY_ARE if rows else "")
        self.list.show_placeholder(NONE)
        self._refresh()

    def _chosen(self) -> list[ShownConflict]:
        return [self.list.rows[number] for number in self.list.selected_rows()]

    def _refresh(self) -> None:
        can_change = self._session.changes.are_possible
        for made in (self.mine_button, self.theirs_button):
            made.setEnabled(can_change and bool(self.list.selected_rows()))
        for made in (self.all_mine_button, self.all_theirs_button):
            made.setEnabled(can_change and bool(self.list.rows))

    def _decide(self, decision: Decision, *, is_all: bool) -> None:
        self._conflicts.decide(self.list.rows if is_all else self._chosen(), decision)
        self.list.setFocus()


class _Model(QStringListModel):
    """A list of strings, as a view asks for the number of rows once a row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[ShownConflict] = ()

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == CONFLICT_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain("\n".join(_lines(row)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return shown(". ".join(_lines(row)))
        return super().data(index, role)


class _ConflictList(CropList):
    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(tasks, "conflict crops", gallery, read_face, CROP_PX)
        self.setObjectName("conflictsList")
        self.setAccessibleName("Conflicts")
        self.setToolTip("Names that conflict (↑ ↓; Shift, Ctrl or Ctrl+A choose several)")
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Row(self))

    @property
    def rows(self) -> Sequence[ShownConflict]:
        return self._model.rows

    def show_rows(self, rows: Sequence[ShownConflict]) -> None:
        """Replace them, with their crops."""
        scrolled = self.verticalScrollBar().value()
        self.crops.clear()
        self.selectionModel().blockSignals(True)
        self._model.rows = rows
        self._model.setStringList([row.conflict.id for row in rows])
        self.selectionModel().blockSignals(False)
        self.verticalScrollBar().setValue(scrolled)


class _Row(QStyledItemDelegate):
    """The face, what was said of it, what the file says, and where."""

    def __init__(self, view: _ConflictList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(260, max(CROP_PX, 3 * option.fontMetrics.lineSpacing()) + 2 * GAP_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: ShownConflict = index.data(CONFLICT_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_background(painter, option)
        crops, face = self._view.crops, row.face
        top = option.rect.top() + (option.rect.height() - CROP_PX) // 2
        place = QRect(option.rect.left() + GAP_PX, top, CROP_PX, CROP_PX)
        paint_crop(painter, option, place, crops.image(face.id, face), crops.problem(face.id))
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        painter.setPen(option.palette.color(colour_group(option), role))
        left, height = place.right() + GAP_PX, option.fontMetrics.lineSpacing()
        width = option.rect.right() - left - GAP_PX
        first = option.rect.top() + (option.rect.height() - 3 * height) // 2
        mode = (Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle)
        for number, text in enumerate(_lines(row)):
            short = option.fontMetrics.elidedText(shown(text), mode[number], width)
            flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
            painter.drawText(QRect(left, first + number * height, width, height), flags, short)
        painter.restore()
        paint_focus(painter, option)


def _lines(row: ShownConflict) -> tuple[str, str, str]:
    return f"In the gallery: {row.mine}", theirs(row.conflict), row.photo
