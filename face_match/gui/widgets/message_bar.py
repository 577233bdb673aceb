"""The message bar: what happened, what to do, and the progress of background tasks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QWidget,
)

from face_match.gui.state.tasks import Task, Tasks
from face_match.gui.widgets.buttons import Button
from face_match.gui.widgets.plain_text import PlainLabel, plain

TIME_LEFT_AFTER_S = 1.0


class MessageBar(QFrame):
    """One message, with a button while an action is offered, and the progress of one task below it."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.label = PlainLabel()
        self.label.setObjectName("messageBar")
        self.label.setAccessibleName("Messages")
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        self.button = Button()
        self.button.setObjectName("messageButton")
        self.button.hide()
        self.button.clicked.connect(self._on_clicked)
        self._action: tuple[str, Callable[[], None]] | None = None
        self._progress = _Progress()
        self._progress.hide()
        self._shown: Task[Any] | None = None
        self._waiting: list[Task[Any]] = []
        layout = QGridLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addWidget(self.label, 0, 0)
        layout.addWidget(self.button, 0, 1)
        layout.addWidget(self._progress, 1, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        tasks.started.connect(self._on_started)
        tasks.progressed.connect(self._on_progressed)
        tasks.ended.connect(self._on_ended)

    def text(self) -> str:
        return self.label.text()

    def show_message(self, text: str) -> None:
        """Show a message. An empty one brings the message of the offered action back."""
        if not text and self._action is not None:
            text = self._action[0]
        self.label.setText(text)

    def show_action(self, text: str, action: str, on_action: Callable[[], None]) -> None:
        """Show a message with a button, which stays until `hide_action`."""
        self._action = text, on_action
        self.label.setText(text)
        self.button.setText(action)
        self.button.show()

    def hide_action(self) -> None:
        """Remove the button and its message."""
        if self._action is not None and self.label.text() == self._action[0]:
            self.label.clear()
        self._action = None
        self.button.hide()

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
        self._title = PlainLabel()
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Progress")
        self._bar.setTextVisible(False)
        self._left = QLabel()
        self._cancel = Button("&Cancel")
        self._cancel.setObjectName("cancelButton")
        self._cancel.clicked.connect(self._on_cancel)
        self._task: Task[Any] | None = None
        self._began = 0.0
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._left)
        layout.addWidget(self._cancel)

    def begin(self, task: Task[Any]) -> None:
        self._task = task
        self._began = time.monotonic()
        self._title.setText(task.title)
        self._left.clear()
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._cancel.setVisible(task.can_stop)
        self._cancel.setToolTip(plain(f"Cancel: {task.title}"))

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
            self._left.setText("cancelling …")


def time_left(seconds: float) -> str:
    """ "about 40 s left", "about 3 min left"."""
    if seconds < 90:
        return f"about {max(1, round(seconds))} s left"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min left"
    return f"about {round(seconds / 3600)} h left"
