"""Shift+F10 opens the menu of what has the focus, on each page that has one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from face_match.gui.shell.navigation import Page
from tests.gui.conftest import Driver
from tests.gui.people_driver import PeopleDriver

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="Windows asks by itself, macOS has no such key"
)


def entries(driver: Driver) -> set[str]:
    """Press Shift+F10, and read the menu that opens."""
    focus = driver.window.focusWidget()
    driver.qtbot.keyClick(focus, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    shown = {action.text().partition("\t")[0].replace("&", "") for action in menu.actions()}
    menu.close()
    return shown


def test_of_a_person(people: PeopleDriver) -> None:
    people.grid.setFocus()
    people.grid.set_current_row(0)
    assert {"Open", "Rename", "Merge …"} <= entries(people.main)


def test_of_the_faces_of_a_group_also_from_the_empty_field(open_window, scanned: Path) -> None:
    driver: Driver = open_window(scanned)
    driver.window.show_page(Page.UNNAMED)
    driver.settle()
    assert "Open the photo" in entries(driver)


def test_of_photos(open_window, scanned: Path) -> None:
    driver: Driver = open_window(scanned)
    driver.window.show_page(Page.PHOTO)
    driver.settle()
    grid = driver.window.focusWidget()
    driver.qtbot.waitUntil(lambda: grid.model().rowCount() > 0)
    driver.qtbot.keyClick(grid, Qt.Key.Key_Home)
    driver.qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert {"Open", "Show in file manager"} <= entries(driver)


def test_of_a_text(driver: Driver) -> None:
    driver.window.toolbar.search.focus()
    assert {"Undo", "Paste", "Select All"} <= entries(driver)
