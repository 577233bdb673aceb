"""The current folder, which may be anybody's: that of downloaded photos, for example."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from face_match.core.installation import PACKAGE_PARENT


@contextlib.contextmanager
def away_from_current_folder() -> Iterator[None]:
    """Import or make what looks for files of its own in the current folder, which it obeys or unpickles.

    matplotlib reads `matplotlibrc`, which can start programs, and mtcnn `pnet.lz4`, a pickle. No other thread
    may use relative paths meanwhile.
    """
    try:
        before = os.getcwd()  # noqa: PTH109
    except FileNotFoundError:  # it has gone: nothing can be found in it
        yield
        return
    os.chdir(PACKAGE_PARENT)
    try:
        yield
    finally:
        os.chdir(before)
