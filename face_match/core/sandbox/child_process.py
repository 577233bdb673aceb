"""Processes that help the program, the same from a checkout, installed, or packed as one file."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys

from face_match.core.installation import PACKAGE_PARENT
from face_match.core.settings import SECRETS

PIPE_BYTES = 1 << 20
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


def start_child(argument: str) -> subprocess.Popen[bytes]:
    """Start the program again with one argument, and pipes to its standard input and output.

    It sees neither the passphrase nor the password of a server.

    Raises:
        OSError.
    """
    is_packed = getattr(sys, "frozen", False)  # the executable is the program, and there is no Python
    env = {name: value for name, value in os.environ.items() if name not in SECRETS}
    env["OPENBLAS_NUM_THREADS"] = "1"  # of numpy: limits are for threads that start after they are set
    if is_packed and sys.platform == "linux":  # shipping/start_hook.py hides it from other programs
        env["LD_LIBRARY_PATH"] = str(PACKAGE_PARENT)
    process = subprocess.Popen(
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
    _enlarge(process)
    return process


def _enlarge(process: subprocess.Popen[bytes]) -> None:
    """Make the pipes large where Linux lets them be: a photo goes through them in fewer turns."""
    if sys.platform == "linux":
        import fcntl

        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):  # beyond what a user may have
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
