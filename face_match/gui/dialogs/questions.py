"""Questions that are asked in more than one window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from face_match.core.number_text import plural
from face_match.core.records import Person
from face_match.gui import phrases
from face_match.gui.widgets.plain_text import shown


def question(window: QWidget, title: str, text: str, more: str) -> QMessageBox:
    """A question with Cancel, which gets its other button and is opened by who asks."""
    made = QMessageBox(window)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWindowTitle(title)
    made.setText(shown(text))
    made.setInformativeText(shown(more))
    made.addButton(QMessageBox.StandardButton.Cancel)
    return made


def ask_to_remove_near_duplicates(
    window: QWidget, count: int, owners: Sequence[Person], remove: Callable[[], None]
) -> None:
    """Call `remove` if so many near-duplicates of some people are to go."""
    asked = question(
        window,
        "Near-duplicates",
        f"Remove {plural(count, 'near-duplicate', 'near-duplicates')} of {phrases.list_people(owners)}?",
        "Of faces that are nearly the same the largest stays. Undo: Ctrl+Z.",
    )
    accept = asked.addButton("&Remove", QMessageBox.ButtonRole.AcceptRole)
    asked.setDefaultButton(accept)
    accept.clicked.connect(remove)
    asked.open()
