"""The photos of a grid can be opened, copied, shown in their folder, and found where they were moved."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox

from face_match.gallery.security.encryption import encrypt
from tests.gui.photo_grid_driver import GridDriver

ALL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is chosen in the next dialogs."""
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    return folder


def open_menu(grid: GridDriver, place: QPoint, reason: QContextMenuEvent.Reason) -> dict[str, bool]:
    """The texts of a menu's entries that are visible, with whether they are enabled."""
    viewport = grid.view.viewport()
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, place, viewport.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entries = {one.text(): one.isEnabled() for one in menu.actions() if one.isVisible() and one.text()}
    menu.close()
    return entries


def test_the_menu_is_about_what_is_selected(grid: GridDriver) -> None:
    grid.search("Eileen")
    mouse = QContextMenuEvent.Reason.Mouse
    place = grid.click("a.jpg")
    assert open_menu(grid, place, mouse) == {
        "Open": True,
        "Show in file manager": True,
        "Export a copy …": True,
    }
    grid.press(Qt.Key.Key_A, ALL)
    assert open_menu(grid, place, QContextMenuEvent.Reason.Keyboard) == {
        "Open": False,
        "Show in file manager": False,
        "Export 4 copies …": True,
    }


def test_a_right_click_selects_what_it_is_on_unless_that_is_selected(grid: GridDriver) -> None:
    grid.search("Eileen")
    grid.click("a.jpg")
    other = grid.view.visualRect(grid.view.model().index(grid.row_of("c.jpg"), 0)).center()
    grid.qtbot.mouseClick(grid.view.viewport(), Qt.MouseButton.RightButton, pos=other)
    assert [Path(one.photo.path).name for one in grid.view.selected()] == ["c.jpg"]
    grid.press(Qt.Key.Key_A, ALL)
    grid.qtbot.mouseClick(grid.view.viewport(), Qt.MouseButton.RightButton, pos=other)
    assert len(grid.view.selected()) == 4


def test_a_photo_is_shown_in_its_folder(
    grid: GridDriver, dated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    grid.search("Eileen")
    grid.click("a.jpg")
    grid.view.photo_actions.show_in_folder.trigger()
    assert [url.toLocalFile() for url in opened] == [str(dated / "photos")]


def test_copies_of_the_selection_are_made_and_nothing_is_overwritten(
    grid: GridDriver, dated: Path, into: Path
) -> None:
    (into / "a.jpg").write_bytes(b"mine")
    grid.search("Eileen")
    grid.press(Qt.Key.Key_A, ALL)
    grid.view.photo_actions.export.trigger()
    grid.settle()
    assert grid.messages[-1] == "Copied 4 photos into copies."
    assert sorted(path.name for path in into.iterdir()) == [
        *("a (2).jpg", "a.jpg", "b.jpg", "c.jpg", "two.png")
    ]
    assert (into / "a.jpg").read_bytes() == b"mine"
    assert (into / "a (2).jpg").read_bytes() == (dated / "photos" / "a.jpg").read_bytes()
    grid.view.photo_actions.export.trigger()
    grid.settle()
    assert grid.messages[-1] == "4 photos were already there."


def test_copies_of_missing_photos_are_said_to_fail(grid: GridDriver, dated: Path, into: Path) -> None:
    (dated / "photos" / "a.jpg").unlink()
    grid.search("Eileen")
    grid.press(Qt.Key.Key_A, ALL)
    grid.view.photo_actions.export.trigger()
    grid.settle()
    assert "Copied 3 photos into copies." in grid.messages[-1]
    assert "Not copied: 1." in grid.messages[-1] and "a.jpg" in grid.messages[-1]


def test_an_encrypted_gallery_asks_before_copies_are_made(grid: GridDriver, into: Path) -> None:
    grid.gallery.close()
    encrypt(grid.gallery.folder, "open sesame")
    grid.gallery.open("open sesame")
    grid.settle()
    grid.search("Eileen")
    grid.press(Qt.Key.Key_A, ALL)
    for text, count in (("Cancel", 0), ("Export unencrypted", 4)):
        grid.view.photo_actions.export.trigger()
        box = grid.view.findChild(QMessageBox)
        assert "encrypted" in box.text()
        (pressed,) = [one for one in box.buttons() if one.text().replace("&", "") == text]
        pressed.click()
        grid.settle()
        assert len([*into.iterdir()]) == count


def test_a_missing_photo_is_located_and_the_others_of_its_folder_with_it(
    grid: GridDriver, dated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = tmp_path / "moved"
    shutil.move(dated / "photos", moved)
    grid.search("Eileen")
    place = grid.click("a.jpg")
    entries = open_menu(grid, place, QContextMenuEvent.Reason.Mouse)
    assert entries["Open"] is False
    assert entries["Locate file …"] is entries["Search for missing photos in a folder …"] is True
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(moved / "b.jpg"), ""))
    grid.press(Qt.Key.Key_Return)  # opens what is there, and asks where it is of what is not
    grid.settle_pictures()
    assert grid.messages[-1] == "Found 4 photos."
    assert {Path(one.photo.path).parent for one in grid.view.photos} == {moved}
    grid.click("a.jpg")
    with grid.qtbot.waitSignal(grid.view.photo_wanted) as wanted:
        grid.press(Qt.Key.Key_Return)
    assert wanted.args == [moved / "a.jpg"]


def test_missing_photos_are_searched_for_in_a_folder(grid: GridDriver, dated: Path, into: Path) -> None:
    (into / "deeper").mkdir()
    for name in ("a.jpg", "two.png"):
        shutil.move(dated / "photos" / name, into / "deeper" / f"renamed {name}")
    (dated / "photos" / "c.jpg").unlink()
    grid.search("Eileen")
    grid.click("two.png")
    grid.view.photo_actions.menu().close()
    grid.view.photo_actions.locate_in_folder.trigger()
    grid.settle_pictures()
    assert grid.messages[-1] == "Found 2 photos. 1 photo is still missing."
    assert grid.names == ["b.jpg", "renamed a.jpg", "c.jpg", "renamed two.png"]


def test_a_file_that_is_another_photo_is_not_taken(
    grid: GridDriver, dated: Path, hopper_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (dated / "photos" / "a.jpg").unlink()
    grid.search("Eileen")
    grid.click("a.jpg")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(hopper_file), ""))
    grid.press(Qt.Key.Key_Return)
    grid.settle()
    assert grid.messages[-1] == "grace_hopper.jpg is another photo."


def test_a_photo_on_a_server_is_not_accessed_before_the_user_allows_it(
    grid: GridDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched: list[Path] = []
    monkeypatch.setattr("face_match.gui.photo_grid.grid.is_file", lambda path: touched.append(path) or False)
    grid.search("Eileen")
    rows = grid.view.photos
    assert len(touched) == 4
    touched.clear()
    foreign = [
        dataclasses.replace(one, photo=dataclasses.replace(one.photo, path=rf"\\server\share\{number}.jpg"))
        for number, one in enumerate(rows)
    ]
    grid.view.show_photos(foreign)
    grid.settle_pictures()
    assert touched == []
    assert all(grid.view.crops.image(one.photo.id, one) is not None for one in grid.view.photos)
