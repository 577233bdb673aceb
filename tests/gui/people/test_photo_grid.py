"""A grid shows the photos of a search, with rings around the faces, and opens what is chosen in it."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from face_match.core.settings import Settings
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gui import theme
from face_match.gui.images import pixels_of
from face_match.gui.people.photo_grid import MAX_PX, PhotoGrid
from face_match.gui.people.photo_rows import Heading
from face_match.gui.state.messages import Messages
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import Tasks
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.photo_search import FoundPhoto, PhotoQuery

PATIENCE_MS = 60_000
DATE_TAKEN = 306
DATES = {"a.jpg": "2019:07:04 10:00:00", "b.jpg": "2019:07:20 10:00:00", "c.jpg": "2019:07:01 08:00:00"}
NAMES = ["b.jpg", "a.jpg", "c.jpg", "two.png"]


@pytest.fixture
def folder(
    tmp_path: Path, pipeline: FacePipeline, astronaut_file: Path, hopper_file: Path, two_faces: Path
) -> Path:
    """A gallery in which Eileen is in three photos of July 2019, and with Grace in one without a date."""
    photos = tmp_path / "photos"
    photos.mkdir()
    with Image.open(astronaut_file) as image:
        for number, (name, date) in enumerate(DATES.items()):
            exif = Image.Exif()
            exif[DATE_TAKEN] = date
            turned = image.convert("RGB").rotate(number, Image.Resampling.BICUBIC)
            turned.save(photos / name, quality=90, exif=exif)
    shutil.copy(two_faces, photos)
    with Gallery.open(tmp_path / "gallery", for_writing=True) as gallery:
        for path in sorted(photos.iterdir()):
            photo = load_photo(path)
            found = sorted(pipeline.embed(photo, pipeline.detect(photo)), key=lambda face: face.crop.box.x)
            left_to_right = sorted(found, key=lambda face: NewFace.of(face).place.x)
            for name, face in zip(("Eileen", "Grace"), left_to_right, strict=False):
                gallery.add(name, NewFace.of(face), photo, path)
    return tmp_path


class GridDriver:
    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.tasks = Tasks()
        self.messages: list[str] = []
        messages = Messages(self.tasks)
        messages.posted.connect(self.messages.append)
        self.gallery = OpenGallery(folder, Settings(), self.tasks, messages)
        self.grid = PhotoGrid(self.gallery, self.tasks)
        qtbot.addWidget(self.grid)
        self.grid.resize(900, 640)
        self.gallery.open()
        self.settle()
        self.grid.show()
        self.grid.activateWindow()
        qtbot.waitUntil(self.grid.isActiveWindow, timeout=PATIENCE_MS)
        self.grid.setFocus()

    def settle(self) -> None:
        QApplication.processEvents()
        self.qtbot.wait(10)
        self.qtbot.waitUntil(lambda: not self.tasks.is_busy(), timeout=PATIENCE_MS)

    def search(self, *people: str) -> None:
        assert self.gallery.gallery is not None
        self.grid.search(PhotoQuery(tuple(map(self.gallery.gallery.person, people))))
        self.settle_pictures()

    def settle_pictures(self) -> None:
        """Until all photos in view are read."""
        self.settle()
        for _ in range(10):
            self.grid.viewport().repaint()
            self.settle()

    @property
    def names(self) -> list[str]:
        return [Path(one.photo.path).name for one in self.grid.photos]

    def row_of(self, name: str) -> int:
        return next(
            n
            for n, row in enumerate(self.grid.rows)
            if isinstance(row, FoundPhoto) and row.photo.path.endswith(name)
        )

    def click(self, name: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QPoint:
        place = self.grid.visualRect(self.grid.model().index(self.row_of(name), 0)).center()
        self.qtbot.mouseClick(self.grid.viewport(), Qt.MouseButton.LeftButton, modifier, place)
        return place

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.grid, key, modifier)


@pytest.fixture
def driver(qtbot: QtBot, folder: Path) -> Iterator[GridDriver]:
    made = GridDriver(qtbot, folder / "gallery")
    yield made
    made.gallery.close()
    made.tasks.close()


def test_photos_are_under_their_month_the_latest_first_the_undated_last(driver: GridDriver) -> None:
    driver.search("Eileen")
    assert driver.names == NAMES
    headings = [(n, row) for n, row in enumerate(driver.grid.rows) if isinstance(row, Heading)]
    assert headings == [(0, Heading("July 2019", 3)), (4, Heading("Undated", 1))]


def test_photos_of_two_people_together_have_no_heading_where_none_is_dated(driver: GridDriver) -> None:
    driver.search("Eileen", "Grace")
    assert driver.names == ["two.png"]
    assert len(driver.grid.rows) == 1


def test_a_heading_fills_a_line_and_the_photos_below_it_start_at_the_left(driver: GridDriver) -> None:
    driver.search("Eileen")
    model, grid = driver.grid.model(), driver.grid
    places = [grid.visualRect(model.index(row, 0)) for row in range(model.rowCount())]
    assert places[0].width() > 0.9 * grid.viewport().width()
    assert [place.left() for place in (places[0], places[1], places[4], places[5])] == [0, 0, 0, 0]
    assert places[1].top() == places[2].top() == places[3].top() > places[0].bottom()
    assert places[3].bottom() < places[4].top() < places[5].top()


def test_a_ring_is_drawn_around_the_face_that_was_searched_for(driver: GridDriver) -> None:
    """It is what differs from the same photo without a face."""
    driver.search("Eileen")
    (photo,) = [one for one in driver.grid.photos if one.photo.path.endswith("a.jpg")]
    pictures = []
    for faces in (photo.faces, ()):
        driver.grid.show_photos([dataclasses.replace(photo, faces=faces)])
        driver.settle_pictures()
        place = driver.grid.visualRect(driver.grid.model().index(1, 0))
        pictures.append(pixels_of(driver.grid.viewport().grab(place).toImage()).astype(int))
    rows, columns = np.nonzero(np.abs(pictures[0] - pictures[1]).max(axis=2) > 20)
    box = photo.faces[0].place
    assert box is not None
    scale = driver.grid.photo_px / photo.photo.width
    middle = [8 + (box.x + box.width / 2) * scale, 8 + (box.y + box.height / 2) * scale]
    assert [(columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2] == pytest.approx(
        middle, abs=2
    )
    distances = np.hypot(columns - middle[0], rows - middle[1])
    assert distances.min() > box.longer_side * scale / 2 and np.ptp(distances) < 8


def test_enter_and_a_double_click_open_the_photo(driver: GridDriver, folder: Path) -> None:
    driver.search("Eileen")
    with driver.qtbot.waitSignal(driver.grid.photo_wanted) as wanted:
        place = driver.click("a.jpg")
        driver.qtbot.mouseDClick(driver.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == [folder / "photos" / "a.jpg"]
    driver.press(Qt.Key.Key_Right)
    with driver.qtbot.waitSignal(driver.grid.photo_wanted) as wanted:
        driver.press(Qt.Key.Key_Return)
    assert wanted.args == [folder / "photos" / "c.jpg"]


def test_arrow_keys_pass_over_headings(driver: GridDriver) -> None:
    driver.search("Eileen")
    driver.click("b.jpg")
    driver.press(Qt.Key.Key_Down)
    assert [Path(one.photo.path).name for one in driver.grid.selected()] == ["two.png"]
    driver.press(Qt.Key.Key_Up)
    assert [Path(one.photo.path).name for one in driver.grid.selected()] == ["b.jpg"]
    driver.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(driver.grid.selected()) == 4


def test_ctrl_and_wheel_and_the_keys_plus_and_minus_change_the_size(driver: GridDriver) -> None:
    driver.search("Eileen")
    before = driver.grid.photo_px
    sizes: list[int] = []
    driver.grid.size_changed.connect(sizes.append)
    middle = QPointF(driver.grid.viewport().rect().center())
    for _ in range(20):
        event = QWheelEvent(
            *(middle, driver.grid.viewport().mapToGlobal(middle), QPoint(), QPoint(0, 120)),
            *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier),
            *(Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(driver.grid.viewport(), event)
    assert (sizes[0], sizes[-1]) == (before + 16, MAX_PX)
    driver.qtbot.keyClicks(driver.grid, "-")
    assert driver.grid.photo_px == MAX_PX - 16


def test_an_edit_of_the_gallery_keeps_selection_and_thumbnails(driver: GridDriver) -> None:
    driver.search("Eileen")
    driver.click("a.jpg")
    kept = driver.grid.photos
    gallery = driver.gallery.gallery
    assert gallery is not None
    (two,) = [one for one in driver.grid.photos if one.photo.path.endswith("two.png")]
    gallery.remove([two.faces[0].id])
    driver.gallery.announce_change()
    driver.settle()
    assert driver.names == NAMES[:3]
    assert [Path(one.photo.path).name for one in driver.grid.selected()] == ["a.jpg"]
    assert all(now is before for now, before in zip(driver.grid.photos, kept, strict=False))


def test_a_missing_photo_is_shown_by_its_face_and_says_so(driver: GridDriver, folder: Path) -> None:
    (folder / "photos" / "a.jpg").unlink()
    driver.search("Eileen")
    index = driver.grid.model().index(driver.row_of("a.jpg"), 0)
    row = driver.grid.rows[index.row()]
    assert isinstance(row, FoundPhoto)
    assert driver.grid.crops.image(row.photo.id, row) is not None
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "4 July 2019" in said and "File not found." in said
    there = driver.grid.model().index(driver.row_of("b.jpg"), 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "not found" not in there


def test_a_photo_that_cannot_be_read_says_why(driver: GridDriver, folder: Path) -> None:
    (folder / "photos" / "a.jpg").write_bytes(b"no photo")
    driver.search("Eileen")
    index = driver.grid.model().index(driver.row_of("a.jpg"), 0)
    assert "not an image" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_nothing_is_shown_while_the_gallery_is_closed(driver: GridDriver) -> None:
    driver.search("Eileen")
    driver.gallery.close()
    driver.gallery.closed.emit()
    assert driver.grid.photos == []


def test_the_grid_is_painted_in_both_colour_schemes(
    driver: GridDriver, make_look: Callable[[bool], None]
) -> None:
    driver.search("Eileen")
    driver.grid.selectionModel().clearSelection()
    driver.grid.setCurrentIndex(driver.grid.model().index(1, 0))
    driver.grid.selectionModel().clear()
    grounds = []
    for is_dark in (False, True):
        make_look(is_dark)
        image = driver.grid.viewport().grab().toImage()
        grounds.append(image.pixelColor(image.width() - 2, image.height() - 2).name())
        assert grounds[-1] == theme.colours().page.name()
    assert grounds[0] != grounds[1]


@pytest.fixture
def make_look(qtbot: QtBot) -> Iterator[Callable[[bool], None]]:
    """Gives the application its look; the one before comes back."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = app.style().objectName(), app.palette(), app.styleSheet(), app.font()
    yield lambda is_dark: theme.apply(app, is_dark=is_dark)
    app.setStyle(before[0])
    app.setPalette(before[1])
    app.setStyleSheet(before[2])
    app.setFont(before[3])


def test_a_shift_click_selects_a_range_without_its_headings(driver: GridDriver) -> None:
    driver.search("Eileen")
    driver.click("c.jpg")
    driver.click("two.png", Qt.KeyboardModifier.ShiftModifier)
    assert [Path(one.photo.path).name for one in driver.grid.selected()] == ["c.jpg", "two.png"]
    driver.grid.selectionModel().select(
        driver.grid.model().index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    assert driver.grid.selected() == []
