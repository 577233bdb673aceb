"""How long the GUI thread lets its window wait."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer

from tests.stopwatch import waits_for_a_core_s


class EventLoopTimer(QObject):
    """The longest time between two turns of the GUI thread's loop: at work, or waiting for a lock.

    While a thread that holds the lock of the interpreter has no core, the GUI thread waits for both. So the
    time for which any thread of this process waits for a core does not count: on a quiet machine it is none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest_s = 0.0
        self._last, self._waits = time.monotonic(), waits_for_a_core_s()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start(0)

    def _on_turn(self) -> None:
        now, waits = time.monotonic(), waits_for_a_core_s()
        waited = sum(seconds - self._waits.get(thread, 0.0) for thread, seconds in waits.items())
        self.longest_s = max(self.longest_s, now - self._last - waited)
        self._last, self._waits = now, waits

    def stop(self) -> float:
        self._timer.stop()
        self._on_turn()
        return self.longest_s
