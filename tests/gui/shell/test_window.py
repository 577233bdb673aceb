"""The pages of the window: which one is shown, and what surrounds them."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from face_match.core.settings import Settings
from face_match.gui import theme
from face_match.gui.main_window import MainWindow
from face_match.gui.shell.navigation import COUNT_ROLE, Page
from face_match.gui.shell.welcome import example_photos
from face_match.gui.shell.window_size import FIRST_SIZE

CONTROL = Qt.KeyboardModifier.ControlModifier


def counts(window: MainWindow) -> list[int]:
    rows = window.findChild(QListWidget, "navigation")
    return [rows.item(row).data(COUNT_ROLE) for row in range(rows.count())]


def click(driver, page: Page) -> None:
    rows = driver.window.navigation
    place = rows.visualItemRect(rows.item([*Page].index(page))).center()
    driver.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    driver.settle()


def test_the_pages_are_listed_with_their_counts(open_window, gallery_folder: Path) -> None:
    window = open_window(gallery_folder).window
    titles = [window.navigation.item(row).text() for row in range(4)]
    assert titles == ["People", "Unnamed faces", "Photo", "Ignored"]
    assert counts(window) == [3, 0, 0, 0]
    assert window.navigation.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "People, 3 people"
    assert window.pages.is_shown(Page.PEOPLE)


def test_the_counts_follow_the_gallery(open_window, scanned: Path, tmp_path: Path) -> None:
    driver = open_window(Path(shutil.copytree(scanned, tmp_path / "gallery")))
    assert counts(driver.window) == [0, 7, 0, 0]
    gallery = driver.window.gallery.gallery
    faces = [face.id for face in gallery.unnamed()]
    driver.window.gallery.edit(lambda gallery: gallery.ignore(faces[:2]) or "Ignored 2 faces.")
    driver.settle()
    assert counts(driver.window) == [0, 5, 0, 2]
    driver.press(Qt.Key.Key_Z, CONTROL)
    driver.settle()
    assert counts(driver.window) == [0, 7, 0, 0]


def test_a_click_or_a_key_shows_a_page(open_window, gallery_folder: Path) -> None:
    driver = open_window(gallery_folder)
    for page in (Page.UNNAMED, Page.PHOTO, Page.PEOPLE):
        click(driver, page)
        assert driver.window.pages.is_shown(page)
        assert driver.window.navigation.currentRow() == [*Page].index(page)
    driver.press(Qt.Key.Key_R, CONTROL)
    assert driver.window.pages.is_shown(Page.UNNAMED)
    driver.press(Qt.Key.Key_P, CONTROL)
    assert driver.window.pages.is_shown(Page.PEOPLE)
    driver.window.navigation.setFocus()
    driver.press(Qt.Key.Key_Down)
    assert driver.window.pages.is_shown(Page.UNNAMED)


def test_no_letter_changes_the_page(open_window, gallery_folder: Path) -> None:
    driver = open_window(gallery_folder)
    driver.window.navigation.setFocus()
    for key in (Qt.Key.Key_U, Qt.Key.Key_I, Qt.Key.Key_P):
        driver.press(key)
        assert driver.window.pages.current is Page.PEOPLE


def test_an_opened_photo_is_shown(open_window, gallery_folder: Path, astronaut_again: Path) -> None:
    driver = open_window(gallery_folder)
    driver.open(astronaut_again)
    assert driver.window.pages.is_shown(Page.PHOTO)
    assert driver.window.navigation.currentRow() == 2


def test_an_empty_gallery_has_a_welcome_page_with_an_example(driver) -> None:
    welcome = driver.window.start_page.welcome
    assert welcome.isVisible()
    assert [path.stem for path in example_photos()] == ["Eileen Collins", "Grace Hopper"]
    driver.qtbot.mouseClick(welcome.example_button, Qt.MouseButton.LeftButton)
    driver.settle()
    assert driver.window.pages.is_shown(Page.PHOTO)
    assert driver.window.queue.current == example_photos()[0]
    assert len(driver.window.photo.faces) == 1
    driver.window.naming._edits.name("Eileen")
    driver.settle()
    driver.window.show_page(Page.PEOPLE)
    driver.settle()
    assert not welcome.isVisible()
    assert counts(driver.window)[0] == 1


def drop(widget: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(QPoint(5, 5), action, data, buttons, none))
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), action, data, buttons, none))


def test_photos_and_folders_can_be_dropped_on_any_page(
    open_window, gallery_folder: Path, album: Path, astronaut_again: Path
) -> None:
    driver = open_window(gallery_folder)
    drop(driver.window.centralWidget(), astronaut_again)
    driver.settle()
    assert driver.window.pages.is_shown(Page.PHOTO)
    driver.window.show_page(Page.PEOPLE)
    drop(driver.window.centralWidget(), album)
    driver.settle()
    assert driver.window.pages.is_shown(Page.UNNAMED)
    assert counts(driver.window)[1] > 0


def test_ctrl_f_goes_to_the_search_field_on_every_page(open_window, gallery_folder: Path) -> None:
    driver = open_window(gallery_folder)
    for page in (Page.PEOPLE, Page.UNNAMED, Page.PHOTO):
        driver.window.show_page(page)
        driver.press(Qt.Key.Key_F, CONTROL)
        assert driver.window.focusWidget() is driver.window.toolbar.search


def test_undo_is_offered_while_there_is_something_to_undo(open_window, gallery_folder: Path) -> None:
    driver = open_window(gallery_folder)
    undo = driver.window.toolbar.undo_button
    assert undo.isEnabled()
    driver.qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    driver.settle()
    assert driver.faces_of("Eileen") == 1


def test_redo_stands_beside_undo_and_is_offered_once_something_is_undone(
    open_window, gallery_folder: Path
) -> None:
    driver = open_window(gallery_folder)
    undo, redo = driver.window.toolbar.undo_button, driver.window.toolbar.redo_button
    assert "Ctrl+Shift+Z" in redo.toolTip()
    assert undo.geometry().right() < redo.x() < undo.geometry().right() + 24
    assert not redo.isEnabled()
    driver.qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    driver.settle()
    assert redo.isEnabled()
    driver.qtbot.mouseClick(redo, Qt.MouseButton.LeftButton)
    driver.settle()
    assert driver.faces_of("Eileen") == 2
    assert not redo.isEnabled()


def test_no_message_and_no_progress_moves_the_pages(driver) -> None:
    bar, pages = driver.window.message_bar, driver.window.pages
    before = (bar.height(), pages.geometry())
    for text in ("One line.", "A long message, " * 60, ""):
        bar.show_message(text)
        QApplication.processEvents()
        assert (bar.height(), pages.geometry()) == before
    bar.show_action("Something can be done.", "Do it", lambda: None)
    QApplication.processEvents()
    assert (bar.height(), pages.geometry()) == before
    assert bar.label.toolTip() == ""


def test_a_message_too_long_for_the_bar_is_whole_in_its_tooltip(driver) -> None:
    text = "A long message. " * 60
    driver.window.message_bar.show_message(text)
    label = driver.window.message_bar.label
    assert label.shown_lines()[-1].endswith("…")
    assert label.toolTip().strip() == text.strip()


def test_the_window_is_never_larger_than_the_screen(qtbot, tmp_path: Path) -> None:
    settings = Settings()
    for is_first in (True, False):
        window = MainWindow(tmp_path / "gallery", settings)
        qtbot.addWidget(window)
        room = window.screen().availableSize() - QSize(0, theme.TITLE_BAR_PX)
        room = room.expandedTo(window.minimumSize())
        if is_first:
            assert window.size() == QSize(*FIRST_SIZE).boundedTo(room)
        assert window.size() == window.size().boundedTo(room)
        window.resize(room + QSize(500, 500))
        settings.window = bytes(window.saveGeometry().toHex().data()).decode()


def test_in_a_narrow_window_the_navigation_shows_icons_with_tooltips(
    open_window, gallery_folder: Path
) -> None:
    driver = open_window(gallery_folder)
    rows = driver.window.navigation
    wide = rows.width()
    driver.window.resize(900, 600)
    driver.qtbot.waitUntil(lambda: rows.width() < wide / 2)
    assert rows.item(0).toolTip() == "People, 3 people (Ctrl+P)"
    click(driver, Page.PHOTO)
    assert driver.window.pages.is_shown(Page.PHOTO)
    driver.window.resize(1280, 800)
    driver.qtbot.waitUntil(lambda: rows.width() == wide)


def test_the_undo_button_leaves_the_cursor_where_it_was_and_redo_works(
    open_window, gallery_folder: Path
) -> None:
    driver = open_window(gallery_folder)
    driver.window.show_page(Page.PHOTO)
    name_edit = driver.window.photo_page.name_edit
    before = driver.window.focusWidget()
    driver.qtbot.mouseClick(driver.window.toolbar.undo_button, Qt.MouseButton.LeftButton)
    driver.settle()
    assert driver.faces_of("Eileen") == 1
    assert driver.window.focusWidget() is before
    driver.window.toolbar.search.setFocus()
    driver.press(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    driver.settle()
    assert driver.faces_of("Eileen") == 2
    driver.press(Qt.Key.Key_Z, CONTROL)
    driver.settle()
    driver.press(Qt.Key.Key_Y, CONTROL)
    driver.settle()
    assert driver.faces_of("Eileen") == 2
    assert name_edit.text() == ""


def test_undo_in_a_search_that_is_typed_undoes_typing(open_window, gallery_folder: Path) -> None:
    driver = open_window(gallery_folder)
    search = driver.window.toolbar.search
    search.setFocus()
    driver.qtbot.keyClicks(search, "Ei")
    driver.press(Qt.Key.Key_Z, CONTROL)
    driver.settle()
    assert search.text() == ""
    assert driver.faces_of("Eileen") == 2


def test_alt_left_leads_from_a_photo_back_to_where_it_was_opened(
    open_window, gallery_folder: Path, astronaut_again: Path
) -> None:
    driver = open_window(gallery_folder)
    for page in (Page.UNNAMED, Page.PEOPLE):
        driver.window.show_page(page)
        driver.open(astronaut_again)
        assert driver.window.windowTitle() == "astronaut again.jpg — Face Match"
        driver.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert driver.window.windowTitle() == "Face Match"
        assert driver.window.pages.is_shown(page)


def test_alt_left_leads_back_wherever_the_keys_go(open_window, gallery_folder: Path, two_faces: Path) -> None:
    driver = open_window(gallery_folder)
    window = driver.window
    driver.open(two_faces)
    page = window.photo_page
    for part in (page.photo_view, page.name_edit, page.matches, page.threshold.slider):
        window.show_page(Page.PEOPLE)
        window.show_page(Page.PHOTO)
        part.setFocus()
        assert part.hasFocus()
        picked, threshold = window.photo.picked, page.threshold.value
        driver.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert window.pages.is_shown(Page.PEOPLE), part.objectName()
        assert (window.photo.picked, page.threshold.value) == (picked, threshold)


def test_people_shows_all_people_whatever_was_open(open_window, gallery_folder: Path) -> None:
    driver = open_window(gallery_folder)
    page = driver.window.people_page
    for leave in (lambda: click(driver, Page.PEOPLE), lambda: driver.press(Qt.Key.Key_P, CONTROL)):
        page.show_person(driver.window.gallery.gallery.person("Eileen"))
        driver.window.show_page(Page.UNNAMED)
        leave()
        driver.settle()
        assert page.person is None
        driver.window.toolbar.search.setText("Grace")
        driver.settle()
        leave()
        driver.settle()
        assert driver.window.toolbar.search.text() == ""
        assert page.isVisible()
