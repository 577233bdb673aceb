"""Runs in the packed program before anything else: other programs that it starts find their own libraries.

PyInstaller's bootloader points LD_LIBRARY_PATH at the packed libraries. The system's loader has read it;
a file manager or a browser that inherits it would load ours instead of its own.
"""

import os
import sys

if sys.platform == "linux":
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
