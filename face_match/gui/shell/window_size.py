"""The size and place of the window, which is remembered."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QMainWindow

from face_match.core.settings import Settings
from face_match.gui import theme

FIRST_SIZE = (1280, 800)
SMALLEST_SIZE = (900, 600)
LARGEST_SCALE = 1.25
"""The largest text for which the smallest window has room, in every language."""


def restore_size(window: QMainWindow, settings: Settings) -> None:
    """Size a window as it was closed, else 1280 × 800; with its title bar never larger than the screen."""
    window.setMinimumSize(smallest_size(theme.text_scale(window), window.screen().availableSize()))
    window.resize(QSize(*FIRST_SIZE).expandedTo(window.minimumSize()))
    if settings.window:
        window.restoreGeometry(QByteArray.fromHex(settings.window.encode()))
    room = window.screen().availableSize() - QSize(0, theme.TITLE_BAR_PX)
    is_sized = not window.isMaximized() and not window.isFullScreen()
    if is_sized and (window.width() > room.width() or window.height() > room.height()):
        window.resize(window.size().boundedTo(room).expandedTo(window.minimumSize()))


def smallest_size(text_scale: float, room: QSize) -> QSize:
    """The smallest size of a window: larger text needs more, as far as the screen has room for it."""
    usual = QSize(*SMALLEST_SIZE)
    return (usual * (text_scale / LARGEST_SCALE)).boundedTo(room).expandedTo(usual)


def remember_size(window: QMainWindow, settings: Settings) -> None:
    """Remember the size and place of a window."""
    settings.window = bytes(window.saveGeometry().toHex().data()).decode()
    settings.save()
