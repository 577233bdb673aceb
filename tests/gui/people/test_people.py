"""The people: the grid of covers, and renaming, merging and deleting people, by mouse and keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from face_match.gui import phrases
from face_match.gui.people.overview import SIDE_PX
from face_match.gui.people.people_grid import COVER_PX
from face_match.gui.widgets.filled_grid import PAD_PX
from face_match.gui.widgets.people_model import PeopleOrder
from tests.gui.people_driver import CONTROL, SHIFT, PeopleDriver

ALL = [("Eileen", 2), ("Élise", 1), ("Grace", 1)]


# Who is there


def test_people_are_shown_with_cover_and_number_of_faces(people: PeopleDriver) -> None:
    assert people.rows == ALL
    grid = people.grid
    people.until(lambda: all(grid.crops.image(p.folder, p) for p in grid.people.people))
    index = grid.people.index(0)
    told = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == f"Eileen, 2 faces, added {phrases.date_text(grid.people.people[0].added)}"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == told


def test_a_cover_is_drawn_with_round_corners_and_the_name_below(people: PeopleDriver) -> None:
    grid = people.grid
    people.until(lambda: all(grid.crops.image(p.folder, p) for p in grid.people.people))
    picture = grid.viewport().grab().toImage()
    cell = grid.visualRect(grid.people.index(2))  # not the one with the focus
    ground = picture.pixelColor(cell.topLeft() + QPoint(2, 2))
    left, top = cell.left() + PAD_PX, cell.top() + PAD_PX
    assert picture.pixelColor(left + 1, top + 1) == ground
    middle = picture.pixelColor(left + grid.crop_px // 2, top + grid.crop_px // 2)
    assert middle != ground
    below = {
        picture.pixelColor(left + x, top + grid.crop_px + PAD_PX + 8).name() for x in range(grid.crop_px)
    }
    assert len(below) > 3


@pytest.mark.parametrize("width", [900, 1280, 1920, 2560])
def test_covers_fill_the_width_and_are_larger_and_more_on_larger_windows(
    people: PeopleDriver, width: int
) -> None:
    people.window.resize(width, 800)
    grid, navigation = people.grid, people.window.navigation
    people.main.qtbot.waitUntil(lambda: grid.width() + navigation.width() > width - 2 * SIDE_PX)
    columns = max(1, grid.viewport().width() // grid.gridSize().width())
    assert grid.gridSize().width() * columns <= grid.viewport().width()
    assert grid.width() - grid.gridSize().width() * columns < columns + 2 * PAD_PX
    assert 0.9 * COVER_PX <= grid.crop_px <= 1.5 * COVER_PX
    assert columns >= {900: 4, 1280: 6, 1920: 8, 2560: 10}[width]
    rows = [grid.visualRect(grid.people.index(row)) for row in range(3)]
    assert rows[0].top() == rows[1].top() == rows[2].top()


def test_a_larger_font_gets_more_room(people: PeopleDriver) -> None:
    grid = people.grid
    before = grid.gridSize().height()
    font = grid.font()
    font.setPixelSize(40)
    grid.setFont(font)
    assert grid.gridSize().height() > before + 30
    assert grid.gridSize().height() >= grid.crop_px + grid.text_height()


def test_a_long_name_has_two_lines_below_its_cover_and_is_whole_in_the_tooltip(people: PeopleDriver) -> None:
    grid, gallery = people.grid, people.window.gallery.gallery
    height, name = grid.gridSize().height(), "Anna Magdalena Schwarzenegger"
    assert grid.name_lines("Eileen") == ["Eileen"]
    gallery.rename(gallery.person("Eileen"), name)
    people.window.gallery.announce_change()
    people.main.settle()
    lines = grid.name_lines(name)
    assert len(lines) == 2
    assert " ".join(lines) == name
    assert grid.gridSize().height() >= height + grid.fontMetrics().height()
    (row,) = [row for row, one in enumerate(grid.people.people) if one.name == name]
    assert grid.people.index(row).data(Qt.ItemDataRole.ToolTipRole).startswith(name)


def test_an_empty_gallery_is_welcomed(driver) -> None:
    assert driver.window.start_page.welcome.isVisible()
    assert not driver.window.people_page.isVisible()


# The order


def order(people: PeopleDriver, name: str) -> None:
    menu = people.page.overview.sort_button.menu()
    (action,) = [action for action in menu.actions() if action.text().replace("&", "") == name]
    action.trigger()
    people.main.settle()


def test_people_are_sorted_by_faces_name_or_what_was_added_last(
    people: PeopleDriver, open_window, gallery_folder: Path
) -> None:
    assert people.page.overview.sort_button.text() == "Sort: most faces"
    for chosen, names in (
        ("Name", ["Eileen", "Élise", "Grace"]),
        ("Last added", ["Élise", "Eileen", "Grace"]),
        ("Most faces", ["Eileen", "Élise", "Grace"]),
        ("Last added", ["Élise", "Eileen", "Grace"]),
    ):
        order(people, chosen)
        assert [name for name, _ in people.rows] == names
        assert people.page.overview.sort_button.text() == f"Sort: {chosen.lower()}"
    people.window.close()
    again = PeopleDriver(open_window(gallery_folder))
    assert again.page.overview.order is PeopleOrder.ADDED
    assert [name for name, _ in again.rows] == ["Élise", "Eileen", "Grace"]


def test_another_order_keeps_the_selection(people: PeopleDriver) -> None:
    people.choose("Grace", "Élise")
    order(people, "Last added")
    assert people.chosen == ["Élise", "Grace"]


# Choosing and opening


def test_a_click_opens_a_person_and_leaves_the_selection(people: PeopleDriver) -> None:
    people.show("Grace")
    assert people.shown == "Grace"
    assert people.chosen == []


def test_arrows_and_enter_open_a_person_and_backspace_leads_back(people: PeopleDriver) -> None:
    assert people.grid.hasFocus()
    people.press(Qt.Key.Key_Right)
    people.press(Qt.Key.Key_Return)
    assert people.shown == "Élise"
    for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
        people.press(key)
        assert people.shown == ""
        assert people.grid.hasFocus()
        assert people.grid.current().name == "Élise"
        people.press(Qt.Key.Key_Return)
        assert people.shown == "Élise"


def test_the_focus_is_marked_once_keys_are_used(people: PeopleDriver) -> None:
    people.until(lambda: all(people.grid.crops.image(p.folder, p) for p in people.grid.people.people))
    people.grid.clearSelection()
    people.click(people.grid, 0, place=people.grid.mark_of(0).center())
    people.click(people.grid, 0, place=people.grid.mark_of(0).center())
    by_mouse = people.grid.grab().toImage()
    people.press(Qt.Key.Key_Shift)
    assert people.grid.grab().toImage() != by_mouse


def test_letters_find_a_name_whatever_case_and_accents(people: PeopleDriver) -> None:
    people.type("el")
    assert people.grid.current().name == "Élise"
    people.grid._typed_at = 0  # after a pause
    people.type("G")
    assert people.grid.current().name == "Grace"
    people.grid._typed_at = 0
    people.type("e")
    assert people.grid.current().name == "Eileen", "from the top again"


def test_people_are_selected_with_ctrl_shift_the_mark_and_all_at_once(people: PeopleDriver) -> None:
    people.click(people.grid, 0, CONTROL)
    people.click(people.grid, 2, SHIFT)
    assert people.chosen == ["Eileen", "Élise", "Grace"]
    assert people.page.overview.count.text() == "3 selected"
    people.click(people.grid, 1, place=people.grid.mark_of(1).center())
    assert people.chosen == ["Eileen", "Grace"]
    people.press(Qt.Key.Key_Escape)
    assert people.chosen == []
    people.click(people.grid, 1, place=people.grid.mark_of(1).center())
    assert people.chosen == ["Élise"]
    assert people.shown == ""
    people.press(Qt.Key.Key_A, CONTROL)
    assert people.chosen == ["Eileen", "Élise", "Grace"]


def test_what_can_be_done_with_selected_people_takes_no_room(people: PeopleDriver) -> None:
    before = people.grid.geometry()
    assert not people.button("mergeButton").isVisible()
    people.choose("Eileen", "Grace")
    assert people.button("mergeButton").isVisible()
    assert people.grid.geometry() == before
    people.button("clearSelectionButton").click()
    assert not people.button("mergeButton").isVisible()


def menu_of(people: PeopleDriver, reason: QContextMenuEvent.Reason, place: QPoint) -> list[str]:
    event = QContextMenuEvent(reason, place, people.grid.viewport().mapToGlobal(place))
    QApplication.sendEvent(people.grid.viewport(), event)
    (menu,) = [menu for menu in people.page.findChildren(QMenu) if menu.isVisible()]
    texts = [action.text().replace("&", "") for action in menu.actions() if action.isEnabled()]
    menu.close()
    return [text for text in texts if text]


def test_a_menu_has_every_action_by_mouse_and_key(people: PeopleDriver) -> None:
    place = people.grid.visualRect(people.grid.people.index(2)).center()
    entries = ["Open", "Rename", "Birth date …", "Merge …", "Delete", "Delete for good …"]
    assert menu_of(people, QContextMenuEvent.Reason.Mouse, place) == entries
    assert people.chosen == ["Grace"]
    assert menu_of(people, QContextMenuEvent.Reason.Keyboard, QPoint(0, 0)) == entries
    people.choose("Eileen", "Grace")
    assert menu_of(people, QContextMenuEvent.Reason.Mouse, place) == ["Merge …", "Delete"]
    assert people.chosen == ["Eileen", "Grace"]


# Rename


def test_the_name_editor_leaves_the_cover(people: PeopleDriver) -> None:
    people.choose("Grace")
    people.press(Qt.Key.Key_F2)
    editor = people.grid.findChild(QLineEdit, "renameEdit")
    cell = people.grid.visualRect(people.grid.people.index(2))
    assert editor.geometry().top() > cell.top() + people.grid.crop_px
    assert cell.contains(editor.geometry())
    assert editor.height() >= editor.fontMetrics().height() + 4


def test_f2_renames_and_undo_and_redo_work(people: PeopleDriver) -> None:
    people.choose("Grace")
    people.press(Qt.Key.Key_F2)
    people.type("Admiral Hopper")
    people.press(Qt.Key.Key_Return)
    people.until(lambda: people.rows == [("Eileen", 2), ("Admiral Hopper", 1), ("Élise", 1)])
    assert people.message == "Renamed Grace to Admiral Hopper. Undo: Ctrl+Z."
    assert people.chosen == ["Admiral Hopper"]
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: people.rows == ALL)
    people.until(lambda: people.message.startswith("Undid: "))
    assert people.chosen == ["Grace"]
    people.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    people.until(lambda: people.rows[1] == ("Admiral Hopper", 1))
    people.until(lambda: people.message.startswith("Redid: "))


def test_an_unchanged_or_empty_name_changes_nothing(people: PeopleDriver) -> None:
    people.choose("Grace")
    for typed in ("Grace", "  "):
        people.press(Qt.Key.Key_F2)
        people.type(typed)
        people.press(Qt.Key.Key_Return)
        people.until(lambda: people.grid.findChild(QLineEdit, "renameEdit") is None)
    people.main.settle()
    assert people.rows == ALL
    assert not people.window.gallery.gallery.history[4:]


def test_escape_cancels_renaming(people: PeopleDriver) -> None:
    people.choose("Grace")
    people.button("renameButton").click()
    people.type("Nobody")
    people.press(Qt.Key.Key_Escape)
    people.until(lambda: people.grid.findChild(QLineEdit, "renameEdit") is None)
    assert people.chosen == ["Grace"]
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
    assert people.grid.current().name == "Eileen"


# Merge


def test_merging_shows_a_preview_and_asks_once(people: PeopleDriver) -> None:
    people.choose("Eileen", "Élise", "Grace")
    people.press(Qt.Key.Key_M, CONTROL)
    assert people.picker().name_edit.text() == "Eileen"
    said = people.pick("grace")
    assert said == "All 3 faces of Eileen (2) and Élise (1) will be moved to Grace, who will have 4 faces."
    people.until(lambda: people.rows == [("Grace", 4)])
    assert people.message == ("Merged Eileen and Élise into Grace, who now has 4 faces. Undo: Ctrl+Z.")
    assert people.grid.current().name == "Grace"
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: people.rows == ALL)


def test_one_person_is_merged_into_an_unselected_one(people: PeopleDriver) -> None:
    people.choose("Élise")
    people.button("mergeButton").click()
    picker = people.picker()
    assert not picker.accept_button.isEnabled()
    picker.name_edit.setText("élise")
    assert picker.preview_label.text() == "Élise cannot be merged with itself."
    assert not picker.accept_button.isEnabled()
    picker.name_edit.setText("nobody here")
    assert picker.preview_label.text() == "There is no person with this name."
    picker.name_edit.clear()
    people.main.qtbot.keyClicks(picker.name_edit, "gra")
    assert [row.name for row in picker.name_edit.suggestions.rows] == ["Grace"], (
        "nobody new can be merged into"
    )
    picker.name_edit.clear()
    assert not picker.accept_button.isEnabled()
    people.pick("Grace")
    people.until(lambda: people.rows == [("Eileen", 2), ("Grace", 2)])
    assert people.grid.current().name == "Grace"


def test_enter_on_an_impossible_merge_keeps_the_dialog_open(people: PeopleDriver) -> None:
    people.choose("Élise")
    people.button("mergeButton").click()
    people.pick("nobody here")
    assert people.picker().isVisible()
    people.main.qtbot.keyClick(people.picker(), Qt.Key.Key_Escape)
    assert people.rows == ALL


# Delete


def test_delete_asks_nothing_and_is_undone(people: PeopleDriver) -> None:
    people.choose("Eileen", "Grace")
    people.press(Qt.Key.Key_Delete)
    people.until(lambda: people.rows == [("Élise", 1)])
    assert people.message == "Deleted Eileen and Grace. 3 faces are unnamed now. Undo: Ctrl+Z."
    people.main.settle()
    assert people.page.overview.card.isVisible()
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: people.rows == ALL)
    people.main.settle()
    assert not people.page.overview.card.isVisible()


def test_a_person_is_deleted_for_good_after_one_question(people: PeopleDriver, gallery_folder: Path) -> None:
    people.choose("Grace")
    people.press(Qt.Key.Key_Delete, SHIFT)
    asked = people.answer("Cancel")
    assert asked.startswith("Delete Grace for good? This deletes 1 face and its crop, ")
    assert "backups" in asked
    assert people.rows == ALL
    people.press(Qt.Key.Key_Delete, SHIFT)
    people.answer("Delete for good")
    people.until(lambda: people.rows == [("Eileen", 2), ("Élise", 1)])
    people.main.settle()
    assert people.message.startswith("Deleted for good: 1 face, 1 crop,")
    assert not [path for path in gallery_folder.rglob("*.json") if b"Grace" in path.read_bytes()]


def test_one_person_at_a_time_is_deleted_for_good(people: PeopleDriver) -> None:
    people.choose("Eileen", "Grace")
    assert not people.page.overview.people_actions.delete_for_good.isEnabled()
    assert people.page.overview.people_actions.delete.isEnabled()
