"""The menu of the faces and groups of the review: right click, or the menu key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from face_match.gui.review.layout import ReviewLayout
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Button
from face_match.gui.widgets.plain_text import without_mnemonic

Entry = tuple[str, str, Callable[[], object], bool]
"""Text, key, action, and whether it can be done now."""


def _entry_of(page: ReviewLayout, button: Button, keys: str) -> Entry:
    """The entry that does what a button does."""
    return page.actions_bar.whole_text(button), keys, button.click, button.isEnabled()


def show_face_menu(
    page: ReviewLayout, place: QPoint, *, someone_else: Callable[[], None], reject: Callable[[], None]
) -> QMenu:
    """Open the menu of the faces that are meant."""
    is_proposal, middle = not page.reject_button.isHidden(), page.middle
    entries: list[Entry | None] = [  # None is a line between entries
        _entry_of(page, page.remove_button, tr("Del")),
        (tr("Someone else …"), "N", someone_else, is_proposal),
        (tr("Not this person"), tr("X"), reject, is_proposal),
        _entry_of(page, page.merge_button, tr("Ctrl+M")),
        _entry_of(page, page.ignore_button, tr("Ctrl+I")),
        None,
        (tr("Show the whole photo"), tr("Space"), middle.toggle_photo, True),
        (tr("Open the photo"), "", middle.open_photo, True),
        (tr("Show in file manager"), "", middle.show_in_file_manager, True),
    ]
    menu = QMenu(page)
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
