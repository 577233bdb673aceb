"""The rows of the table that `python -m benchmarks` prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.timing import Timing, milliseconds


@dataclass
class Row:
    """One job, or one size.

    Attributes:
        target: what we mean to reach.
        values: by who; the first is ours.
        unit: "s" or "MB", of which less is better; "%" or "photos/s", of which more is.
    """

    job: str
    target: float | None
    values: Mapping[str, Timing]
    unit: str = "s"

    def __str__(self) -> str:
        (_, ours), *others = self.values.items()
        told = [f"{name} {self._written(other)}: ×{self._times(ours, other):.1f}" for name, other in others]
        return f"| {self.job} | {self._goal(ours)} | {self._written(ours)} | {'; '.join(told)} |"

    @property
    def _more_is_better(self) -> bool:
        return self.unit in ("%", "photos/s")

    def _goal(self, ours: Timing) -> str:
        if self.target is None:
            return ""
        is_missed = ours.median < self.target if self._more_is_better else ours.median > self.target
        told = f"{1000 * self.target:g} ms" if self.unit == "s" else f"{self.target:g} {self.unit}"
        return told + (" (missed)" if is_missed else "")

    def _written(self, value: Timing) -> str:
        if self.unit == "s":
            return milliseconds(value)
        return f"{value.median:.4g} {self.unit}"

    def _times(self, ours: Timing, other: Timing) -> float:
        return ours.median / other.median if self._more_is_better else other.median / ours.median
