"""The whole work with one photo: a new person, a match that is confirmed, one below the threshold."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from face_match.core.types import PhotoFileInfo
from face_match.gallery.gallery import NewFace
from face_match.gui.widgets.buttons import Kind

YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


def test_an_empty_gallery_offers_only_a_new_person(driver, astronaut_file: Path) -> None:
    window = driver.window
    driver.open(astronaut_file)
    assert driver.question == "Who is this?"
    assert not window.photo_page.confirm_button.isEnabled()
    window.photo_page.add_button.click()
    assert window.photo_page.name_edit.hasFocus(), "there is nothing to add yet"
    driver.type_name("Eileen Collins")
    assert window.photo_page.add_button.isEnabled()


def test_the_first_person_is_added_and_found(driver, astronaut_file: Path) -> None:
    driver.add(astronaut_file, "Eileen Collins")
    assert "Added Eileen Collins" in driver.message
    assert driver.rows == ["✅ Eileen Collins  1.000"]
    assert driver.question == "Eileen Collins"
    assert driver.window.photo_page.name_edit.text() == ""
    (crop,) = (driver.window.gallery.folder / "faces_db" / "Eileen Collins").iterdir()
    assert crop.suffix == ".png"


def test_the_add_button_adds_as_enter_does(driver, astronaut_file: Path) -> None:
    driver.open(astronaut_file)
    driver.type_name("Eileen")
    driver.qtbot.mouseClick(driver.window.photo_page.add_button, Qt.MouseButton.LeftButton)
    driver.settle()
    assert driver.faces_of("Eileen") == 1


def test_a_second_photo_is_matched_and_confirmed_with_enter(
    driver, astronaut_file: Path, astronaut_again: Path, hopper_file: Path
) -> None:
    driver.add(astronaut_file, "Eileen Collins")
    driver.add(hopper_file, "Grace Hopper")
    driver.open(astronaut_again)
    assert driver.rows[0].startswith("✅ Eileen Collins")
    assert driver.rows[1].startswith("— Grace Hopper")
    assert driver.question == "Is this Eileen Collins?"
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.faces_of("Eileen Collins") == 2
    assert "who now has 2 faces" in driver.message


def test_a_double_click_confirms(driver, astronaut_file: Path, astronaut_again: Path) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(astronaut_again)
    matches = driver.window.photo_page.matches
    where = matches.visualItemRect(matches.item(0)).center()
    driver.qtbot.mouseClick(matches.viewport(), Qt.MouseButton.LeftButton, pos=where)
    driver.qtbot.mouseDClick(matches.viewport(), Qt.MouseButton.LeftButton, pos=where)
    driver.settle()
    assert driver.faces_of("Eileen") == 2


def test_below_the_threshold_it_asks_and_no_adds_nothing(
    driver, astronaut_file: Path, hopper_file: Path
) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(hopper_file)
    asked = driver.answer(NO)
    driver.window.photo_page.confirm_button.click()
    driver.settle()
    similarity = driver.rows[0][-5:]
    assert asked == [
        f"This face does not look like Eileen (score {similarity}, threshold 0.94). Use this name anyway?"
    ]
    assert driver.faces_of("Eileen") == 1
    assert driver.message == "Nothing was added to Eileen."


def test_below_the_threshold_enter_twice_adds_nothing_as_no_is_the_default(
    driver, astronaut_file: Path, hopper_file: Path
) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(hopper_file)
    asked: list[str] = []

    def press_enter() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        driver.qtbot.keyClick(box, Qt.Key.Key_Return)

    QTimer.singleShot(200, press_enter)
    driver.press(Qt.Key.Key_1)
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert len(asked) == 1
    assert driver.faces_of("Eileen") == 1


def test_below_the_threshold_it_asks_and_yes_adds(driver, astronaut_file: Path, hopper_file: Path) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(hopper_file)
    asked = driver.answer(YES)
    driver.window.photo_page.confirm_button.click()
    driver.settle()
    assert len(asked) == 1
    assert driver.faces_of("Eileen") == 2


def test_a_typed_name_of_an_existing_person_adds_to_that_person_and_the_button_says_so(
    driver, astronaut_file: Path, astronaut_again: Path
) -> None:
    driver.add(astronaut_file, "Eileen Collins")
    driver.open(astronaut_again)
    driver.press(Qt.Key.Key_N)
    driver.type_name("eileen  COLLINS")
    assert driver.window.photo_page.add_button.text() == "Add face"
    assert driver.window.photo_page.add_button.toolTip() == "Add the face to Eileen Collins (Enter)"
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.faces_of("Eileen Collins") == 2
    assert driver.message == "Added this face to Eileen Collins, who now has 2 faces. Undo: Ctrl+Z."


def test_the_same_photo_is_not_added_twice(driver, astronaut_file: Path) -> None:
    driver.add(astronaut_file, "Eileen")
    assert not driver.window.photo_page.confirm_button.isEnabled()
    driver.window.face_edits.name("eileen")
    driver.settle()
    assert driver.message == "This face is already Eileen."
    assert driver.faces_of("Eileen") == 1


def test_the_slider_marks_matches_again_without_embedding_or_sorting(
    driver, astronaut_file: Path, astronaut_again: Path, hopper_file: Path
) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.add(hopper_file, "Grace")
    driver.open(astronaut_again)
    slider = driver.window.photo_page.threshold.slider
    started = []
    driver.window.tasks.started.connect(started.append)
    slider.setValue(slider.minimum())
    assert [row[0] for row in driver.rows] == ["✅", "✅"]
    slider.setValue(slider.maximum())
    assert [row.split()[:2] for row in driver.rows] == [["—", "Eileen"], ["—", "Grace"]]
    assert not started


def test_the_threshold_is_remembered_for_the_model(driver, open_window, tmp_path: Path) -> None:
    driver.window.photo_page.threshold.slider.setValue(190)
    assert driver.window.photo_page.threshold.label.text() == "0.95"
    driver.window.close()
    settings = json.loads((tmp_path / "settings.json").read_text())
    assert settings["thresholds"] == {"dlib": 0.95}
    again = open_window(tmp_path / "gallery")
    assert again.window.photo_page.threshold.value == 0.95


def test_the_crops_are_shown_side_by_side(driver, astronaut_file: Path, astronaut_again: Path) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(astronaut_again)
    page = driver.window.photo_page
    driver.qtbot.waitUntil(lambda: not page.sample_crop.pixmap().isNull())
    assert not page.face_crop.pixmap().isNull()
    driver.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.compare.isVisible()
    assert not page.photo_view.isVisible()
    assert page.compare._face.width() > 3 * page.face_crop.width()
    driver.press(Qt.Key.Key_Escape)
    assert page.photo_view.isVisible()


def test_at_most_ten_people_are_listed(driver, astronaut_file: Path) -> None:
    driver.open(astronaut_file)
    face, photo = driver.window.photo.face, driver.window.photo.photo
    gallery = driver.window.gallery.gallery
    for number in range(12):
        other = PhotoFileInfo.from_photo(photo)._replace(digest=f"{photo.digest}{number}")
        gallery.add(f"person {number}", NewFace.of(face), other)
    driver.open(astronaut_file)
    assert len(driver.rows) == 10


def test_the_main_button_is_the_one_that_the_heading_asks_for(
    driver, astronaut_file: Path, astronaut_again: Path, hopper_file: Path
) -> None:
    page = driver.window.photo_page
    driver.add(astronaut_file, "Eileen")
    driver.open(hopper_file)
    assert driver.question == "Probably someone new"
    assert (page.add_button.kind, page.confirm_button.kind) == (Kind.MAIN, Kind.PLAIN)
    assert page.confirm_button.keys == ""
    assert not page.sample_crop.isVisible(), "nobody's portrait stands beside the face"
    driver.press(Qt.Key.Key_Return)
    assert page.name_edit.hasFocus()
    assert driver.faces_of("Eileen") == 1
    driver.open(astronaut_again)
    assert driver.question == "Is this Eileen?"
    assert (page.add_button.kind, page.confirm_button.kind) == (Kind.PLAIN, Kind.MAIN)
    assert page.confirm_button.keys == "Enter"
    assert page.sample_crop.isVisible()
