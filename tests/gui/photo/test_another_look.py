"""Where the detector in use finds no face, another one that is installed can look once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageEnhance
from PySide6.QtWidgets import QMessageBox

from face_match.vision.models.installation import examine_model
from face_match.vision.models.registry import MTCNN


@pytest.fixture
def dark(astronaut_file: Path, tmp_path: Path) -> Path:
    """So dark that MTCNN finds no face, but YuNet does."""
    path = tmp_path / "dark.png"
    with Image.open(astronaut_file) as image:
        ImageEnhance.Brightness(image.convert("RGB")).enhance(0.08).save(path)
    return path


def shown(driver) -> list[str]:
    return [one.text() for one in driver.window.photo_page.no_face.detector_buttons if one.isVisible()]


def test_another_detector_that_is_installed_can_look_once(
    models_folder: Path, yunet_file: Path, driver, dark: Path, astronaut_file: Path
) -> None:
    examine_model(yunet_file).keep(title="YuNet & Co", licence="MIT", source="")
    driver.open(dark)
    window = driver.window
    assert window.photo.faces == []
    assert shown(driver) == ["Look with YuNet && Co (&1)"]
    window.photo_page.no_face.detector_buttons[0].click()
    assert driver.message == "Looking again …"
    driver.settle()
    assert driver.message == "", "it is found"
    assert len(window.photo.faces) == 1
    assert driver.question == "Who is this?"
    assert window.model.detector == ""
    assert window.model.pipeline.scan_settings == MTCNN, "the detector in use is another one still"
    driver.type_name("Eileen")
    driver.answer(QMessageBox.StandardButton.Yes)  # it is too dark
    driver.window.photo_page.add_button.click()
    driver.settle()
    driver.open(astronaut_file)
    assert driver.rows[0].startswith(("✅ Eileen", "— Eileen"))


def test_without_another_detector_none_is_offered(models_folder: Path, driver, dark: Path) -> None:
    driver.open(dark)
    assert driver.window.photo_page.no_face.isVisible()
    assert shown(driver) == []
