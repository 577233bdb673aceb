"""Every key of the F1 page does what it says, and letters are text in a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from face_match.gui.dialogs.keys import KeysDialog
from face_match.gui.keys import PEOPLE_KEYS, PHOTO_KEYS, REVIEW_KEYS, SEARCH_KEYS, WINDOW_KEYS
from tests.gui.keys_page import SMALL_SCREEN_PX, needed_height

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def matched(driver, astronaut_file: Path, hopper_file: Path, astronaut_again: Path):
    """Two people in the gallery, a third photo open."""
    driver.add(astronaut_file, "Eileen")
    driver.add(hopper_file, "Grace")
    driver.open(astronaut_again)
    return driver


def chosen(driver) -> str:
    return driver.window.photo_page.matches.selected().person.name


def test_arrows_and_digits_choose_a_person(matched) -> None:
    assert chosen(matched) == "Eileen"
    matched.press(Qt.Key.Key_Down)
    assert chosen(matched) == "Grace"
    matched.press(Qt.Key.Key_Up)
    assert chosen(matched) == "Eileen"
    matched.press(Qt.Key.Key_2)
    assert chosen(matched) == "Grace"
    matched.press(Qt.Key.Key_9)
    assert chosen(matched) == "Grace"


def test_n_focuses_the_name_field_and_letters_go_into_it(matched) -> None:
    window = matched.window
    matched.press(Qt.Key.Key_N)
    assert window.photo_page.name_edit.hasFocus()
    matched.qtbot.keyClicks(window.photo_page.name_edit, "nxsf 123 +-")
    assert window.photo_page.name_edit.text() == "nxsf 123 +-"
    assert matched.rows
    matched.press(Qt.Key.Key_Escape)
    assert window.photo_page.matches.hasFocus()
    assert window.photo_page.name_edit.text() == ""


def test_x_means_not_this_person_until_it_is_undone(matched) -> None:
    matched.press(Qt.Key.Key_X)
    matched.settle()
    assert [row.split()[1] for row in matched.rows] == ["Grace"]
    assert matched.message.startswith("Not Eileen")
    matched.press(Qt.Key.Key_Z, CONTROL)
    matched.settle()
    assert [row.split()[1] for row in matched.rows] == ["Eileen", "Grace"]


def test_a_rejection_is_remembered_for_the_photo(matched, astronaut_again: Path, open_window) -> None:
    matched.press(Qt.Key.Key_X)
    matched.settle()
    matched.window.close()
    again = open_window(matched.window.gallery.folder)
    again.open(astronaut_again)
    assert [row.split()[1] for row in again.rows] == ["Grace"]


def test_undo_and_redo_of_an_added_face(matched) -> None:
    matched.press(Qt.Key.Key_Return)
    matched.settle()
    assert matched.faces_of("Eileen") == 2
    matched.press(Qt.Key.Key_Z, CONTROL)
    matched.settle()
    assert matched.faces_of("Eileen") == 1
    assert matched.message == "Undid: added a face to Eileen."
    matched.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    matched.settle()
    assert matched.faces_of("Eileen") == 2
    assert matched.message == "Redid: added a face to Eileen."


def test_undo_of_the_first_person_leaves_an_empty_gallery(driver, astronaut_file: Path) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.press(Qt.Key.Key_Z, CONTROL)
    driver.settle()
    assert driver.question == "Who is this?"
    assert not driver.window.menus.actions["undo"].isEnabled()
    driver.window.gallery.undo()
    driver.settle()
    assert driver.message == "There is nothing to undo."


def test_arrows_move_the_slider_that_has_the_focus(matched) -> None:
    slider = matched.window.photo_page.threshold.slider
    slider.setFocus()
    before = slider.value()
    matched.press(Qt.Key.Key_Left)
    assert slider.value() == before - 1
    assert chosen(matched) == "Eileen"


def test_the_whole_workflow_by_keyboard_alone(driver, astronaut_file: Path, astronaut_again: Path) -> None:
    driver.open(astronaut_file, astronaut_again)
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.keyClicks(driver.window.focusWidget(), "Eileen")
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    driver.press(Qt.Key.Key_Right)
    driver.settle()
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.faces_of("Eileen") == 2


@pytest.mark.parametrize("focused", ["photo_view", "matches", "name_edit"])
def test_arrows_go_from_face_to_face_and_on_to_the_next_photo(
    driver, two_faces: Path, astronaut_again: Path, focused
) -> None:
    page = driver.window.photo_page
    driver.open(two_faces, astronaut_again)
    page.photo_view.pick(0)
    getattr(page, focused).setFocus()
    driver.press(Qt.Key.Key_Right)
    assert page.photo_view.picked == 1 and driver.window.photo.photo.name == two_faces.name
    getattr(page, focused).setFocus()
    driver.press(Qt.Key.Key_Left)
    assert page.photo_view.picked == 0
    page.photo_view.pick(1)
    getattr(page, focused).setFocus()
    driver.press(Qt.Key.Key_Right)
    driver.settle()
    assert driver.window.photo.photo.name == astronaut_again.name
    driver.press(Qt.Key.Key_Left)
    driver.settle()
    assert driver.window.photo.photo.name == two_faces.name


def test_f1_shows_all_keys_on_one_page(driver) -> None:
    driver.press(Qt.Key.Key_F1)
    dialog = driver.window.findChild(KeysDialog)
    assert dialog.isVisible()
    shown = " ".join(label.text() for label in dialog.findChildren(QLabel))
    keys = (*WINDOW_KEYS, *PHOTO_KEYS, *REVIEW_KEYS, *PEOPLE_KEYS, *SEARCH_KEYS)
    assert [key for key in keys if key.shown not in shown or key.what not in shown] == []


def test_all_keys_fit_on_a_small_screen(qtbot) -> None:
    dialog = KeysDialog()
    qtbot.addWidget(dialog)
    assert needed_height(dialog) <= SMALL_SCREEN_PX
