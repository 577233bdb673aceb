"""The history: the changes that can be undone or redone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QListWidget, QWidget

from face_match.gui import theme
from face_match.gui.dialogs.sheet import Sheet
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.step_phrases import step_text
from face_match.gui.translation import marked, moment_text, tr, translated
from face_match.gui.widgets.buttons import add_action_button
from face_match.gui.widgets.plain_text import shown
from face_match.gui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from face_match.gallery.records.history import Step

SIZE_PX = (760, 480)
LATEST_FIRST = marked("Latest change first. Undo: Ctrl+Z. Redo: Ctrl+Shift+Z.")
NONE = marked("There is nothing to undo.")


class HistoryDialog(Sheet):
    """The gallery's history. It stays open beside the main window and is updated with each change."""

    def __init__(self, gallery: OpenGallery, undo_redo: Sequence[QAction], parent: QWidget) -> None:
        """`undo_redo` has the main window's actions."""
        super().__init__(parent, "historyPage", tr("History"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Changes, latest first"))
        self.list.setToolTip(tr("Changes that can be undone or redone, latest first (↑ ↓)"))
        self.list.setWordWrap(True)  # names may be long
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setLayoutMode(QListWidget.LayoutMode.Batched)  # there may be thousands
        self.text = theme.set_type(WrappedLabel(translated(NONE)), theme.CAPTION, faint=True)
        buttons = self.buttons
        undo, redo = undo_redo
        self.undo_button = add_action_button(buttons, undo, "undoButton", tr("Undo the last change"))
        self.redo_button = add_action_button(
            buttons, redo, "redoButton", tr("Redo the last change that was undone")
        )
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.text)
        self.fit(*SIZE_PX)
        self._gallery = gallery
        for signal in (gallery.opened, gallery.closed, gallery.changed):
            signal.connect(self._refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        """Show the gallery's changes, scrolled to the latest one that is not undone."""
        if not self.isVisible():
            return
        gallery = self._gallery.gallery
        undone = gallery.undone[::-1] if gallery is not None else ()
        done = gallery.history[::-1] if gallery is not None else ()
        self.list.clear()
        self.list.addItems([shown(tr("{step} (undone)", step=_line(step))) for step in undone])
        self.list.addItems([shown(_line(step)) for step in done])
        if self.list.count():
            self.list.scrollToItem(self.list.item(min(len(undone), self.list.count() - 1)))
        self.text.setText(translated(LATEST_FIRST) if self.list.count() else translated(NONE))


def _line(step: Step) -> str:
    return f"{_local(step.at)}   {step_text(step.description)}"


def _local(at: str) -> str:
    """A UTC time in the local time zone and the user's language; any other text unchanged."""
    try:
        moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    except ValueError:
        return at
    return moment_text(moment.astimezone(), has_time=True)
