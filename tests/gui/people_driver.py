"""Drives the people window as a person does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QMessageBox, QPushButton, QWidget

from face_match.gui.dialogs.person_picker import PersonPicker
from face_match.gui.people.window import PeopleWindow

PATIENCE_MS = 60_000
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class PeopleDriver:
    """`main` drives the main window."""

    def __init__(self, main) -> None:
        self.main = main
        self.open()

    def open(self) -> None:
        """From the main window, which a window manager would have made the active one."""
        self.main.window.activateWindow()
        self.until(self.main.window.isActiveWindow)
        self.main.press(Qt.Key.Key_P, CONTROL)
        self.window = self.main.window.findChild(PeopleWindow)
        self.activate()
        self.main.settle()

    def activate(self) -> None:
        """As a window manager does when a question is closed."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def until(self, condition: Callable[[], bool]) -> None:
        self.main.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """A key, wherever the focus is."""
        self.main.qtbot.keyClick(self.window.focusWidget() or self.window, key, modifier)

    def type(self, text: str) -> None:
        self.main.qtbot.keyClicks(self.window.focusWidget(), text)

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Who is listed, with how many faces."""
        return [(person.name, person.face_count) for person in self.window.people.people.shown]

    @property
    def chosen(self) -> list[str]:
        return [person.name for person in self.window.people.selected()]

    @property
    def message(self) -> str:
        return self.window.message.text()

    def choose(self, *names: str) -> None:
        """Click on the first, and with Ctrl on the others."""
        self.begin_to_choose(*names)
        self.main.settle()

    def begin_to_choose(self, *names: str) -> None:
        """The same without waiting for the faces."""
        for name in names:
            row = [listed for listed, _ in self.rows].index(name)
            self._click(self.window.people, row, NONE if name == names[0] else CONTROL)

    def choose_faces(self, *rows: int, modifier: Qt.KeyboardModifier = CONTROL) -> None:
        for row in rows:
            self._click(self.window.faces, row, NONE if row == rows[0] else modifier)

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
        return self.window.findChild(QPushButton, name)

    def is_cut_off(self, widget: QWidget) -> bool:
        corner = widget.mapTo(self.window, widget.rect().bottomRight())
        return not self.window.rect().contains(corner)

    def _click(self, view: QAbstractItemView, row: int, modifier: Qt.KeyboardModifier) -> None:
        place = view.visualRect(view.model().index(row, 0)).center()
        self.main.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, place)
