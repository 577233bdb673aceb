"""Names, paths and metadata as plain text.

Qt renders text that looks like HTML, including files that it links to. Invisible characters can reverse the
direction of the text around them.
"""

from __future__ import annotations

import html
import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from face_match.core.visible_text import escape_invisible, isolate

_ISOLATED = re.compile("(\u2068[^\u2068\u2069]*\u2069)")
"""A name that `isolate` has marked."""


class PlainLabel(QLabel):
    """A label that shows markup and invisible characters as text."""

    def __init__(self, text: str = "", object_name: str = "", accessible_name: str = "") -> None:
        super().__init__(shown(text))
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        super().setText(shown(text))


def shown(text: str) -> str:
    """Text with invisible characters written out, except line breaks, tabs and the marks of `isolate`."""
    parts = _ISOLATED.split(text)
    parts[::2] = [escape_invisible(part, but="\n\t") for part in parts[::2]]
    parts[1::2] = [isolate(part[1:-1]) for part in parts[1::2]]
    return "".join(parts)


def kept_together(text: str) -> str:
    """Text to be wrapped, in which "%" and "…" stay in the line of the word before them."""
    return text.replace(" %", "\u00a0%").replace(" …", "\u00a0…")


def plain(text: str) -> str:
    """`shown` for tooltips and message boxes, whose text format cannot be set."""
    text = shown(text)
    return f"<qt>{html.escape(text)}</qt>" if "<" in text or "&" in text else text


def without_mnemonic(text: str) -> str:
    """`shown` for buttons, menus and field labels, where “&” marks a key."""
    return shown(text).replace("&", "&&")
