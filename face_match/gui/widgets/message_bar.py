"""The message bar: what happened, what to do, and the progress of background tasks."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QProgressBar, QStackedLayout, QWidget

from face_match.gui import phrases, theme
from face_match.gui.reveal_file import show_folder
from face_match.gui.state.messages import Messages
from face_match.gui.state.tasks import Task, Tasks
from face_match.gui.translation import tr, translated
from face_match.gui.widgets.buttons import Button, Kind, button
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.layouts import row_of
from face_match.gui.widgets.lines_label import LinesLabel
from face_match.gui.widgets.plain_text import PlainLabel, plain

TIME_LEFT_AFTER_S = 1.0
LINES = 2
BAR_PX = 120
READ_S, READ_S_A_LETTER = 12.0, 0.06
"""How long a message of what was done stays."""


class MessageBar(QFrame):
    """The foot of the window: one message, with a button where what it tells can be undone or an action is
    offered, else the status; the progress of one task beside it. Its height never changes."""

    def __init__(self, tasks: Tasks, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = LinesLabel(LINES)
        self.label.setObjectName("messageBar")
        self.label.setAccessibleName(tr("Messages"))
        self.status = theme.set_type(ElidedLabel("", "statusLabel", tr("Status")), theme.CAPTION, faint=True)
        self.button = Button()
        self.button.setObjectName("messageButton")
        self.button.hide()
        self.button.clicked.connect(self._on_clicked)
        self.close_button = button("", "messageCloseButton", tr("Close (Escape)"), Kind.QUIET, icon="x")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.clicked.connect(self._on_closed)
        self.close_button.hide()
        self.undo_button = button(
            tr("Undo"), "messageUndoButton", tr("Undo the last change (Ctrl+Z)"), keys="Ctrl Z", icon="undo-2"
        )
        self.undo_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in a name
        self.undo_button.hide()
        self.folder_button = button(
            tr("Show folder"),
            "messageFolderButton",
            tr("Show the folder in the file manager"),
            icon="external-link",
        )
        self.folder_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.folder_button.clicked.connect(self._on_folder_wanted)
        self.folder_button.hide()
        self._folder = Path()
        messages.wrote_into.connect(self.show_folder)
        self._message = self._help = ""
        self._action: tuple[str, Callable[[], None]] | None = None
        self._stays = False
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.timeout.connect(self._on_read)
        self._progress = _Progress()
        self._progress.hide()
        self._shown: Task[Any] | None = None
        self._waiting: list[Task[Any]] = []
        self._text = QStackedLayout()
        self._text.addWidget(self.status)
        self._text.addWidget(self.label)
        row_of(
            (self._text, 1),
            self.undo_button,
            self.folder_button,
            self.button,
            self.close_button,
            self._progress,
            on=self,
            margins=(theme.MARGIN_PX, 3, theme.MARGIN_PX, 2),
            spacing=theme.MARGIN_PX,
        )
        self.label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.setFixedHeight(max(theme.CONTROL_PX, LINES * self.label.fontMetrics().lineSpacing()) + 6)
        tasks.started.connect(self._on_started)
        tasks.progressed.connect(self._on_progressed)
        tasks.ended.connect(self._on_ended)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.colours().line, 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()

    def text(self) -> str:
        """The message, with the way to undo what it tells."""
        return self._message

    def show_message(self, text: str, *, stays: bool = False) -> None:
        """Show a message. An empty one brings the message of the offered action back.

        Args:
            stays: until the next one comes, as of an error. Others go after a while.
        """
        is_offer = not text and self._action is not None
        if is_offer and self._action is not None:
            text = self._action[0]
        self._show_text(text)
        self._stays = stays or is_offer
        self._show_closing()
        if text and not self._stays:
            self._reading.start(round(1000 * (READ_S + READ_S_A_LETTER * len(text))))

    def show_help(self, text: str) -> None:
        """Show how to do what has begun, until an empty text or another message comes."""
        before, self._help = self._help, text
        if text:
            self.show_message(text, stays=True)
        elif before and self._message == before:
            self.show_message("")

    def end_message(self) -> None:
        """Remove a message of what was done, as another page is shown."""
        if not self._stays:
            self.show_message("")

    def _on_read(self) -> None:
        if self.window().isActiveWindow():
            self.end_message()
        else:  # nobody has seen it
            self._reading.start(round(1000 * READ_S))

    def _show_text(self, text: str) -> None:
        self._reading.stop()
        self._message = text
        way_to_undo = translated(phrases.UNDO)
        self.label.setText(text.removesuffix(way_to_undo).rstrip())  # which the button shows
        self.label.setAccessibleDescription(text)
        self.undo_button.setVisible(text.endswith(way_to_undo))
        self.folder_button.hide()
        self._text.setCurrentWidget(self.label if text else self.status)

    def show_folder(self, folder: Path) -> None:
        """Offer to show the folder that the message is about, as long as it is shown."""
        self._folder = folder
        self.folder_button.show()

    def _on_folder_wanted(self) -> None:
        show_folder(self._folder)

    def show_action(self, text: str, action: str, on_action: Callable[[], None]) -> None:
        """Show a message with a button, which stays until `hide_action` or until it is closed."""
        self._action = text, on_action
        self._stays = True
        self._show_text(text)
        self.button.setText(action)
        self.button.show()
        self._show_closing()

    def hide_action(self) -> None:
        """Remove the button and its message."""
        if self._action is not None and self._message == self._action[0]:
            self._show_text("")
        self._action = None
        self.button.hide()
        self._show_closing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.close_button.isHidden():
            self._on_closed()
        else:
            super().keyPressEvent(event)

    def _show_closing(self) -> None:
        """Let what stays be closed."""
        is_help = bool(self._help) and self._message == self._help
        is_staying = bool(self._message) and self._stays and not is_help
        self.close_button.setVisible(is_staying or self._action is not None)

    def _on_closed(self) -> None:
        self.hide_action()
        self.show_message("")

    def _on_clicked(self) -> None:
        if self._action is not None:
            self._action[1]()

    def _on_started(self, task: Task[Any]) -> None:
        if task.title:
            self._waiting.append(task)
            self._show_next()

    def _on_ended(self, task: Task[Any]) -> None:
        if task in self._waiting:
            self._waiting.remove(task)
        if task is self._shown:
            self._shown = None
            self._show_next()

    def _show_next(self) -> None:
        if self._shown is None and self._waiting:
            self._shown = self._waiting[0]
            self._progress.begin(self._shown)
        self._progress.setVisible(self._shown is not None)

    def _on_progressed(self, task: Task[Any], done: float, total: float) -> None:
        if task is self._shown:
            self._progress.advance(done, total)


class _Progress(QWidget):
    """A task's title, progress and time left, with a button to cancel it."""

    def __init__(self) -> None:
        super().__init__()
        self._title = theme.set_type(PlainLabel(), theme.CAPTION)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(tr("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(BAR_PX)
        self._left = theme.set_type(PlainLabel(), theme.CAPTION, faint=True)
        self._cancel = Button(tr("&Cancel"), icon="x")
        self._cancel.setObjectName("cancelButton")
        self._cancel.clicked.connect(self._on_cancel)
        self._task: Task[Any] | None = None
        self._began = 0.0
        row_of(self._title, self._bar, self._left, self._cancel, on=self, margins=0)

    def begin(self, task: Task[Any]) -> None:
        self._task = task
        self._began = time.monotonic()
        self._title.setText(task.title)
        self._left.clear()
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._cancel.setVisible(task.can_stop)
        self._cancel.setToolTip(plain(tr("Cancel: {task}", task=task.title)))

    def advance(self, done: float, total: float) -> None:
        if total <= 0:
            return
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * done / total))
        passed = time.monotonic() - self._began
        if passed > TIME_LEFT_AFTER_S and 0 < done < total:
            self._left.setText(time_left(passed * (total - done) / done))

    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._cancel.setEnabled(False)
            self._left.setText(tr("cancelling …"))


def time_left(seconds: float) -> str:
    """ "about 40 s left", "about 3 min left"."""
    if seconds < 90:
        return tr("about {seconds} s left", seconds=max(1, round(seconds)))
    if seconds < 5400:
        return tr("about {minutes} min left", minutes=round(seconds / 60))
    return tr("about {hours} h left", hours=round(seconds / 3600))
