"""What a run of the tests says of those that it skipped."""

from __future__ import annotations

from collections.abc import Mapping


def skipped_line(reasons: Mapping[str, int]) -> str:
    """One line: how many tests were skipped for which reason, the most frequent first."""
    if not reasons:
        return "Nothing was skipped."
    by_count = sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    return f"Skipped {sum(reasons.values())}: " + "; ".join(f"{count} × {why}" for why, count in by_count)
