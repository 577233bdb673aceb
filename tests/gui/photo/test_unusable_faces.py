"""The user is asked before an unusable face is added, but not for a merely poor one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from PySide6.QtWidgets import QMessageBox

YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
WARNING = "This face is blurred; matches against it will be unreliable."


@pytest.fixture
def blurred(tmp_path: Path) -> Callable[[Path, float], Path]:
    """Makes a blurred copy of a photo; the radius is in its pixels."""

    def of(photo: Path, radius: float) -> Path:
        path = tmp_path / f"blurred {radius:g} {photo.stem}.png"
        with Image.open(photo) as image:
            image.convert("RGB").filter(ImageFilter.GaussianBlur(radius)).save(path)
        return path

    return of


def test_an_unusable_face_is_asked_about_and_no_adds_nothing(
    driver, astronaut_file: Path, blurred: Callable[[Path, float], Path]
) -> None:
    asked = driver.answer(NO)
    driver.add(blurred(astronaut_file, 4.5), "Eileen")
    assert asked == [f"{WARNING} Use this name anyway?"]
    assert driver.faces_of("Eileen") == 0
    assert driver.message == "Nothing was added."


def test_an_unusable_face_is_added_after_a_question(
    driver, astronaut_file: Path, blurred: Callable[[Path, float], Path]
) -> None:
    asked = driver.answer(YES)
    driver.add(blurred(astronaut_file, 4.5), "Eileen")
    assert len(asked) == 1
    assert driver.faces_of("Eileen") == 1


def test_an_unusable_face_below_the_threshold_is_asked_about_once(
    driver, astronaut_file: Path, hopper_file: Path, blurred: Callable[[Path, float], Path]
) -> None:
    driver.add(hopper_file, "Grace")
    driver.open(blurred(astronaut_file, 4.5))
    asked = driver.answer(NO)
    driver.window.photo_page.confirm_button.click()
    driver.settle()
    similarity = driver.rows[0][-5:]
    assert asked == [
        f"{WARNING} This face does not look like Grace (score {similarity}, threshold 0.94). "
        "Use this name anyway?"
    ]
    assert driver.faces_of("Grace") == 1
    assert driver.message == "Nothing was added to Grace."


def test_a_poor_face_is_added_without_a_question(
    driver, astronaut_file: Path, blurred: Callable[[Path, float], Path]
) -> None:
    driver.add(blurred(astronaut_file, 2.5), "Eileen")
    assert driver.window.photo.face.quality.reasons == ("blurred",)
    assert driver.faces_of("Eileen") == 1
