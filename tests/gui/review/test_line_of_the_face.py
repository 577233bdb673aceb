"""The line about the nearest person is of the face that is selected."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from tests.gui.made_faces import made_face, made_gallery
from tests.gui.review_driver import ReviewDriver


@pytest.fixture
def review(open_window, tmp_path: Path) -> ReviewDriver:
    """Two named people, and a single face near each."""
    rng, axes = np.random.default_rng(7), np.eye(128)
    near = [np.sqrt(0.85) * axes[n] + np.sqrt(0.15) * axes[10 + n] for n in range(2)]
    folder = made_gallery(
        tmp_path / "made", [made_face(rng, one, spread=0.0) for one in (axes[0], axes[1], *near)]
    )
    driver = open_window(folder)
    gallery = driver.window.gallery.gallery
    faces = sorted(gallery.unnamed(), key=lambda face: Path(gallery.photo(face.photo).path).name)
    for face, name in zip(faces, ("Ada", "Bea"), strict=False):
        gallery.name_faces([face.id], name)
    return ReviewDriver(driver)


def nearest(review: ReviewDriver) -> str:
    text = review.page.explanation.text.text()
    return next((name for name in ("Ada", "Bea") if name in text), text)


def test_it_follows_a_click_while_a_name_is_typed(review: ReviewDriver) -> None:
    page = review.page
    assert page.group.is_singles
    first, second = (int(np.argmax(face.embeddings["dlib"][:2])) for face in page.grid.faces)
    page.grid.set_current_row(0)
    page.grid.select_rows([0])
    review.settle()
    review.until(lambda: nearest(review) == ("Ada", "Bea")[first])
    review.type("Som")
    assert not page.name_edit.is_empty
    page.grid.select_rows([1])
    page.grid.set_current_row(1)
    review.until(lambda: nearest(review) == ("Ada", "Bea")[second])


def test_there_is_none_where_no_face_is_selected(review: ReviewDriver) -> None:
    page = review.page
    review.until(lambda: bool(page.explanation.text.text()))
    page.grid.selectionModel().select(
        page.grid.selectionModel().selection(), QItemSelectionModel.SelectionFlag.Deselect
    )
    review.until(lambda: page.explanation.text.text() == "")


def test_several_single_faces_are_counted_and_escape_goes_back_to_one(review: ReviewDriver) -> None:
    page = review.page
    advice = review.texts[1]
    assert advice == "2 faces like no other. Click one, or several with Ctrl."
    page.grid.select_rows([0, 1])
    review.settle()
    assert review.texts[1:] == ["2 of 2 faces selected. Press Escape for one.", "Name 2 faces"]
    review.press(Qt.Key.Key_Escape)
    assert review.texts[1:] == [advice, "Name 1 face"]
    assert page.grid.selected() == [page.grid.current_face]


def test_a_single_face_whose_name_is_undone_is_where_it_was(review: ReviewDriver) -> None:
    grid = review.page.grid
    before = [face.id for face in grid.faces]
    assert len(before) == 2
    review.click_face(0)
    review.name("Eve")
    review.until(lambda: [face.id for face in grid.faces] == before[1:])
    review.main.window.menus.actions["undo"].trigger()
    review.until(lambda: len(grid.faces) == 2)
    assert [face.id for face in grid.faces] == before
