"""The search field of the window: results while typing, and the way to a photo or a person and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from face_match.gui.dialogs.keys import HERE, KeysDialog
from face_match.gui.shell.navigation import Page
from tests.gui.conftest import Driver, OpenWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


class SearchDriver:
    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.window = driver.window
        self.field = self.window.toolbar.search
        driver.press(Qt.Key.Key_F, CONTROL)
        assert self.field.hasFocus()

    def type(self, text: str) -> None:
        self.driver.qtbot.keyClicks(self.field, text)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.driver.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            self.driver.qtbot.wait(10)
            self.driver.settle()

    @property
    def shown(self) -> QWidget:
        """The page that is shown in the place of People."""
        assert self.window.pages.is_shown(Page.PEOPLE)
        return self.window.start_page.currentWidget()

    @property
    def title(self) -> str:
        return self.window.search.page.title.toolTip()


@pytest.fixture
def search(open_window: OpenWindow, gallery_folder: Path) -> SearchDriver:
    return SearchDriver(open_window(gallery_folder))


def test_typing_shows_results_and_keeps_the_focus_in_the_field(search: SearchDriver) -> None:
    search.type("eil")
    assert search.shown is search.window.search.page
    assert search.title == "Photos with Eileen: 2"
    assert search.field.hasFocus() and search.field.text() == "eil"
    search.type("een without grace")
    assert search.title == "Photos with Eileen and without Grace: 2"


def test_escape_empties_the_field_and_shows_the_people_again(search: SearchDriver) -> None:
    search.type("eileen")
    search.press(Qt.Key.Key_Escape)
    assert search.field.text() == ""
    assert search.shown is search.window.people_page


def test_enter_goes_to_the_results_and_enter_opens_a_photo(
    search: SearchDriver, astronaut_file: Path
) -> None:
    search.type("eileen")
    search.press(Qt.Key.Key_Return)
    grid = search.window.search.page.grid
    assert grid.hasFocus()
    search.press(Qt.Key.Key_Home)
    search.press(Qt.Key.Key_Return)
    assert search.window.pages.is_shown(Page.PHOTO)
    queue = search.window.queue
    assert (queue.current, queue.number, queue.count) == (Path(grid.files[0]), 1, 2)
    search.press(Qt.Key.Key_PageDown)
    assert (queue.current, queue.number) == (Path(grid.files[1]), 2), "the other results come next"
    search.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert search.shown is search.window.search.page, "the results are still there"
    search.press(Qt.Key.Key_P, CONTROL)
    assert search.shown is search.window.people_page, "and People ends the search"
    assert search.field.text() == ""


def test_escape_from_a_photo_and_enter_in_the_field_lead_back_to_the_results(search: SearchDriver) -> None:
    search.type("eileen")
    search.press(Qt.Key.Key_Return)
    page = search.window.search.page
    search.press(Qt.Key.Key_End)
    chosen = page.grid.current_photo()
    for lead_back in (
        lambda: search.press(Qt.Key.Key_Escape),
        lambda: (search.field.setFocus(), search.press(Qt.Key.Key_Return)),
    ):
        search.press(Qt.Key.Key_Return)
        assert search.window.pages.is_shown(Page.PHOTO)
        lead_back()
        assert search.shown is page
        assert search.title == "Photos with Eileen: 2"
        assert page.grid.current_photo() == chosen
        assert page.grid.hasFocus()


def test_a_person_among_the_results_is_shown(search: SearchDriver) -> None:
    search.type("e")
    people = search.window.search.page.people
    assert [person.name for person in people.people] == ["Eileen", "Élise", "Grace"]
    place = people.visualRect(people.model().index(2, 0)).center()
    search.driver.qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=place)
    search.settle()
    assert search.shown is search.window.people_page
    assert search.window.people_page.person.name == "Grace"


def test_a_search_begins_from_any_page(search: SearchDriver) -> None:
    search.window.show_page(Page.UNNAMED)
    search.settle()
    search.press(Qt.Key.Key_F, CONTROL)
    search.type("grace")
    assert search.shown is search.window.search.page
    search.window.show_page(Page.UNNAMED)
    search.field.clear()
    search.settle()
    assert search.window.pages.is_shown(Page.UNNAMED), "clearing the field leaves other pages alone"


def test_names_drop_down_in_the_field_and_tab_completes(search: SearchDriver) -> None:
    search.type("eileen and gr")
    search.press(Qt.Key.Key_Tab)
    assert search.field.text() == "eileen and Grace"
    assert search.title == "Photos with Eileen and Grace: 0"


@pytest.mark.parametrize("page", [Page.UNNAMED, Page.PHOTO, Page.IGNORED, Page.PEOPLE])
def test_another_page_ends_the_search_and_alt_left_brings_it_back(search: SearchDriver, page: Page) -> None:
    search.type("eil")
    navigation = search.window.navigation
    item = navigation.item([*Page].index(page))
    search.driver.qtbot.mouseClick(
        navigation.viewport(), Qt.MouseButton.LeftButton, pos=navigation.visualItemRect(item).center()
    )
    search.settle()
    assert search.field.text() == ""
    assert search.window.pages.is_shown(page)
    if page is Page.PHOTO:
        search.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert search.window.pages.is_shown(Page.PEOPLE), "back from the photo first"
    search.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert search.field.text() == "eil"
    assert search.shown is search.window.search.page
    assert search.title == "Photos with Eileen: 2"


def test_f1_marks_the_keys_of_what_is_shown(search: SearchDriver) -> None:
    def marked() -> list[str]:
        search.press(Qt.Key.Key_F1)
        dialog = search.window.findChild(KeysDialog)
        texts = [label.text() for label in dialog.findChildren(QLabel)]
        dialog.close()
        search.window.activateWindow()
        search.driver.qtbot.waitUntil(search.window.isActiveWindow)
        return [text.removeprefix(HERE) for text in texts if text.startswith(HERE)]

    search.type("Eileen")
    assert marked() == ["Search, photos of a person"]
    search.field.clear()
    search.settle()
    assert marked() == ["People and their faces"]
    search.window.people_page.show_person(search.window.gallery.gallery.find("Eileen"))
    search.settle()
    assert marked() == ["Search, photos of a person"]
    search.window.show_page(Page.PHOTO)
    search.settle()
    assert marked() == ["All photos"]
