"""The changes that can be taken back, on one page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from face_match.gui.buttons import added, box_to
from face_match.gui.plain_text import PlainLabel, shown
from face_match.gui.tasks import GALLERY, Tasks
from face_match.types import IsCancelled, OnProgress

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

SIZE_PX = (520, 420)
LAST_FIRST = "The last change is first; it is the one that Ctrl+Z takes back."
NONE = "There is no change that could be taken back."


class HistoryPage(QDialog):
    """Stays open beside the window, and follows what is done there."""

    def __init__(self, tasks: Tasks, undo: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("historyPage")
        self.setWindowTitle("History")
        self._tasks = tasks
        self.list = QListWidget()
        self.list.setAccessibleName("Changes, the last one first")
        self.list.setToolTip("The changes that can be taken back, the last one first (↑ ↓)")
        self.list.setUniformItemSizes(True)
        self.text = PlainLabel(NONE)
        buttons = box_to("Close")
        self.undo_button = added(buttons, "&Take back the last", QDialogButtonBox.ButtonRole.ActionRole)
        self.undo_button.setObjectName("undoButton")
        self.undo_button.clicked.connect(undo)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        self.resize(*SIZE_PX)

    def read(self, gallery: Gallery | None, said: str | None, *, can_undo: bool) -> None:
        """Show a gallery's changes.

        Args:
            said: what was said of waiting faces after the last of them, and is taken back before it.
        """
        self.undo_button.setEnabled(False)
        if gallery is None:
            self.list.clear()
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[str]:
            changes = reversed(gallery.history)
            lines = [shown(f"{_local(change.at)}   {change.description}") for change in changes]
            return lines if said is None else [f"just now   {shown(said)}", *lines]

        def on_done(lines: list[str]) -> None:
            self.list.clear()
            self.list.addItems(lines)
            self.undo_button.setEnabled(can_undo and bool(lines))
            self.text.setText(LAST_FIRST if lines else NONE)

        self._tasks.start(GALLERY, job, on_done, lambda _: None, key="history", owner=gallery)


def _local(at: str) -> str:
    """A moment of UTC as the clock on the wall shows it."""
    try:
        moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    except ValueError:
        return at
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
