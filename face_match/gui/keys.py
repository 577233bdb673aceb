"""The table of keys, and their binding to actions. `dialogs/keys.py` shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from face_match.gui.translation import marked


class Key(NamedTuple):
    """A line of the table. `bound` maps key sequences to actions; menus and widgets bind their own keys."""

    shown: str
    what: str
    bound: Mapping[str, str] = {}


WINDOW_KEYS = (
    Key("Ctrl+O", marked("open photos")),
    Key("Ctrl+Shift+O", marked("import a folder: scan its photos for faces")),
    Key("Ctrl+V", marked("paste a photo")),
    Key("Ctrl+P", marked("show the people")),
    Key("Ctrl+R", marked("show the unnamed faces")),
    Key("Ctrl+F", marked("go to the search field; ↓ or Tab takes a name that drops down")),
    Key("Alt+←", marked("back to the page before the photo, or to the last search")),
    Key("Ctrl+Z, Ctrl+Shift+Z", marked("undo, redo")),
    Key("Ctrl+H", marked("show the history")),
    Key("F1", marked("this page")),
)

PHOTO_KEYS = (
    Key("Enter", marked("confirm the match, or use the name typed"), {"Return": "enter", "Enter": "enter"}),
    Key("any letter", marked("type a name; on a suggestion, N, X and B are commands")),
    Key("N", marked("on a suggestion: someone else")),
    Key("X", marked("on a suggestion: not them")),
    Key("Delete", marked("not them: remove the name or the match; of a drawn box without a name, the box")),
    Key("↑ ↓, 1 – 9", marked("choose a match"), {"Up": "up", "Down": "down"}),
    Key("← →", marked("previous, next face; past the last one, the next photo")),
    Key("Page Up, Page Down", marked("previous, next photo"), {"PgUp": "previous", "PgDown": "next"}),
    Key("Ctrl+I", marked("ignore the face, or no longer"), {"Ctrl+I": "ignore"}),
    Key("Ctrl+E", marked("compare two faces in large, or show the photo again"), {"Ctrl+E": "compare"}),
    Key(
        "Ctrl+B",
        marked("draw a box around a missed face; on a suggestion also B"),
        {"Ctrl+B": "draw"},
    ),
    Key("Ctrl+], Ctrl+[", marked("turn the photo"), {"Ctrl+]": "turn right", "Ctrl+[": "turn left"}),
    Key("Ctrl+0, F", marked("fit the photo into the window (F: without a face)"), {"Ctrl+0": "fit"}),
    Key("+ −", marked("zoom")),
    Key("Ctrl+L", marked("find small faces in large photos, on or off")),
    Key("Alt+T", marked("go to the threshold")),
    Key(
        "Escape",
        marked("clear the name; to the matches; back to the search, person, group or all photos"),
        {"Escape": "leave"},
    ),
)

REVIEW_KEYS = (
    Key(
        "Enter",
        marked("confirm the suggestion, or name the faces as typed"),
        {"Return": "enter", "Enter": "enter"},
    ),
    Key("any letter", marked("start the name; on a suggestion, any but n and x")),
    Key("N", marked("on a suggestion: someone else, type the name")),
    Key("X", marked("on a suggestion: not them, do not suggest them again")),
    Key("← → ↑ ↓, Ctrl+A", marked("choose a face, with Shift several; choose all")),
    Key("Delete", marked("remove the faces from the group")),
    Key("Tab", marked("take the one name that is suggested while you type")),
    Key("Ctrl+M", marked("same as another group: press here, go there, press Enter"), {"Ctrl+M": "merge"}),
    Key("Ctrl+I", marked("ignore the faces"), {"Ctrl+I": "ignore"}),
    Key("Space", marked("show the whole photo, or the group again")),
    Key(
        "Ctrl++, Ctrl+−",
        marked("size of the faces; or Ctrl with the mouse wheel"),
        {"Ctrl++": "larger", "Ctrl+=": "larger", "Ctrl+-": "smaller"},
    ),
    Key(
        "Page Up, Page Down",
        marked("previous, next group"),
        {"PgUp": "previous group", "PgDown": "next group"},
    ),
    Key("Menu", marked("all that can be done with the faces")),
    Key("Escape", marked("cancel the name, the photo, or the choice of another group"), {"Escape": "cancel"}),
)

PEOPLE_KEYS = (
    Key("Enter", marked("open the person; in a person’s photos, the photo")),
    Key("Backspace, Escape, Alt+←", marked("back to all people")),
    Key("Letters", marked("find a name")),
    Key("Shift, Ctrl with arrows", marked("choose several people, or faces")),
    Key("Ctrl+A", marked("choose all")),
    Key("Ctrl+1, Ctrl+2", marked("show the person’s photos, faces")),
    Key("F2", marked("rename the person")),
    Key("Ctrl+B", marked("set the person’s birth date")),
    Key("Ctrl+M", marked("merge the people into one")),
    Key("Delete", marked("delete the people; of faces, remove the name")),
    Key("Shift+Delete", marked("delete the person for good")),
    Key("F6", marked("move the faces to another person; or drag them there")),
    Key("Ctrl+J", marked("move faces marked “?” to the other person")),
    Key("Ctrl+D", marked("remove near-duplicates")),
    Key("O", marked("open the photo of the face (or double-click)")),
    Key("C", marked("use the face as the person’s cover photo")),
    Key("Ctrl+Shift+S", marked("sort the people")),
    Key("Ctrl+Shift+M", marked("more to do with the person")),
)

ALL_PHOTOS_KEYS = (
    Key(
        "Ctrl+1, Ctrl+2, Ctrl+3",
        marked("all photos, those with unnamed faces, those without a face"),
        {"Ctrl+1": "all", "Ctrl+2": "unnamed", "Ctrl+3": "faceless"},
    ),
    Key("Enter", marked("open the photo; Page Down then shows the next one of the grid")),
)

SEARCH_KEYS = (
    Key("Enter", marked("open the photo, or ask where it is if it is missing")),
    Key("Ctrl+A", marked("choose all photos")),
    Key("Ctrl+Shift+E", marked("export copies of the chosen photos, or of all"), {"Ctrl+Shift+E": "export"}),
    Key("+ −", marked("size of the photos; or Ctrl with the mouse wheel")),
    Key("Menu, Shift+F10", marked("what else can be done with the photos")),
)


def bind(page: QWidget, keys: Sequence[Key], actions: Mapping[str, Callable[[], object]]) -> list[QShortcut]:
    """Bind keys to actions while a page is shown; a text field with the focus comes first.

    Enter is bound to the page itself: in the search field or the navigation it must not confirm anything.
    """
    made = []
    for key in keys:
        for sequence, action in key.bound.items():
            shortcut = QShortcut(QKeySequence(sequence), page)
            if action == "enter":
                shortcut.setAutoRepeat(False)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(actions[action])
            made.append(shortcut)
    return made
