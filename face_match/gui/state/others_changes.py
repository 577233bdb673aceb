"""Changes of a shared gallery that others make."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class OthersChanges(QObject):
    """Brings what a store tells in its own thread to the GUI thread."""

    changed = Signal()
    lost = Signal()
    back = Signal()

    def on_changed(self) -> None:
        self.changed.emit()

    def on_lost(self) -> None:
        self.lost.emit()

    def on_back(self) -> None:
        self.back.emit()
