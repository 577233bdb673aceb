"""Buttons that show, in any style, when they have the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QDialogButtonBox, QPushButton

INSET_PX = 3


class Button(QPushButton):
    """Some styles draw one that has the focus as they draw one that Enter presses from elsewhere, or draw the
    focus only once Tab was pressed."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            ink = self.palette().color(QPalette.ColorRole.ButtonText)
            painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(INSET_PX, INSET_PX, -INSET_PX - 1, -INSET_PX - 1))
            painter.end()


def button(text: str, object_name: str, tip: str) -> Button:
    """A button that says what it does."""
    made = Button(text)
    made.setObjectName(object_name)
    made.setToolTip(tip)
    made.setAccessibleDescription(tip)
    return made


def button_box(leave: str, *, by_enter: bool = True) -> QDialogButtonBox:
    """A dialog's buttons, with one to leave it by, as Escape does.

    Args:
        by_enter: Enter may press it, where there is nothing else that it would.
    """
    buttons = QDialogButtonBox()
    add_button(buttons, leave, QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(by_enter)
    return buttons


def add_button(buttons: QDialogButtonBox, text: str, role: QDialogButtonBox.ButtonRole) -> Button:
    """One more of a dialog's buttons."""
    made = Button(text)
    buttons.addButton(made, role)
    return made


def add_action_button(buttons: QDialogButtonBox, action: QAction, object_name: str) -> Button:
    """One that does what an action of the main window does, and only when it can; its key works here too."""
    made = add_button(buttons, action.text(), QDialogButtonBox.ButtonRole.ActionRole)
    made.setObjectName(object_name)
    made.setAutoDefault(False)
    keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    made.setToolTip(f"{action.toolTip()} the last change of the gallery ({keys})")
    made.setEnabled(action.isEnabled())
    made.clicked.connect(action.trigger)
    action.enabledChanged.connect(made.setEnabled)
    return made
