#!/usr/bin/env python3
"""Face Match: open a photo, see who it is most like, add or confirm.

Double-click this file, or run `python app_faces.py [PHOTO …]`. With one of the commands that
`python app_faces.py --help` lists, it works without a screen and without importing Qt.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from face_match.cli import command_of
from face_match.cli import main as run_command


def main(arguments: Sequence[str]) -> int:
    """Run a command, or the window; returns the exit status."""
    command = command_of(arguments)
    if command is not None:
        return run_command(command)
    from face_match.gui.start import open_window

    return open_window(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
