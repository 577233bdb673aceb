"""Thumbnails in memory: as many as the screen shows, and of the others so many bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from face_match.core.errors import ImageUnreadableError
from face_match.gallery.gallery import Gallery
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets import thumbnails
from face_match.gui.widgets.thumbnails import LEAST_BYTES, ThumbnailCache, forget_hidden_images, read_face
from tests.unit.gallery.synthetic_photos import new_face, photo_of

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


def test_a_view_that_was_deleted_keeps_none(qtbot: QtBot) -> None:
    tasks, parent = Tasks(), QObject()
    view = View(qtbot, tasks, "one", parent)
    view.show(NAMES[:3])
    delete(parent)
    forget_hidden_images()
    assert view.known == []
    assert tasks.close()


def test_a_crop_that_an_edit_has_moved_is_read_where_it_is_now(tmp_path: Path) -> None:
    with Gallery.open(tmp_path, for_writing=True) as gallery:
        gallery.record_photo(photo_of(0, 1), Path("/photos/0"), faces=[new_face((0, 0), 1)])
        (shown,) = gallery.unnamed()
        gallery.name_faces([shown.id], "Ada")
        assert not (tmp_path / shown.file).exists()
        assert read_face(gallery, shown) is not None
        gallery.undo()
        gallery.name_faces([shown.id], "Grace")
        assert read_face(gallery, shown) is not None
        (tmp_path / gallery.face(shown.id).file).unlink()
        with pytest.raises(ImageUnreadableError):
            read_face(gallery, shown)
