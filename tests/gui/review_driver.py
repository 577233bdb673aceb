"""Drives the review as a person does: by keys alone, which it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from face_match.core.records import FaceRecord
from face_match.gui.review.page import ReviewPage
from face_match.vision.photo_loading import load_photo
from face_match.workflows.face_groups import FaceGroup

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class ReviewDriver:
    """`main` drives the main window; `presses` counts the keys, but for the letters of names."""

    def __init__(self, main) -> None:
        self.main = main
        self.presses = 0
        main.window.activateWindow()
        self.until(main.window.isActiveWindow)
        self.press(Qt.Key.Key_R, CONTROL)
        self.settle()

    @property
    def page(self) -> ReviewPage:
        found: ReviewPage = self.main.window.findChild(ReviewPage)
        return found

    def know_elsewhere(self, path: Path, to: Path) -> None:
        """Have the gallery know a photo at another place, where nothing is."""
        photo, away = load_photo(path), path.with_suffix(".away")
        path.rename(away)  # while it is there, another file of it is a copy
        self.main.window.gallery.gallery.record_photo(photo, to)
        away.rename(path)

    def until(self, condition: Callable[[], bool]) -> None:
        self.main.qtbot.waitUntil(condition)

    def settle(self) -> None:
        """Until nothing is under way, and a suggestion that came by itself can be answered."""
        tasks, page = self.main.window.tasks, self.main.window.review_page
        self.until(lambda: not tasks.is_busy() and page.is_settled)

    def scan(self, *paths: Path) -> None:
        """As when they are dropped."""
        self.main.window.folder_import.scan(paths)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """A key, wherever the focus is; then all that comes of it."""
        self.presses += 1
        self.main.qtbot.keyClick(self.focused, key, modifier)
        self.settle()

    @property
    def texts(self) -> list[str]:
        """The question, the advice and the main button."""
        page = self.page
        return [page.question.toolTip(), page.bar.advice.toolTip(), page.main_button.text()]

    @property
    def focused(self) -> QWidget:
        """What a key goes to. Offscreen, a list of names that opens takes the focus with it, for good."""
        window: QWidget = self.main.window
        had_focus = QApplication.focusWidget()
        if not window.isActiveWindow() and QApplication.activePopupWidget() is None:
            window.activateWindow()
            self.until(window.isActiveWindow)
            if had_focus is not None:
                had_focus.setFocus()
        return QApplication.focusWidget() or window.focusWidget() or window

    def type(self, text: str) -> None:
        """The keys of a text, wherever the focus is, with Shift for capitals; they are not counted."""
        for letter in text:
            if letter.isascii():
                self.main.qtbot.keyClick(self.focused, letter, SHIFT if letter.isupper() else NONE)
                continue
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focused, QKeyEvent(kind, Qt.Key.Key_unknown, NONE, letter))

    def name(self, name: str) -> None:
        """What is asked, from the keyboard; a new name that is the beginning of another one too."""
        if self.group.proposed_name is not None:
            self.press(Qt.Key.Key_N)
        self.type(name)
        self.press(Qt.Key.Key_Return)
        field = self.page.name_edit
        while field.is_asking:
            if field.suggestions.marked == name:
                self.press(Qt.Key.Key_Return)
            else:
                self.press(Qt.Key.Key_Down)

    def go_to(self, row: int) -> None:
        """A face of the grid, by the arrows."""
        while self.page.grid.currentIndex().row() < row:
            self.press(Qt.Key.Key_Right)
        while self.page.grid.currentIndex().row() > row:
            self.press(Qt.Key.Key_Left)

    def leave_out(self, row: int) -> None:
        """A click on the mark of a face, or again to take it in."""
        self.click(self.page.grid.mark_of(row).center())

    def click_face(self, row: int) -> None:
        self.click(self.page.grid.visualRect(self.page.grid.model().index(row, 0)).center())

    def click(self, place: QPoint) -> None:
        """In the grid of faces."""
        self.main.qtbot.mouseClick(self.page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)

    @property
    def group(self) -> FaceGroup:
        group = self.page.group
        assert group is not None
        return group

    @property
    def groups(self) -> Sequence[FaceGroup]:
        return self.page.groups_list.groups

    @property
    def faces(self) -> Sequence[FaceRecord]:
        """In the order of the grid."""
        return self.page.grid.faces

    @property
    def questions(self) -> list[str]:
        model = self.page.groups_list.model()
        return [model.data(model.index(row, 0)) for row in range(model.rowCount())]

    @property
    def people(self) -> dict[str, int]:
        gallery = self.main.window.gallery.gallery
        assert gallery is not None
        return {person.name: person.face_count for person in gallery.people}

    @property
    def message(self) -> str:
        return str(self.main.message)
