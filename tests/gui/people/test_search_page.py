"""What is typed into the search field shows people and photos, and names complete themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from face_match.core.settings import Settings
from face_match.gallery.gallery import Gallery
from face_match.gui.people.search_completer import SearchCompleter
from face_match.gui.people.search_page import SearchPage, with_name
from face_match.gui.state.messages import Messages
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import Tasks
from tests.gui import audit


class Searching:
    """A search field over a page, as in the window."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.tasks = Tasks()
        self.gallery = OpenGallery(folder, Settings(), self.tasks, Messages(self.tasks))
        self.window = QWidget()
        self.field = QLineEdit()
        self.field.setAccessibleName("Search")
        self.field.setToolTip("Search")
        self.page = SearchPage(self.gallery, self.tasks)
        self.completer = SearchCompleter(self.field, self.gallery, self.tasks)
        self.field.textChanged.connect(self.page.search)
        self.page.text_wanted.connect(self.field.setText)
        column = QVBoxLayout(self.window)
        column.addWidget(self.field)
        column.addWidget(self.page, 1)
        qtbot.addWidget(self.window)
        self.window.resize(1000, 700)
        self.gallery.open()
        self.settle()
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.field.setFocus()

    def settle(self) -> None:
        for _ in range(3):
            self.qtbot.wait(10)
            self.qtbot.waitUntil(lambda: not self.tasks.is_busy())

    def type(self, text: str) -> None:
        self.field.clear()
        self.qtbot.keyClicks(self.field, text)
        self.settle()

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.field, key)
        self.settle()

    @property
    def title(self) -> str:
        return self.page.title.toolTip()

    @property
    def people(self) -> list[str]:
        return [person.name for person in self.page.people.people]

    @property
    def photos(self) -> list[str]:
        return [Path(one.photo.path).name for one in self.page.grid.photos]

    @property
    def suggested(self) -> list[str]:
        suggestions = self.completer.suggestions
        return [row.name for row in suggestions.rows] if suggestions.isVisible() else []


@pytest.fixture
def searching(qtbot: QtBot, dated: Path) -> Iterator[Searching]:
    with Gallery.open(dated / "gallery", for_writing=True) as gallery:
        gallery.rename(gallery.person("Eileen"), "Eileen Collins")
        gallery.rename(gallery.person("Grace"), "Grace Hopper")
    made = Searching(qtbot, dated / "gallery")
    yield made
    made.gallery.close()
    made.tasks.close()


def test_a_name_shows_the_person_and_all_photos(searching: Searching) -> None:
    searching.type("eileen")
    assert searching.title == "Photos with Eileen Collins: 4"
    assert (searching.people, searching.photos) == (
        ["Eileen Collins"],
        ["b.jpg", "a.jpg", "c.jpg", "two.png"],
    )
    assert searching.page.people.isVisible() and searching.page.grid.isVisible()


@pytest.mark.parametrize(
    ("text", "title", "photos"),
    [
        ("eileen and grace", "Photos with Eileen Collins and Grace Hopper: 1", ["two.png"]),
        (
            "eileen without hopper",
            "Photos with Eileen Collins and without Grace Hopper: 3",
            ["b.jpg", "a.jpg", "c.jpg"],
        ),
        ("only eileen", "Photos of only Eileen Collins: 3", ["b.jpg", "a.jpg", "c.jpg"]),
        ("only grace", "Photos of only Grace Hopper: 0", []),
        ("without grace", "Photos without Grace Hopper: 3", ["b.jpg", "a.jpg", "c.jpg"]),
    ],
)
def test_a_query_shows_its_photos_and_says_what_was_searched(
    searching: Searching, text: str, title: str, photos: list[str]
) -> None:
    searching.type(text)
    assert (searching.title, searching.photos) == (title, photos)
    assert bool(searching.page.grid.placeholder) is not bool(photos)
    assert searching.page.export_button.isEnabled() is bool(photos)


def test_text_in_several_names_shows_their_people_and_no_photos(searching: Searching) -> None:
    searching.type("e")
    assert searching.title == "2 names contain “e”"
    assert searching.people == ["Eileen Collins", "Grace Hopper"]
    assert not searching.page.grid.isVisible() and not searching.page.slider.isVisible()
    with searching.qtbot.waitSignal(searching.page.person_wanted) as wanted:
        searching.page.people.setFocus()
        searching.press(Qt.Key.Key_Right)
        searching.press(Qt.Key.Key_Return)
    assert wanted.args[0].name == "Grace Hopper"


def test_a_name_that_is_not_clear_is_asked_about_and_a_click_completes_it(searching: Searching) -> None:
    searching.type("only o")
    assert searching.title == "Who is “o”?"
    assert searching.people == ["Eileen Collins", "Grace Hopper"]
    view = searching.page.people
    place = view.visualRect(view.model().index(1, 0)).center()
    searching.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    searching.settle()
    assert searching.field.text() == "only Grace Hopper"
    assert searching.title == "Photos of only Grace Hopper: 0"


def test_an_unknown_name_gets_similar_ones(searching: Searching) -> None:
    searching.type("grase")
    assert searching.title == "No name contains “grase”"
    assert searching.people == ["Grace Hopper"]
    searching.type("eileen and hoper")
    assert searching.title == "Who is “hoper”?"
    assert searching.people == ["Grace Hopper"]
    searching.type("zzzz")
    assert (searching.title, searching.people) == ("No name contains “zzzz”", [])
    assert "Ada and Grace" in searching.page.hint.toolTip()


def test_a_change_of_the_gallery_changes_what_is_shown(searching: Searching) -> None:
    searching.type("eileen and grace")
    gallery = searching.gallery.gallery
    assert gallery is not None
    gallery.rename(gallery.person("Grace Hopper"), "Amazing Grace")
    searching.gallery.announce_change()
    searching.settle()
    assert searching.title == "Photos with Eileen Collins and Amazing Grace: 1"
    assert searching.photos == ["two.png"]


def test_the_title_keeps_its_place_whatever_is_found(searching: Searching) -> None:
    places = set()
    for text in ("eileen", "e", "zzzz", "only grace", "eileen and o"):
        searching.type(text)
        title, hint = searching.page.title, searching.page.hint
        places.add((title.y(), title.height(), hint.y(), hint.height()))
    assert len(places) == 1


def test_what_is_shown_stays_while_the_rest_of_a_query_is_typed(searching: Searching) -> None:
    searching.type("eileen")
    shown = searching.page.grid.photos
    searching.qtbot.keyClicks(searching.field, " and ")
    searching.settle()
    assert all(now is before for now, before in zip(searching.page.grid.photos, shown, strict=True))
    assert searching.title == "Photos with Eileen Collins: 4"


def test_clearing_shows_nothing(searching: Searching) -> None:
    searching.type("eileen")
    searching.page.clear()
    assert (searching.people, searching.photos) == ([], [])


def test_names_drop_down_for_the_last_name_and_tab_takes_the_only_one(searching: Searching) -> None:
    searching.type("eileen collins and gr")
    assert searching.suggested == ["Grace Hopper"]
    searching.press(Qt.Key.Key_Tab)
    assert searching.field.text() == "eileen collins and Grace Hopper"
    assert searching.suggested == []
    assert searching.photos == ["two.png"]


def test_arrows_mark_a_name_and_enter_takes_it(searching: Searching) -> None:
    searching.type("only o")
    assert searching.suggested == ["Eileen Collins", "Grace Hopper"]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        searching.press(key)
    assert searching.field.text() == "only Grace Hopper"


def test_escape_and_leaving_the_field_close_the_list(searching: Searching) -> None:
    searching.type("gr")
    assert searching.suggested == ["Grace Hopper"]
    searching.press(Qt.Key.Key_Escape)
    assert (searching.suggested, searching.field.text()) == ([], "gr")
    searching.type("gra")
    searching.page.focus_results()
    searching.settle()
    assert searching.suggested == []


def test_no_name_is_suggested_where_it_is_complete(searching: Searching) -> None:
    searching.type("grace hopper")
    assert searching.suggested == []


@pytest.mark.parametrize(
    ("text", "part", "name", "expected"),
    [
        ("ada and gr", "gr", "Grace", "ada and Grace"),
        ("A and a", "a", "Ada", "A and Ada"),
        ("a, gr without x", "gr", "Grace", "a, Grace without x"),
        ("only  gr  ho", "gr ho", "Grace Hopper", "only  Grace Hopper"),
        ("x", "not there", "Ada", "Ada"),
    ],
)
def test_the_name_that_was_not_clear_is_replaced(text: str, part: str, name: str, expected: str) -> None:
    assert with_name(text, part, name) == expected


def test_a_person_without_a_mouse_or_with_a_screen_reader_can_use_the_page(searching: Searching) -> None:
    for text in ("eileen", "e", "only o"):
        searching.type(text)
        searching.completer.close()
        for complaints in (audit.without_a_name, audit.without_a_hint, audit.without_a_key, audit.clashes):
            assert complaints(searching.window) == []


def test_ctrl_shift_e_exports_all_photos_or_those_that_are_selected(
    searching: Searching, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "copies"))
    searching.type("eileen")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for row, names in ((1, ["b.jpg"]), (None, ["a.jpg", "b.jpg", "c.jpg", "two.png"])):
        searching.page.grid.select_rows([row] if row is not None else [])
        searching.qtbot.keyClick(searching.field, Qt.Key.Key_E, both)
        searching.settle()
        assert sorted(path.name for path in (tmp_path / "copies").iterdir()) == names
