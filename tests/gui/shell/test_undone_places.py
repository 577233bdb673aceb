"""After Undo and Redo one sees what they changed, whichever page is shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from face_match.gui.shell.navigation import Page

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_person_who_was_deleted_is_chosen_when_brought_back(open_window, gallery_folder: Path) -> None:
    driver = open_window(gallery_folder)
    window = driver.window
    window.people_edits.delete([window.gallery.gallery.person("Grace")])
    driver.settle()
    window.show_page(Page.PEOPLE)
    driver.settle()
    driver.press(Qt.Key.Key_Z, CONTROL)
    driver.settle()
    grid = window.people_page.overview.grid
    driver.qtbot.waitUntil(lambda: [one.name for one in grid.chosen()] == ["Grace"])
    assert window.pages.is_shown(Page.PEOPLE)


def test_the_face_of_a_photo_that_was_named_is_picked_again(driver, two_faces: Path) -> None:
    driver.open(two_faces)
    photo = driver.window.photo
    first = photo.picked
    driver.type_name("Ada")
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert photo.picked != first, "naming goes on to the next face"
    driver.press(Qt.Key.Key_Z, CONTROL)
    driver.settle()
    assert photo.picked == first
    photo.pick(1 - first)
    driver.settle()
    driver.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    driver.settle()
    assert photo.names[first] == "Ada"
