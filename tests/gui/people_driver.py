"""Drives the page of the people as a person does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QMessageBox, QPushButton

from face_match.gui.dialogs.person_picker import PersonPicker
from face_match.gui.people.page import PeoplePage
from face_match.gui.people.people_grid import PeopleGrid
from face_match.gui.people.person_faces import PersonFaces
from face_match.gui.people.person_page import PersonPage

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class PeopleDriver:
    """`main` drives the main window."""

    def __init__(self, main) -> None:
        self.main = main
        self.window = main.window
        self.open()

    def open(self) -> None:
        """Show the page, from whichever is shown."""
        self.activate()
        self.main.press(Qt.Key.Key_P, CONTROL)
        self.main.settle()
        self.page: PeoplePage = self.window.people_page
        self.grid: PeopleGrid = self.page.overview.grid
        self.person: PersonPage = self.page.person_page
        self.faces: PersonFaces = self.person.faces

    def activate(self) -> None:
        """As a window manager does when a question is closed."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def until(self, condition: Callable[[], bool]) -> None:
        self.main.qtbot.waitUntil(condition)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """A key, wherever the focus is."""
        self.main.press(key, modifier)

    def type(self, text: str) -> None:
        self.main.qtbot.keyClicks(self.window.focusWidget(), text)

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Who is in the grid, with how many faces."""
        return [(person.name, person.face_count) for person in self.grid.people.people]

    @property
    def chosen(self) -> list[str]:
        """Who is selected in the grid."""
        return [person.name for person in self.grid.selected()]

    @property
    def shown(self) -> str:
        """Whose page is open; empty while all people are shown."""
        person = self.page.person
        return person.name if person is not None and self.person.isVisible() else ""

    @property
    def message(self) -> str:
        return self.main.message

    def choose(self, *names: str) -> None:
        """Select people, as a click with Ctrl does."""
        self.grid.clearSelection()
        for name in names:
            self.click(self.grid, self._row_of(name), CONTROL)
        self.main.settle()

    def begin_to_show(self, name: str) -> None:
        """Open a person with a click, without waiting for what is read."""
        self.click(self.grid, self._row_of(name))

    def show(self, name: str) -> None:
        """Open a person with a click."""
        self.begin_to_show(name)
        self.main.settle()

    def show_faces(self, name: str) -> None:
        """Open the faces of a person."""
        if self.shown:
            self.back()
        self.show(name)
        self.press(Qt.Key.Key_2, CONTROL)

    def back(self) -> None:
        self.person.header.back_button.click()
        self.main.settle()

    def choose_faces(self, *rows: int, modifier: Qt.KeyboardModifier = CONTROL) -> None:
        for row in rows:
            self.click(self.faces, row, NONE if row == rows[0] else modifier)

    def pick(self, name: str) -> str:
        """Answer the question whose it is with a name; returns what it said would be done."""
        picker = self.picker()
        picker.name_edit.selectAll()
        self.main.qtbot.keyClicks(picker.name_edit, name)
        said = picker.preview_label.text()
        self.main.qtbot.keyClick(picker.name_edit, Qt.Key.Key_Return)
        self.main.settle()
        self.activate()
        return said

    def picker(self) -> PersonPicker:
        self.until(lambda: self.window.findChild(PersonPicker) is not None)
        return self.window.findChild(PersonPicker)

    def question(self) -> QMessageBox:
        self.until(lambda: self.window.findChild(QMessageBox) is not None)
        return self.window.findChild(QMessageBox)

    def answer(self, text: str) -> str:
        """Press a button of the question by its text; returns what was asked."""
        question = self.question()
        asked = f"{question.text()} {question.informativeText()}"
        (button,) = [made for made in question.buttons() if made.text().replace("&", "") == text]
        button.click()
        self.main.settle()
        self.activate()
        return asked

    def button(self, name: str) -> QPushButton:
        return self.page.findChild(QPushButton, name)

    def click(
        self,
        view: QAbstractItemView,
        row: int,
        modifier: Qt.KeyboardModifier = NONE,
        place: QPoint | None = None,
    ) -> None:
        """Click on a row, in its middle or at a place of the view."""
        index = view.model().index(row, 0)
        view.scrollTo(index)
        place = place or view.visualRect(index).center()
        self.main.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, place)

    def _row_of(self, name: str) -> int:
        return [listed for listed, _ in self.rows].index(name)
