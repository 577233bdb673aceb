"""After Undo and Redo one sees what they changed, whichever page is shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from face_match.gui.shell.navigation import Page
from tests.gui.made_faces import made_clusters
from tests.gui.people_driver import PeopleDriver
from tests.gui.review_driver import ReviewDriver

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_person_who_was_deleted_is_chosen_when_brought_back(open_window, gallery_folder: Path) -> None:
    driver = open_window(gallery_folder)
    window = driver.window
    window.people_edits.delete([window.gallery.gallery.person("Grace")])
    driver.settle()
    window.show_page(Page.PEOPLE)
    driver.settle()
    driver.press(Qt.Key.Key_Z, CONTROL)
    driver.settle()
    grid = window.people_page.overview.grid
    driver.qtbot.waitUntil(lambda: [one.name for one in grid.chosen()] == ["Grace"])
    assert window.pages.is_shown(Page.PEOPLE)


def test_the_face_of_a_photo_that_was_named_is_picked_again(driver, two_faces: Path) -> None:
    driver.open(two_faces)
    photo = driver.window.photo
    first = photo.picked
    driver.type_name("Ada")
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert photo.picked != first, "naming goes on to the next face"
    driver.press(Qt.Key.Key_Z, CONTROL)
    driver.settle()
    assert photo.picked == first
    photo.pick(1 - first)
    driver.settle()
    driver.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    driver.settle()
    assert photo.names[first] == "Ada"


def test_redo_of_a_move_stays_on_the_page_of_the_person(open_window, gallery_folder: Path) -> None:
    people = PeopleDriver(open_window(gallery_folder))
    people.show_faces("Eileen")
    people.choose_faces(0)
    people.press(Qt.Key.Key_F6)
    people.pick("Grace")
    assert (people.shown, people.main.faces_of("Grace")) == ("Eileen", 2)
    people.press(Qt.Key.Key_Z, CONTROL)
    people.main.settle()
    assert (people.shown, people.main.faces_of("Grace")) == ("Eileen", 1)
    people.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    people.main.settle()
    assert (people.shown, people.main.faces_of("Grace")) == ("Eileen", 2)
    assert len(people.faces.rows) == 1
    assert people.person.views.currentIndex() == 1, "still the faces"


def test_redo_of_a_move_of_all_faces_shows_the_person_who_has_them(open_window, gallery_folder: Path) -> None:
    people = PeopleDriver(open_window(gallery_folder))
    people.show_faces("Eileen")
    people.press(Qt.Key.Key_A, CONTROL)
    count = len(people.faces.rows)
    people.press(Qt.Key.Key_F6)
    people.pick("Grace")
    assert (people.shown, people.main.faces_of("Grace")) == ("Grace", count + 1)
    people.press(Qt.Key.Key_Z, CONTROL)
    people.main.settle()
    people.show_faces("Eileen")
    people.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    people.main.settle()
    assert (people.shown, people.main.faces_of("Grace")) == ("Grace", count + 1)
    assert len(people.faces.selected()) == count, "those that were moved"


def test_redo_in_the_review_leads_back_to_the_group_that_undo_came_from(open_window, tmp_path: Path) -> None:
    review = ReviewDriver(open_window(made_clusters(tmp_path / "gallery", people=5, each=4)))
    first = review.group.ids
    review.name("Ada")
    review.press(Qt.Key.Key_PageDown)
    review.press(Qt.Key.Key_PageDown)
    place = review.group.ids
    assert place != first
    review.press(Qt.Key.Key_Z, CONTROL)
    assert review.group.ids == first, "what was undone is shown"
    review.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert review.people == {"Ada": 4}
    assert review.group.ids == place
