"""Two windows on one gallery of a server: each shows what the other does."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from face_match.core.gallery_place import ServerAddress
from face_match.core.settings import Settings
from face_match.gallery.gallery import Gallery
from face_match.gallery.storage.server.notifications import channel_of
from face_match.gui.main_window import MainWindow
from face_match.gui.widgets.thumbnails import ThumbnailCache
from tests.postgres import Postgres


def window_of(address: ServerAddress, qtbot: QtBot) -> MainWindow:
    window = MainWindow(address, Settings())
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: window.gallery.gallery is not None and not window.tasks.is_busy())
    return window


def names(window: MainWindow) -> list[str]:
    gallery = window.gallery.gallery
    return [person.name for person in gallery.people] if gallery is not None else []


def test_each_window_shows_what_the_other_does_and_says_when_the_server_is_away(
    shared_gallery: ServerAddress, postgres: Postgres, qtbot: QtBot
) -> None:
    one, other = window_of(shared_gallery, qtbot), window_of(shared_gallery, qtbot)

    def rename(gallery: Gallery) -> str:
        gallery.rename(gallery.person("Ada"), "Ada Lovelace")
        return "renamed"

    with qtbot.waitSignal(other.gallery.changed):
        one.gallery.edit(rename)
    assert names(other) == ["Ada Lovelace"]
    with qtbot.waitSignal(other.gallery.server_lost):
        postgres.kill()
    try:
        assert other.states.banner.label.text().startswith("The server is away.")
        assert names(other) == ["Ada Lovelace"]
    finally:
        postgres.start()
    qtbot.waitUntil(other.states.banner.isHidden)
    for window in (one, other):
        window.close()
    assert "password" not in str(Settings.load().recent)


def lacks_crops(caches: list[ThumbnailCache]) -> bool:
    return any(cache.problem(name) for cache in caches for name in cache._thumbnails)


def test_crops_that_could_not_be_read_while_the_server_was_away_appear_when_it_is_back(
    shared_gallery: ServerAddress, postgres: Postgres, qtbot: QtBot
) -> None:
    window = window_of(shared_gallery, qtbot)
    caches = window.people_page.findChildren(ThumbnailCache)
    with qtbot.waitSignal(window.gallery.server_lost):
        postgres.kill()
    try:
        for cache in caches:
            cache.clear()
        window.people_page.grab()  # asks for them
        qtbot.waitUntil(lambda: lacks_crops(caches))
    finally:
        postgres.start()
    qtbot.waitUntil(window.states.banner.isHidden)
    qtbot.waitUntil(lambda: window.people_page.grab() and not lacks_crops(caches))
    qtbot.waitUntil(lambda: not window.tasks.is_busy())
    assert not lacks_crops(caches)
    window.close()


def test_what_others_did_in_the_last_moment_is_not_overruled_unseen(
    shared_gallery: ServerAddress, qtbot: QtBot
) -> None:
    """The window has not heard of it yet: the edit is refused, and the new state shown."""
    window = window_of(shared_gallery, qtbot)
    gallery = window.gallery.gallery
    assert gallery is not None
    face, _ = gallery.unnamed()
    (ada,) = gallery.people
    with Gallery.open(shared_gallery, for_writing=True) as other:
        other.name_faces([face.id], "Grace")
    window.unnamed.ignore([face], on_ended=lambda: None)
    qtbot.waitUntil(lambda: not window.tasks.is_busy())
    assert gallery.person_of(face.id).name == "Grace"
    with Gallery.open(shared_gallery, for_writing=True) as other:
        other.rename(other.person("Ada"), "Ada Lovelace")
    window.people_edits.merge([ada], gallery.person("Grace"))
    qtbot.waitUntil(lambda: names(window) == ["Ada Lovelace", "Grace"])
    qtbot.waitUntil(lambda: not window.tasks.is_busy())
    assert names(window) == ["Ada Lovelace", "Grace"]
    window.people_edits.merge([gallery.person("Ada Lovelace")], gallery.person("Grace"))
    qtbot.waitUntil(lambda: names(window) == ["Grace"])


def test_a_flood_of_announcements_keeps_nobody_from_working(
    shared_gallery: ServerAddress, postgres: Postgres, qtbot: QtBot
) -> None:
    """Any user of the database can send them. Each was a task before which those of the user waited."""
    window = window_of(shared_gallery, qtbot)
    channel = channel_of(shared_gallery.schema)
    postgres.sql("".join(f"SELECT pg_notify('{channel}', '{number}');" for number in range(300)))
    for _ in range(100):  # as when the server is slow to answer
        window.gallery._others.on_changed()
    waiting = len(window.tasks._running)

    def rename(gallery: Gallery) -> str:
        gallery.rename(gallery.person("Ada"), "Ada Lovelace")
        return "renamed"

    window.gallery.edit(rename)
    qtbot.waitUntil(lambda: names(window) == ["Ada Lovelace"] and not window.tasks.is_busy())
    assert waiting <= 3
    window.close()
