"""Two windows on one gallery of a server: each shows what the other does."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from face_match.core.gallery_place import ServerAddress
from face_match.core.settings import Settings
from face_match.gallery.gallery import Gallery
from face_match.gui.main_window import MainWindow
from tests.postgres import Postgres
from tests.unit.gallery.synthetic_photos import new_face, photo_of


def window_of(address: ServerAddress, qtbot: QtBot) -> MainWindow:
    window = MainWindow(address, Settings())
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: window.gallery.gallery is not None and not window.tasks.is_busy(), timeout=60_000)
    return window


@pytest.fixture
def people(server_address: ServerAddress) -> ServerAddress:
    with Gallery.open(server_address, for_writing=True) as gallery:
        faces = [new_face((0, number), 1) for number in range(3)]
        gallery.record_photo(photo_of(0, 1), Path("/photos/0.jpg"), scan="mtcnn", faces=faces)
        gallery.name_faces([gallery.unnamed()[0].id], "Ada")
    return server_address


def names(window: MainWindow) -> list[str]:
    gallery = window.gallery.gallery
    return [person.name for person in gallery.people] if gallery is not None else []


def test_each_window_shows_what_the_other_does_and_says_when_the_server_is_away(
    people: ServerAddress, postgres: Postgres, qtbot: QtBot
) -> None:
    one, other = window_of(people, qtbot), window_of(people, qtbot)

    def rename(gallery: Gallery) -> str:
        gallery.rename(gallery.person("Ada"), "Ada Lovelace")
        return "renamed"

    with qtbot.waitSignal(other.gallery.changed, timeout=5_000):
        one.gallery.edit(rename)
    assert names(other) == ["Ada Lovelace"]
    with qtbot.waitSignal(other.gallery.server_lost, timeout=10_000):
        postgres.kill()
    try:
        assert other.states.banner.label.text().startswith("The server is away.")
        assert names(other) == ["Ada Lovelace"]
    finally:
        postgres.start()
    qtbot.waitUntil(other.states.banner.isHidden, timeout=60_000)
    for window in (one, other):
        window.close()
    assert "password" not in str(Settings.load().recent)
