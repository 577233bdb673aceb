"""How long the GUI thread lets its window wait."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from tests.stopwatch import clock_s


class EventLoopTimer(QObject):
    """The longest time between two turns of the GUI thread's loop: at work, or waiting for a lock."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_s = 0.0
        self._last = clock_s()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start(0)

    def _on_turn(self) -> None:
        now = clock_s()
        self.longest_s, self._last = max(self.longest_s, now - self._last), now

    def stop(self) -> float:
        self._timer.stop()
        self._on_turn()
        return self.longest_s
