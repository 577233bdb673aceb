"""Keeps PySide from reading the source of every module that is imported after it."""

from __future__ import annotations

import sys

CHECK = "_mod_uses_pyside"
"""The function of PySide that looks for its name in the source of a module."""


def switch_off_feature_check() -> None:
    """Tell PySide, once it is imported, that no module uses its `from __feature__ import …`; none here does.

    The check makes `linecache` keep the source of each module for good: 10 MB when the window is shown and
    26 MB later, and takes a sixth of the time until it is shown. PySide has no option for it. Nothing is
    changed in a version that does not check.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, CHECK):
        vars(feature)[CHECK] = lambda module: False
