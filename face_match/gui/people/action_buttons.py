"""Actions with a key, and buttons that trigger them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from face_match.gui.widgets.buttons import Button, Kind, button


def action_with_key(
    parent: QObject, text: str, key: str, tip: str, do: Callable[[], None], *, on_button: str = ""
) -> QAction:
    """An action whose tooltip names its key.

    Args:
        key: as in the table of keys, such as "Ctrl+M" or "Delete"; "" for none.
        on_button: its text on a button, where that is not the text of the menu.
    """
    action = QAction(text, parent)
    action.setIconText(on_button or text.replace("&", ""))
    action.triggered.connect(lambda _: do())
    if key:
        action.setShortcut(QKeySequence(key.replace("Delete", "Del")))
    action.setToolTip(f"{tip} ({key})" if key else tip)
    return action


def press_by_key(key: str, pressed: QAbstractButton, page: QWidget) -> None:
    """Let a key press a button, wherever on its page the focus is; at once, unlike a button's shortcut."""
    shortcut = QShortcut(QKeySequence(key), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(pressed.click)


def button_of(action: QAction, object_name: str, kind: Kind = Kind.PLAIN, icon: str = "") -> Button:
    """A button that triggers an action, shows its key, and is enabled when the action is.

    Args:
        icon: in place of text and key.
    """
    shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    made = button(
        "" if icon else action.iconText(),
        object_name,
        action.toolTip(),
        kind,
        keys="" if icon else shortcut.replace("+", " "),
        icon=icon,
    )
    made.setEnabled(action.isEnabled())
    made.clicked.connect(action.trigger)
    action.enabledChanged.connect(made.setEnabled)
    return made
