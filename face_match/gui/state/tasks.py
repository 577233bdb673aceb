"""The only way to background work: nothing that takes over 30 ms runs on the GUI thread.

Each queue runs its tasks one at a time, in order. The outcome of a task arrives on the GUI thread. It is
dropped if a later task with the same `key` took its place, one of its owners was closed, or the window is
closing.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from face_match.core.errors import CancelledError, FaceMatchError, without_frames
from face_match.core.progress import IsCancelled, OnProgress, cancellable

log = logging.getLogger(__name__)

T = TypeVar("T")
Job = Callable[[OnProgress, IsCancelled], T]

LISTING, DECODE, VISION, EMBEDDING = "listing", "decode", "vision", "embedding"
GALLERY, NETWORK, INDEX, COMPARISONS, MODELS = "gallery", "network", "index", "comparisons", "models"
MAINTENANCE, SCANNING, REVIEW, SEARCH = "maintenance", "scanning", "review", "search"
"""Queues: a task waits for those before it in the same queue."""

OPEN_GALLERY, CLOSED_MAINTENANCE, IMPORT, SCAN = "open gallery", "closed maintenance", "import", "scan"
"""Keys of tasks that other tasks have to wait for."""

FIND_PHOTO, TRY_SERVER, RETURN_MEMORY = "find photo", "try server", "return memory"

SHUTDOWN_S = 5.0
SWITCH_S = 0.001
"""How long the GUI thread waits for Python code of another thread, whenever it has let go of the interpreter,
as it does many times a turn: the usual 5 ms add up to frames of 100 ms while faces are grouped."""
PROGRESS_INTERVAL_S = 0.05


class Task(Generic[T]):
    """One piece of work. When it ends, in whichever way, it frees its job, callbacks, owners and outcome.

    Attributes:
        title: shown while it runs, if it has one, with a button that stops it where `can_stop`.
        key: of which only one is under way at a time.
    """

    def __init__(
        self,
        job: Job[T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None],
        *,
        title: str = "",
        key: str = "",
        can_stop: bool = True,
        owners: tuple[object, ...] = (),
    ) -> None:
        self.title = title
        self.key = key
        self.can_stop = can_stop
        self._job: Job[T] | None = job
        self._on_done: Callable[[T], None] | None = on_done
        self._on_error: Callable[[Exception], None] | None = on_error
        self._owners = owners
        self._outcome: tuple[T, None] | tuple[None, Exception] | None = None
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask it to stop; it ends with a CancelledError when it next looks."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def is_of(self, owner: object) -> bool:
        return any(one is owner for one in self._owners)

    def free(self) -> None:
        """Cancel it and release all that it refers to; a running job is referred to by its thread until it
        ends."""
        self.cancel()
        self._job = self._on_done = self._on_error = self._outcome = None
        self._owners = ()

    def run(self, on_progress: OnProgress) -> None:
        """Do the job, in the thread of its queue; `deliver` passes its outcome on."""
        job, self._job = self._job, None
        if job is None:
            return
        outcome: tuple[T, None] | tuple[None, Exception]
        try:
            if self.is_cancelled():
                raise CancelledError
            with cancellable(self.is_cancelled):
                outcome = job(on_progress, self.is_cancelled), None
        except Exception as exc:  # noqa: BLE001 - whatever it is, the GUI thread reports it
            outcome = None, without_frames(exc) if isinstance(exc, FaceMatchError) else exc
        if self._on_done is not None:  # it has not been freed meanwhile
            self._outcome = outcome

    def deliver(self) -> None:
        """Call back with the outcome, on the GUI thread, once."""
        on_done, on_error, outcome = self._on_done, self._on_error, self._outcome
        self.free()
        if outcome is None or on_done is None or on_error is None:
            return
        result, error = outcome
        if error is not None:
            on_error(error)
        else:
            on_done(result)  # type: ignore[arg-type]  # a job's result may itself be None


class Tasks(QObject):
    """All background work of the window.

    Signals:
        started, ended: give the task.
        progressed: gives the task, and how much of it is done, of how much.
        failed: gives the error of a task that has no `on_error`.
    """

    started = Signal(object)
    progressed = Signal(object, float, float)
    ended = Signal(object)
    failed = Signal(object)

    _finished = Signal(object)
    _progress_made = Signal(object, float, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_S)
        self._executors: dict[str, ThreadPoolExecutor] = {}
        self._futures: set[Future[None]] = set()
        self._running: list[Task[Any]] = []
        self._is_closing = False
        self._finished.connect(self._on_finished)
        self._progress_made.connect(self._on_progress_made)

    def start(
        self,
        queue: str,
        job: Job[T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None] | None = None,
        *,
        title: str = "",
        key: str = "",
        can_stop: bool = True,
        owners: tuple[object, ...] = (),
    ) -> Task[T]:
        """Append a job to a queue.

        Args:
            on_error: by default, `failed` is emitted.
            key: an earlier task with the same one is cancelled, and its outcome dropped.
            owners: the task is dropped when one of them is closed; see `end_tasks_of`.
        """
        if key:
            self.drop(key)
        task = Task(
            job, on_done, on_error or self.failed.emit, title=title, key=key, can_stop=can_stop, owners=owners
        )
        if self._is_closing:
            task.free()
            return task
        self._running.append(task)
        self.started.emit(task)
        future = self._executor(queue).submit(self._run, task)
        self._futures.add(future)
        future.add_done_callback(self._futures.discard)
        return task

    def drop(self, key: str) -> None:
        """Cancel the tasks with a key; their outcomes are dropped."""
        self._drop([task for task in self._running if task.key == key])

    def end_tasks_of(self, owner: object) -> None:
        """Cancel the tasks of an owner that is closed; their outcomes are dropped."""
        self._drop([task for task in self._running if task.is_of(owner)])

    def _drop(self, tasks: list[Task[Any]]) -> None:
        for task in tasks:
            self._running.remove(task)
            task.free()
            self.ended.emit(task)

    def is_busy(self, key: str = "") -> bool:
        """Whether any task, or one with that key, has not ended yet."""
        return any(not key or task.key == key for task in self._running)

    def close(self) -> bool:
        """Cancel everything and wait for it, a bounded time; returns whether all has ended."""
        self._is_closing = True
        for task in self._running:
            task.free()
        self._running.clear()
        for executor in self._executors.values():
            executor.shutdown(wait=False, cancel_futures=True)
        return not wait(set(self._futures), SHUTDOWN_S).not_done

    def _executor(self, queue: str) -> ThreadPoolExecutor:
        if queue not in self._executors:
            self._executors[queue] = ThreadPoolExecutor(1, thread_name_prefix=queue)
        return self._executors[queue]

    def _run(self, task: Task[Any]) -> None:
        last_progress = 0.0

        def on_progress(done: int, total: int) -> None:
            nonlocal last_progress
            now = time.monotonic()
            if done >= total or now - last_progress >= PROGRESS_INTERVAL_S:
                last_progress = now
                self._progress_made.emit(task, float(done), float(total))

        task.run(on_progress)
        self._finished.emit(task)

    @Slot(object)
    def _on_finished(self, task: Task[Any]) -> None:
        if task not in self._running or self._is_closing:
            return
        self._running.remove(task)
        self.ended.emit(task)
        task.deliver()

    @Slot(object, float, float)
    def _on_progress_made(self, task: Task[Any], done: float, total: float) -> None:
        if task in self._running:
            self.progressed.emit(task, done, total)
