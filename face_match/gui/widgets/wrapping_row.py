"""Widgets side by side that take several lines where one is too narrow for them, as with large text."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from face_match.gui import theme

NO_LIMIT_PX = 16_777_215
"""QWIDGETSIZE_MAX."""


class _Part(NamedTuple):
    item: QLayoutItem
    is_wide: bool  # takes the room that is left in its line
    least_px: int  # as a wide one has before the row is broken


class WrappingRow(QLayout):
    """A row that Qt's layouts do not have: they cut its widgets off.

    It is as high as the lines that it needs at its present width. A height for each width would be exact at
    once, but a page that scrolls would then take the height that it wants instead of the room there is.
    """

    def __init__(self, spacing: int = theme.GRID_PX, *, is_centred: bool = False) -> None:
        super().__init__()
        self._parts: list[_Part] = []
        self._is_centred = is_centred
        self._width_px = NO_LIMIT_PX  # Qt forgets the geometry at each change
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def add(self, widget: QWidget, *, is_wide: bool = False, least_px: int = 0) -> None:
        """Add a widget at the end; a wide one takes the room that is left in its line."""
        self.addWidget(widget)
        self._parts[-1] = self._parts[-1]._replace(is_wide=is_wide, least_px=least_px)

    # What Qt asks a layout for

    def addItem(self, item: QLayoutItem) -> None:
        self._parts.append(_Part(item, is_wide=False, least_px=0))

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._parts[index].item if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._parts.pop(index).item if 0 <= index < len(self._parts) else None

    def expandingDirections(self) -> Qt.Orientation:
        has_wide = any(part.is_wide for part in self._parts)
        return Qt.Orientation.Horizontal if has_wide else Qt.Orientation(0)

    def sizeHint(self) -> QSize:
        line = self._shown()
        width = sum(map(_width, line)) + self.spacing() * max(0, len(line) - 1)
        return QSize(width, self._height())

    def minimumSize(self) -> QSize:
        widths = [part.item.minimumSize().width() for part in self._shown()]
        return QSize(max(widths, default=0), self._height())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        before, self._width_px = self._height(), rect.width()
        if self._height() != before:
            self.update()
        top = rect.top()
        for line in self._lines(rect.width()):
            height = _height(line)
            self._put(line, QRect(rect.left(), top, rect.width(), height))
            top += height + self.spacing()

    # Lines

    def _height(self) -> int:
        """The height at the present width."""
        lines = self._lines(self._width_px)
        return sum(map(_height, lines)) + self.spacing() * max(0, len(lines) - 1)

    def _shown(self) -> list[_Part]:
        return [part for part in self._parts if not part.item.isEmpty()]

    def _lines(self, width: int) -> list[list[_Part]]:
        """The parts that are shown, in as many lines as they need."""
        lines: list[list[_Part]] = []
        used = 0
        for part in self._shown():
            wanted = _width(part)
            if lines and used + self.spacing() + wanted <= width:
                lines[-1].append(part)
                used += self.spacing() + wanted
            else:
                lines.append([part])
                used = wanted
        return lines

    def _put(self, line: list[_Part], place: QRect) -> None:
        """Put the parts of a line into their place."""
        wide = sum(part.is_wide for part in line)
        room = place.width() - sum(map(_width, line)) - self.spacing() * (len(line) - 1)
        left = place.left() + (max(0, room) // 2 if self._is_centred and not wide else 0)
        for part in line:
            width = min(_width(part) + (room // wide if part.is_wide and room > 0 else 0), place.width())
            height = min(place.height(), part.item.maximumSize().height())
            there = QRect(left, place.top() + (place.height() - height) // 2, width, height)
            part.item.setGeometry(there)
            left += width + self.spacing()


def _width(part: _Part) -> int:
    least = part.item.minimumSize().width()
    return max(least, part.least_px if part.is_wide else part.item.sizeHint().width())


def _height(line: list[_Part]) -> int:
    return max((part.item.sizeHint().height() for part in line), default=0)
