"""Escape leads from a photo back to where it was opened: a person, a group of faces, the ignored faces."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from face_match.gallery.gallery import Gallery
from face_match.gui.shell.navigation import Page
from tests.gui.conftest import Driver

NAME = "Ada"


@pytest.fixture
def driver(open_window, scanned: Path, tmp_path: Path) -> Driver:
    """A gallery with a person, an ignored face, and unnamed ones."""
    folder = Path(shutil.copytree(scanned, tmp_path / "gallery"))
    with Gallery.open(folder, for_writing=True) as gallery:
        named, ignored, *_ = [face.id for face in gallery.unnamed()]
        gallery.name_faces([named], NAME)
        gallery.ignore([ignored])
    made: Driver = open_window(folder)
    return made


def leave_photo(driver: Driver) -> None:
    """Wait for the photo that was opened, and press Escape there."""
    window = driver.window
    driver.settle()
    driver.qtbot.waitUntil(lambda: window.pages.is_shown(Page.PHOTO))
    driver.settle()
    assert window.photo.path is not None
    driver.press(Qt.Key.Key_Escape)
    driver.settle()


def test_escape_leads_back_to_the_person(driver: Driver) -> None:
    window = driver.window
    window.show_page(Page.PEOPLE)
    page = window.people_page
    page.show_person(window.gallery.gallery.person(NAME))
    driver.settle()
    grid = page.person_page.photos
    driver.qtbot.waitUntil(lambda: bool(grid.files))
    assert grid.show_photo(grid.files[0])
    driver.qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    leave_photo(driver)
    assert window.pages.is_shown(Page.PEOPLE)
    assert page.person is not None
    assert page.person.name == NAME


def test_escape_leads_back_to_the_group_and_its_face(driver: Driver) -> None:
    window = driver.window
    window.show_page(Page.UNNAMED)
    driver.settle()
    page = window.review_page
    page.skip()
    group, face = page.group.ids, page.grid.current_face
    page.middle.open_photo()
    leave_photo(driver)
    assert window.pages.is_shown(Page.UNNAMED)
    assert page.group.ids == group
    assert page.grid.current_face.id == face.id


def test_escape_leads_back_to_the_ignored_faces(driver: Driver) -> None:
    window = driver.window
    window.show_page(Page.IGNORED)
    driver.settle()
    page = window.ignored_page
    page.grid.select_rows([0])
    page.open_photo.trigger()
    leave_photo(driver)
    assert window.pages.is_shown(Page.IGNORED)
    assert len(page.grid.selected()) == 1
