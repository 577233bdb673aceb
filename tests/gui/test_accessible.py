"""Every window, pane and dialog: by keyboard alone, with a screen reader, enlarged, and without colours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QWidget

from face_match.core.errors import ImageUnreadableError
from face_match.gui import theme
from face_match.gui.dialogs.backups import BackupsDialog
from face_match.gui.dialogs.galleries import GalleriesDialog
from face_match.gui.dialogs.keys import KeysDialog
from face_match.gui.dialogs.match_accuracy import MatchAccuracyDialog
from face_match.gui.dialogs.passphrase import ChangePassphraseDialog, EncryptionDialog
from face_match.gui.dialogs.person_picker import PersonPicker
from face_match.gui.dialogs.write_names import WriteNamesDialog
from face_match.gui.photo.box_drawing import BoxDrawing
from face_match.gui.review.page import ReviewPage
from face_match.gui.shell.navigation import Page
from face_match.gui.state.skipped_photos import SkippedPhotos
from tests.gui import audit
from tests.gui.menu_driver import trigger
from tests.gui.people_driver import PeopleDriver
from tests.gui.review_driver import ReviewDriver

SCALED = "FACE_MATCH_TESTS_SCALED"
"""In the environment of a process that looks at the windows enlarged: how much."""


class Windows:
    """Opens each on a gallery of three people; gives the window that it is, or is in."""

    def __init__(self, driver, photo: Path, folder: Path) -> None:
        self.driver = driver
        self.main = driver.window
        self.photo = photo
        self.folder = folder

    def names(self) -> dict[str, Callable[[], QWidget]]:
        return {
            "photo": self.show_photo,
            "no photo": lambda: self.main,
            "drawing": self.draw,
            "review": self.review,
            "empty review": self.empty_review,
            "people": self.people,
            "person": self.person,
            "person’s faces": self.faces,
            "ignored": self.ignored,
            "search": lambda: self.search("eileen"),
            "search for people": lambda: self.search("e"),
            "person picker": self.picker,
            "question": self.question,
            "calibration": lambda: self.dialog_after("calibrate", "calibrationPage"),
            "history": lambda: self.dialog_after("history", "historyPage"),
            "health": lambda: self.dialog_after("check", "healthPage"),
            "backups": self.backups,
            "galleries": lambda: self.dialog(
                GalleriesDialog(
                    self.folder, [self.folder / "one", self.folder / "two"], self.main.tasks, self.main
                )
            ),
            "passphrase": lambda: self.dialog(EncryptionDialog(self.main)),
            "names to write": lambda: self.dialog(WriteNamesDialog(self.main, self.main.settings)),
            "another passphrase": lambda: self.dialog(ChangePassphraseDialog(self.main, has_passphrase=True)),
            "keys": lambda: self.dialog_after("keys", ""),
            "left out": self.left_out,
        }

    def active(self, window: QWidget) -> QWidget:
        window.activateWindow()
        self.driver.qtbot.waitUntil(window.isActiveWindow)
        return window

    def show_photo(self) -> QWidget:
        self.driver.open(self.photo)
        self.main.photo_page.photo_view.pick(0)
        self.driver.settle()
        return self.active(self.main)

    def draw(self) -> QWidget:
        self.show_photo()
        trigger(self.driver, "draw")
        assert self.main.findChild(BoxDrawing).isVisible()
        return self.main

    def review(self) -> QWidget:
        review = ReviewDriver(self.driver)
        review.scan(self.folder)
        assert review.groups
        review.page.grid.setFocus()
        return self.active(self.main)

    def empty_review(self) -> QWidget:
        ReviewDriver(self.driver)
        assert self.main.findChild(ReviewPage).isVisible()
        return self.active(self.main)

    def people(self) -> QWidget:
        people = PeopleDriver(self.driver)
        people.choose("Eileen")
        people.grid.setFocus()
        return self.main

    def person(self) -> QWidget:
        PeopleDriver(self.driver).show("Eileen")
        return self.main

    def faces(self) -> QWidget:
        people = PeopleDriver(self.driver)
        people.show_faces("Eileen")
        people.choose_faces(1)
        return self.main

    def ignored(self) -> QWidget:
        self.driver.window.show_page(Page.IGNORED)
        self.driver.settle()
        return self.active(self.main)

    def search(self, text: str) -> QWidget:
        self.active(self.main)
        self.main.toolbar.search.setText(text)
        for _ in range(3):
            self.driver.qtbot.wait(10)
            self.driver.settle()
        self.main.search.page.focus_results()
        return self.main

    def picker(self) -> QWidget:
        self.faces()
        self.main.people_page.person_page.face_actions.move.trigger()
        picker: QWidget = self.main.findChild(PersonPicker)
        return self.active(picker)

    def question(self) -> QWidget:
        self.people()
        self.main.people_page.overview.people_actions.delete_for_good.trigger()
        question: QWidget = self.main.findChild(QMessageBox)
        return self.active(question)

    def dialog_after(self, action: str, name: str) -> QWidget:
        trigger(self.driver, action)
        dialog: QWidget = self.main.findChild(QDialog, name) if name else self.main.findChild(KeysDialog)
        self.driver.settle()
        return self.active(dialog)

    def dialog(self, dialog: QDialog) -> QWidget:
        dialog.open()
        return self.active(dialog)

    def backups(self) -> QWidget:
        trigger(self.driver, "back up")
        return self.dialog(BackupsDialog(self.main.gallery, self.main.tasks, self.main))

    def left_out(self) -> QWidget:
        failed = [(self.photo, ImageUnreadableError(self.photo, "it is empty"))]
        self.main.transfers.photos_skipped.emit(SkippedPhotos("Not added", self.photo.parent, failed))
        dialog: QWidget = self.main.findChild(QDialog, "leftOutPage")
        return self.active(dialog)


WINDOWS = (
    *(
        "photo",
        "no photo",
        "drawing",
        "review",
        "empty review",
        "people",
        "person",
        "person’s faces",
        "ignored",
        "search",
        "search for people",
    ),
    *("person picker", "question"),
    *(
        "calibration",
        "history",
        "health",
        "backups",
        "galleries",
        "passphrase",
        "keys",
        "left out",
        "names to write",
    ),
)

LAYOUT_TURNS = 10

LEFT_BY_TAB = "drawing"
"""Who goes on from a box that is being drawn leaves it."""


@pytest.fixture
def windows(
    open_window, gallery_folder: Path, two_faces: Path, astronaut_again: Path, tmp_path: Path
) -> Windows:
    folder = tmp_path / "photos to name"
    folder.mkdir()
    for photo in (two_faces, astronaut_again):
        shutil.copy(photo, folder)
    return Windows(open_window(gallery_folder), astronaut_again, folder)


@pytest.fixture(params=WINDOWS)
def name(request: pytest.FixtureRequest) -> str:
    """Of a window."""
    return str(request.param)


@pytest.fixture
def window(name: str, windows: Windows) -> QWidget:
    return windows.names()[name]()


def assert_every_control_is_named(window: QWidget) -> None:
    """For a screen reader, and says what it does."""
    assert audit.without_a_name(window) == []
    assert audit.without_a_hint(window) == []


def assert_every_button_has_a_key_of_its_own(window: QWidget) -> None:
    assert audit.without_a_key(window) == []
    assert audit.clashes(window) == []


def assert_tab_leads_to_every_control_and_back(window: QWidget) -> None:
    reachable = audit.stops(window)
    visited = audit.tour(window, QApplication.focusWidget() or reachable[0])
    names = [audit.label_of(widget) for widget in visited]
    assert sorted(names) == sorted(map(audit.label_of, reachable))
    back = [audit.label_of(widget) for widget in audit.tour(window, visited[0], back=True)]
    assert back == [names[0], *names[:0:-1]]


def assert_the_focus_can_be_seen(window: QWidget) -> None:
    stops = audit.tour(window, QApplication.focusWidget() or audit.stops(window)[0])
    stops[0].setFocus(Qt.FocusReason.TabFocusReason)
    unseen = []
    for stop in [*stops[1:], stops[0]]:
        without = audit.picture(window, stop)
        while QApplication.focusWidget() is not stop:  # a photo's faces come first
            audit.press_tab(window)
        if isinstance(stop, QLineEdit):
            stop.deselect()
        if len(stops) > 1 and audit.picture(window, stop) == without:
            unseen.append(audit.label_of(stop))
    assert unseen == []


def assert_nothing_is_cut_off(window: QWidget) -> None:
    """Once it has been laid out, which takes a few turns."""
    for _ in range(LAYOUT_TURNS):
        QApplication.processEvents()
    assert audit.cut_off(window) == []


def assert_no_text_is_cut_off(window: QWidget) -> None:
    for size in ((900, 600), (1180, 760)):
        if not isinstance(window, QDialog):
            window.resize(*size)
        assert_nothing_is_cut_off(window)


OF_TAB = (assert_tab_leads_to_every_control_and_back, assert_the_focus_can_be_seen)
CHECKS = (
    *(assert_every_control_is_named, assert_every_button_has_a_key_of_its_own),
    *(*OF_TAB, assert_no_text_is_cut_off),
)
"""The last one gives the window other sizes."""


def test_a_window_suits_everybody(window: QWidget, name: str, subtests: pytest.Subtests) -> None:
    """All is asked of one window, as to open it takes longer than to look at it."""
    wanted = CHECKS if SCALED not in os.environ else CHECKS[-1:]
    checks = [check for check in wanted if name != LEFT_BY_TAB or check not in OF_TAB]
    assert checks[-1] is assert_no_text_is_cut_off
    for check in checks:
        with subtests.test(check.__name__):
            check(window)


@pytest.fixture
def large_font(qapp: QApplication) -> Iterator[None]:
    """Of twice the size, for all that is made after it."""
    font = qapp.font()
    qapp.setFont(theme.resized(QFont(font), 2))
    yield
    qapp.setFont(font)


@pytest.mark.only_with_all("windows at 200 %")
@pytest.mark.usefixtures("large_font")
def test_a_font_twice_as_large_cuts_no_button_off(name: str, request: pytest.FixtureRequest) -> None:
    windows: Windows = request.getfixturevalue("windows")
    assert_nothing_is_cut_off(windows.names()[name]())


@pytest.mark.only_with_all("windows at 200 %")
@pytest.mark.skipif(SCALED in os.environ, reason="this is the process that looks at 200 %")
def test_nothing_is_cut_off_at_200_percent() -> None:
    """In a process of its own, as the scale is that of a whole program."""
    tests = ("test_a_window_suits_everybody", "test_the_screen_is_as_fine_as_asked_for")
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            *(f"{__file__}::{test}" for test in tests),
        ],
        env={**os.environ, "QT_SCALE_FACTOR": "2", SCALED: "2"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_screen_is_as_fine_as_asked_for(windows: Windows) -> None:
    assert windows.main.devicePixelRatioF() == float(os.environ.get(SCALED, "1"))
    assert windows.main.grab().width() == windows.main.width() * windows.main.devicePixelRatioF()


def test_tab_leads_on_from_a_table_with_rows(windows: Windows) -> None:
    dialog = windows.dialog_after("calibrate", "calibrationPage")
    assert isinstance(dialog, MatchAccuracyDialog)
    assert not dialog.table.isVisible(), "this gallery has too few samples to tell"
    dialog.table.setRowCount(3)
    dialog.table.show()
    dialog.table.setFocus()
    assert audit.press_tab(dialog) is not dialog.table


def test_leaving_a_box_that_is_being_drawn_cancels_it(windows: Windows) -> None:
    window = windows.draw()
    drawing = window.findChild(BoxDrawing)
    assert drawing.hasFocus()
    assert audit.press_tab(window).isVisible()
    assert not drawing.isVisible()


def test_tab_goes_through_the_review_in_reading_order(windows: Windows) -> None:
    window = windows.review()
    page = window.findChild(ReviewPage)
    wanted = [widget for widget in page.tab_order() if widget.isVisible() and widget.isEnabled()]
    visited = audit.tour(window, page.name_edit)
    assert len(wanted) > 6
    assert [widget for widget in visited if widget in wanted] == wanted
