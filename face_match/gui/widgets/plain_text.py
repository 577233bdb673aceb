"""Names, paths and metadata shown as they are: Qt takes what looks like HTML for that, and opens files in it,
and a character that nobody sees can turn the direction of the text around a name."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from face_match.core.visible_text import escape_invisible, isolate

_ISOLATED = re.compile("(\u2068[^\u2068\u2069]*\u2069)")
"""What `isolate` makes."""


class PlainLabel(QLabel):
    """A label that shows tags, and what cannot be seen, as text."""

    def __init__(self, text: str = "") -> None:
        super().__init__(shown(text))
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        super().setText(shown(text))


def shown(text: str) -> str:
    """Text in which what cannot be seen is written out, and turns nothing around; lines stay lines."""
    parts = _ISOLATED.split(text)
    parts[::2] = [escape_invisible(part, but="\n\t") for part in parts[::2]]
    parts[1::2] = [isolate(part[1:-1]) for part in parts[1::2]]
    return "".join(parts)


def plain(text: str) -> str:
    """The same as `shown` where no format can be set: for tool tips and questions."""
    text = shown(text)
    return f"<qt>{html.escape(text)}</qt>" if "<" in text or "&" in text else text


def without_mnemonic(text: str) -> str:
    """The same as `shown` where “&” would mark a key: on buttons, in menus, and in labels of fields."""
    return shown(text).replace("&", "&&")
