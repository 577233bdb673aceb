"""The keys: what they do, bound once and shown on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget


class Key(NamedTuple):
    """`bound` maps key sequences to actions of the window; keys of menus and widgets bind themselves."""

    shown: str
    what: str
    bound: Mapping[str, str] = {}


KEYS = (
    Key("Ctrl+O", "open photos"),
    Key("Ctrl+Shift+O", "open a folder of photos"),
    Key("Ctrl+V", "paste a photo"),
    Key("← →", "previous, next photo", {"Left": "previous", "Right": "next"}),
    Key("Page Up, Page Down", "the same, always", {"PgUp": "previous", "PgDown": "next"}),
    Key("S", "skip to the next photo", {"S": "next"}),
    Key("Tab, ← →", "choose among several faces (in the photo)"),
    Key("↑ ↓", "choose a person", {"Up": "up", "Down": "down"}),
    Key("1 – 9", "choose the k-th person", {str(k): str(k) for k in range(1, 10)}),
    Key("Enter", "confirm the match, or add the name typed", {"Return": "enter", "Enter": "enter"}),
    Key("N", "add as a new person, on or off", {"N": "new"}),
    Key("X", "not this person", {"X": "reject"}),
    Key("Ctrl+Z, Ctrl+Shift+Z", "undo, redo"),
    Key("F", "fit the photo into the window", {"F": "fit"}),
    Key("+ −", "zoom", {"+": "zoom in", "=": "zoom in", "-": "zoom out"}),
    Key("Ctrl+L", "look for small faces in large photos too, on or off"),
    Key("Alt+T", "go to the threshold"),
    Key("Escape", "back to the list of people", {"Escape": "list"}),
    Key("F1", "this page"),
)


def bind(window: QWidget, actions: Mapping[str, Callable[[], object]]) -> None:
    """Let the keys do what they say; a text field that has the focus takes its own first."""
    for key in KEYS:
        for sequence, action in key.bound.items():
            shortcut = QShortcut(QKeySequence(sequence), window)
            shortcut.activated.connect(actions[action])


class KeysPage(QDialog):
    """Stays open beside the window while one learns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for row, key in enumerate(KEYS):
            label = QLabel(f"<b>{key.shown}</b>")
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label, row, 0)
            grid.addWidget(QLabel(key.what), row, 1)
        note = QLabel("Single letters and digits do nothing while a name is being typed.")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        layout.addWidget(note)
        layout.addWidget(buttons)
