"""Names, paths and metadata shown as typed: Qt takes what looks like HTML for that, and opens files in it."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def plain_label(text: str = "") -> QLabel:
    """A label that shows tags as text."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def plain(text: str) -> str:
    """The same where no format can be set: for tool tips and questions."""
    return f"<qt>{html.escape(text)}</qt>" if "<" in text or "&" in text else text
