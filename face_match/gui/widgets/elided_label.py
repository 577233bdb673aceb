"""A line of text that is shortened to its width."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from face_match.gui.widgets.plain_text import PlainLabel, shown

_OPEN, _CLOSE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


class ElidedLabel(PlainLabel):
    """A label that may become narrower than its text. Put the whole text into its tooltip.

    Args:
        by_words: leave out whole words where the first ones fit.
    """

    def __init__(
        self, text: str = "", object_name: str = "", accessible_name: str = "", *, by_words: bool = False
    ) -> None:
        super().__init__("", object_name, accessible_name)
        self._by_words = by_words
        self._whole = shown(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        self._whole = shown(text)
        self._draw()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        width = self.contentsRect().width()
        short = elided(self, self._whole, width)
        if self._by_words and short != self._whole:
            short = _whole_words(self, self._whole, width) or short
        QLabel.setText(self, short)


def _whole_words(label: QLabel, text: str, width: int) -> str:
    """The first words of a text that fit into a width, with an ellipsis; "" where none fits."""
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        start = " ".join(words[:count]).rstrip(" ,·")
        short = f"{start} …{_CLOSE * max(0, start.count(_OPEN) - start.count(_CLOSE))}"
        if label.fontMetrics().horizontalAdvance(short) <= width:
            return short
    return ""


def elided(label: QLabel, text: str, width: int) -> str:
    """The beginning of a text that fits into a width. Isolated names stay closed (`isolate`)."""
    short = label.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
    return short + _CLOSE * max(0, short.count(_OPEN) - short.count(_CLOSE))
