"""Thumbnails in memory: as many as the screen shows, and of the others so many bytes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets import thumbnails
from face_match.gui.widgets.thumbnails import LEAST_BYTES, ThumbnailCache

SIDE = 64
BYTES = 4 * SIDE * SIDE + LEAST_BYTES
NAMES = [f"{number}" for number in range(100)]
ITEMS = dict.fromkeys(NAMES, "item")


def made(source: object, item: str) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(0)
    return image


class View:
    """A cache, and the names that are in view."""

    def __init__(self, qtbot: QtBot, tasks: Tasks, key: str, parent: QObject) -> None:
        self._qtbot = qtbot
        self.cache = ThumbnailCache(
            tasks, key=key, source=lambda: "gallery", read=made, longest_px=SIDE, parent=parent
        )
        self.cache.images_read.connect(self.paint)
        self._names: list[str] = []

    def paint(self) -> None:
        for name in self._names:
            self.cache.image(name, ITEMS[name])

    def show(self, names: list[str]) -> None:
        """Bring names into view, and wait for their images."""
        self._names = names
        self.paint()
        self._qtbot.waitUntil(lambda: all(map(self.cache.is_read, names)))

    @property
    def known(self) -> list[str]:
        return [*filter(self.cache.is_read, NAMES)]


@pytest.fixture
def views(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[View, View]]:
    monkeypatch.setattr(thumbnails, "MOST_BYTES", 40 * BYTES)
    monkeypatch.setattr(thumbnails, "UNPAINTED_S", 0.0)
    tasks, parent = Tasks(), QObject()
    yield View(qtbot, tasks, "one", parent), View(qtbot, tasks, "other", parent)
    tasks.close()


def test_what_was_painted_longest_ago_goes_first_in_whichever_view(views: tuple[View, View]) -> None:
    one, other = views
    one.show(NAMES[:30])
    one.show(NAMES[:10])
    other.show(NAMES[:30])
    assert len(other.known) == 30
    assert one.known == NAMES[:10]


def test_all_views_together_keep_no_more_than_they_may(views: tuple[View, View]) -> None:
    for first in range(0, 100, 20):
        for view in views:
            view.show(NAMES[first : first + 20])
    assert sum(len(view.known) for view in views) == 40


def test_what_is_on_the_screen_stays_however_much_it_is(
    views: tuple[View, View], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "UNPAINTED_S", 60.0)
    one, _ = views
    one.show(NAMES)
    assert one.known == NAMES
