"""A typed name of somebody who does not look like the faces is used, and the message says how they look."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from tests.gui.review_driver import ReviewDriver


@pytest.fixture
def review(open_window, scanned: Path, tmp_path: Path) -> ReviewDriver:
    """A window in which the larger of two groups, of four faces, was named Eileen."""
    review = ReviewDriver(open_window(Path(shutil.copytree(scanned, tmp_path / "gallery"))))
    review.name("Eileen")
    assert review.people == {"Eileen": 4}
    return review


def test_a_group(review: ReviewDriver) -> None:
    assert review.message == "Added Eileen as a new person with 4 faces. Undo: Ctrl+Z."
    review.name("Eileen")
    assert review.people == {"Eileen": 7}, "what a person says is done"
    assert review.message == (
        "Added 3 faces to Eileen, who now has 7 faces. They do not look like Eileen. Undo: Ctrl+Z."
    )
    review.main.window.message_bar.undo_button.click()
    review.settle()
    assert review.people == {"Eileen": 4}
    assert not review.main.window.message_bar.undo_button.isVisible()


def test_a_face_of_a_photo(review: ReviewDriver, hopper_file: Path, astronaut_again: Path) -> None:
    driver = review.main
    driver.add(astronaut_again, "Eileen")
    assert "look like" not in driver.message
    driver.add(hopper_file, "Eileen")
    assert driver.message == (
        "Added this face to Eileen, who now has 6 faces. It does not look like Eileen. Undo: Ctrl+Z."
    )
    driver.add(hopper_file, "Grace")
    assert driver.message == "This face is now Grace (was Eileen). Undo: Ctrl+Z."
    driver.add(hopper_file, "Eileen")
    assert driver.message == (
        "This face is now Eileen (was Grace). It does not look like Eileen. Undo: Ctrl+Z."
    )


def test_not_after_a_question_that_said_so(review: ReviewDriver, hopper_file: Path) -> None:
    driver = review.main
    driver.open(hopper_file)
    driver.press(Qt.Key.Key_1)
    asked = driver.answer(QMessageBox.StandardButton.Yes)
    driver.window.photo_page.confirm_button.click()
    driver.settle()
    assert "does not look like Eileen" in asked[0]
    assert driver.message == "Added this face to Eileen, who now has 5 faces. Undo: Ctrl+Z."
