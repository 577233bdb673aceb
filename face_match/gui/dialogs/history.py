"""The steps that can be undone or redone, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QListWidget, QVBoxLayout, QWidget

from face_match.gui.widgets.buttons import add_action_button, button_box
from face_match.gui.widgets.plain_text import PlainLabel, shown

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gallery.records.history import Step

SIZE_PX = (520, 420)
LAST_FIRST = "The last step is first. Undo: Ctrl+Z. Redo: Ctrl+Shift+Z."
NONE = "There is nothing to undo."


class HistoryPage(QDialog):
    """Stays open beside the window, and follows what is done there."""

    def __init__(self, undo_redo: Sequence[QAction], parent: QWidget) -> None:
        """With the actions of the main window that undo and redo."""
        super().__init__(parent)
        self.setObjectName("historyPage")
        self.setWindowTitle("History")
        self.list = QListWidget()
        self.list.setAccessibleName("Steps, the last one first")
        self.list.setToolTip("The steps that can be undone or redone, the last one first (↑ ↓)")
        self.list.setUniformItemSizes(True)
        self.text = PlainLabel(NONE)
        buttons = button_box("Close")
        undo, redo = undo_redo
        self.undo_button = add_action_button(buttons, undo, "undoButton")
        self.redo_button = add_action_button(buttons, redo, "redoButton")
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        self.resize(*SIZE_PX)

    def show_history(self, gallery: Gallery | None) -> None:
        """Show a gallery's steps; the first of those that are not undone can be seen."""
        undone = gallery.undone[::-1] if gallery is not None else ()
        done = gallery.history[::-1] if gallery is not None else ()
        self.list.clear()
        self.list.addItems([shown(f"{_line(step)} (undone)") for step in undone])
        self.list.addItems([shown(_line(step)) for step in done])
        if self.list.count():
            self.list.scrollToItem(self.list.item(min(len(undone), self.list.count() - 1)))
        self.text.setText(LAST_FIRST if self.list.count() else NONE)


def _line(step: Step) -> str:
    return f"{_local(step.at)}   {step.description}"


def _local(at: str) -> str:
    """A moment of UTC as the clock on the wall shows it."""
    try:
        moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    except ValueError:
        return at
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
