"""Text of twice the size in a window of 900 × 600: nothing is cut off, what has no room is scrolled to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from face_match.gui import theme
from tests.gui import audit
from tests.gui.conftest import Driver
from tests.gui.review_driver import SHIFT, ReviewDriver

SIZE = (900, 600)


@pytest.fixture
def main(qapp: QApplication, open_window, scanned: Path, tmp_path: Path) -> Iterator[Driver]:
    font = qapp.font()
    qapp.setFont(theme.resized(QFont(font), 2))
    driver = open_window(Path(shutil.copytree(scanned, tmp_path / "gallery")))
    driver.window.setMinimumSize(*SIZE)  # as on a screen of that size
    driver.window.resize(*SIZE)
    yield driver
    qapp.setFont(font)


def assert_all_is_there(driver: Driver, page: QWidget) -> None:
    window = driver.window
    assert window.size().toTuple() == SIZE
    assert window.rect().contains(QRect(page.mapTo(window, page.rect().topLeft()), page.size()))
    assert audit.cut_off(window) == []


def is_seen(part: QWidget) -> bool:
    """In its whole height: a wide part may need to be scrolled sideways as well."""
    return part.visibleRegion().boundingRect().height() == part.height()


def test_the_review(main: Driver) -> None:
    review = ReviewDriver(main)
    page = review.page
    assert_all_is_there(main, page)
    assert page.name_edit.width() >= 200
    assert review.group.proposed_name is None
    review.press(Qt.Key.Key_Right, SHIFT)
    review.name("Ada")
    assert review.group.proposed_name == "Ada"
    assert_all_is_there(main, page)
    page.skip_button.setFocus(Qt.FocusReason.TabFocusReason)
    audit.press_tab(main.window)
    assert page.ignore_button.hasFocus()
    main.qtbot.waitUntil(lambda: is_seen(page.ignore_button))


def test_a_photo_with_faces_and_one_without(main: Driver, two_faces: Path, no_face: Path) -> None:
    for photo in (two_faces, no_face):
        main.open(photo)
        assert_all_is_there(main, main.window.photo_page)
    slider = main.window.photo_page.threshold.slider
    assert not is_seen(slider)
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    main.qtbot.waitUntil(lambda: is_seen(slider))
    assert audit.cut_off(main.window) == []


def test_the_usual_text_needs_no_scrolling(
    open_window, scanned: Path, tmp_path: Path, two_faces: Path
) -> None:
    driver = open_window(Path(shutil.copytree(scanned, tmp_path / "gallery")))
    driver.window.resize(*SIZE)
    review = ReviewDriver(driver)
    driver.open(two_faces)
    for part in (review.page.bar, driver.window.photo_page.panel):
        area = part
        while not hasattr(area, "verticalScrollBar"):
            area = area.parentWidget()
        assert not area.verticalScrollBar().isVisibleTo(area)
        assert not area.horizontalScrollBar().isVisibleTo(area)
