"""What we rely on in Qt's Python binding, and have seen broken."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

TIMES = 300


class Speaker(QObject):
    spoke = Signal(object)


def test_emitting_a_signal_drops_no_reference_to_true_or_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 drops one each time, until Python before 3.12 dies of it (requirements.txt)."""
    speaker = Speaker()
    heard: list[object] = []
    speaker.spoke.connect(heard.append, Qt.ConnectionType.QueuedConnection)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(TIMES):
        speaker.spoke.emit(1)
    QApplication.processEvents()
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert len(heard) == TIMES
    assert after[0] > before[0] - TIMES // 2
    assert after[1] > before[1] - TIMES // 2
