"""Pages that pass the keyboard focus on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QListView, QWidget


class FocusPage(QWidget):
    """A page that passes the keyboard focus on to one of its controls.

    A focus proxy would do so too, but Qt then leaves the other controls of the page out of the Tab order.
    """

    def __init__(self) -> None:
        super().__init__()
        self._receiver: QWidget | None = None

    def pass_focus_to(self, receiver: QWidget) -> None:
        """Set the control that gets the focus from now on."""
        self._receiver = receiver

    def select_all_in(self, shown: Callable[[], QListView]) -> None:
        """Let Ctrl+A select all of the list that is shown, wherever the focus is but in a field."""

        def select_all() -> None:
            shown().setFocus()
            shown().selectAll()

        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(select_all)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._receiver is not None:
            self._receiver.setFocus(event.reason())
