"""The table of keys, and their binding to actions. `dialogs/keys.py` shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Key(NamedTuple):
    """A line of the table. `bound` maps key sequences to actions; menus and widgets bind their own keys."""

    shown: str
    what: str
    bound: Mapping[str, str] = {}


KEYS = (
    Key("Ctrl+O", "open photos"),
    Key("Ctrl+Shift+O", "import a folder: scan its photos for faces"),
    Key("Ctrl+R", "show the unnamed faces"),
    Key("Ctrl+V", "paste a photo"),
    Key("← →", "previous, next photo", {"Left": "previous", "Right": "next"}),
    Key(
        "Page Up, Page Down",
        "previous, next photo, wherever the focus is",
        {"PgUp": "previous", "PgDown": "next"},
    ),
    Key("Tab, ← →", "choose among several faces (in the photo)"),
    Key("↑ ↓", "choose a match", {"Up": "up", "Down": "down"}),
    Key("1 – 9", "choose the match with this number"),
    Key("Enter", "confirm the match, or use the name typed", {"Return": "enter", "Enter": "enter"}),
    Key("any letter", "type a name; on a proposal, N, X and B are commands"),
    Key("N", "on a proposal: someone else"),
    Key("X", "on a proposal: not them"),
    Key("Delete", "not them: remove the name or the match"),
    Key("Ctrl+I", "ignore the face, or no longer", {"Ctrl+I": "ignore"}),
    Key("Ctrl+E", "compare two faces in large, or show the photo again", {"Ctrl+E": "compare"}),
    Key("Ctrl+Z, Ctrl+Shift+Z", "undo, redo"),
    Key("Ctrl+P", "show the people"),
    Key("Ctrl+H", "show the history"),
    Key("B", "draw a box around a face that was not found (on a proposal, or without a face)"),
    Key("Ctrl+], Ctrl+[", "turn the photo", {"Ctrl+]": "turn right", "Ctrl+[": "turn left"}),
    Key("Ctrl+0, F", "fit the photo into the window (F: without a face)", {"Ctrl+0": "fit"}),
    Key("+ −", "zoom"),
    Key("Ctrl+L", "find small faces in large photos, on or off"),
    Key("Alt+T", "go to the threshold"),
    Key("Escape", "clear the name; back to the list of matches", {"Escape": "list"}),
    Key("F1", "this page"),
)

REVIEW_KEYS = (
    Key(
        "Enter",
        "confirm the suggestion, or name the faces as typed",
        {"Return": "enter", "Enter": "enter"},
    ),
    Key("any letter", "start the name; on a suggestion, any but n and x"),
    Key("N", "on a suggestion: someone else, type the name"),
    Key("X", "on a suggestion: not them, do not suggest them again"),
    Key("← → ↑ ↓", "choose a face, with Shift several"),
    Key("Delete", "remove the faces from the group"),
    Key("Tab", "take the one name that is suggested while you type"),
    Key("Ctrl+M", "same as another group: press here, go there, press Enter", {"Ctrl+M": "merge"}),
    Key("Ctrl+I", "ignore the faces", {"Ctrl+I": "ignore"}),
    Key("Space", "show the whole photo, or the group again"),
    Key("Page Up, Page Down", "previous, next group", {"PgUp": "previous group", "PgDown": "next group"}),
    Key("Menu", "all that can be done with the faces"),
    Key("Ctrl+Z, Ctrl+Shift+Z", "undo, redo"),
    Key("Escape", "cancel the name, the photo, or the choice of another group", {"Escape": "cancel"}),
)

PEOPLE_KEYS = (
    Key("Enter", "open the person; in a person’s photos, the photo"),
    Key("Backspace, Escape", "back to all people"),
    Key("Letters", "find a name"),
    Key("Shift, Ctrl with arrows", "choose several people, or faces"),
    Key("Ctrl+A", "choose all"),
    Key("Ctrl+1, Ctrl+2", "show the person’s photos, faces"),
    Key("F2", "rename the person"),
    Key("Ctrl+B", "set the person’s birth date"),
    Key("Ctrl+M", "merge the people into one"),
    Key("Delete", "delete the people; of faces, remove the name"),
    Key("Shift+Delete", "delete the person for good"),
    Key("F6", "move the faces to another person; or drag them there"),
    Key("Ctrl+J", "move faces marked “?” to the other person"),
    Key("Ctrl+D", "remove near-duplicates"),
    Key("O", "open the photo of the face (or double-click)"),
    Key("C", "use the face as the person’s cover photo"),
    Key("Alt+S", "sort the people"),
    Key("Alt+M", "more to do with the person"),
    Key("Ctrl+Z, Ctrl+Shift+Z", "undo, redo"),
)

SEARCH_KEYS = (
    Key("Ctrl+F", "go to the search field; ↓ or Tab takes a name that drops down"),
    Key("Enter", "open the photo, or ask where it is if it is missing"),
    Key("Ctrl+A", "choose all photos"),
    Key("Ctrl+Shift+E", "export copies of the chosen photos, or of all", {"Ctrl+Shift+E": "export"}),
    Key("+ −", "size of the photos; or Ctrl with the mouse wheel"),
    Key("Menu, Shift+F10", "what else can be done with the photos"),
)


def bind(page: QWidget, keys: Sequence[Key], actions: Mapping[str, Callable[[], object]]) -> list[QShortcut]:
    """Bind keys to actions while a page is shown; a text field with the focus comes first."""
    made = []
    for key in keys:
        for sequence, action in key.bound.items():
            shortcut = QShortcut(QKeySequence(sequence), page)
            shortcut.setAutoRepeat(action != "enter")  # a key held down confirms once
            shortcut.activated.connect(actions[action])
            made.append(shortcut)
    return made
