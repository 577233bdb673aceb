"""Shift+F10 asks for the menu of what has the focus, as the menu key does, which many keyboards lack."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication


def ask_for_menu() -> None:
    """Ask the widget that has the focus for its menu; lists open it at what is chosen in them."""
    focus = QApplication.focusWidget()
    if focus is not None:
        place = focus.rect().center()
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(focus, QContextMenuEvent(reason, place, focus.mapToGlobal(place)))


MENU_KEYS: tuple[tuple[str, Callable[[], None]], ...] = (
    (("Shift+F10", ask_for_menu),) if sys.platform == "linux" else ()
)
"""Windows asks by itself, and no program on macOS has such a key."""
