"""Questions that several windows ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from face_match.core.number_text import plural
from face_match.core.records import Person
from face_match.gui import phrases
from face_match.gui.widgets.plain_text import shown


def question_box(window: QWidget, title: str, text: str, details: str) -> QMessageBox:
    """A question with a Cancel button. The caller adds the other button and opens it."""
    made = QMessageBox(window)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWindowTitle(title)
    made.setText(shown(text))
    made.setInformativeText(shown(details))
    made.addButton(QMessageBox.StandardButton.Cancel)
    return made


def ask_to_remove_near_duplicates(
    window: QWidget, count: int, owners: Sequence[Person], remove: Callable[[], None]
) -> None:
    """Ask whether to remove near-duplicates of some people; if so, call `remove`."""
    box = question_box(
        window,
        "Near-duplicates",
        f"Remove {plural(count, 'near-duplicate', 'near-duplicates')} of {phrases.list_people(owners)}?",
        "The largest of nearly identical faces is kept. Undo: Ctrl+Z.",
    )
    accept = box.addButton("&Remove", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(accept)
    accept.clicked.connect(remove)
    box.open()
