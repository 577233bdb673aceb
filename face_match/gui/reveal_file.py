"""Shows files in the system's file manager, selected there where it can select them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

SERVICE, OBJECT = "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1"
"""https://www.freedesktop.org/wiki/Specifications/file-manager-interface"""
PATIENCE_MS = 3_000


def show_folder(folder: Path) -> None:
    """Show a folder in the file manager, if it is one."""
    if folder.is_dir():  # a gallery from elsewhere may name a file there, which would be run
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder.absolute())))


def show_in_file_manager(path: Path) -> None:
    """Show a file in the file manager; where that cannot select it, its folder. Returns at once."""
    path = path.absolute()

    def open_folder() -> None:
        show_folder(path.parent)

    if sys.platform == "win32":
        is_shown = _start("explorer.exe", "/select,", QDir.toNativeSeparators(str(path)))
    elif sys.platform == "darwin":
        is_shown = _start("open", "-R", str(path))
    else:
        is_shown = _ask_file_manager(path, open_folder)
    if not is_shown:
        open_folder()


def _start(program: str, *arguments: str) -> bool:
    """Start a program of the system; returns whether that was possible."""
    started = QProcess.startDetached(program, [*arguments])
    return started[0] if isinstance(started, tuple) else started


def _ask_file_manager(path: Path, otherwise: Callable[[], None]) -> bool:
    """Ask the desktop's file manager by D-Bus; returns whether it was asked.

    Args:
        otherwise: called if there is no such file manager, or it does not answer.
    """
    if not (os.environ.get("DBUS_SESSION_BUS_ADDRESS") or _user_bus().exists()):
        return False  # Qt would start a bus
    try:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
    except ImportError:  # some systems pack Qt in parts
        return False
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    message = QDBusMessage.createMethodCall(SERVICE, OBJECT, SERVICE, "ShowItems")
    message.setArguments(
        [[QUrl.fromLocalFile(str(path)).toString(QUrl.ComponentFormattingOption.FullyEncoded)], ""]
    )
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message, PATIENCE_MS))
    _waiting.add(watcher)

    def on_finished() -> None:
        _waiting.discard(watcher)
        if watcher.isError():
            otherwise()

    watcher.finished.connect(on_finished)
    return True


def _user_bus() -> Path:
    return Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / "bus"


_waiting: set[object] = set()
"""Calls that are not answered yet: Qt would drop them."""
