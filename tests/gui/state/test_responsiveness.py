"""The GUI thread does not wait while the gallery is locked, as by a slow disk."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from face_match.gallery.gallery import Gallery
from tests.gui.event_loop import EventLoopTimer

HELD_S = 6.0
"""A slot that waits for the lock waits as long, or until the test is through."""
LONGEST_S = 2.0

CONTROL = Qt.KeyboardModifier.ControlModifier


@contextlib.contextmanager
def locked(gallery: Gallery) -> Iterator[None]:
    """As during a write to a disk that does not answer."""
    is_held, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with gallery._lock:
            is_held.set()
            may_end.wait(HELD_S)

    thread = threading.Thread(target=hold)
    thread.start()
    assert is_held.wait(10)
    try:
        yield
        assert thread.is_alive(), "it took longer than the lock was held"
    finally:
        may_end.set()
        thread.join()


@pytest.fixture
def of_four(open_window, gallery_folder: Path, two_faces: Path):
    """A window on a gallery, at one of two faces, with all pages of the gallery open."""
    driver = open_window(gallery_folder)
    window = driver.window
    for page in ("history", "people"):
        window.menus.actions[page].trigger()
        driver.settle()
    driver.open(two_faces)
    window.photo_page.photo_view.pick(0)
    driver.settle()
    return driver


def actions(driver, another: Path) -> dict[str, Callable[[], object]]:
    window, panel = driver.window, driver.window.photo_page

    def show_conflicts() -> None:  # made here, while the gallery is locked
        window.dialogs.conflicts.show()

    return {
        "a face is picked": lambda: panel.photo_view.pick(1),
        "the threshold is moved": lambda: panel.threshold.slider.setValue(180),
        "a person is chosen": lambda: driver.press(Qt.Key.Key_2),
        "a name is typed": lambda: driver.type_name("Grace"),
        "a name is cleared": panel.name_edit.clear,
        "a match is rejected": lambda: driver.press(Qt.Key.Key_X),
        "a change is undone": window.gallery.undo,
        "the history is shown": window.menus.actions["history"].trigger,
        "the conflicts are shown": show_conflicts,
        "the people are shown": window.menus.actions["people"].trigger,
        "the review is shown": window.menus.actions["review"].trigger,
        "a model is chosen": lambda: window.menus.choose_model("dlib"),
        "the gallery has changed": window.gallery.announce_change,
        "a photo is opened": lambda: window.queue.open([another]),
    }


def test_the_gui_thread_never_waits_for_the_lock_of_the_gallery(of_four, hopper_file: Path) -> None:
    driver, took = of_four, dict[str, float]()
    for what, do in actions(driver, hopper_file).items():
        with locked(driver.window.gallery.gallery):
            timer = EventLoopTimer()
            do()
            driver.qtbot.wait(50)  # what it queues has its turn too
            took[what] = timer.stop()
        driver.settle()
    assert {what: seconds for what, seconds in took.items() if seconds > LONGEST_S} == {}


def test_the_event_loop_timer_counts_waiting_for_a_lock(of_four) -> None:
    gallery = of_four.window.gallery.gallery
    timer = EventLoopTimer()
    with locked(gallery):
        assert not gallery._lock.acquire(timeout=0.5)
    assert timer.stop() > 0.4  # less than it waited, by what this process was without a core
