"""Results that arrive while the user types, chooses or answers do not disturb that."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from face_match.core.records import Person
from face_match.gallery.storage.lock import WriterLock


@pytest.fixture
def two_people(driver, astronaut_file: Path, hopper_file: Path):
    driver.add(astronaut_file, "Eileen")
    driver.add(hopper_file, "Grace")
    return driver


def test_a_photo_opened_while_a_question_is_open_is_not_added(
    two_people, astronaut_again: Path, hopper_file: Path
) -> None:
    driver = two_people
    driver.open(astronaut_again)
    driver.press(Qt.Key.Key_2)
    window = driver.window

    def another_photo_then_yes() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        box.button(QMessageBox.StandardButton.Yes).click()

    window.photo.faces_found.connect(another_photo_then_yes)
    driver.window.queue.open([hopper_file])
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.faces_of("Grace") == 1
    assert driver.faces_of("Eileen") == 1


def test_a_name_that_is_being_typed_keeps_the_focus_when_faces_are_found(
    two_people, astronaut_again: Path
) -> None:
    driver, panel = two_people, two_people.window.photo_page
    with driver.qtbot.waitSignal(driver.window.photo.decoded):
        driver.window.queue.open([astronaut_again])
    panel.name_edit.setFocus()
    driver.qtbot.keyClicks(panel.name_edit, "Alex")
    driver.settle()
    assert driver.window.focusWidget() is panel.name_edit
    driver.qtbot.keyClicks(driver.window.focusWidget(), "xsn 2")
    assert panel.name_edit.text() == "Alexxsn 2"
    gallery = driver.window.gallery.gallery
    assert gallery.all_rejections() == []


def test_a_save_that_ends_keeps_the_name_typed_for_the_next_photo(
    driver, astronaut_file: Path, hopper_file: Path
) -> None:
    driver.open(astronaut_file, hopper_file)
    panel = driver.window.photo_page
    driver.type_name("Eileen")
    driver.press(Qt.Key.Key_Return)
    panel.next_button.click()
    panel.name_edit.setFocus()
    driver.qtbot.keyClicks(panel.name_edit, "Grace")
    driver.settle()
    assert driver.faces_of("Eileen") == 1
    assert panel.name_edit.text() == "Grace"
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.faces_of("Grace") == 1


def test_enter_on_a_button_presses_that_button(two_people, astronaut_again: Path) -> None:
    driver = two_people
    driver.open(astronaut_again)
    driver.window.photo_page.reject_button.setFocus()
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.faces_of("Eileen") == 1
    assert [row.split()[1] for row in driver.rows] == ["Grace"]


def test_enter_pressed_twice_adds_once(two_people, astronaut_again: Path) -> None:
    driver = two_people
    driver.open(astronaut_again)
    driver.press(Qt.Key.Key_Return)
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.faces_of("Eileen") == 2


def test_ranking_the_same_face_again_keeps_the_selected_person(two_people, astronaut_again: Path) -> None:
    driver = two_people
    driver.open(astronaut_again)
    driver.press(Qt.Key.Key_2)
    driver.window.photo.rank()
    driver.settle()
    assert driver.window.photo_page.matches.selected().person.name == "Grace"


def test_escape_clears_the_name_so_that_enter_confirms(two_people, astronaut_again: Path) -> None:
    driver, panel = two_people, two_people.window.photo_page
    driver.open(astronaut_again)
    driver.press(Qt.Key.Key_N)
    driver.type_name("Somebody")
    driver.press(Qt.Key.Key_Escape)
    driver.press(Qt.Key.Key_1)
    assert panel.name_edit.text() == ""
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert (driver.faces_of("Eileen"), driver.faces_of("Somebody")) == (2, 0)


def test_the_offer_to_open_a_gallery_stays_while_photos_are_opened(
    two_people, open_window, astronaut_again: Path
) -> None:
    folder = two_people.window.gallery.folder
    two_people.window.close()
    lock = WriterLock(folder)
    lock.acquire()
    driver = open_window(folder)
    driver.open(astronaut_again)
    assert driver.rows
    banner = driver.window.states.banner
    assert banner.isVisible()
    assert not driver.window.photo_page.confirm_button.isEnabled()
    lock.release()
    banner.button.click()
    driver.settle()
    assert not banner.isVisible()
    assert driver.window.gallery.gallery.is_writable


def test_the_question_is_about_the_photo_that_was_opened_last(
    driver, astronaut_file: Path, hopper_file
) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.window.photo.close()
    driver.window.messages.posted.emit("news")
    driver.open(hopper_file)
    assert driver.question == "Probably someone new"
    assert driver.window.photo_page.panel.note.text().startswith("Nobody is close")


def test_the_list_says_when_everyone_was_rejected(driver, astronaut_file: Path, astronaut_again) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(astronaut_again)
    driver.press(Qt.Key.Key_X)
    driver.settle()
    assert driver.rows == []
    assert driver.window.photo_page.matches.placeholder.startswith("No matches: everyone")


def test_undo_and_redo_keep_embeddings_added_later(driver, astronaut_file: Path) -> None:
    driver.add(astronaut_file, "Eileen")
    gallery = driver.window.gallery.gallery
    (person,) = gallery.people
    embedding = np.eye(512, dtype=np.float32)[0]
    gallery.add_embeddings("facenet", {gallery.faces_of(person)[0].id: embedding}, store=True)
    driver.window.gallery.undo()
    driver.settle()
    driver.window.gallery.redo()
    driver.settle()
    again: Person = gallery.find("Eileen")
    assert set(gallery.faces_of(again)[0].embeddings) == {"dlib", "facenet"}
