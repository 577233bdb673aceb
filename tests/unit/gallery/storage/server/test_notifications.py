"""Changes of others are heard within a second, also after the server was away."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from face_match.core.gallery_place import ServerAddress
from face_match.gallery.storage.server.connecting import connect
from face_match.gallery.storage.server.notifications import Notifications, channel_of
from tests.postgres import Postgres
from tests.stopwatch import within

OWN = "application_name = 'face-match'"


class Heard:
    """What a `Notifications` has told."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._new = threading.Condition()

    def on_changed(self) -> None:
        self._add("changed")

    def on_lost(self) -> None:
        self._add("lost")

    def on_back(self) -> None:
        self._add("back")

    def _add(self, word: str) -> None:
        with self._new:
            self.words.append(word)
            self._new.notify_all()

    def wait_for(self, *words: str, within_s: float = 5) -> None:
        """Wait until exactly these words were told."""
        with self._new:
            assert self._new.wait_for(lambda: self.words == [*words], within_s), self.words
            self.words.clear()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def notifications(server_address: ServerAddress, heard: Heard) -> Iterator[Notifications]:
    listening = Notifications(lambda: connect(server_address), "family", heard)
    heard.wait_for("changed")
    yield listening
    listening.close(5)


def notify(postgres: Postgres, server_address: ServerAddress, schema: str = "family") -> None:
    postgres.sql(f"NOTIFY {channel_of(schema)}")


def test_a_change_is_heard_within_a_second(
    postgres: Postgres, server_address: ServerAddress, notifications: Notifications, heard: Heard
) -> None:
    notify(postgres, server_address)
    heard.wait_for("changed", within_s=1)
    notify(postgres, server_address, "another")
    notify(postgres, server_address)
    heard.wait_for("changed", within_s=1)


def test_a_server_that_was_killed_is_found_again(
    postgres: Postgres, server_address: ServerAddress, notifications: Notifications, heard: Heard
) -> None:
    postgres.kill()
    try:
        heard.wait_for("lost")
        time.sleep(0.5)
        assert heard.words == []
    finally:
        postgres.start()
    heard.wait_for("back", "changed")
    notify(postgres, server_address)
    heard.wait_for("changed", within_s=1)


def test_a_connection_that_the_server_ends_is_replaced(
    postgres: Postgres, server_address: ServerAddress, notifications: Notifications, heard: Heard
) -> None:
    postgres.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {OWN}")
    heard.wait_for("lost", "back", "changed")


def test_nothing_is_left_after_it_was_closed(
    postgres: Postgres, server_address: ServerAddress, heard: Heard
) -> None:
    open_files = Path("/proc/self/fd")
    before = len([*open_files.iterdir()]) if open_files.is_dir() else 0
    for _ in range(5):
        listening = Notifications(lambda: connect(server_address), "family", heard)
        heard.wait_for("changed")
        listening.close(5)
    assert "notifications" not in {thread.name for thread in threading.enumerate()}
    if before:
        assert len([*open_files.iterdir()]) <= before
    query = f"SELECT 'none' WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE {OWN})"
    end = time.monotonic() + 60
    while "none" not in postgres.sql(query) and time.monotonic() < end:
        time.sleep(0.02)
    assert "none" in postgres.sql(query)
    notify(postgres, server_address)
    assert heard.words == []


def test_it_can_be_closed_while_the_server_is_away(server_address: ServerAddress, heard: Heard) -> None:
    away = ServerAddress.parse("postgresql:///photos?host=/nowhere")
    listening = Notifications(lambda: connect(away), "family", heard)
    heard.wait_for("lost")
    with within(2):
        listening.close(5)
