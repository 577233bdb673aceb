"""The tables of docs/accuracy.md that benchmarks write with `--quote`.

accuracy.json has each as it was measured last; `python -m benchmarks.quote` puts them into the page.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

FILE = Path(__file__).with_name("accuracy.json")
NAMES = ("open_set", "open_set_half", "scores", "rates", "groups", "probability", "clusters", "clusters_half")
HELP = "write the tables of docs/accuracy.md into benchmarks/accuracy.json, too"


def save(name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Replace one table of the file."""
    tables = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    tables[name] = {"head": [*head], "rows": [[*row] for row in rows]}
    lines = (f"{json.dumps(one)}: {_written(tables[one])}" for one in NAMES if one in tables)
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _written(table: dict[str, list[str]]) -> str:
    """A line for each row, so that a change of it is seen."""
    rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in table["rows"])
    return f'{{"head": {json.dumps(table["head"], ensure_ascii=False)}, "rows": [\n  {rows}]}}'


def read(name: str) -> tuple[list[str], list[list[str]]]:
    """The head and the rows of a table."""
    table = json.loads(FILE.read_text("utf-8"))[name]
    return table["head"], table["rows"]


def markdown(name: str) -> str:
    """A table, as the page shows it."""
    head, rows = read(name)
    first, *others = ("| " + " | ".join(line) + " |" for line in (head, *rows))
    return "\n".join([first, "|" + "---|" * len(head), *others])


def percent(share: float, digits: int = 2) -> str:
    """ "0.98 %"."""
    return f"{100 * share:.{digits}f} %"


def percent_with_interval(share: float, low: float, high: float, digits: int = 2) -> str:
    """ "0.98 % (0.3–2.2)"; a share of 1 with an interval of nothing is "100 %"."""
    if low == high == 1.0:
        return "100 %"
    return f"{percent(share, digits)} ({100 * low:.1f}–{100 * high:.1f})"
