"""The parts of the window around the pages."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from face_match.gui.widgets.layouts import column_of, row_of


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
        right = column_of(banner, (pages, 1), spacing=0)
        middle = row_of(navigation, (right, 1), spacing=0)
        column_of(toolbar, (middle, 1), foot, on=self, margins=0, spacing=0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)
