"""Others edit while a name is typed: nothing moves, and no name lands on the wrong face."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from face_match.core.gallery_place import ServerAddress
from face_match.core.messages import error_message
from face_match.core.server_errors import ChangedElsewhereError
from face_match.gallery.archive import export_archive, import_archive
from face_match.gallery.gallery import Gallery
from tests.gui.people_driver import PeopleDriver
from tests.gui.review_driver import ReviewDriver

REFUSED = error_message(ChangedElsewhereError())


@pytest.fixture
def moved(server_address: ServerAddress, tmp_path: Path) -> Callable[[Path], ServerAddress]:
    """Puts a folder's gallery on the server."""

    def move(folder: Path) -> ServerAddress:
        export_archive(folder, None, tmp_path / "gallery.zip")
        with Gallery.open(server_address, for_writing=True) as gallery:
            import_archive(tmp_path / "gallery.zip", gallery)
        return server_address

    return move


def change(driver, address: ServerAddress, edit: Callable[[Gallery], object]) -> None:
    """Let somebody else edit, until the window knows and has done all that it does then."""
    with (
        Gallery.open(address, for_writing=True) as other,
        driver.qtbot.waitSignal(driver.window.gallery.changed),
    ):
        edit(other)
    driver.qtbot.waitUntil(lambda: not driver.window.tasks.is_busy())
    driver.qtbot.wait(50)


def looks(review: ReviewDriver) -> tuple[object, ...]:
    page = review.page
    faces = [face.id for face in review.faces]
    place = page.name_edit.mapTo(page, page.name_edit.rect().topLeft())
    return review.questions, review.texts[:2], page.groups_list.currentIndex().row(), faces, place


def test_in_the_review(moved, scanned: Path, open_window) -> None:
    address = moved(scanned)
    review = ReviewDriver(open_window(address))
    page, group = review.page, review.group
    assert len(review.groups) > 1
    others = [face.id for one in review.groups if one is not group for face in one.faces]
    mine = [face.id for face in group.faces]
    review.type("Ma")
    before = looks(review)
    change(review.main, address, lambda gallery: gallery.name_faces(others[:1], "Grace"))
    review.type("ry")
    assert page.name_edit.text() == "Mary"
    assert looks(review) == before
    change(review.main, address, lambda gallery: gallery.name_faces(mine, "Eileen", allow_same_photo=True))
    assert page.name_edit.text() == "Mary"
    assert looks(review) == before
    review.press(Qt.Key.Key_Return)
    assert review.message == REFUSED
    assert set(review.people) == {"Grace", "Eileen"}, "nobody is overruled unawares, no other group is named"
    assert review.people["Eileen"] == len(mine)
    assert all(face.id not in mine for face in review.faces)
    review.main.window.close()


def test_on_a_photo(moved, gallery_folder: Path, astronaut_file: Path, open_window) -> None:
    address = moved(gallery_folder)
    driver = open_window(address)
    driver.open(astronaut_file)
    page = driver.window.photo_page
    driver.type_name("Sal")
    asked = driver.question, driver.rows
    face = driver.window.photo.record_of(driver.window.photo.picked)
    assert face is not None
    change(driver, address, lambda gallery: gallery.move([face.id], "Grace"))
    driver.qtbot.keyClicks(page.name_edit, "ly")
    assert page.name_edit.text() == "Sally"
    assert (driver.question, driver.rows) == asked
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.message == REFUSED
    assert driver.faces_of("Grace") == 2
    assert page.name_edit.text() == "Sally", "no letter is lost"
    assert driver.question == "Grace", "whose face it is now, as the message speaks of it"
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.faces_of("Grace") == 1
    assert driver.faces_of("Sally") == 1, "said again, with both names in view"


def test_on_a_photo_a_refused_name_that_is_typed_on(
    moved, gallery_folder: Path, astronaut_file: Path, open_window
) -> None:
    address = moved(gallery_folder)
    driver = open_window(address)
    driver.open(astronaut_file)
    driver.type_name("Sal")
    face = driver.window.photo.record_of(driver.window.photo.picked)
    assert face is not None
    change(driver, address, lambda gallery: gallery.move([face.id], "Grace"))
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.message == REFUSED
    driver.qtbot.keyClicks(driver.window.photo_page.name_edit, "ly")
    shown = driver.question, driver.rows
    assert shown[0] == "Grace"
    change(driver, address, lambda gallery: gallery.move([face.id], "Zoë"))
    assert (driver.question, driver.rows) == shown, "nothing moves while a name is typed"
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.message == REFUSED
    assert driver.question == "Zoë"
    assert driver.faces_of("Sally") == 0


@pytest.mark.parametrize("on_page", [True, False])
def test_a_new_name_of_a_person(on_page: bool, moved, gallery_folder: Path, open_window) -> None:
    address = moved(gallery_folder)
    people = PeopleDriver(open_window(address))
    people.choose("Grace")
    if on_page:
        people.show("Grace")
        people.person.header.rename()
    else:
        people.grid.rename()
    people.type("Gracia")
    rows = people.rows
    change(people.main, address, lambda gallery: gallery.rename(gallery.person("Eileen"), "Zoë"))
    people.type("na")
    assert people.window.focusWidget().text() == "Graciana"
    assert on_page or people.rows == rows
    change(people.main, address, lambda gallery: gallery.rename(gallery.person("Grace"), "Amazing Grace"))
    people.type("!")
    assert people.window.focusWidget().text() == "Graciana!"
    people.press(Qt.Key.Key_Return)
    people.until(lambda: people.message == REFUSED)
    people.main.settle()
    names = {person.name for person in people.window.gallery.gallery.people}
    assert names == {"Amazing Grace", "Zoë", "Élise"}
    if not on_page:
        assert {name for name, _ in people.rows} == names, "what was held back is shown"
