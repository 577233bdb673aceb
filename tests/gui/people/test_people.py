"""The people window: who is in the gallery, and renaming, merging, moving and removing, by mouse and keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from face_match.gui import phrases
from tests.gui.people_driver import CONTROL, SHIFT, PeopleDriver

ALL = [("Eileen", 2), ("Élise", 1), ("Grace", 1)]


# Who is there


def test_people_are_listed_by_name_with_face_and_number_of_faces(people: PeopleDriver) -> None:
    assert people.rows == ALL
    people_list = people.window.people
    people.until(lambda: all(people_list.crops.image(p.folder, p) for p in people_list.people.shown))
    index = people_list.people.index(0)
    told = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == f"Eileen, 2 faces, added {phrases.date_text(people_list.people.shown[0].added)}"


def test_typing_filters_the_list_ignoring_case_and_accents(people: PeopleDriver) -> None:
    assert people.window.filter.hasFocus()
    people.type("e")
    assert [name for name, _ in people.rows] == ["Eileen", "Élise", "Grace"]
    people.type("L")
    assert [name for name, _ in people.rows] == ["Élise"]
    assert people.chosen == ["Élise"]
    people.press(Qt.Key.Key_Escape)
    assert people.rows == ALL
    assert people.window.isVisible()
    people.press(Qt.Key.Key_Escape)
    assert not people.window.isVisible()


def test_a_filter_without_results_says_so_and_shows_no_faces(people: PeopleDriver) -> None:
    people.type("xyz")
    assert people.rows == []
    assert "“xyz”" in people.window.people.placeholder
    assert "Escape" in people.window.people.placeholder
    assert len(people.window.faces.rows) == 0
    assert not people.button("mergeButton").isEnabled()


def test_the_faces_of_the_selected_person_are_shown_as_crops(people: PeopleDriver) -> None:
    people.choose("Eileen")
    grid = people.window.faces
    assert [row.person.name for row in grid.rows] == ["Eileen", "Eileen"]
    people.until(lambda: all(grid.crops.image(row.face.id, row.face) for row in grid.rows))
    assert people.window.summary.names.text() == "Eileen"
    assert people.window.summary.numbers.text().startswith("2 faces")


def test_the_faces_of_several_people_are_shown_together_with_their_names(people: PeopleDriver) -> None:
    people.choose("Eileen", "Grace")
    assert [row.person.name for row in people.window.faces.rows] == ["Eileen", "Eileen", "Grace"]
    assert people.window.faces.has_names
    assert people.window.summary.names.text() == "Eileen and Grace"
    assert people.window.summary.numbers.text().startswith("3 faces")


def test_faces_are_selected_with_shift_and_ctrl_and_all_at_once(people: PeopleDriver) -> None:
    people.choose("Eileen", "Élise", "Grace")
    grid = people.window.faces
    people.choose_faces(0, 2, modifier=SHIFT)
    assert [row.person.name for row in grid.selected()] == ["Eileen", "Eileen", "Élise"]
    people.choose_faces(0, 3)
    assert [row.person.name for row in grid.selected()] == ["Eileen", "Grace"]
    people.press(Qt.Key.Key_A, CONTROL)
    assert len(grid.selected()) == 4
    assert people.window.summary.numbers.text() == "4 faces, 1 near-duplicate, 4 selected"


def test_a_crop_that_cannot_be_read_says_why(open_window, gallery_folder: Path) -> None:
    for crop in (gallery_folder / "faces_db" / "Grace").iterdir():
        crop.unlink()
    people = PeopleDriver(open_window(gallery_folder))
    people.choose("Grace")
    grid = people.window.faces
    (row,) = grid.rows
    people.until(lambda: bool(grid.crops.problem(row.face.id)))
    tip = grid.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("Face 1 of 1. Grace, added ")
    assert grid.crops.problem(row.face.id) in tip


def test_an_empty_gallery_says_how_to_begin(driver) -> None:
    people = PeopleDriver(driver)
    assert people.rows == []
    assert people.window.people.placeholder.startswith("The gallery is empty. Open a photo")
    assert people.window.notice.isHidden()


# Rename


def test_the_name_editor_covers_only_the_name(people: PeopleDriver) -> None:
    people.choose("Grace")
    people.press(Qt.Key.Key_F2)
    editor = people.window.findChild(QLineEdit, "renameEdit")
    row = people.window.people.visualRect(people.window.people.currentIndex())
    assert editor.geometry().bottom() < row.center().y() + 1, "since when she is there stands below"
    assert editor.geometry().right() < row.right() - editor.fontMetrics().horizontalAdvance("1")
    assert editor.height() >= editor.fontMetrics().height() + 4


def test_f2_renames_and_undo_and_redo_work_from_here(people: PeopleDriver) -> None:
    people.choose("Grace")
    people.press(Qt.Key.Key_F2)
    people.type("Admiral Hopper")
    people.press(Qt.Key.Key_Return)
    people.until(lambda: people.rows == [("Admiral Hopper", 1), ("Eileen", 2), ("Élise", 1)])
    assert people.message == "Renamed Grace to Admiral Hopper. Undo: Ctrl+Z."
    assert people.chosen == ["Admiral Hopper"]
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: people.rows == ALL)
    assert people.message.startswith("Undid: ")
    assert people.chosen == ["Grace"]
    people.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    people.until(lambda: people.rows[0] == ("Admiral Hopper", 1))
    assert people.message.startswith("Redid: ")


def test_an_unchanged_or_empty_name_changes_nothing(people: PeopleDriver) -> None:
    people.choose("Grace")
    for typed in ("Grace", "  "):
        people.press(Qt.Key.Key_F2)
        people.type(typed)
        people.press(Qt.Key.Key_Return)
        people.until(lambda: people.window.findChild(QLineEdit, "renameEdit") is None)
    people.main.settle()
    assert people.rows == ALL
    assert not people.main.window.gallery.gallery.history[4:]


def test_escape_cancels_renaming(people: PeopleDriver) -> None:
    people.choose("Grace")
    people.button("renameButton").click()
    people.type("Nobody")
    people.press(Qt.Key.Key_Escape)
    people.until(lambda: people.window.findChild(QLineEdit, "renameEdit") is None)
    assert people.window.isVisible()
    assert people.rows == ALL


def test_a_name_that_is_taken_offers_to_merge(people: PeopleDriver) -> None:
    people.choose("Grace")
    for answer, rows in (("Cancel", ALL), ("Merge", [("Eileen", 3), ("Élise", 1)])):
        people.press(Qt.Key.Key_F2)
        people.type("eileen")
        people.press(Qt.Key.Key_Return)
        asked = people.answer(answer)
        assert asked.startswith("Another person is called Eileen. Merge the two people?")
        assert asked.endswith("The face of Grace will be moved to Eileen, who will have 3 faces.")
        people.until(lambda rows=rows: people.rows == rows)
    assert people.chosen == ["Eileen"]


# Merge


def test_merging_shows_a_preview_and_asks_once(people: PeopleDriver) -> None:
    people.choose("Eileen", "Élise", "Grace")
    people.press(Qt.Key.Key_M, CONTROL)
    assert people.picker().name_edit.text() == "Eileen"
    said = people.pick("grace")
    assert said == "All 3 faces of Eileen (2) and Élise (1) will be moved to Grace, who will have 4 faces."
    people.until(lambda: people.rows == [("Grace", 4)])
    assert people.message == ("Merged Eileen and Élise into Grace, who now has 4 faces. Undo: Ctrl+Z.")
    assert people.chosen == ["Grace"]
    people.until(lambda: len(people.window.faces.rows) == 4)
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: people.rows == ALL)


def test_one_person_is_merged_into_an_unselected_one(people: PeopleDriver) -> None:
    people.choose("Élise")
    people.button("mergeButton").click()
    picker = people.picker()
    assert not picker.accept_button.isEnabled()
    picker.name_edit.setText("élise")
    assert not picker.accept_button.isEnabled()
    picker.name_edit.setText("nobody here")
    assert picker.preview_label.text() == "There is no person with this name."
    assert not picker.accept_button.isEnabled()
    people.pick("Grace")
    people.until(lambda: people.rows == [("Eileen", 2), ("Grace", 2)])
    assert people.chosen == ["Grace"]


def test_enter_on_an_impossible_merge_keeps_the_dialog_open(people: PeopleDriver) -> None:
    people.choose("Élise")
    people.button("mergeButton").click()
    people.pick("nobody here")
    assert people.picker().isVisible()
    people.main.qtbot.keyClick(people.picker(), Qt.Key.Key_Escape)
    assert people.rows == ALL


# Move and remove


def test_faces_are_moved_to_an_existing_person(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.choose_faces(0)
    people.press(Qt.Key.Key_F6)
    assert people.pick("grace") == "Grace will have 2 faces."
    people.until(lambda: people.rows == [("Eileen", 1), ("Élise", 1), ("Grace", 2)])
    assert people.message == "Moved 1 face to Grace, who now has 2 faces. Undo: Ctrl+Z."
    assert people.chosen == ["Eileen"]
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: people.rows == ALL)


def test_faces_are_moved_to_a_new_person(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.choose_faces(1)
    people.button("moveButton").click()
    assert people.pick("Mary") == "A new person will be added, with this face."
    people.until(lambda: people.rows == [("Eileen", 1), ("Élise", 1), ("Grace", 1), ("Mary", 1)])


def test_a_person_without_faces_is_removed_and_the_new_owner_selected(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.window.faces.setFocus()
    people.press(Qt.Key.Key_A, CONTROL)
    people.press(Qt.Key.Key_F6)
    people.pick("Grace")
    people.until(lambda: people.rows == [("Élise", 1), ("Grace", 3)])
    assert people.chosen == ["Grace"]
    assert "Eileen had no other faces and was removed from the gallery." in people.message


def test_faces_cannot_be_moved_to_their_own_person(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.choose_faces(0)
    people.press(Qt.Key.Key_F6)
    picker = people.picker()
    picker.name_edit.setText("eileen")
    assert picker.preview_label.text() == "Eileen already has this face."
    assert not picker.accept_button.isEnabled()


def test_known_names_are_completed(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.choose_faces(0)
    people.press(Qt.Key.Key_F6)
    field = people.picker().name_edit
    people.main.qtbot.keyClicks(field, "rac")
    assert [row.name for row in field.suggestions.rows] == ["Grace", "rac"]


def test_delete_removes_faces_and_undo_brings_them_back(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.choose_faces(0)
    kept = people.window.faces.rows[1].face.id
    people.press(Qt.Key.Key_Delete)
    people.until(lambda: people.rows[0] == ("Eileen", 1))
    people.until(lambda: [row.face.id for row in people.window.faces.rows] == [kept])
    assert people.message == "Removed 1 face from Eileen. It is unnamed now. Undo: Ctrl+Z."
    assert people.window.faces.hasFocus()
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: people.rows == ALL)
    people.until(lambda: len(people.window.faces.rows) == 2)


def test_removing_the_last_face_removes_the_person_and_selects_the_next(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.window.faces.setFocus()
    people.press(Qt.Key.Key_A, CONTROL)
    people.button("removeButton").click()
    people.until(lambda: people.rows == [("Élise", 1), ("Grace", 1)])
    assert "removed from the gallery" in people.message
    assert people.chosen == ["Élise"]
    people.until(lambda: [row.person.name for row in people.window.faces.rows] == ["Élise"])


def test_delete_while_a_name_is_typed_deletes_letters_only(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.choose_faces(0)
    people.window.filter.setFocus()
    people.type("ei")
    people.press(Qt.Key.Key_Home)
    people.press(Qt.Key.Key_Delete)
    people.main.settle()
    assert people.window.filter.text() == "i"
    assert people.main.faces_of("Eileen") == 2


def test_undo_in_the_filter_undoes_typing_first(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.choose_faces(0)
    people.press(Qt.Key.Key_Delete)
    people.until(lambda: people.main.faces_of("Eileen") == 1)
    people.main.settle()
    people.press(Qt.Key.Key_F, CONTROL)
    people.type("e")
    people.press(Qt.Key.Key_Z, CONTROL)
    assert people.window.filter.text() == ""
    assert people.main.faces_of("Eileen") == 1
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: people.rows == ALL)


def test_an_edit_that_changes_nothing_offers_no_undo(people: PeopleDriver) -> None:
    """It would reverse the change before."""
    window = people.main.window
    face = window.gallery.gallery.faces_of(window.gallery.gallery.person("Eileen"))[1]
    for expected in ("Cover photo set for Eileen. Undo: Ctrl+Z.", "Nothing was changed."):
        window.people_edits.set_cover(face)
        people.main.settle()
        assert people.message == expected
