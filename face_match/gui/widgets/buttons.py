"""Buttons that show the keyboard focus in every style, and rows of them for dialogs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QDialogButtonBox, QPushButton

INSET_PX = 3


class Button(QPushButton):
    """A push button that always shows its focus.

    Some styles paint a focused button like the default one, or show the focus only after Tab was pressed.
    """

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            ink = self.palette().color(QPalette.ColorRole.ButtonText)
            painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(INSET_PX, INSET_PX, -INSET_PX - 1, -INSET_PX - 1))
            painter.end()


def button(text: str, object_name: str, tip: str) -> Button:
    """A button with a tooltip that is also its description for screen readers."""
    made = Button(text)
    made.setObjectName(object_name)
    made.setToolTip(tip)
    made.setAccessibleDescription(tip)
    return made


def button_box(close_text: str, *, by_enter: bool = True) -> QDialogButtonBox:
    """The buttons of a dialog, with one that closes it, as Escape does.

    Args:
        close_text: "Close" or "Cancel".
        by_enter: whether Enter may press that button, in a dialog without a main action.
    """
    buttons = QDialogButtonBox()
    add_button(buttons, close_text, QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(by_enter)
    return buttons


def add_button(buttons: QDialogButtonBox, text: str, role: QDialogButtonBox.ButtonRole) -> Button:
    """Add a button to those of a dialog."""
    made = Button(text)
    buttons.addButton(made, role)
    return made


def add_action_button(buttons: QDialogButtonBox, action: QAction, object_name: str, tip: str) -> Button:
    """Add a button that triggers an action of the main window, and is enabled when the action is."""
    made = add_button(buttons, action.text(), QDialogButtonBox.ButtonRole.ActionRole)
    made.setObjectName(object_name)
    made.setAutoDefault(False)
    keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    made.setToolTip(f"{tip} ({keys})")
    made.setEnabled(action.isEnabled())
    made.clicked.connect(action.trigger)
    action.enabledChanged.connect(made.setEnabled)
    return made
