"""The table of keys: it binds them, and a page shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QPalette, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from face_match.gui.widgets.buttons import button_box

NARROWEST_EMS = 12
"""Minimum width of the text that says what a key does."""


class Key(NamedTuple):
    """A line of the page. `bound` maps key sequences to actions; menus and widgets bind their own keys."""

    shown: str
    what: str
    bound: Mapping[str, str] = {}


KEYS = (
    Key("Ctrl+O", "open photos"),
    Key("Ctrl+Shift+O", "import a folder: scan its photos for faces"),
    Key("Ctrl+R", "show the unnamed faces, or the photo again"),
    Key("Ctrl+V", "paste a photo"),
    Key("← →", "previous, next photo", {"Left": "previous", "Right": "next"}),
    Key(
        "Page Up, Page Down",
        "previous, next photo, wherever the focus is",
        {"PgUp": "previous", "PgDown": "next"},
    ),
    Key("S", "skip to the next photo", {"S": "next"}),
    Key("Tab, ← →", "choose among several faces (in the photo)"),
    Key("↑ ↓", "choose a match", {"Up": "up", "Down": "down"}),
    Key("1 – 9", "choose the match with this number", {str(k): str(k) for k in range(1, 10)}),
    Key("Enter", "confirm the match, or add the name typed", {"Return": "enter", "Enter": "enter"}),
    Key("N", "type a new name, on or off", {"N": "new"}),
    Key("X", "not them: remove the name or the match", {"X": "reject"}),
    Key("Ctrl+Z, Ctrl+Shift+Z", "undo, redo"),
    Key("Ctrl+P", "show the people"),
    Key("Ctrl+H", "show the history"),
    Key("B", "draw a box around a face that was not found", {"B": "draw"}),
    Key("F", "fit the photo into the window", {"F": "fit"}),
    Key("+ −", "zoom", {"+": "zoom in", "=": "zoom in", "-": "zoom out"}),
    Key("Ctrl+L", "find small faces in large photos, on or off"),
    Key("Alt+T", "go to the threshold"),
    Key("Escape", "back to the list of matches", {"Escape": "list"}),
    Key("F1", "this page"),
)

REVIEW_KEYS = (
    Key("Enter", "confirm the suggestion, or use the name typed", {"Return": "enter", "Enter": "enter"}),
    Key("N", "name the group", {"N": "name"}),
    Key("← → ↑ ↓", "choose a face, with Shift several"),
    Key("X", "remove the face from the group", {"X": "remove", "Delete": "remove"}),
    Key("M", "merge: press here, then on the other group", {"M": "merge"}),
    Key("S", "skip to the next group", {"S": "skip"}),
    Key("I", "ignore the faces", {"I": "ignore"}),
    Key("Space", "show the whole photo, or the group again", {"Space": "photo"}),
    Key("O", "open the photo, for example to draw a box", {"O": "open"}),
    Key("Page Up, Page Down", "previous, next group", {"PgUp": "previous group", "PgDown": "next group"}),
    Key("Ctrl+Z, Ctrl+Shift+Z", "undo, redo"),
    Key("Escape", "cancel the name, the photo or the merge", {"Escape": "cancel"}),
)

PEOPLE_KEYS = (
    Key("Ctrl+F", "filter by name; Enter moves to the people"),
    Key("Shift, Ctrl with ↑ ↓", "choose several people, or faces"),
    Key("Ctrl+A", "choose all"),
    Key("F2", "rename the person"),
    Key("Ctrl+B", "set the person’s birth date"),
    Key("Ctrl+M", "merge the people into one"),
    Key("F6", "move the faces to another person; or drag them there"),
    Key("Ctrl+J", "move faces marked “?” to the other person"),
    Key("Delete", "remove the faces from the person"),
    Key("Ctrl+D", "remove near-duplicates"),
    Key("O", "open the photo of the face (or double-click)"),
    Key("C", "use the face as the person’s cover photo"),
    Key("Shift+Delete", "delete the person for good"),
    Key("Ctrl+Z, Ctrl+Shift+Z", "undo, redo"),
    Key("Escape", "clear the filter, then close the window"),
)


def bind(page: QWidget, keys: Sequence[Key], actions: Mapping[str, Callable[[], object]]) -> None:
    """Bind keys to actions while a page is shown; a text field with the focus comes first."""
    for key in keys:
        for sequence, action in key.bound.items():
            shortcut = QShortcut(QKeySequence(sequence), page)
            shortcut.activated.connect(actions[action])


class KeysPage(QDialog):
    """All keys on one page, which stays open beside the window."""

    def __init__(self, parent: QWidget | None = None, actions: Sequence[QAction] = ()) -> None:
        """`actions` of the main window have keys that work here too."""
        super().__init__(parent)
        self.addActions(actions)
        self.setWindowTitle("Keys")
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setSpacing(32)
        second = QVBoxLayout()
        second.setSpacing(10)
        second.addLayout(_column("Unnamed faces", REVIEW_KEYS))
        second.addLayout(_column("People window", PEOPLE_KEYS))
        columns.addLayout(_column("Main window", KEYS))
        columns.addLayout(second)
        area = _Area(page)
        note = QLabel("Single letters and digits do nothing while a name is being typed.")
        buttons = button_box("Close")
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addWidget(note)
        layout.addWidget(buttons)
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize()))


class _Area(QScrollArea):
    """As large as its page where there is room; else it scrolls, also by keys."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("Keys")
        self.setToolTip("All keys (↑ ↓ ← → scroll)")

    def sizeHint(self) -> QSize:
        return self._page.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        there = self.viewport().size()
        is_whole = (
            self._page.minimumSizeHint().width() <= there.width()
            and self._page.heightForWidth(there.width()) <= there.height()
        )
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_whole else Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setFrameShape(QScrollArea.Shape.Box)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setFrameShape(QScrollArea.Shape.NoFrame)


class _What(QLabel):
    """A text on one line where there is room, else on several."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        least = NARROWEST_EMS * self.fontMetrics().horizontalAdvance("m")
        return self.sizeHint().boundedTo(QSize(least, self.sizeHint().height()))


def _column(title: str, keys: Sequence[Key]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(3)  # else that of the row of columns, which is wide
    heading = QLabel(title)
    heading.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    grid.addWidget(heading, 0, 1)
    for row, key in enumerate(keys, start=1):
        label = QLabel(f"<b>{key.shown}</b>")
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label, row, 0)
        grid.addWidget(_What(key.what), row, 1)
    grid.setRowStretch(len(keys) + 1, 1)
    return grid
