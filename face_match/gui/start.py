"""Opens the window, or says why that is impossible."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from face_match.cli import EXIT_USAGE, argument_types
from face_match.cli.output import Parser, complain, log_to_terminal
from face_match.cli.parser import COMMANDS
from face_match.core.heap import return_freed_memory
from face_match.core.installation import install_command, program_name
from face_match.core.settings import Settings

ICON_PX = 64
"""Of the window in the task bar."""
NO_DISPLAY = f"There is no display to open the window on; without one, use “{program_name()} match PHOTO”."
NO_QT = (
    f"The window needs {{what}}, which “{install_command()}” installs. Without a window, use "
    f"“{program_name()} match PHOTO”."
)
NO_LIBRARIES = (
    f"The window needs system libraries that are missing: {{names}}. Install them with the system’s package "
    f"manager. Without a window, use “{program_name()} match PHOTO”."
)
PLATFORM_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What Qt and its plugin for X11 load and PySide lacks, each with its package of Debian and Ubuntu. Qt
itself always names the first library of xcb, whichever is missing."""
NETWORK_LIBRARY = "libgssapi_krb5.so.2"
"""Of Qt's network, which is not in the program as one file."""


def open_window(arguments: Sequence[str]) -> int:
    """Show the main window until it is closed; returns the exit status."""
    options = _parser().parse_args(arguments)
    word = options.photos[0] if options.photos else Path("/")
    if len(word.parts) == 1 and not word.suffix and not word.exists():
        complain(f"There is no command or photo {word}. Commands: {', '.join(COMMANDS)}.")
        return EXIT_USAGE
    if not _has_display():
        complain(NO_DISPLAY)
        return 1
    log_to_terminal()
    try:
        from PySide6.QtCore import QtMsgType, qInstallMessageHandler
        from PySide6.QtWidgets import QApplication

        from face_match.gui.feature_check import switch_off_feature_check

        switch_off_feature_check()
        from face_match.gui.open_with import PhotoInbox, hand_over

        settings = Settings.load()
        place = options.gallery or settings.gallery_to_open()
        if hand_over(place, options.photos, settings):
            return 0
        from face_match.gui import theme
        from face_match.gui.main_window import MainWindow
        from face_match.gui.translation import load_language
        from face_match.gui.widgets.icons import icon
    except ModuleNotFoundError as exc:
        complain(NO_QT.format(what=exc.name))
        return 1
    except (
        ImportError
    ) as exc:  # Qt is installed, and a library that it needs is not: "libGL.so.1: cannot open …"
        complain(NO_LIBRARIES.format(names=", ".join(missing_libraries() or [str(exc).split(":")[0]])))
        return 1
    return_freed_memory()

    def on_qt_message(kind: QtMsgType, context: object, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg and "platform plugin" in text:
            missing = missing_libraries()
            complain(NO_LIBRARIES.format(names=", ".join(missing)) if missing else NO_DISPLAY)
            os._exit(1)  # Qt would abort the process on return, with a core dump
        elif "is needed to load" not in text and not text.startswith("Could not load the Qt platform plugin"):
            logging.getLogger("qt").warning(text)

    qInstallMessageHandler(on_qt_message)
    app = QApplication([sys.argv[0]])
    app.setApplicationName("Face Match")
    app.setApplicationDisplayName("Face Match")
    load_language(app)
    theme.apply(app)
    window = MainWindow(place, settings)
    inbox = PhotoInbox(window, window.gallery, window.queue)
    window.show()
    window.start(options.photos)
    app.setWindowIcon(icon("scan-face", theme.colours().accent, ICON_PX))
    status = app.exec()
    inbox.close()
    return status


def missing_libraries() -> list[str]:
    """The packages of the libraries that a window on X11 needs and that cannot be loaded."""
    import ctypes

    missing = []
    is_packed = getattr(sys, "frozen", False)
    for library, package in PLATFORM_LIBRARIES.items():
        if is_packed and library == NETWORK_LIBRARY:
            continue
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def _parser() -> Parser:
    parser = Parser(prog=program_name())
    parser.add_argument(
        "--gallery",
        type=argument_types.gallery,
        metavar="DIR",
    )
    parser.add_argument("photos", nargs="*", type=Path, metavar="PHOTO")
    return parser


def _has_display() -> bool:
    """Whether there is a display, as far as the environment tells."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
