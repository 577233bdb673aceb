"""How long the GUI thread lets its window wait."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer


class Beat(QObject):
    """How long the GUI thread was at work between two turns of its loop, at most."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_s = 0.0
        self._last = time.thread_time()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start(0)

    def _on_turn(self) -> None:
        now = time.thread_time()  # of this thread alone: others on the machine do not count
        self.longest_s, self._last = max(self.longest_s, now - self._last), now

    def stop(self) -> float:
        self._timer.stop()
        return self.longest_s
