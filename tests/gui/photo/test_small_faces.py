"""Small faces in large photos are detected if the user wants it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from face_match.core.settings import Settings

Ctrl = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def far_away(astronaut_file: Path, tmp_path: Path) -> Path:
    """Two megapixels with a face of about 30."""
    photo = Image.new("RGB", (1600, 1200), "grey")
    with Image.open(astronaut_file) as image:
        photo.paste(image.convert("RGB").resize((160, 160)), (900, 500))
    path = tmp_path / "far away.png"
    photo.save(path)
    return path


def test_a_photo_without_a_face_offers_to_look_once_for_smaller_faces(driver, far_away: Path) -> None:
    window, no_face = driver.window, driver.window.photo_page.no_face
    driver.open(far_away)
    assert window.photo.faces == []
    assert no_face.note.text() == "No face of 56 pixels or more was found in far away.png."
    no_face.small_button.click()
    driver.settle()
    assert len(window.photo.faces) == 1
    assert not no_face.isVisible()
    assert not window.settings.small_faces, "only this photo"


def test_a_key_finds_small_faces_in_all_photos(driver, far_away: Path) -> None:
    window = driver.window
    driver.open(far_away)
    driver.qtbot.keyClick(window, Qt.Key.Key_L, Ctrl)
    driver.settle()
    (face,) = window.photo.faces
    assert face.face.box.longer_side < 50
    assert window.menus.actions["small faces"].isChecked()
    driver.qtbot.keyClick(window, Qt.Key.Key_L, Ctrl)
    driver.settle()
    assert window.photo.faces == []
    assert not window.menus.actions["small faces"].isChecked()


def test_finding_small_faces_is_remembered(driver, open_window, far_away: Path) -> None:
    driver.window.menus.actions["small faces"].trigger()
    driver.settle()
    driver.window.close()
    assert Settings.load().small_faces
    again = open_window(driver.window.gallery.folder)
    assert again.window.menus.actions["small faces"].isChecked()
    again.open(far_away)
    assert len(again.window.photo.faces) == 1


def test_a_small_photo_without_a_face_offers_no_smaller_faces(driver, tmp_path: Path) -> None:
    Image.new("RGB", (300, 200), "grey").save(tmp_path / "grey.png")
    driver.open(tmp_path / "grey.png")
    no_face = driver.window.photo_page.no_face
    assert no_face.note.text() == "Nothing in grey.png looks like a face."
    assert [one.objectName() for one in no_face.buttons() if one.isVisible()] == ["turnButton", "drawButton"]


def test_a_setting_that_cannot_be_saved_is_reported(
    driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr("face_match.core.settings.settings_file", lambda: tmp_path / "file" / "settings.json")
    driver.window.menus.actions["small faces"].trigger()
    driver.settle()
    assert "settings.json" in driver.message
    assert driver.window.settings.small_faces, "as long as the program runs"
