"""The whole photo in the review is that of the face that is asked about."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gui.review_driver import ReviewDriver

Key = Qt.Key


@pytest.fixture
def review(open_window, scanned: Path, tmp_path: Path) -> ReviewDriver:
    return ReviewDriver(open_window(shutil.copytree(scanned, tmp_path / "gallery")))


def assert_shown(review: ReviewDriver) -> None:
    page, face = review.page, review.page.grid.current_face
    assert page.middle.has_photo
    assert review.main.window.gallery.gallery.photo(face.photo).path in page.photo_view.toolTip()
    assert page.photo_view.boxes == (face.place,)


def test_it_follows_the_current_face(review: ReviewDriver) -> None:
    review.press(Key.Key_Space)
    assert_shown(review)
    first = review.page.grid.current_face
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left):
        before = review.page.grid.current_face
        review.press(key)
        assert review.page.grid.current_face != before
        assert_shown(review)
    review.press(Key.Key_Left)
    assert review.page.grid.current_face == first
    assert_shown(review)


def test_among_single_faces_it_goes_on_with_them(review: ReviewDriver) -> None:
    for _ in range(3):  # two faces of three are set apart
        review.press(Key.Key_Delete)
    while not review.group.is_singles:
        review.press(Key.Key_PageDown)
    count = len(review.group.faces)
    review.press(Key.Key_Space)
    shown = review.page.grid.current_face
    review.press(Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    review.settle()
    assert len(review.group.faces) == count - 1
    assert review.page.grid.current_face.id != shown.id
    assert_shown(review)
