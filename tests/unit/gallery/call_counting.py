"""Measuring work in function calls, because seconds differ from computer to computer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

MOST_GROWTH = 2.5
"""The most growth of work that twice the input may cause."""


def calls_made(action: Callable[[], object]) -> int:
    """The number of function calls, built-in functions included."""
    count = 0

    def look(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count
