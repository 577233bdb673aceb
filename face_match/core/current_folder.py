"""The current folder, which may be anybody's: that of downloaded photos, for example."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from face_match.core.installation import PACKAGE_PARENT


def has_current_folder_gone() -> bool:
    """Whether it was deleted since the program was started in it."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


@contextlib.contextmanager
def away_from_current_folder() -> Iterator[None]:
    """Import or make what looks for files of its own in the current folder, which it obeys or unpickles.

    matplotlib reads `matplotlibrc`, which can start programs, and mtcnn `pnet.lz4`, a pickle. The folders for
    such files that they make are the user's alone, whatever the umask. No other thread may use relative paths
    meanwhile.
    """
    with contextlib.ExitStack() as afterwards:
        afterwards.callback(os.umask, os.umask(0o077))
        if not has_current_folder_gone():  # in one that has, nothing can be found
            afterwards.callback(os.chdir, Path.cwd())
            os.chdir(PACKAGE_PARENT)
        yield
