"""The menu of a face: naming, un-naming, ignoring, its person, its file; and of the photo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDesktopServices
from PySide6.QtWidgets import QApplication, QMenu

from face_match.gui.shell.navigation import Page

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def named(driver, two_faces: Path):
    """Two faces, of which the left one is named."""
    driver.open(two_faces)
    driver.window.photo_page.photo_view.pick(0)
    driver.settle()
    driver.type_name("Eileen")
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    return driver


def menu_at(driver, index: int) -> QMenu:
    """Right-click a face."""
    view = driver.window.photo_page.photo_view
    at = view.face_centre(index).toPoint()
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at)))
    driver.settle()
    menu = driver.window.findChildren(QMenu, "faceMenu")[-1]
    assert menu.isVisible()
    return menu


def choose(driver, menu: QMenu, text: str) -> None:
    (action,) = [one for one in menu.actions() if one.text().replace("&", "").startswith(text)]
    assert action.isEnabled()
    menu.close()
    driver.window.activateWindow()
    driver.qtbot.waitUntil(driver.window.isActiveWindow)
    action.trigger()
    driver.settle()


def enabled(menu: QMenu) -> list[str]:
    return [
        action.text().replace("&", "").partition("\t")[0]
        for action in menu.actions()
        if action.isEnabled() and action.text()
    ]


def test_a_face_can_be_named_and_a_named_one_renamed_and_shown(named) -> None:
    assert named.window.photo.picked == 1, "the next unnamed face"
    assert enabled(menu_at(named, 1))[:2] == ["Name this face …", "Ignore this face"]
    menu = menu_at(named, 0)
    assert named.window.photo.picked == 0
    assert enabled(menu)[:3] == ["Change the name …", "Remove the name Eileen", "Show Eileen"]
    wanted: list[object] = []
    named.window.presenter.person_wanted.connect(wanted.append)
    choose(named, menu, "Show Eileen")
    assert [person.name for person in wanted] == ["Eileen"]
    assert named.window.pages.is_shown(Page.PEOPLE)
    named.window.show_page(Page.PHOTO)
    choose(named, menu_at(named, 0), "Change the name")
    assert named.window.photo_page.name_edit.hasFocus()


def test_removing_a_name_leaves_the_other_faces(named) -> None:
    choose(named, menu_at(named, 0), "Remove the name")
    assert named.faces_of("Eileen") == 0
    assert named.window.photo_page.photo_view.accessibleDescription() == "2 faces, face 1 selected"


def test_an_ignored_face_is_skipped_and_asked_about_again_when_that_is_wanted(named) -> None:
    gallery = named.window.gallery.gallery
    choose(named, menu_at(named, 1), "Ignore this face")
    assert len(gallery.ignored()) == 1
    assert named.message == "Ignored this face. Undo: Ctrl+Z."
    assert named.window.photo.next_unnamed() is None
    choose(named, menu_at(named, 1), "No longer ignore")
    assert gallery.ignored() == []
    named.press(Qt.Key.Key_I, CONTROL)
    named.settle()
    assert len(gallery.ignored()) == 1
    named.press(Qt.Key.Key_Z, CONTROL)
    named.settle()
    assert gallery.ignored() == []


def test_a_named_face_is_not_ignored(named) -> None:
    named.window.photo_page.photo_view.pick(0)
    named.settle()
    named.press(Qt.Key.Key_I, CONTROL)
    named.settle()
    assert named.window.gallery.gallery.ignored() == []


def test_the_menu_opens_the_folder_of_the_photo(
    named, two_faces: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    choose(named, menu_at(named, 0), "Show in file manager")
    assert [Path(url.toLocalFile()) for url in opened] == [two_faces.parent]


def test_the_menu_key_opens_the_menu_of_the_picked_face(named) -> None:
    view = named.window.photo_page.photo_view
    at = QPoint(3, 3)  # wherever the system thinks that the keyboard is
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, view.mapToGlobal(at))
    QApplication.sendEvent(view, event)
    menu = named.window.findChildren(QMenu, "faceMenu")[-1]
    assert menu.isVisible()
    centre = view.mapToGlobal(view.face_centre(1).toPoint())
    assert (menu.pos() - centre).manhattanLength() < 40 or menu.frameGeometry().contains(centre)
    menu.close()


def test_without_a_face_the_menu_turns_the_photo_and_draws_a_box(driver, no_face: Path) -> None:
    driver.open(no_face)
    menu = driver.window.presenter._menu.menu()
    texts = enabled(menu)
    assert texts[0] == "Draw a box around a face"
    assert texts[1].startswith("Turn the photo")
    choose(driver, menu, "Draw a box")
    assert driver.window.drawing.is_active
