"""The menus: five of them and Help, every entry does something, and none takes a letter from a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMessageBox

from face_match.gui.shell.navigation import Page
from tests.gui import audit


def entries(actions: list[QAction]) -> Iterator[QAction]:
    """All entries of menus, those of menus within them too."""
    for action in actions:
        if action.menu() is not None:
            yield from entries(action.menu().actions())
        elif not action.isSeparator():
            yield action


def test_there_are_few_menus_that_a_newcomer_reads_in_one_look(driver) -> None:
    tops = driver.window.menuBar().actions()
    titles = [top.text().replace("&&", "+").replace("&", "").replace("+", "&") for top in tops]
    assert titles == ["People", "Import", "Export", "Backup & privacy", "Settings", "Help"]
    assert all(len([*entries([top])]) <= 13 for top in tops)
    assert audit.clashes(driver.window) == []


def test_every_entry_has_an_action_of_the_window(driver) -> None:
    menus = driver.window.menus
    assert menus.actions.keys() <= menus._do.keys()
    assert {action.text() for action in menus.actions.values()} <= {
        action.text() for action in entries(driver.window.menuBar().actions())
    }


def test_no_key_of_an_entry_is_part_of_a_name(driver) -> None:
    actions = entries(driver.window.menuBar().actions())
    found = [keys for action in actions for keys in action.shortcuts() if not keys.isEmpty()]
    assert len(found) > 6
    control = Qt.KeyboardModifier.ControlModifier
    assert [keys.toString() for keys in found if not keys[0].keyboardModifiers() & control] == ["F1"]


@pytest.mark.parametrize("letters", ["pihsvq", "NXBSMI", "o 3 +-"])
def test_no_entry_fires_while_a_name_is_typed(driver, astronaut_file: Path, letters: str) -> None:
    driver.open(astronaut_file)
    fired: list[str] = []
    for name, action in driver.window.menus.actions.items():
        action.triggered.connect(lambda _=False, name=name: fired.append(name))
    for field in driver.window.findChildren(QLineEdit):
        if field.isVisible() and field.isEnabled():
            field.setFocus()
            driver.qtbot.keyClicks(field, letters)
            assert field.text().casefold() == letters.casefold(), field.objectName()
            field.clear()
    driver.settle()
    assert fired == []


def test_the_pages_are_in_the_menu(driver) -> None:
    actions, pages = driver.window.menus.actions, driver.window.pages
    for name, page in (("review", Page.UNNAMED), ("photo", Page.PHOTO), ("people", Page.PEOPLE)):
        actions[name].trigger()
        driver.settle()
        assert pages.current is page


def test_nothing_is_downloaded_without_a_question_that_names_size_and_source(driver) -> None:
    started: list[object] = []
    driver.window.tasks.started.connect(started.append)
    driver.window.menus.actions["facenet"].trigger()
    (question,) = driver.window.findChildren(QMessageBox)
    assert question.text() == "Download FaceNet (92.0 MB)?"
    assert "https://" in question.informativeText()
    next(button for button in question.buttons() if button.text() == "Cancel").click()
    driver.settle()
    assert started == []
