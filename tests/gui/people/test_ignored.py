"""The ignored faces: shown as a grid, and some of them shown again, undoably."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from face_match.gallery.gallery import Gallery
from face_match.gallery.storage.lock import WriterLock
from face_match.gui.people.ignored_page import IgnoredPage
from face_match.gui.shell.navigation import Page
from tests.gui.people_driver import CONTROL, SHIFT


@pytest.fixture
def folder(scanned: Path, tmp_path: Path) -> Path:
    """A gallery of seven unnamed faces, of which three are ignored."""
    folder = Path(shutil.copytree(scanned, tmp_path / "gallery"))
    with Gallery.open(folder, for_writing=True) as gallery:
        gallery.ignore([face.id for face in gallery.unnamed()[:3]])
    return folder


def show_page(driver) -> IgnoredPage:
    driver.window.show_page(Page.IGNORED)
    driver.settle()
    page: IgnoredPage = driver.window.ignored_page
    return page


def counts(driver) -> tuple[int, int]:
    gallery = driver.window.gallery.gallery
    return len(gallery.ignored()), len(gallery.unnamed())


def test_ignored_faces_are_shown_and_some_are_shown_again(open_window, folder: Path) -> None:
    driver = open_window(folder)
    page = show_page(driver)
    assert len(page.grid.rows) == 3
    assert page.grid.hasFocus()
    driver.qtbot.waitUntil(lambda: all(page.grid.crops.image(face.id, face) for face in page.grid.rows))
    assert not page.show_button.isEnabled()
    driver.press(Qt.Key.Key_Home)
    driver.press(Qt.Key.Key_Right, SHIFT)
    assert page.selected.text() == "2 selected"
    left = page.grid.rows[2].id
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert counts(driver) == (1, 6)
    assert [face.id for face in page.grid.rows] == [left]
    assert driver.message == "2 faces are shown again. Undo: Ctrl+Z."
    assert driver.window.unnamed.count == 6
    driver.press(Qt.Key.Key_Z, CONTROL)
    driver.settle()
    assert counts(driver) == (3, 4)
    assert len(page.grid.rows) == 3
    assert {face.id for face in page.grid.selected()} == {face.id for face in page.grid.rows} - {left}, (
        "one sees what was undone"
    )


def test_the_button_shows_all_again_and_then_says_that_none_are_left(open_window, folder: Path) -> None:
    driver = open_window(folder)
    page = show_page(driver)
    driver.press(Qt.Key.Key_A, CONTROL)
    page.show_button.click()
    driver.settle()
    assert counts(driver) == (0, 7)
    assert page.grid.placeholder == "No faces are ignored."
    assert not page.show_button.isEnabled()


def test_the_photo_of_an_ignored_face_is_opened(open_window, folder: Path) -> None:
    driver = open_window(folder)
    page = show_page(driver)
    page.grid.select_rows([1])
    driver.press(Qt.Key.Key_O)
    driver.settle()
    photo = driver.window.gallery.gallery.photo(page.grid.rows[1].photo)
    assert driver.window.photo.path == Path(photo.path)


def test_in_a_read_only_gallery_none_can_be_shown_again(open_window, folder: Path) -> None:
    lock = WriterLock(folder)
    lock.acquire()
    driver = open_window(folder)
    page = show_page(driver)
    driver.press(Qt.Key.Key_A, CONTROL)
    assert len(page.grid.selected()) == 3
    assert not page.show_button.isEnabled()
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert counts(driver) == (3, 4)
    lock.release()


def test_a_face_says_when_it_was_found(open_window, folder: Path) -> None:
    page = show_page(open_window(folder))
    told = page.grid.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Ignored face 1 of 3. Found on ")
