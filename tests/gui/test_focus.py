"""After a slider was moved, the keys are still those of the pictures: a click chooses, Ctrl+A chooses all."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QListView, QSlider, QToolTip

from face_match.gui.shell.navigation import Page
from tests.gui.made_faces import made_clusters
from tests.gui.people_driver import PeopleDriver
from tests.gui.review_driver import CONTROL, ReviewDriver

SINGLES = 24


@pytest.fixture
def singles(open_window, tmp_path: Path) -> ReviewDriver:
    """The page of faces that are like no other."""
    return ReviewDriver(open_window(made_clusters(tmp_path / "gallery", people=SINGLES, each=1)))


def slide(driver, slider: QSlider) -> None:
    """Click near the large end of a slider, as the mouse does."""
    slider.setValue(slider.minimum())
    driver.qtbot.mouseClick(
        slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 12, slider.height() // 2)
    )
    assert slider.value() > slider.minimum()
    driver.settle()


def click(driver, view: QListView, row: int) -> None:
    index = view.model().index(row, 0)
    view.scrollTo(index)
    place = view.visualRect(index).center()
    driver.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    driver.settle()


def test_a_single_face_that_is_clicked_after_the_slider_is_the_one_that_is_ignored(
    singles: ReviewDriver,
) -> None:
    page, grid = singles.page, singles.page.grid
    assert singles.group.is_singles
    slide(singles.main, page.bar.slider)
    assert not page.bar.slider.hasFocus()
    click(singles.main, grid, 17)
    wanted = singles.faces[17]
    assert grid.hasFocus()
    assert grid.selected() == [wanted]
    assert grid.viewport().rect().intersects(grid.visualRect(grid.currentIndex()))
    singles.press(Qt.Key.Key_I, CONTROL)
    ignored = singles.main.window.gallery.gallery.ignored()
    assert [one.id for one in ignored] == [wanted.id]


def columns(driver: ReviewDriver) -> int:
    """The faces in the first row, as they are on screen."""
    grid = driver.page.grid
    tops = [grid.visualRect(grid.model().index(row, 0)).top() for row in range(SINGLES)]
    return tops.count(tops[0])


def test_each_position_of_the_slider_is_a_column_more_or_less(singles: ReviewDriver) -> None:
    slider, grid = singles.page.bar.slider, singles.page.grid
    assert slider.maximum() >= 3
    seen = []
    for value in range(slider.maximum() + 1):
        slider.setValue(value)
        singles.settle()
        seen.append((columns(singles), grid.crop_px))
    counts, sizes = zip(*seen, strict=True)
    assert list(counts) == list(range(counts[0], counts[0] - len(counts), -1))
    assert list(sizes) == sorted(set(sizes))


def test_the_keys_of_the_slider_s_tooltip_work_wherever_the_focus_is(singles: ReviewDriver) -> None:
    slider = singles.page.bar.slider
    assert "Ctrl++, Ctrl+−" in slider.toolTip()
    for widget in (singles.page.name_edit, singles.page.grid, singles.page.groups_list):
        widget.setFocus()
        before = columns(singles)
        singles.press(Qt.Key.Key_Minus, CONTROL)
        assert columns(singles) == before + 1, widget.objectName()
        singles.press(Qt.Key.Key_Plus, CONTROL)
        assert columns(singles) == before, widget.objectName()
    assert singles.page.name_edit.text() == ""


def test_the_chosen_size_is_kept_where_the_window_is_resized(singles: ReviewDriver) -> None:
    window, slider, grid = singles.main.window, singles.page.bar.slider, singles.page.grid
    slider.setValue(1)
    chosen, before = grid.crop_px, grid.columns
    window.resize(window.width() * 3 // 2, window.height())
    singles.settle()
    assert grid.columns > before
    assert abs(grid.crop_px - chosen) < chosen / 3


def test_the_tooltip_of_a_face_goes_with_the_face(singles: ReviewDriver) -> None:
    grid = singles.page.grid
    tip = grid.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    QToolTip.showText(grid.mapToGlobal(QPoint(20, 20)), tip, grid.viewport())
    assert QToolTip.isVisible()
    singles.press(Qt.Key.Key_I, CONTROL)
    singles.until(lambda: not QToolTip.isVisible())


def test_control_a_chooses_all_faces_wherever_the_focus_is_but_in_a_name(singles: ReviewDriver) -> None:
    page = singles.page
    for widget in (page.bar.slider, page.skip_button, page.groups_list, page.grid, page.name_edit):
        page.grid.select_rows([0])
        widget.setFocus()
        singles.press(Qt.Key.Key_A, CONTROL)
        assert len(page.grid.selected()) == SINGLES, widget.objectName()
    page.grid.select_rows([0])
    singles.type("Ada")
    singles.press(Qt.Key.Key_A, CONTROL)
    assert page.name_edit.selectedText() == "Ada"
    assert len(page.grid.selected()) == 1


def test_a_click_on_a_face_leaves_the_keys_to_a_name_that_is_typed(singles: ReviewDriver) -> None:
    singles.type("Ada")
    click(singles.main, singles.page.grid, 3)
    singles.type(" Lovelace")
    assert singles.page.name_edit.text() == "Ada Lovelace"


def test_grids_of_people_and_photos_keep_the_keys(people: PeopleDriver) -> None:
    page, person = people.page, people.person
    page.overview.sort_button.setFocus()
    people.press(Qt.Key.Key_A, CONTROL)
    assert len(people.chosen) == len(people.rows)
    people.press(Qt.Key.Key_Escape)
    people.show(people.rows[0][0])
    slide(people.main, person.slider)
    assert person.photos.hasFocus()
    person.header.back_button.setFocus()
    people.press(Qt.Key.Key_A, CONTROL)
    assert len(person.photos.selected()) == len(person.photos.photos)
    people.press(Qt.Key.Key_2, CONTROL)
    person.move_button.setFocus()
    people.press(Qt.Key.Key_A, CONTROL)
    assert len(person.faces.selected()) == len(person.faces.rows)
    click(people.main, person.faces, 0)
    assert person.faces.hasFocus()


def test_the_grid_of_all_photos_keeps_the_keys(people: PeopleDriver) -> None:
    people.window.show_page(Page.PHOTO)
    people.main.settle()
    photos = people.window.photo_parts.pages.all_photos
    slide(people.main, photos.slider)
    assert QApplication.focusWidget() is photos.grid
    next(iter(photos.tabs.values())).setFocus()
    people.press(Qt.Key.Key_A, CONTROL)
    assert len(photos.grid.selected()) == len(photos.grid.photos) > 0
