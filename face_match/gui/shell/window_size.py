"""The size and place of the window, which is remembered."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from face_match.core.settings import Settings

FIRST_SIZE = (1280, 800)
SMALLEST_SIZE = (900, 600)


def restore_size(window: QMainWindow, settings: Settings) -> None:
    """Size a window as it was closed, else 1280 × 800; never larger than the screen."""
    window.setMinimumSize(*SMALLEST_SIZE)
    window.resize(*FIRST_SIZE)
    if settings.window:
        window.restoreGeometry(QByteArray.fromHex(settings.window.encode()))
    room = window.screen().availableSize()
    if window.width() > room.width() or window.height() > room.height():
        window.resize(window.size().boundedTo(room).expandedTo(window.minimumSize()))


def remember_size(window: QMainWindow, settings: Settings) -> None:
    """Remember the size and place of a window."""
    settings.window = bytes(window.saveGeometry().toHex().data()).decode()
    settings.save()
