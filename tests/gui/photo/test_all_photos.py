"""Without an open photo, the page *Photo* shows all photos; from a photo, Escape and Alt+Left lead there."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from face_match.core.records import PhotoRecord
from face_match.core.settings import Settings
from face_match.gui.photo_grid.rows import arrange
from face_match.gui.shell.navigation import Page
from face_match.workflows.photo_search import FoundPhoto
from tests.gui.conftest import Driver
from tests.stopwatch import within

MANY = 20_000
LIMIT_SECONDS = 1.0
"""It takes about 0.03 s where nothing else runs."""


@pytest.fixture
def library(driver: Driver, tmp_path: Path, astronaut_file: Path, hopper_file: Path) -> Driver:
    """A window on a gallery with one named face, one unnamed face, and a photo without a face."""
    album = tmp_path / "album"
    album.mkdir()
    for name, source in (("eileen.png", astronaut_file), ("grace.jpg", hopper_file)):
        shutil.copy(source, album / name)
    Image.fromarray(np.full((300, 400, 3), 120, np.uint8)).save(album / "wall.png")
    driver.window.folder_import.scan([album])
    driver.settle()
    driver.add(album / "eileen.png", "Eileen")
    driver.press(Qt.Key.Key_Escape)
    driver.settle()
    return driver


def names(driver: Driver) -> list[str]:
    return sorted(Path(file).name for file in driver.window.photo_parts.pages.all_photos.grid.files)


def test_escape_leads_from_a_photo_to_all_photos_with_this_one_chosen(library: Driver) -> None:
    window, pages = library.window, library.window.photo_parts.pages
    assert pages.currentWidget() is pages.all_photos
    assert window.photo.photo is None
    assert window.windowTitle() == "Face Match"
    assert names(library) == ["eileen.png", "grace.jpg", "wall.png"]
    assert pages.all_photos.count.text() == "3 photos"
    current = pages.all_photos.grid.current_photo()
    assert current is not None
    assert current.photo.path.endswith("eileen.png")


def test_escape_clears_a_name_before_it_leaves_the_photo(library: Driver, hopper_file: Path) -> None:
    pages = library.window.photo_parts.pages
    library.open(hopper_file)
    library.type_name("Gra")
    while library.window.photo_page.name_edit.text():
        library.press(Qt.Key.Key_Escape)
        assert pages.currentWidget() is library.window.photo_page
    library.press(Qt.Key.Key_Escape)
    library.press(Qt.Key.Key_Escape)
    assert pages.currentWidget() is pages.all_photos


def test_the_photos_can_be_those_with_unnamed_faces_or_without_a_face(library: Driver) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    for key, expected in (
        (Qt.Key.Key_2, ["grace.jpg"]),
        (Qt.Key.Key_3, ["wall.png"]),
        (Qt.Key.Key_1, ["eileen.png", "grace.jpg", "wall.png"]),
    ):
        library.press(key, control)
        library.settle()
        assert names(library) == expected


def test_a_gallery_that_is_opened_again_shows_its_photos(library: Driver) -> None:
    backup = library.window.gallery.gallery.back_up()
    library.window.maintenance.restore(backup)
    library.settle()
    assert names(library) == ["eileen.png", "grace.jpg", "wall.png"]


def test_enter_opens_a_photo_and_alt_left_leads_back(library: Driver) -> None:
    window, pages = library.window, library.window.photo_parts.pages
    grid = pages.all_photos.grid
    grid.setFocus()
    assert grid.show_photo(next(file for file in grid.files if file.endswith("grace.jpg")))
    library.press(Qt.Key.Key_Return)
    library.settle()
    assert pages.currentWidget() is window.photo_page
    assert window.photo.path is not None
    assert window.photo.path.name == "grace.jpg"
    assert window.queue.count == 3, "Page Down shows the next one of the grid"
    library.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    library.settle()
    assert pages.currentWidget() is pages.all_photos
    assert window.pages.is_shown(Page.PHOTO)


def test_the_navigation_leads_from_a_photo_to_all_photos_and_first_to_the_open_one(
    library: Driver, hopper_file: Path
) -> None:
    window, pages = library.window, library.window.photo_parts.pages
    library.open(hopper_file)
    window.show_page(Page.PEOPLE)
    for expected in (window.photo_page, pages.all_photos):
        row = [*Page].index(Page.PHOTO)
        place = window.navigation.visualItemRect(window.navigation.item(row)).center()
        library.qtbot.mouseClick(window.navigation.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert pages.currentWidget() is expected


def test_an_empty_gallery_says_how_to_open_a_photo(driver: Driver) -> None:
    driver.window.show_page(Page.PHOTO)
    driver.settle()
    assert "Ctrl+O" in driver.window.photo_parts.pages.all_photos.grid.placeholder


def test_the_size_of_the_photos_is_remembered_by_every_grid(library: Driver) -> None:
    page = library.window.photo_parts.pages.all_photos
    page.slider.setValue(240)
    library.window.search.page.grid.show()
    assert library.window.search.page.grid.photo_px == 240
    library.window.settings.save()
    assert Settings.load().photo_px == 240


def test_many_photos_are_shown_at_once(library: Driver) -> None:
    grid = library.window.photo_parts.pages.all_photos.grid
    photos = [
        FoundPhoto(PhotoRecord(str(n), path=f"/gone/{n}.jpg", taken=f"{2000 + n // 1000}-05-01"), ())
        for n in range(MANY)
    ]
    arranged = arrange(photos, ())
    with within(LIMIT_SECONDS):
        grid._show(arranged)
    assert len(grid.files) == MANY


def test_photo_leads_to_the_photo_that_is_open_and_a_button_above_it_to_all(
    driver: Driver, astronaut_file: Path
) -> None:
    window, pages = driver.window, driver.window.photo_parts.pages
    driver.add(astronaut_file, "Eileen")
    assert pages.currentWidget() is window.photo_page
    window.show_page(Page.PEOPLE)
    window.menus.actions["photo"].trigger()
    driver.settle()
    assert pages.currentWidget() is window.photo_page
    bar = window.photo_page.bar
    assert bar.y() < window.photo_page.canvas.y()
    assert bar.all_button.text() == "All photos"
    bar.all_button.click()
    driver.settle()
    assert pages.currentWidget() is pages.all_photos
    assert names(driver) == [astronaut_file.name]


def test_the_done_page_and_the_foot_say_what_is_left(library: Driver) -> None:
    window, status = library.window, library.window.message_bar.status
    assert status.text() == "1 person · 1 of 2 faces named · everything stays on this computer"
    library.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    library.settle()
    library.qtbot.keyClicks(window.focusWidget(), "Grace")
    library.press(Qt.Key.Key_Return)
    library.settle()
    library.settle()
    assert status.text() == "2 people · 2 faces · everything stays on this computer"
    button = window.review_page.done_view.faceless_button
    assert button.text() == "No face was found in one photo …"
    button.click()
    library.settle()
    assert window.photo_parts.pages.isVisible()
    assert names(library) == ["wall.png"]
