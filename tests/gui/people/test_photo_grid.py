"""A grid shows the photos of a search, with rings around the faces, and opens what is chosen in it."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from face_match.gui import theme
from face_match.gui.images import pixels_of
from face_match.gui.photo_grid.cell import MOST_RINGS, _boxes_in
from face_match.gui.photo_grid.grid import MAX_PX
from face_match.gui.photo_grid.rows import Heading
from face_match.workflows.photo_search import FoundPhoto
from tests.gui.photo_grid_driver import GridDriver

NAMES = ["b.jpg", "a.jpg", "c.jpg", "two.png"]


def test_photos_are_under_their_month_the_latest_first_the_undated_last(grid: GridDriver) -> None:
    grid.search("Eileen")
    assert grid.names == NAMES
    headings = [(n, row) for n, row in enumerate(grid.view.rows) if isinstance(row, Heading)]
    assert headings == [(0, Heading("July 2019", 3)), (4, Heading("Undated", 1))]


def test_photos_of_two_people_together_have_no_heading_where_none_is_dated(grid: GridDriver) -> None:
    grid.search("Eileen", "Grace")
    assert grid.names == ["two.png"]
    assert len(grid.view.rows) == 1


def test_a_heading_fills_a_line_and_the_photos_below_it_start_at_the_left(grid: GridDriver) -> None:
    grid.search("Eileen")
    model, view = grid.view.model(), grid.view
    places = [view.visualRect(model.index(row, 0)) for row in range(model.rowCount())]
    assert places[0].width() > 0.9 * view.viewport().width()
    assert [place.left() for place in (places[0], places[1], places[4], places[5])] == [0, 0, 0, 0]
    assert places[1].top() == places[2].top() == places[3].top() > places[0].bottom()
    assert places[3].bottom() < places[4].top() < places[5].top()


def test_of_very_many_faces_in_a_photo_some_have_rings(grid: GridDriver) -> None:
    """As a gallery from elsewhere may have them: each painting of 40,000 stopped the window for minutes."""
    grid.search("Eileen")
    found = next(row for row in grid.view.rows if isinstance(row, FoundPhoto))
    crowd = dataclasses.replace(found, faces=[*found.faces] * 40_000)
    assert len(_boxes_in(crowd, QImage(100, 100, QImage.Format.Format_RGB32))) == MOST_RINGS
    assert len(_boxes_in(found, QImage(100, 100, QImage.Format.Format_RGB32))) == 1


def test_a_ring_is_drawn_around_the_face_that_was_searched_for(grid: GridDriver) -> None:
    """It is what differs from the same photo without a face."""
    grid.search("Eileen")
    (photo,) = [one for one in grid.view.photos if one.photo.path.endswith("a.jpg")]
    pictures = []
    for faces in (photo.faces, ()):
        grid.view.show_photos([dataclasses.replace(photo, faces=faces)])
        grid.settle_pictures()
        place = grid.view.visualRect(grid.view.model().index(1, 0))
        pictures.append(pixels_of(grid.view.viewport().grab(place).toImage()).astype(int))
    rows, columns = np.nonzero(np.abs(pictures[0] - pictures[1]).max(axis=2) > 20)
    box = photo.faces[0].place
    assert box is not None
    scale = grid.view.photo_px / photo.photo.width
    middle = [8 + (box.x + box.width / 2) * scale, 8 + (box.y + box.height / 2) * scale]
    assert [(columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2] == pytest.approx(
        middle, abs=2
    )
    distances = np.hypot(columns - middle[0], rows - middle[1])
    assert distances.min() > box.longer_side * scale / 2 and np.ptp(distances) < 8


def test_enter_and_a_double_click_open_the_photo(grid: GridDriver, dated: Path) -> None:
    grid.search("Eileen")
    with grid.qtbot.waitSignal(grid.view.photo_wanted) as wanted:
        place = grid.click("a.jpg")
        grid.qtbot.mouseDClick(grid.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == [dated / "photos" / "a.jpg"]
    grid.press(Qt.Key.Key_Right)
    with grid.qtbot.waitSignal(grid.view.photo_wanted) as wanted:
        grid.press(Qt.Key.Key_Return)
    assert wanted.args == [dated / "photos" / "c.jpg"]


def test_arrow_keys_pass_over_headings(grid: GridDriver) -> None:
    grid.search("Eileen")
    grid.click("b.jpg")
    grid.press(Qt.Key.Key_Down)
    assert [Path(one.photo.path).name for one in grid.view.selected()] == ["two.png"]
    grid.press(Qt.Key.Key_Up)
    assert [Path(one.photo.path).name for one in grid.view.selected()] == ["b.jpg"]
    grid.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(grid.view.selected()) == 4


def test_ctrl_and_wheel_and_the_keys_plus_and_minus_change_the_size(grid: GridDriver) -> None:
    grid.search("Eileen")
    before = grid.view.photo_px
    sizes: list[int] = []
    grid.view.size_changed.connect(sizes.append)
    middle = QPointF(grid.view.viewport().rect().center())
    for _ in range(20):
        event = QWheelEvent(
            *(middle, grid.view.viewport().mapToGlobal(middle), QPoint(), QPoint(0, 120)),
            *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier),
            *(Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(grid.view.viewport(), event)
    assert (sizes[0], sizes[-1]) == (before + 16, MAX_PX)
    grid.qtbot.keyClicks(grid.view, "-")
    assert grid.view.photo_px == MAX_PX - 16


def test_an_edit_of_the_gallery_keeps_selection_and_thumbnails(grid: GridDriver) -> None:
    grid.search("Eileen")
    grid.click("a.jpg")
    kept = grid.view.photos
    gallery = grid.gallery.gallery
    assert gallery is not None
    (two,) = [one for one in grid.view.photos if one.photo.path.endswith("two.png")]
    gallery.remove([two.faces[0].id])
    grid.gallery.announce_change()
    grid.settle()
    assert grid.names == NAMES[:3]
    assert [Path(one.photo.path).name for one in grid.view.selected()] == ["a.jpg"]
    assert all(now is before for now, before in zip(grid.view.photos, kept, strict=False))


def test_an_edit_of_the_gallery_keeps_the_place_that_is_shown(grid: GridDriver) -> None:
    grid.view.resize(450, 300)
    grid.search("Eileen")
    grid.view.scrollToBottom()
    before = grid.view.verticalScrollBar().value()
    assert before > 300
    gallery = grid.gallery.gallery
    assert gallery is not None
    (photo,) = [one for one in grid.view.photos if one.photo.path.endswith("b.jpg")]
    gallery.remove([photo.faces[0].id])
    grid.gallery.announce_change()
    grid.settle()
    assert len(grid.view.photos) == 3
    assert grid.view.verticalScrollBar().value() == grid.view.verticalScrollBar().maximum() > 0


def test_a_hidden_grid_searches_when_it_is_shown_again(grid: GridDriver) -> None:
    grid.search("Eileen")
    grid.view.hide()
    gallery = grid.gallery.gallery
    assert gallery is not None
    (two,) = [one for one in grid.view.photos if one.photo.path.endswith("two.png")]
    gallery.remove([two.faces[0].id])
    grid.gallery.announce_change()
    assert not grid.tasks.is_busy()
    grid.view.show()
    grid.settle()
    assert grid.names == NAMES[:3]


def test_a_missing_photo_is_shown_by_its_face_and_says_so(grid: GridDriver, dated: Path) -> None:
    (dated / "photos" / "a.jpg").unlink()
    grid.search("Eileen")
    index = grid.view.model().index(grid.row_of("a.jpg"), 0)
    row = grid.view.rows[index.row()]
    assert isinstance(row, FoundPhoto)
    assert grid.view.crops.image(row.photo.id, row) is not None
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "4 July 2019" in said and "File not found." in said
    there = grid.view.model().index(grid.row_of("b.jpg"), 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "not found" not in there
    shutil.copy(dated / "photos" / "b.jpg", dated / "photos" / "a.jpg")
    grid.view.hide()
    grid.view.show()
    grid.settle_pictures()
    assert "not found" not in index.data(Qt.ItemDataRole.AccessibleTextRole), "its disk is there again"


def test_a_photo_that_cannot_be_read_says_why(grid: GridDriver, dated: Path) -> None:
    (dated / "photos" / "a.jpg").write_bytes(b"no photo")
    grid.search("Eileen")
    index = grid.view.model().index(grid.row_of("a.jpg"), 0)
    assert "not an image" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_nothing_is_shown_while_the_gallery_is_closed(grid: GridDriver) -> None:
    grid.search("Eileen")
    grid.gallery.close()
    grid.gallery.closed.emit()
    assert grid.view.photos == []


def test_the_grid_is_painted_in_both_colour_schemes(grid: GridDriver, qapp: QApplication) -> None:
    grid.search("Eileen")
    grid.view.selectionModel().clearSelection()
    grid.view.setCurrentIndex(grid.view.model().index(1, 0))
    grid.view.selectionModel().clear()
    grounds = []
    for is_dark in (True, False):
        theme.apply(qapp, is_dark=is_dark)
        image = grid.view.viewport().grab().toImage()
        grounds.append(image.pixelColor(image.width() - 2, image.height() - 2).name())
        assert grounds[-1] == theme.colours().page.name()
    assert grounds[0] != grounds[1]


def test_a_shift_click_selects_a_range_without_its_headings(grid: GridDriver) -> None:
    grid.search("Eileen")
    grid.click("c.jpg")
    grid.click("two.png", Qt.KeyboardModifier.ShiftModifier)
    assert [Path(one.photo.path).name for one in grid.view.selected()] == ["c.jpg", "two.png"]
    grid.view.selectionModel().select(
        grid.view.model().index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    assert grid.view.selected() == []
