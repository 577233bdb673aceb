"""What was freed goes back to the system once the window rests."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from benchmarks.timing import resident_mb
from face_match.gui.shell.navigation import Page
from face_match.gui.state import freed_memory
from face_match.gui.state.freed_memory import FreedMemory
from face_match.gui.state.tasks import GALLERY, RETURN_MEMORY, REVIEW, Tasks
from face_match.gui.widgets import covers, thumbnails
from tests.gui.conftest import Driver
from tests.gui.people_driver import PeopleDriver

BLOCKS, BLOCK_BYTES = 2_000, 20_000


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_that_is_free_between_blocks_in_use_is_returned_once_nothing_is_under_way(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freed_memory, "RESTING_MS", 50)
    tasks, ended = Tasks(), list[str]()
    FreedMemory(tasks)
    tasks.ended.connect(lambda task: ended.append(task.key))
    kept, may_end = list[np.ndarray](), threading.Event()

    def leave_gaps(*_: object) -> None:
        blocks = [np.ones(BLOCK_BYTES, np.uint8) for _ in range(BLOCKS)]
        kept.extend(blocks[::20])

    tasks.start(GALLERY, lambda *_: may_end.wait(60), lambda _: None, key="long work")
    tasks.start(REVIEW, leave_gaps, lambda _: None, key="work")
    qtbot.waitUntil(lambda: "work" in ended)
    before = resident_mb()
    qtbot.wait(200)
    assert ended == ["work"], "while something is under way, nothing is returned"
    may_end.set()
    qtbot.waitUntil(lambda: RETURN_MEMORY in ended)
    assert before - resident_mb() > 0.5 * BLOCKS * BLOCK_BYTES / 1e6
    qtbot.wait(300)
    assert ended == ["work", "long work", RETURN_MEMORY], "once after each piece of work"
    assert tasks.close()


def wait_for_rest(driver: Driver) -> None:
    tasks, ended = driver.window.tasks, list[str]()
    tasks.ended.connect(lambda task: ended.append(task.key))
    tasks.start(GALLERY, lambda *_: None, lambda _: None)
    driver.qtbot.waitUntil(lambda: RETURN_MEMORY in ended)


def test_images_that_are_not_on_the_screen_are_forgotten_at_rest(
    open_window, gallery_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freed_memory, "RESTING_MS", 300)
    driver = open_window(gallery_folder)
    window, grid = driver.window, driver.window.people_page.overview.grid
    window.show_page(Page.PEOPLE)
    names = [person.name for person in grid.people.people]

    def kept() -> int:
        return sum(len(cache._thumbnails) for cache in thumbnails._caches)

    def wait_for_covers() -> None:
        driver.qtbot.waitUntil(lambda: kept() >= len(names) == 3)
        driver.settle()

    wait_for_covers()
    shown = grid.grab().toImage()
    wait_for_rest(driver)
    assert kept() == len(names), "what is shown stays"
    painted = covers._painted._bytes
    assert painted > 0
    assert grid.grab().toImage() == shown
    assert covers._painted._bytes == painted, "also in the size in which it is painted"
    window.show_page(Page.IGNORED)
    wait_for_rest(driver)
    assert (kept(), covers._painted._bytes) == (0, 0)
    window.show_page(Page.PEOPLE)
    wait_for_covers()
    assert grid.grab().toImage() == shown


def test_a_list_that_has_fewer_rows_than_before_forgets_the_others_at_rest(
    open_window, gallery_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freed_memory, "RESTING_MS", 300)
    people = PeopleDriver(open_window(gallery_folder))
    kept = people.grid.crops._thumbnails
    people.until(lambda: len(kept) == 3)
    people.type("grace")
    people.press(Qt.Key.Key_Delete)
    people.until(lambda: len(people.rows) == 2)
    people.main.settle()
    shown = people.grid.grab().toImage()
    wait_for_rest(people.main)
    assert len(kept) == 2, "what is shown stays"
    assert people.grid.grab().toImage() == shown
