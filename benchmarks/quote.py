"""The table of docs/performance.md, from the last results of `python -m benchmarks`.

    python -m benchmarks.quote      writes the table of benchmarks/results.json into the page

tests/unit/test_documentation.py holds the page to the file.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.table import HEAD, Row

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results.json"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: benchmarks/results.json -->", "<!-- end of figures -->"
"""What stands before and after the table in the page."""


def main() -> None:
    """Put the table into the page."""
    PAGE.write_text(quoting(PAGE.read_text("utf-8")), "utf-8")


def quoting(page: str) -> str:
    """The page with the table of the results."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def table() -> str:
    """The results as a table, with the machine below it."""
    results = json.loads(RESULTS.read_text("utf-8"))
    rows = [Row.of(document).quoted() for document in results["rows"]]
    return "\n".join([HEAD, *rows, "", f"{results['source']}, {results['made']}. {results['machine']}."])


if __name__ == "__main__":
    main()
