"""The parts of the window around the pages."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget


class Frame(QWidget):
    """The toolbar above, the navigation at the left, the message bar below, a banner over the pages.

    Signals: `dropped` has the files and folders that were dropped anywhere.
    """

    dropped = Signal(list)

    def __init__(
        self, *, toolbar: QWidget, navigation: QWidget, banner: QWidget, pages: QWidget, foot: QWidget
    ) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        column, middle, right = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout()
        for layout in (column, middle, right):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        column.addWidget(toolbar)
        column.addLayout(middle, 1)
        column.addWidget(foot)
        middle.addWidget(navigation)
        middle.addLayout(right, 1)
        right.addWidget(banner)
        right.addWidget(pages, 1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)
