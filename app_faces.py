#!/usr/bin/env python3
"""Face Match: open a photo, see who it is most like, add or confirm.

Double-click this file, or run `python app_faces.py [PHOTO …]`. With one of the commands that
`python app_faces.py --help` lists, it works without a screen and without importing Qt.
"""

from __future__ import annotations

import sys

try:
    import signal

    if __name__ == "__main__":  # Ctrl+C ends the program without a word until a command has begun
        signal.signal(signal.SIGINT, signal.SIG_DFL)
except KeyboardInterrupt:
    sys.exit(130)

from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(arguments: Sequence[str]) -> int:
    """Run a command, or the window; returns the exit status."""
    try:
        from face_match.launch import program_for

        run = program_for(arguments)
    except ModuleNotFoundError as exc:
        return _in_own_environment(arguments, exc.name or "")
    return run()


def _in_own_environment(arguments: Sequence[str], missing: str) -> int:
    """A double click starts the system's Python, which knows nothing of the environment made for us."""
    python = HERE / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists() or python.parent.parent == Path(sys.prefix):
        print(
            f"Face Match needs the package {missing}, which this Python does not have. "
            "The first command in README.md installs it.",
            file=sys.stderr,
        )
        return 1
    import subprocess

    return subprocess.run([str(python), str(HERE / "app_faces.py"), *arguments], check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:  # before a command could say what it has done
        sys.exit(130)
