"""A name is found, and taken, without its accents, its capitals, and the signs between its words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from face_match.gallery.gallery import Gallery
from face_match.gui.shell.navigation import Page
from tests.gui.people_driver import PeopleDriver
from tests.gui.review_driver import ReviewDriver

NAMES = {"tony blair": "Tony_Blair", "asa": "Åsa", "muller": "Müller", "jean luc": "Jean-Luc"}


@pytest.fixture
def main(open_window, album: Path, scanned: Path, tmp_path: Path):
    """A window on a gallery in which four faces are named as those, and three are not named."""
    folder = Path(shutil.copytree(scanned, tmp_path / "gallery"))
    with Gallery.open(folder, for_writing=True) as gallery:
        for face, name in zip(gallery.unnamed(), NAMES.values(), strict=False):
            gallery.name_faces([face.id], name)
    return open_window(folder)


@pytest.mark.parametrize(("typed", "name"), NAMES.items())
def test_the_search_finds_it(main, typed: str, name: str) -> None:
    search = main.window.toolbar.search
    search.setFocus()
    main.qtbot.keyClicks(search, typed)
    main.settle()
    main.press(Qt.Key.Key_Return)
    main.settle()
    assert main.window.pages.current is Page.PEOPLE
    person = main.window.people_page.person
    found = main.window.search.page.people.people if person is None else [person]
    assert [one.name for one in found] == [name]


@pytest.mark.parametrize(("typed", "name"), NAMES.items())
def test_the_review_takes_it_after_a_question(main, typed: str, name: str) -> None:
    review = ReviewDriver(main)
    before = len(review.people)
    if review.group.proposed_name is not None:
        review.press(Qt.Key.Key_N)
    review.type(typed)
    review.press(Qt.Key.Key_Return)
    field = review.page.name_edit
    assert field.is_asking
    assert field.suggestions.marked == name
    review.press(Qt.Key.Key_Return)
    assert len(review.people) == before
    assert review.people[name] > 1


def test_the_photo_page_takes_it_after_a_question(main, hopper_file: Path) -> None:
    main.open(hopper_file)
    main.type_name("tony blair")
    main.press(Qt.Key.Key_Return)
    assert main.faces_of("Tony_Blair") == 1
    field = main.window.photo_page.name_edit
    assert field.is_asking and field.suggestions.marked == "Tony_Blair"
    main.press(Qt.Key.Key_Return)
    main.settle()
    assert main.faces_of("Tony_Blair") == 2


def test_typing_on_the_people_page_goes_to_it(main) -> None:
    people = PeopleDriver(main)
    grid = people.main.window.people_page.overview.grid
    assert grid.model().row_beginning_with("muller", 0) is not None
    assert grid.model().row_beginning_with("tony b", 0) is not None
