"""The rows of the table that `python -m benchmarks` prints and writes, and docs/performance.md quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.timing import Timing, milliseconds

HEAD = "| job | Face Match | others |\n|---|---|---|"
"""Of the table that `Row.quoted` makes the rows of."""

PARTS_OF_OURS = ("encoding its crop alone",)
"""Values that time one part of our own job: nothing is better or worse than its part."""


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

    def document(self) -> dict[str, Any]:
        """The row as JSON: each value with its median, lowest and highest."""
        values = {name: value._asdict() for name, value in self.values.items()}
        return {"job": self.job, "unit": self.unit, "target": self.target, "values": values}

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Row:
        """The row of `document`; a value may have a median alone."""
        values = {}
        for name, value in document["values"].items():
            median = value["median"]
            values[name] = Timing(median, value.get("lowest", median), value.get("highest", median))
        return cls(document["job"], document["target"], values, document["unit"])

    def quoted(self) -> str:
        """The row as documents show it: medians, and how many times better ours is."""
        (_, ours), *others = self.values.items()
        told = (
            f"{name} {self._short(other)}"
            + ("" if name in PARTS_OF_OURS else f", ×{_two_digits(self._times(ours, other))}")
            for name, other in others
        )
        return f"| {self.job} | {self._short(ours)} | {'; '.join(told)} |"

    def _short(self, value: Timing) -> str:
        if self.unit != "s":
            return f"{_three_digits(value.median)} {self.unit}"
        if value.median < 1:
            return f"{_three_digits(1000 * value.median)} ms"
        return f"{_three_digits(value.median)} s"

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


def _three_digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _two_digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
