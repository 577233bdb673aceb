"""Processes that help the program, the same from a checkout, installed, or packed as one file."""

from __future__ import annotations

import os
import subprocess
import sys

from face_match.core.installation import PACKAGE_PARENT
from face_match.core.settings import SECRETS

_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


def start_child(argument: str) -> subprocess.Popen[bytes]:
    """Start the program again with one argument, and pipes to its standard input and output.

    It sees neither the passphrase nor the password of a server.

    Raises:
        OSError.
    """
    is_packed = getattr(sys, "frozen", False)  # the executable is the program, and there is no Python
    env = {name: value for name, value in os.environ.items() if name not in SECRETS}
    if is_packed and sys.platform == "linux":  # shipping/start_hook.py hides it from other programs
        env["LD_LIBRARY_PATH"] = str(PACKAGE_PARENT)
    return subprocess.Popen(
        [sys.executable, argument] if is_packed else [sys.executable, "-m", "face_match", argument],
        bufsize=0,
        # `-m` imports from the current folder first, which may be anybody's
        cwd=None if is_packed else PACKAGE_PARENT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=_NO_WINDOW,
        start_new_session=True,  # Ctrl+C is for the program, which ends this in good order
    )
