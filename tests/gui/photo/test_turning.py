"""A photo is turned in the gallery, its file is not; its faces keep their places."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageEnhance
from PySide6.QtCore import Qt

from face_match.core.types import Box

CONTROL = Qt.KeyboardModifier.ControlModifier
RIGHT, LEFT = Qt.Key.Key_BracketRight, Qt.Key.Key_BracketLeft


def turn(driver, key: Qt.Key) -> None:
    driver.press(key, CONTROL)
    driver.settle()


def test_the_boxes_turn_with_the_photo_and_four_turns_are_none(driver, two_faces: Path) -> None:
    driver.open(two_faces)
    view, photo = driver.window.photo_page.photo_view, driver.window.photo.photo
    before, picture = view.boxes, view.grab().toImage()
    turn(driver, RIGHT)
    assert view.photo_size.toTuple() == (photo.height, photo.width)
    assert driver.window.photo.photo.turned_from == 1
    for was, box in zip(before, view.boxes, strict=True):
        assert box == pytest.approx((photo.height - was.y - was.height, was.x, was.height, was.width))
    assert view.grab().toImage() != picture
    turn(driver, LEFT)
    assert view.boxes == before
    assert view.grab().toImage() == picture
    for _ in range(4):
        turn(driver, LEFT)
    assert view.grab().toImage() == picture


def test_a_face_named_in_a_turned_photo_is_where_it_was(driver, two_faces: Path) -> None:
    driver.open(two_faces)
    places = [face.face.box for face in driver.window.photo.faces]
    height = driver.window.photo.photo.height
    turn(driver, RIGHT)
    driver.window.photo_page.photo_view.pick(1)
    driver.settle()
    driver.type_name("Grace")
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    gallery = driver.window.gallery.gallery
    (record,) = gallery.faces_of(gallery.person("Grace"))
    x, y, wide, high = places[1]
    assert record.place == pytest.approx((height - y - high, x, high, wide), abs=0.1)
    driver.open(two_faces)
    assert driver.window.photo.photo.orientation == 6, "it stays turned"
    assert "is Grace" in driver.window.photo_page.photo_view.accessibleDescription()


def test_a_box_drawn_on_a_turned_photo_is_around_what_it_showed(driver, no_face: Path) -> None:
    driver.open(no_face)
    turn(driver, LEFT)
    seen = Box(20, 30, 60, 80)
    driver.press(Qt.Key.Key_B)
    driver.window.drawing.overlay.accepted.emit(seen)
    driver.settle()
    (face,) = driver.window.photo.faces
    assert face.face.box.overlap(seen) > 0.4
    assert driver.window.photo_page.photo_view.boxes[0].overlap(seen) > 0.4


@pytest.fixture
def lying(astronaut_file: Path, tmp_path: Path) -> Path:
    """A dark photo that lies on its side, of a head that is held askew: too hard to find by itself."""
    path = tmp_path / "lying.png"
    with Image.open(astronaut_file) as image:
        askew = image.convert("RGB").rotate(40, Image.Resampling.BICUBIC, center=(225, 125))
        ImageEnhance.Brightness(askew).enhance(0.3).transpose(Image.Transpose.ROTATE_90).save(path)
    return path


def test_a_photo_without_a_face_is_looked_at_again_when_it_is_turned(driver, lying: Path) -> None:
    driver.open(lying)
    page = driver.window.photo_page
    assert driver.window.photo.faces == []
    assert page.no_face.isVisible()
    page.no_face.turn_button.click()
    driver.settle()
    (face,) = driver.window.photo.faces
    assert not page.no_face.isVisible()
    box = face.face.box
    centre = box.x + box.width / 2, box.y + box.height / 2
    assert centre == pytest.approx((225, 125), abs=25), "in the turned photo"
    assert face.face.landmarks.left_eye.x < face.face.landmarks.right_eye.x


def test_turns_are_recorded_one_by_one_and_undo_turns_back(driver, two_faces: Path) -> None:
    driver.open(two_faces)
    before = two_faces.read_bytes()
    driver.press(RIGHT, CONTROL)
    driver.press(RIGHT, CONTROL)  # while the first turn is being recorded
    driver.settle()
    gallery, photo = driver.window.gallery.gallery, driver.window.photo
    assert gallery.photos()[0].turned == photo.photo.orientation == 3
    assert {step.description for step in gallery.history} == {"turned a photo"}
    while gallery.history:
        driver.press(Qt.Key.Key_Z, CONTROL)
        driver.settle()
    assert photo.photo.orientation == 1
    assert gallery.photos()[0].turned is None
    driver.open(two_faces)
    assert photo.photo.orientation == 1
    assert two_faces.read_bytes() == before


def test_a_photo_on_its_side_is_shown_upright(driver, astronaut_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "side.png"
    with Image.open(astronaut_file) as image:
        image.convert("RGB").transpose(Image.Transpose.ROTATE_90).save(path)
    driver.open(path)
    photo = driver.window.photo
    assert photo.photo.orientation == 6
    assert driver.window.photo_page.photo_view.photo_size.toTuple() == (photo.photo.width, photo.photo.height)
    (face,) = photo.faces
    assert face.face.landmarks.left_eye.x < face.face.landmarks.right_eye.x
    turn(driver, LEFT)  # the user wants it as it was
    assert photo.photo.orientation == 1
    driver.open(path)
    assert photo.photo.orientation == 1, "which no finding overrules"
    assert len(photo.faces) == 1
