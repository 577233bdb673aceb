"""Drives a grid of photos as a person does."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from face_match.core.settings import Settings
from face_match.gui.photo_grid.grid import PhotoGrid
from face_match.gui.state.messages import Messages
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import Tasks
from face_match.workflows.photo_search import FoundPhoto, PhotoQuery


class GridDriver:
    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.tasks = Tasks()
        self.messages: list[str] = []
        messages = Messages(self.tasks)
        messages.posted.connect(self.messages.append)
        self.gallery = OpenGallery(folder, Settings(), self.tasks, messages)
        self.view = PhotoGrid(self.gallery, self.tasks)
        qtbot.addWidget(self.view)
        self.view.resize(900, 640)
        self.gallery.open()
        self.settle()
        self.view.show()
        self.view.activateWindow()
        qtbot.waitUntil(self.view.isActiveWindow)
        self.view.setFocus()

    def settle(self) -> None:
        QApplication.processEvents()
        self.qtbot.wait(10)
        self.qtbot.waitUntil(lambda: not self.tasks.is_busy())

    def search(self, *people: str) -> None:
        assert self.gallery.gallery is not None
        self.view.search(PhotoQuery(tuple(map(self.gallery.gallery.person, people))))
        self.settle_pictures()

    def settle_pictures(self) -> None:
        """Until all photos in view are read."""
        self.settle()
        for _ in range(10):
            self.view.viewport().repaint()
            self.settle()

    @property
    def names(self) -> list[str]:
        return [Path(one.photo.path).name for one in self.view.photos]

    def row_of(self, name: str) -> int:
        return next(
            n
            for n, row in enumerate(self.view.rows)
            if isinstance(row, FoundPhoto) and row.photo.path.endswith(name)
        )

    def click(self, name: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QPoint:
        place = self.view.visualRect(self.view.model().index(self.row_of(name), 0)).center()
        self.qtbot.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, modifier, place)
        return place

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.view, key, modifier)
