"""The only way to background work: nothing that takes over 30 ms runs on the GUI thread.

A task runs in a lane, one at a time and in order. Its outcome comes back on the GUI thread, unless a later
task took its place (the same `key`) or the window is closing: then it is dropped.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from face_match.cancelling import cancelled_by
from face_match.errors import CancelledError
from face_match.types import IsCancelled, OnProgress

log = logging.getLogger(__name__)

Job = Callable[[OnProgress, IsCancelled], Any]
DECODE, VISION, EMBEDDING = "decode", "vision", "embedding"
GALLERY, NETWORK, INDEX, KEEPING, COSTS, MODELS = "gallery", "network", "index", "keeping", "costs", "models"
COLLECTING, REVIEW, TIDYING = "collecting", "review", "tidying"
"""Lanes: what is in one waits for what is before it in the same."""

_SEEN = ("rank", "crops", "known faces", "costs", "calibrate", "history", "read waiting", "arrange", "why")
OF_GALLERY = (*_SEEN, "embed", "embed waiting", "index", "tidy")
"""Keys of tasks that have nothing to do once the gallery is closed."""

SHUTDOWN_MS = 5_000
PROGRESS_INTERVAL_S = 0.05


@dataclass
class Task:
    """One piece of work. `title` is shown while it runs, if it has one, with a button that stops it."""

    id: int
    job: Job
    on_done: Callable[[Any], None]
    on_error: Callable[[Exception], None]
    title: str = ""
    key: str = ""
    can_stop: bool = True
    _cancelled: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask it to stop; it ends with a CancelledError when it next looks."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()


class _Run(QRunnable):
    def __init__(self, task: Task, outcomes: Tasks) -> None:
        super().__init__()
        self._task = task
        self._outcomes = outcomes
        self._last_progress = 0.0

    def run(self) -> None:
        task = self._task
        try:
            if task.is_cancelled():
                raise CancelledError
            with cancelled_by(task.is_cancelled):
                result = task.job(self._on_progress, task.is_cancelled)
        except Exception as exc:  # noqa: BLE001 - whatever it is, it is told on the GUI thread
            self._outcomes._came.emit(task.id, None, exc)
        else:
            self._outcomes._came.emit(task.id, result, None)

    def _on_progress(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done >= total or now - self._last_progress >= PROGRESS_INTERVAL_S:
            self._last_progress = now
            self._outcomes._progress_came.emit(self._task.id, float(done), float(total))


class Tasks(QObject):
    """All background work of the window."""

    started = Signal(object)
    progressed = Signal(object, float, float)
    ended = Signal(object)

    _came = Signal(int, object, object)
    _progress_came = Signal(int, float, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, QThreadPool] = {}
        self._running: dict[int, Task] = {}
        self._ids = itertools.count(1)
        self._is_closing = False
        self._came.connect(self._on_came)
        self._progress_came.connect(self._on_progress_came)

    def start(
        self,
        lane: str,
        job: Job,
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
        *,
        title: str = "",
        key: str = "",
        can_stop: bool = True,
    ) -> Task:
        """Queue a job in a lane; an earlier task with the same key is cancelled and its outcome dropped."""
        if key:
            self.drop(key)
        task = Task(next(self._ids), job, on_done, on_error, title, key, can_stop)
        self._running[task.id] = task
        self.started.emit(task)
        self._lane(lane).start(_Run(task, self))
        return task

    def drop(self, key: str) -> None:
        """Cancel tasks with a key, and forget them."""
        for task in [task for task in self._running.values() if task.key == key]:
            task.cancel()
            del self._running[task.id]
            self.ended.emit(task)

    def is_busy(self, key: str = "") -> bool:
        """Whether any task, or one with that key, has not come back yet."""
        return any(not key or task.key == key for task in self._running.values())

    def close(self) -> bool:
        """Cancel everything and wait for it, a bounded time; returns whether all has ended."""
        self._is_closing = True
        for task in self._running.values():
            task.cancel()
        self._running.clear()
        deadline = time.monotonic() + SHUTDOWN_MS / 1000
        return all(
            lane.waitForDone(max(0, int((deadline - time.monotonic()) * 1000)))
            for lane in self._lanes.values()
        )

    def _lane(self, name: str) -> QThreadPool:
        if name not in self._lanes:
            lane = QThreadPool(self)
            lane.setMaxThreadCount(1)
            lane.setExpiryTimeout(-1)
            self._lanes[name] = lane
        return self._lanes[name]

    @Slot(int, object, object)
    def _on_came(self, task_id: int, result: object, error: Exception | None) -> None:
        task = self._running.pop(task_id, None)
        if task is None or self._is_closing:
            return
        self.ended.emit(task)
        if error is None:
            task.on_done(result)
        else:
            task.on_error(error)

    @Slot(int, float, float)
    def _on_progress_came(self, task_id: int, done: float, total: float) -> None:
        task = self._running.get(task_id)
        if task is not None:
            self.progressed.emit(task, done, total)
