"""The menu of the faces and groups of the review: right click, or the menu key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Button
from face_match.gui.widgets.plain_text import without_mnemonic

Entry = tuple[str, str, Callable[[], object], bool]
"""Text, key, action, and whether it can be done now."""


def entry_of(button: Button, keys: str) -> Entry:
    """The entry that does what a button does."""
    return button.text(), keys, button.click, button.isEnabled()


def show_menu(parent: QWidget, place: QPoint, entries: Sequence[Entry | None]) -> QMenu:
    """Open a menu; None is a line between entries."""
    menu = QMenu(parent)
    menu.setObjectName("faceMenu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(tr("What can be done with the faces"))
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        text, keys, action, is_enabled = entry
        made = menu.addAction(f"{without_mnemonic(text)}\t{keys}" if keys else without_mnemonic(text))
        made.setEnabled(is_enabled)
        made.triggered.connect(lambda _=False, action=action: action())
    menu.popup(place)
    return menu
