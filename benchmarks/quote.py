"""The tables of docs/performance.md, from the last results of `python -m benchmarks` and `benchmarks.soak`.

    python -m benchmarks.quote      writes the tables of benchmarks/results.json and soak.json into the page

tests/unit/test_documentation.py holds the page to the files.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import soak
from benchmarks.table import HEAD, Row

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results.json"
SOAK = ROOT / "benchmarks" / "soak.json"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: benchmarks/{name} -->", "<!-- end of figures -->"
"""What stands before and after the table of a file in the page."""


def main() -> None:
    """Put the tables into the page."""
    PAGE.write_text(quoting(PAGE.read_text("utf-8")), "utf-8")


def quoting(page: str) -> str:
    """The page with the tables of the results."""
    for name, text in ((RESULTS.name, table()), (SOAK.name, table_of_soak())):
        begin = BEGIN.format(name=name)
        before, rest = page.split(begin)
        _, after = rest.split(END, 1)
        page = f"{before}{begin}\n{text}\n{END}{after}"
    return page


def table() -> str:
    """The results as a table, with the machine below it."""
    results = json.loads(RESULTS.read_text("utf-8"))
    rows = [Row.of(document).quoted() for document in results["rows"]]
    return "\n".join([HEAD, *rows, "", f"{results['source']}, {results['made']}. {results['machine']}."])


def table_of_soak() -> str:
    """The measures of one window, a row for each tenth that was done."""
    results = json.loads(SOAK.read_text("utf-8"))
    measures = [soak.Measure(**tenth) for tenth in results["tenths"]]
    return f"{soak.table(measures)}\n\n{results['source']}, {results['made']}."


if __name__ == "__main__":
    main()
