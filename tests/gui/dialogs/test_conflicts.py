"""Names that files give and a person has given otherwise: listed, and decided by keys alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from face_match.gui import result_phrases as results
from face_match.gui.dialogs.conflicts import ConflictsDialog
from face_match.workflows.import_people import ImportResult
from tests.gui import audit
from tests.gui.menu_driver import names, trigger

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def driver_of_two(
    driver, astronaut_file: Path, hopper_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A window on a gallery of Mary Smith and Grace, whose folders say Mum and Nan."""
    people = tmp_path / "people"
    for name, file in (("Mum", astronaut_file), ("Nan", hopper_file)):
        (people / name).mkdir(parents=True)
        shutil.copy(file, people / name)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(people))
    driver.add(astronaut_file, "Mary Smith")
    driver.add(hopper_file, "Grace")
    return driver


@pytest.fixture
def dialog(driver_of_two) -> ConflictsDialog:
    trigger(driver_of_two, "import people")
    trigger(driver_of_two, "conflicts")
    found: ConflictsDialog = driver_of_two.window.findChild(ConflictsDialog)
    return found


def lines(dialog: ConflictsDialog) -> list[str]:
    model = dialog.list.model()
    texts = (model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount()))
    return [text.rsplit(". ", 1)[0] if text.count(". ") > 1 else text for text in texts]


def test_an_import_reports_its_conflicts_and_the_menu_shows_them(driver_of_two) -> None:
    driver, actions = driver_of_two, driver_of_two.window.menus.actions
    assert not actions["conflicts"].isEnabled()
    trigger(driver, "import people")
    assert driver.message == results.import_result(ImportResult(2, conflicts=2))
    assert names(driver) == ["Mary Smith", "Grace"]
    assert actions["conflicts"].isEnabled()
    assert actions["conflicts"].text() == "&Conflicts (2) …"
    assert len(driver.window.gallery.gallery.history) == 2, "a conflict is no step"


def test_the_dialog_shows_both_names_and_the_face(driver_of_two, dialog: ConflictsDialog) -> None:
    told = lines(dialog)
    assert any(text.startswith("In the gallery: Mary Smith. In the folder name: Mum") for text in told)
    assert any(text.startswith("In the gallery: Grace. In the folder name: Nan") for text in told)
    assert all("/people/" in row.photo for row in dialog.list.rows)
    face = dialog.list.rows[0].face
    driver_of_two.qtbot.waitUntil(lambda: dialog.list.crops.image(face.id, face) is not None)
    assert dialog.list.accessibleName() == "Conflicts"


def of(dialog: ConflictsDialog, name: str) -> int:
    return next(number for number, row in enumerate(dialog.list.rows) if row.conflict.name == name)


def test_the_name_from_a_file_is_used_for_one_conflict_and_undone(
    driver_of_two, dialog: ConflictsDialog
) -> None:
    driver = driver_of_two
    dialog.list.select_rows([of(dialog, "Mum")])
    dialog.theirs_button.click()
    driver.settle()
    assert names(driver) == ["Grace", "Mum"]
    assert driver.message == "Used the names from files for 1 conflict. Undo: Ctrl+Z."
    assert driver.window.gallery.gallery.history[-1].description == "used the names from files in 1 conflict"
    assert [row.conflict.name for row in dialog.list.rows] == ["Nan"]
    dialog.undo_button.click()
    driver.settle()
    assert sorted(names(driver)) == ["Grace", "Mary Smith"]
    assert sorted(row.conflict.name for row in dialog.list.rows) == ["Mum", "Nan"]
    dialog.activateWindow()
    driver.qtbot.waitUntil(dialog.isActiveWindow)
    for key, left in (
        (CONTROL | Qt.KeyboardModifier.ShiftModifier, ["Nan"]),
        (CONTROL, ["Mum", "Nan"]),
    ):
        driver.qtbot.keyClick(dialog.list, Qt.Key.Key_Z, key)
        driver.settle()
        assert sorted(row.conflict.name for row in dialog.list.rows) == left
    dialog.redo_button.click()
    driver.settle()
    assert names(driver) == ["Grace", "Mum"]


def test_own_names_are_kept_for_several_conflicts_by_keyboard(driver_of_two, dialog: ConflictsDialog) -> None:
    driver = driver_of_two
    dialog.activateWindow()
    driver.qtbot.waitUntil(dialog.isActiveWindow)
    dialog.list.setFocus()
    driver.qtbot.keyClick(dialog.list, Qt.Key.Key_A, CONTROL)
    assert dialog.list.selected_rows() == [0, 1]
    driver.qtbot.keyClick(dialog.list, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.mine_button
    driver.qtbot.keyClick(dialog.mine_button, Qt.Key.Key_Space)
    driver.settle()
    assert driver.message == "Kept your names for 2 conflicts. Undo: Ctrl+Z."
    assert list(dialog.list.rows) == []
    assert not dialog.mine_button.isEnabled()
    assert not driver.window.menus.actions["conflicts"].isEnabled()
    trigger(driver, "import people")
    assert driver.message == results.import_result(ImportResult(2, known=2))
    assert list(dialog.list.rows) == []


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_all_conflicts_are_decided_at_once(driver_of_two, dialog: ConflictsDialog, whose: str) -> None:
    getattr(dialog, f"all_{whose}_button").click()
    driver_of_two.settle()
    assert list(dialog.list.rows) == []
    assert sorted(names(driver_of_two)) == (["Grace", "Mary Smith"] if whose == "mine" else ["Mum", "Nan"])
    assert len(driver_of_two.window.gallery.gallery.history) == 3, "one step"


def test_a_removed_name_is_a_conflict(driver_of_two) -> None:
    driver = driver_of_two
    gallery = driver.window.gallery.gallery
    driver.window.people_edits.remove(gallery.faces_of(gallery.person("Grace")))
    driver.settle()
    trigger(driver, "import people")
    trigger(driver, "conflicts")
    dialog: ConflictsDialog = driver.window.findChild(ConflictsDialog)
    assert any(text.startswith("In the gallery: no name. In the folder name: Nan") for text in lines(dialog))


def test_the_dialog_shows_nothing_stale_after_somebody_was_deleted(
    driver_of_two, dialog: ConflictsDialog
) -> None:
    driver = driver_of_two
    driver.window.maintenance.purge("Mary Smith")
    assert list(dialog.list.rows) == [], "while it is deleted nothing is known"
    driver.settle()
    assert [row.conflict.name for row in dialog.list.rows] == ["Nan"]
    assert all("Mary" not in text and "Mum" not in text for text in lines(dialog))
    driver.window.maintenance.clear()
    driver.settle()
    assert list(dialog.list.rows) == []
    assert not dialog.all_mine_button.isEnabled()


def test_the_dialog_is_accessible(dialog: ConflictsDialog) -> None:
    assert audit.without_a_name(dialog) == []
    assert audit.without_a_hint(dialog) == []
    assert audit.without_a_key(dialog) == []
    assert audit.clashes(dialog) == []
