"""The people while other things happen: changes made elsewhere, galleries that cannot be changed, closing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from face_match.gallery.security.encryption import encrypt
from face_match.gallery.storage import vault
from face_match.gallery.storage.lock import WriterLock
from tests.gui.people_driver import CONTROL, PeopleDriver

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff " * 20
ALL = [("Eileen", 2), ("Élise", 1), ("Grace", 1)]
PEOPLE_BUTTONS = ("renameButton", "mergeButton", "deleteButton")
FACE_BUTTONS = ("moveButton", "coverButton", "removeButton")


def enabled(people: PeopleDriver, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if people.button(name).isEnabled()]


# What changes elsewhere


def test_faces_added_on_the_photo_page_appear_and_the_selection_stays(
    people: PeopleDriver, astronaut_file: Path
) -> None:
    people.choose("Grace")
    people.main.add(astronaut_file, "Ada")
    people.open()
    assert people.rows == [("Ada", 1), ("Eileen", 1), ("Élise", 1), ("Grace", 1)]
    assert people.chosen == ["Grace"]
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: people.rows == ALL)


def test_a_person_who_is_open_is_shown_as_changed_elsewhere(people: PeopleDriver) -> None:
    people.show_faces("Grace")
    gallery = people.window.gallery.gallery
    people.window.people_edits.rename(gallery.person("Grace"), "Admiral Hopper")
    people.until(lambda: people.person.header.name._whole == "Admiral Hopper")
    assert people.faces.isVisible()
    people.window.people_edits.delete([gallery.person("Admiral Hopper")])
    people.until(lambda: people.shown == "")


def test_what_was_open_is_open_again_after_another_page(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(1)
    people.press(Qt.Key.Key_O)
    people.main.settle()
    assert not people.page.isVisible()
    people.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert people.shown == "Eileen"
    assert len(people.faces.selected()) == 1
    assert people.faces.hasFocus()


def test_faces_of_the_person_before_are_not_shown(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.back()
    people.begin_to_show("Grace")
    assert len(people.faces.rows) == 0
    people.person.back_wanted.emit()
    people.begin_to_show("Élise")
    people.until(lambda: [row.person.name for row in people.faces.rows] == ["Élise"])
    people.main.settle()
    assert [row.person.name for row in people.faces.rows] == ["Élise"]
    assert people.person.header.name._whole == "Élise"


# Galleries that cannot be changed


def test_a_locked_gallery_is_shown_and_nothing_can_be_changed(open_window, gallery_folder: Path) -> None:
    lock = WriterLock(gallery_folder)
    lock.acquire()
    people = PeopleDriver(open_window(gallery_folder))
    people.choose("Eileen")
    assert people.rows == ALL
    assert enabled(people, PEOPLE_BUTTONS) == []
    people.press(Qt.Key.Key_F2)
    people.press(Qt.Key.Key_Delete)
    people.main.settle()
    assert people.page.findChildren(QLineEdit, "renameEdit") == [people.person.header.name_edit]
    assert people.rows == ALL
    people.show_faces("Eileen")
    people.choose_faces(1)
    assert enabled(people, FACE_BUTTONS) == []
    people.press(Qt.Key.Key_Delete)
    people.press(Qt.Key.Key_F2)
    people.main.settle()
    assert not people.person.header.name_edit.isVisible()
    assert people.main.faces_of("Eileen") == 2
    lock.release()
    people.window.gallery.open()
    people.main.settle()
    assert people.shown == "Eileen"
    people.choose_faces(1)
    assert enabled(people, FACE_BUTTONS) == list(FACE_BUTTONS)
    people.back()
    people.choose("Eileen")
    assert enabled(people, PEOPLE_BUTTONS) == list(PEOPLE_BUTTONS)


def test_an_encrypted_gallery_shows_people_once_its_passphrase_is_given(
    open_window, gallery_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    encrypt(gallery_folder, "correct horse")
    main = open_window(gallery_folder)
    main.window.gallery.open("correct horse")
    main.settle()
    assert PeopleDriver(main).rows == ALL


def test_what_is_shown_stays_while_the_gallery_is_closed_for_a_moment(people: PeopleDriver) -> None:
    people.choose("Grace")
    people.window.menus.actions["move records"].trigger()
    assert people.window.gallery.gallery is None
    assert people.rows == ALL
    assert enabled(people, PEOPLE_BUTTONS) == []
    people.main.settle()
    assert people.rows == ALL
    assert people.chosen == ["Grace"]
    assert enabled(people, PEOPLE_BUTTONS) == list(PEOPLE_BUTTONS)
    people.show_faces("Eileen")
    people.window.menus.actions["move records"].trigger()
    people.main.settle()
    assert people.shown == "Eileen"
    people.until(lambda: len(people.faces.rows) == 2)


def test_nothing_can_be_done_while_a_change_is_being_saved(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(1)
    assert enabled(people, FACE_BUTTONS) == list(FACE_BUTTONS)
    people.press(Qt.Key.Key_Delete)
    assert enabled(people, FACE_BUTTONS) == []
    people.press(Qt.Key.Key_Delete)
    people.until(lambda: len(people.faces.rows) == 1)
    assert people.main.faces_of("Eileen") == 1


def test_a_failed_change_is_reported(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(1)
    people.window.gallery.gallery.undo()  # that face was added last
    people.press(Qt.Key.Key_Delete)
    people.until(lambda: people.message.startswith("This face is no longer in the gallery."))


def test_removing_a_name_that_is_gone_says_so(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(0)
    people.window.gallery.gallery.remove([people.faces.selected()[0].face.id])
    people.press(Qt.Key.Key_Delete)
    people.until(lambda: people.message == "Nothing was changed: the faces have no name any more.")


# Names of any kind


@pytest.mark.parametrize("size", [(900, 600), (1280, 800), (1920, 1000)])
def test_a_very_long_name_clips_nothing(people: PeopleDriver, size: tuple[int, int]) -> None:
    people.window.people_edits.rename(people.grid.people.people[2], LONG_NAME)
    people.main.settle()
    people.window.resize(*size)
    people.main.settle()
    assert (people.window.width(), people.window.height()) == size
    people.show_faces(LONG_NAME.strip())
    assert people.person.header.name.text().endswith("…")
    assert LONG_NAME[:40] in people.person.header.name.toolTip()
    shown = people.page.rect()
    for name in (*FACE_BUTTONS, "renamePersonButton", "moreButton", "backButton"):
        widget = people.button(name)
        corner = widget.mapTo(people.page, widget.rect().bottomRight())
        assert shown.contains(corner), name
        assert widget.width() >= widget.minimumSizeHint().width(), name


def test_a_right_to_left_name_does_not_reverse_its_sentence(people: PeopleDriver) -> None:
    people.window.people_edits.rename(people.grid.people.people[2], "גרייס")
    people.main.settle()
    people.choose("Eileen", "גרייס")
    people.press(Qt.Key.Key_M, CONTROL)
    people.pick("eileen")
    people.until(lambda: people.rows == [("Eileen", 3), ("Élise", 1)])
    assert people.message.startswith("Merged \N{FIRST STRONG ISOLATE}גרייס\N{POP DIRECTIONAL ISOLATE} into ")


# Closing


def test_another_page_during_work_drops_what_is_read_and_keeps_what_is_saved(people: PeopleDriver) -> None:
    people.show_faces("Eileen")
    people.choose_faces(0)
    people.press(Qt.Key.Key_Delete)
    people.press(Qt.Key.Key_R, CONTROL)
    people.main.settle()
    assert people.main.faces_of("Eileen") == 1
    assert people.main.message.startswith("Removed 1 face from Eileen. It is unnamed now.")


def test_closing_the_program_with_a_question_open_is_clean(
    people: PeopleDriver, open_window, gallery_folder: Path
) -> None:
    people.show_faces("Eileen")
    people.choose_faces(0)
    people.press(Qt.Key.Key_F6)
    picker = people.picker()
    people.window.gallery.changed.emit()
    people.window.close()
    assert not picker.isVisible()
    assert people.window.tasks.close()
    assert open_window(gallery_folder).window.gallery.gallery.is_writable


def test_closing_the_program_while_a_name_is_typed_is_clean(
    people: PeopleDriver, open_window, gallery_folder: Path
) -> None:
    people.choose("Grace")
    people.press(Qt.Key.Key_F2)
    people.type("Half a na")
    people.window.close()
    assert people.window.tasks.close()
    again = PeopleDriver(open_window(gallery_folder))
    assert again.rows == ALL
