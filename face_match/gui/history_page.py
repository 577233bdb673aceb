"""The steps that can be undone, on one page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from face_match.gui.buttons import added, box_to
from face_match.gui.plain_text import PlainLabel, shown

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

SIZE_PX = (520, 420)
LAST_FIRST = "The last step is first; Ctrl+Z undoes it."
NONE = "There is nothing to undo."


class HistoryPage(QDialog):
    """Stays open beside the window, and follows what is done there."""

    def __init__(self, undo: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("historyPage")
        self.setWindowTitle("History")
        self.list = QListWidget()
        self.list.setAccessibleName("Steps, the last one first")
        self.list.setToolTip("The steps that can be undone, the last one first (↑ ↓)")
        self.list.setUniformItemSizes(True)
        self.text = PlainLabel(NONE)
        buttons = box_to("Close")
        self.undo_button = added(buttons, "&Undo the last", QDialogButtonBox.ButtonRole.ActionRole)
        self.undo_button.setObjectName("undoButton")
        self.undo_button.clicked.connect(undo)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        self.resize(*SIZE_PX)

    def show_history(self, gallery: Gallery | None, *, can_undo: bool) -> None:
        """Show a gallery's steps."""
        steps = reversed(gallery.history) if gallery is not None else ()
        lines = [shown(f"{_local(step.at)}   {step.description}") for step in steps]
        self.list.clear()
        self.list.addItems(lines)
        self.undo_button.setEnabled(can_undo and bool(lines))
        self.text.setText(LAST_FIRST if lines else NONE)


def _local(at: str) -> str:
    """A moment of UTC as the clock on the wall shows it."""
    try:
        moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    except ValueError:
        return at
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
