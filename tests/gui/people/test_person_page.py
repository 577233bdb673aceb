"""The page of a person: the way there and back, the name typed over, photos and faces, the menu, the keys."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QLabel, QMenu

from face_match.gui.dialogs.keys import KeysDialog
from face_match.gui.keys import PEOPLE_KEYS
from face_match.gui.shell.navigation import Page
from tests.gui.people_driver import CONTROL, SHIFT, PeopleDriver

ALL = [("Eileen", 2), ("Élise", 1), ("Grace", 1)]


def numbers(people: PeopleDriver) -> list[str]:
    return people.person.header.numbers._whole.split(" · ")


# There and back


def test_a_person_is_opened_with_photos_cover_and_numbers(
    people: PeopleDriver, astronaut_file: Path, astronaut_again: Path
) -> None:
    people.show("Eileen")
    header = people.person.header
    assert header.name.text() == "Eileen"
    assert numbers(people)[:2] == ["2 faces", "2 photos"]
    assert numbers(people)[2].startswith("most like ")
    person = people.page.person
    people.until(lambda: header.cover.images.image(person.folder, person) is not None)
    assert people.person.photos.isVisible()
    assert people.person.photos.hasFocus()
    paths = {Path(found.photo.path) for found in people.person.photos.photos}
    assert paths == {astronaut_file, astronaut_again}


def test_every_way_back_leads_to_the_person_in_the_grid(people: PeopleDriver) -> None:
    def by_key(key: Qt.Key) -> None:
        people.press(key)

    ways = (
        people.person.header.back_button.click,
        lambda: by_key(Qt.Key.Key_Backspace),
        lambda: by_key(Qt.Key.Key_Escape),
        lambda: people.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
    )
    for open_view in (people.show, people.show_faces):
        for way in ways:
            open_view("Grace")
            assert people.shown == "Grace"
            way()
            assert people.shown == ""
            assert people.grid.hasFocus()
            assert people.grid.current().name == "Grace"
            assert people.chosen == []


def test_the_search_and_the_photo_page_can_open_a_person(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.page.show_person(people.window.gallery.gallery.person("Grace"))
    people.main.settle()
    assert people.shown == "Grace"
    assert people.person.photos.isVisible(), "photos come first"
    assert [row.person.name for row in people.faces.rows] == ["Grace"]


def test_photos_and_faces_are_tabs_with_keys(people: PeopleDriver) -> None:
    people.show("Eileen")
    people.press(Qt.Key.Key_2, CONTROL)
    assert people.faces.isVisible()
    assert people.faces.hasFocus()
    assert people.person.faces_tab.isChecked()
    assert not people.person.slider.isVisible()
    people.press(Qt.Key.Key_1, CONTROL)
    assert people.person.photos.hasFocus()
    people.person.slider.setValue(people.person.slider.maximum())
    assert people.person.photos.photo_px == people.person.slider.maximum()
    people.person.faces_tab.click()
    assert people.faces.hasFocus()


def test_the_photo_of_a_face_is_opened(people: PeopleDriver, hopper_file: Path) -> None:
    people.show_faces("Grace")
    people.choose_faces(0)
    people.press(Qt.Key.Key_O)
    people.main.settle()
    assert people.window.photo.path == hopper_file
    assert people.window.photo_page.isVisible()


def test_no_key_of_the_pages_opens_a_menu_instead(people: PeopleDriver) -> None:
    """Alt with a letter may be that of a menu, in some language; then neither would happen."""
    shortcuts = people.page.findChildren(QShortcut)
    keys = [shortcut.key().toString() for shortcut in shortcuts]
    keys += [key.toString() for action in people.page.findChildren(QAction) for key in action.shortcuts()]
    assert {"Ctrl+1", "Ctrl+Shift+S", "Ctrl+Shift+M", "F2"} <= {*keys}
    assert [key for key in keys if re.fullmatch(r"Alt\+[A-Z]", key)] == []


def test_the_menus_of_the_pages_open_by_key(people: PeopleDriver) -> None:
    people.press(Qt.Key.Key_S, CONTROL | SHIFT)
    orders = people.page.overview.sort_button.menu()
    people.until(orders.isVisible)
    orders.close()
    people.activate()
    people.show("Grace")
    people.press(Qt.Key.Key_M, CONTROL | SHIFT)
    (menu,) = [menu for menu in people.person.findChildren(QMenu) if menu.isVisible()]
    menu.close()


# The name


def test_f2_lets_the_name_be_typed_over(people: PeopleDriver) -> None:
    people.show("Grace")
    header = people.person.header
    place = header.numbers.geometry()
    people.press(Qt.Key.Key_F2)
    assert header.name_edit.hasFocus()
    assert header.numbers.geometry() == place, "nothing jumps"
    people.type("Admiral Hopper")
    people.press(Qt.Key.Key_Return)
    people.until(lambda: header.name.text() == "Admiral Hopper")
    assert not header.name_edit.isVisible()
    people.until(lambda: people.message.startswith("Renamed Grace to Admiral Hopper. Undo: Ctrl+Z."))
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: header.name.text() == "Grace")


def test_escape_keeps_the_name_and_the_page(people: PeopleDriver) -> None:
    people.show("Grace")
    for leave in (
        lambda: people.press(Qt.Key.Key_Escape),
        people.person.faces_tab.setFocus,
        lambda: people.press(Qt.Key.Key_Return),  # with nothing typed
    ):
        people.button("renamePersonButton").click()
        people.type(" ")
        leave()
        assert not people.person.header.name_edit.isVisible()
        assert people.shown == "Grace"
    people.main.settle()
    assert len(people.window.gallery.gallery.history) == 4


def test_backspace_and_delete_in_the_name_are_for_the_name(people: PeopleDriver) -> None:
    people.show_faces("Grace")
    people.choose_faces(0)
    people.press(Qt.Key.Key_F2)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Home, Qt.Key.Key_Delete):
        people.press(key)
    assert people.person.header.name_edit.text() == "rac"
    people.main.settle()
    assert people.main.faces_of("Grace") == 1


def test_the_name_of_somebody_else_offers_to_merge_and_shows_them(people: PeopleDriver) -> None:
    people.show("Grace")
    people.press(Qt.Key.Key_F2)
    people.type("eileen")
    people.press(Qt.Key.Key_Return)
    people.answer("Merge")
    people.until(lambda: people.shown == "Eileen")
    assert people.main.faces_of("Eileen") == 3


# The menu


def entries(people: PeopleDriver) -> dict[str, object]:
    people.button("moreButton").click()
    (menu,) = [menu for menu in people.person.findChildren(QMenu) if menu.isVisible()]
    found = {action.text().replace("&", ""): action for action in menu.actions() if action.text()}
    menu.close()
    people.activate()
    return found


def test_the_menu_merges_and_deletes_the_person(people: PeopleDriver) -> None:
    people.show("Grace")
    found = entries(people)
    assert list(found) == ["Rename", "Birth date …", "Merge …", "Delete", "Delete for good …"]
    found["Merge …"].trigger()
    people.pick("Élise")
    people.until(lambda: people.shown == "Élise")
    entries(people)["Delete"].trigger()
    people.until(lambda: people.shown == "")
    people.until(lambda: people.rows == [("Eileen", 2)])
    people.main.settle()
    assert people.message == "Deleted Élise. 2 faces are unnamed now. Undo: Ctrl+Z."
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: people.rows == [("Eileen", 2), ("Élise", 2)])


def test_delete_for_good_asks_and_leads_back_to_all_people(people: PeopleDriver) -> None:
    people.show("Grace")
    people.press(Qt.Key.Key_Delete, SHIFT)
    people.answer("Cancel")
    assert people.shown == "Grace"
    people.press(Qt.Key.Key_Delete, SHIFT)
    people.answer("Delete for good")
    people.until(lambda: people.rows == [("Eileen", 2), ("Élise", 1)])
    assert people.shown == ""


def test_delete_on_the_photos_of_a_person_deletes_nobody(people: PeopleDriver) -> None:
    people.show("Grace")
    people.press(Qt.Key.Key_Delete)
    people.main.settle()
    assert people.main.faces_of("Grace") == 1


def test_f1_lists_the_keys_of_the_people(people: PeopleDriver) -> None:
    people.press(Qt.Key.Key_F1)
    dialog = people.window.findChild(KeysDialog)
    assert dialog.isVisible()
    shown = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert all(key.shown in shown and key.what in shown for key in PEOPLE_KEYS)
    assert "▸ People and their faces" in shown
    assert shown.count("▸") == 1


def test_a_photo_of_a_person_opens_with_the_face_of_that_person(
    people: PeopleDriver, two_faces: Path
) -> None:
    main = people.main
    back = main.window.photo_page.bar.all_button
    main.open(two_faces)
    for number, name in enumerate(("Eileen", "Grace")):
        main.window.photo.pick(number)
        main.settle()
        main.window.face_edits.name(name)
        main.settle()
    for name in ("Grace", "Eileen"):
        person = main.window.gallery.gallery.find(name)
        main.window._open_among(two_faces, [two_faces], person)
        main.settle()
        assert main.window.photo.owner.name == name
        assert back.text() == f"Photos of {name}"
    main.open(two_faces)
    assert main.window.queue.sought is None
    assert back.text() == "All photos"


def test_the_button_of_a_photo_leads_back_to_the_person_it_was_opened_from(
    people: PeopleDriver, astronaut_file: Path
) -> None:
    people.show_faces("Eileen")
    window = people.main.window
    person = window.people_page.person
    window._open_among(astronaut_file, [astronaut_file], person)
    people.main.settle()
    back = window.photo_page.bar.all_button
    assert back.text() == "Photos of Eileen"
    back.click()
    people.main.settle()
    assert window.pages.is_shown(Page.PEOPLE)
    assert window.people_page.person.name == "Eileen"


def test_the_numbers_follow_faces_that_are_moved_while_photos_are_hidden(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(0)
    people.press(Qt.Key.Key_F6)
    people.pick("Grace")
    assert people.shown == "Eileen"
    assert numbers(people)[:2] == ["1 face", "1 photo"]


def test_whoever_the_person_is_most_like_comes_first_in_the_strip(people: PeopleDriver) -> None:
    for name in ("Eileen", "Élise", "Grace"):
        people.show_faces(name)
        first = people.person.strip.people.people[0].name
        assert first in next(part for part in numbers(people) if part.startswith("most like "))
        people.back()


def test_the_photos_of_a_person_have_a_button_to_export_them(people: PeopleDriver) -> None:
    people.window.people_page.show_person(people.window.gallery.gallery.find("Eileen"))
    page = people.window.people_page.person_page
    people.until(lambda: page.export_button.text() == "Export 2 copies …")
    assert page.export_button.isVisible()
    people.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert not page.export_button.isVisible()


def test_a_low_window_is_for_the_faces(people: PeopleDriver) -> None:
    people.show_faces("Grace")
    strip, faces = people.person.strip, people.faces
    people.until(lambda: strip.people.people != [])
    for height, is_shown in ((800, True), (600, False), (800, True)):
        people.window.resize(900, height)
        people.until(lambda is_shown=is_shown: strip.isVisible() == is_shown)
        people.until(lambda: faces.height() > faces.gridSize().height())
    assert strip.isVisible()
