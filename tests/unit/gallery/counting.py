"""How much work something is, in calls: seconds differ from one computer to the next."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

MOST_GROWTH = 2.5
"""Of the work, where there is twice as much to do."""


def calls_made(action: Callable[[], object]) -> int:
    """How many functions are called, those of the interpreter too."""
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
