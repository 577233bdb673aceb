"""Pages that pass the keyboard focus on."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


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

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._receiver is not None:
            self._receiver.setFocus(event.reason())
