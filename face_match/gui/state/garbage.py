"""Garbage collection beside a window: a full one holds up all threads, for 100 ms with thousands of faces.

It looks for cycles among all objects that there are. Reference counts free the others, such as records of
faces, so most objects can be left out.
"""

from __future__ import annotations

import gc

YOUNG = 1
"""The generations of objects that have been made recently."""


def leave_out_of_collections() -> None:
    """Let later collections pass over all objects that there are now; call it in the background, when many
    have been made."""
    gc.collect(YOUNG)
    gc.freeze()


def collect_all_again() -> None:
    """Let later collections look at all objects again: what was open is closed."""
    gc.unfreeze()
