"""The name of a face is replaced or removed in its photo, and all of it is undone step by step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from face_match.core.records import Origin
from face_match.core.types import Box
from face_match.gallery.storage_change import move_records
from face_match.gui.shell.navigation import Page
from tests.gui.menu_driver import names, trigger

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def undo(driver) -> str:
    driver.press(Qt.Key.Key_Z, CONTROL)
    driver.settle()
    return str(driver.message)


def redo(driver) -> str:
    driver.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    driver.settle()
    return str(driver.message)


def faces_here(driver) -> list[tuple[str, list[str]]]:
    """Whose the known faces of the open photo are, and who they are not."""
    gallery, photo = driver.window.gallery.gallery, driver.window.photo.photo
    record = gallery.photo_of(photo)
    return [
        (
            person.name if (person := gallery.person_by_folder(face.person)) else "",
            [r.name for r in face.rejections],
        )
        for face in (gallery.faces_in(record) if record is not None else [])
    ]


@pytest.fixture
def mum(driver, astronaut_file: Path):
    """A window at a photo of a face that is called Mum."""
    driver.add(astronaut_file, "Mum")
    return driver


def test_a_new_name_replaces_the_old_one(mum) -> None:
    panel = mum.window.photo_page
    assert panel.photo_view.accessibleDescription().endswith("1 is Mum")
    mum.type_name("Mary Smith")
    assert panel.add_button.text() == "Change name"
    mum.press(Qt.Key.Key_Return)
    mum.settle()
    assert mum.message == "This face is now Mary Smith (was Mum). Undo: Ctrl+Z."
    assert names(mum) == ["Mary Smith"]
    assert faces_here(mum) == [("Mary Smith", [])]
    assert panel.photo_view.accessibleDescription().endswith("1 is Mary Smith")
    assert undo(mum) == "Undid: moved a face from Mum to Mary Smith."
    assert faces_here(mum) == [("Mum", [])]
    assert redo(mum) == "Redid: moved a face from Mum to Mary Smith."
    assert faces_here(mum) == [("Mary Smith", [])]


def test_confirming_another_person_replaces_the_name_and_the_same_person_cannot_be_confirmed(
    mum, hopper_file: Path
) -> None:
    panel = mum.window.photo_page
    mum.add(hopper_file, "Grace")
    assert panel.matches.selected().person.name == "Grace"
    assert not panel.confirm_button.isEnabled(), "this face is Grace already"
    mum.press(Qt.Key.Key_2)
    assert panel.matches.selected().person.name == "Mum"
    panel.threshold.choose(panel.threshold.slider.minimum() / 200)
    assert panel.confirm_button.isEnabled()
    mum.window.face_edits.name("Mum")
    mum.settle()
    assert mum.message == "This face is now Mum (was Grace). Undo: Ctrl+Z."
    assert names(mum) == ["Mum"]


def test_not_them_removes_the_name_and_is_remembered(mum, open_window, astronaut_file: Path) -> None:
    panel = mum.window.photo_page
    assert panel.reject_button.toolTip().endswith("(Delete)")
    mum.press(Qt.Key.Key_Delete)
    mum.settle()
    assert mum.message.startswith(
        "This face is no longer Mum, and that name will not be suggested for it again."
    )
    assert names(mum) == []
    assert faces_here(mum) == [("", ["Mum"])]
    assert panel.photo_view.accessibleDescription() == "1 face, face 1 selected"
    mum.window.close()
    again = open_window(mum.window.gallery.folder)
    again.open(astronaut_file)
    assert undo(again).startswith("Undid: removed a face of Mum")
    assert faces_here(again) == [("Mum", [])]
    assert redo(again).startswith("Redid: removed a face of Mum"), "what was undone before is there too"


def test_not_them_rejects_the_selected_match_of_an_unnamed_face(mum, astronaut_again: Path) -> None:
    mum.open(astronaut_again)
    mum.press(Qt.Key.Key_X)
    mum.settle()
    assert mum.message == "Not Mum: that name will not be suggested for this face. Undo: Ctrl+Z."
    assert faces_here(mum) == [("", ["Mum"])]
    assert mum.rows == []
    assert not mum.window.photo_page.reject_button.isEnabled()
    undo(mum)
    assert mum.rows[0].startswith("✅ Mum")
    assert faces_here(mum) in ([], [("", [])])


def test_one_of_several_faces_is_corrected_and_the_others_stay(driver, two_faces: Path) -> None:
    driver.open(two_faces)
    view = driver.window.photo_page.photo_view
    for index, name in ((0, "Eileen"), (1, "Grace"), (0, "Mary")):
        view.pick(index)
        driver.settle()
        driver.type_name(name)
        driver.press(Qt.Key.Key_Return)
        driver.settle()
    assert sorted(faces_here(driver)) == [("Grace", []), ("Mary", [])]
    assert "1 is Mary" in view.accessibleDescription()
    assert "2 is Grace" in view.accessibleDescription()


def test_a_scanned_face_is_named_in_its_photo_and_stays_a_face_when_that_is_undone(
    driver, astronaut_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    photo = Path(shutil.copy(astronaut_file, folder / "eileen.png"))
    driver.window.folder_import.scan([folder])
    driver.settle()
    driver.window.show_page(Page.PHOTO)
    driver.add(photo, "Eileen")
    gallery = driver.window.gallery.gallery
    assert (gallery.face_count, gallery.unnamed()) == (1, [])
    undo(driver)
    assert gallery.face_count == 0
    assert len(gallery.unnamed()) == 1


def test_a_drawn_face_is_shown_with_its_name_when_the_photo_is_opened_again(
    driver, no_face: Path, astronaut_file: Path
) -> None:
    driver.open(no_face)
    driver.window.photo.draw_face(Box(40.0, 40.0, 120.0, 120.0))
    driver.settle()
    driver.type_name("Somebody")
    driver.answer(QMessageBox.StandardButton.Yes)  # there is no face in it
    driver.window.photo_page.add_button.click()
    driver.settle()
    (face,) = driver.window.gallery.gallery.faces_of(driver.window.gallery.gallery.person("Somebody"))
    assert face.origin is Origin.DRAWN
    driver.open(astronaut_file)
    driver.open(no_face)
    assert driver.window.photo_page.photo_view.accessibleDescription().endswith("1 is Somebody")
    driver.window.photo_page.reject_button.click()
    driver.settle()
    assert names(driver) == []
    driver.open(astronaut_file)
    driver.open(no_face)
    assert len(driver.window.photo.faces) == 1, "it is a face still, without a name"


@pytest.mark.parametrize("store", ["json", "sqlite"])
def test_undo_and_redo_walk_the_whole_history_one_step_at_a_time(
    driver, open_window, astronaut_file: Path, hopper_file: Path, store: str
) -> None:
    if store == "sqlite":
        driver.add(hopper_file, "Nobody")
        undo(driver)
        driver.window.close()
        move_records(driver.window.gallery.folder, to_database=True)
        driver = open_window(driver.window.gallery.folder)
    window = driver.window
    seen = [snapshot(driver)]

    def do(change) -> None:
        change()
        driver.settle()
        seen.append(snapshot(driver))

    do(lambda: driver.add(astronaut_file, "Mum"))
    do(lambda: driver.add(hopper_file, "Grace"))
    do(lambda: window.people_edits.rename(window.gallery.gallery.person("Mum"), "Mary"))
    do(lambda: window.face_edits.name("Mary"))
    do(lambda: window.face_edits.reject(None))
    do(lambda: window.face_edits.name("Ada"))
    do(
        lambda: window.people_edits.merge(
            [window.gallery.gallery.person("Ada")], window.gallery.gallery.person("Mary")
        )
    )
    do(
        lambda: window.people_edits.set_cover(
            window.gallery.gallery.faces_of(window.gallery.gallery.person("Mary"))[1]
        )
    )
    steps = len(window.gallery.gallery.history)
    driver.window.close()
    driver = open_window(window.gallery.folder)
    for before in reversed(seen[:-1]):
        undo(driver)
        assert snapshot(driver) == before
    assert len(driver.window.gallery.gallery.undone) == steps == len(seen) - 1
    assert not driver.window.menus.actions["undo"].isEnabled()
    driver.window.close()
    driver = open_window(window.gallery.folder)
    for after in seen[1:]:
        redo(driver)
        assert snapshot(driver) == after


def snapshot(driver) -> object:
    """All that a person has said."""
    gallery = driver.window.gallery.gallery
    people = [
        (person.name, person.cover, sorted(face.id for face in gallery.faces_of(person)))
        for person in gallery.people
    ]
    return people, sorted((face.id, face.rejections) for face in gallery.unnamed())


def test_the_menu_offers_what_can_be_undone_and_redone(driver, astronaut_file: Path) -> None:
    actions = driver.window.menus.actions
    assert [actions[name].isEnabled() for name in ("undo", "redo")] == [False, False]
    driver.add(astronaut_file, "Eileen")
    assert [actions[name].isEnabled() for name in ("undo", "redo")] == [True, False]
    trigger(driver, "undo")
    assert [actions[name].isEnabled() for name in ("undo", "redo")] == [False, True]
    trigger(driver, "redo")
    assert [actions[name].isEnabled() for name in ("undo", "redo")] == [True, False]
