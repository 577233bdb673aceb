"""How much of the tests is run: all of it, or what takes minutes; and what is said of the rest."""

from __future__ import annotations

import os
from collections.abc import Mapping

ALL = "FACE_MATCH_TEST_ALL"
"""In the environment of a run with `--all`, and of the processes that it starts."""


JOBS = "FACE_MATCH_TEST_JOBS"
"""In the environment of tests that run side by side: how many processes do."""


def is_all() -> bool:
    return ALL in os.environ


def only_with_all(what: str) -> str:
    """The reason why something is skipped in other runs."""
    return f"{what} (with --all)"


def is_shared() -> bool:
    """Whether other tests run at the same time, on cores that this process has not to itself."""
    return int(os.environ.get(JOBS, "1")) > 1


def examples(count: int) -> int:
    """How many examples a slow property is tried with: an eighth of those with `--all`."""
    return count if is_all() else count // 8


def skipped_line(reasons: Mapping[str, int]) -> str:
    """One line: how many tests were skipped for which reason, the most frequent first."""
    if not reasons:
        return "Nothing was skipped."
    by_count = sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    return f"Skipped {sum(reasons.values())}: " + "; ".join(f"{count} × {why}" for why, count in by_count)
