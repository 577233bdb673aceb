"""The tables of docs/performance.md and docs/accuracy.md, from the last results of benchmarks.

    python -m benchmarks.quote      writes those of results.json, soak.json and accuracy.json into the pages

tests/unit/test_documentation.py holds the pages to the files.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import accuracy_tables, soak
from benchmarks.table import HEAD, Row

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results.json"
SOAK = ROOT / "benchmarks" / "soak.json"
PERFORMANCE, ACCURACY = ROOT / "docs" / "performance.md", ROOT / "docs" / "accuracy.md"
PAGES = (PERFORMANCE, ACCURACY)
BEGIN, END = "<!-- figures: benchmarks/{name} -->", "<!-- end of figures -->"
"""What stands before and after the table of a file in the page."""


def main() -> None:
    """Put the tables into the pages."""
    for page in PAGES:
        page.write_text(quoting(page), "utf-8")


def quoting(path: Path) -> str:
    """A page with the tables of the results."""
    if path == PERFORMANCE:
        tables = {RESULTS.name: table(), SOAK.name: table_of_soak()}
    else:
        of_file = accuracy_tables.FILE.name
        tables = {f"{of_file}, {name}": accuracy_tables.markdown(name) for name in accuracy_tables.NAMES}
    page = path.read_text("utf-8")
    for name, text in tables.items():
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
