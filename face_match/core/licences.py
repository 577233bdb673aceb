"""The licences of what the program is made of, as `python -m shipping.licences` lists them."""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "licences.txt"


def licences_text() -> str:
    """The list, one work a line; in the program as one file the texts of the licences follow."""
    return FILE.read_text("utf-8")
