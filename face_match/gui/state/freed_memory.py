"""Returns freed memory to the system while the window rests."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from face_match.core.progress import IsCancelled, OnProgress
from face_match.gui.state.tasks import MODELS, RETURN_MEMORY, Task, Tasks

RESTING_MS = 10_000
"""After the last task. The next photo takes 20 ms longer, as networks ask for memory again."""


class FreedMemory(QObject):
    """Returns what an import, a model or many photos have left behind: 10 to 100 MB that nothing uses.

    Signals: `resting` comes before, for what can be made again when it is wanted.
    """

    resting = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._tasks = tasks
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RESTING_MS)
        self._timer.timeout.connect(self._return)
        tasks.ended.connect(self._on_ended)

    def _on_ended(self, task: Task[object]) -> None:
        if task.key != RETURN_MEMORY:
            self._timer.start()

    def _return(self) -> None:
        if self._tasks.is_busy():  # the end of that task starts the timer again
            return
        self.resting.emit()

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> None:
            from face_match.vision.onnx.sessions import return_working_memory

            return_working_memory()

        self._tasks.start(MODELS, job, lambda _: None, key=RETURN_MEMORY)
