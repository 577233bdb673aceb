"""Plain text in a fixed number of lines, so that what stands around it never moves."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy

from face_match.gui import theme
from face_match.gui.widgets.plain_text import PlainLabel, kept_together, plain

SIZES = (1.0, 0.9, 0.8)
"""Of the type, relative to the label's: the first in which no word is broken and no text is lost."""


class LinesLabel(PlainLabel):
    """Text that wraps within a height of some lines, in smaller type where it is long; where that is not
    enough, it ends in "…" and has a tooltip."""

    def __init__(self, lines: int, text: str = "", object_name: str = "", accessible_name: str = "") -> None:
        super().__init__(text, object_name, accessible_name)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, self._lines * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(plain(text) if not self._fits(self.shown_lines()) else "")

    def shown_lines(self) -> list[str]:
        """The lines as they are shown."""
        return self._set()[0]

    def _set(self) -> tuple[list[str], QFont]:
        """The lines, and the font in which they fit best."""
        words = self.text().split()
        for size in SIZES:
            font = theme.resized(QFont(self.font()), size)
            lines = [line for paragraph in self.text().split("\n") for line in self._wrapped(paragraph, font)]
            is_broken = " ".join(lines).split() != words
            if len(lines) <= self._lines and not is_broken:
                return lines, font
        lines = [line for part in self.text().split("\n") for line in self._wrapped(part, self.font())]
        if len(lines) > self._lines:
            rest = " ".join(lines[self._lines - 1 :])
            lines = lines[: self._lines - 1]
            lines.append(self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, self.width()))
        return lines, self.font()

    def _fits(self, lines: list[str]) -> bool:
        return "…" not in "".join(lines) or "…" in self.text()

    def _wrapped(self, paragraph: str, font: QFont) -> list[str]:
        layout = QTextLayout(kept_together(paragraph), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, self.width()))
            line.setPosition(QPointF(0, 0))
            lines.append(paragraph[line.textStart() : line.textStart() + line.textLength()].strip())
        layout.endLayout()
        return lines

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        lines, font = self._set()
        painter.setFont(font)
        height = QFontMetrics(font).lineSpacing()
        top = (
            (self.height() - height * len(lines)) // 2
            if self.alignment() & Qt.AlignmentFlag.AlignVCenter
            else 0
        )
        side = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        for number, line in enumerate(lines):
            place = QRect(0, top + number * height, self.width(), height)
            painter.drawText(place, int(side) | int(Qt.AlignmentFlag.AlignVCenter), line)
        painter.end()
