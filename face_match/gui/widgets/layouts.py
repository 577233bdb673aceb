"""Rows and columns of widgets, written as they are seen: from left to right, and from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget


@dataclass(frozen=True)
class Stretch:
    """A share of the spare room that stays empty."""

    share: int = 1


Part: TypeAlias = QWidget | QLayout
Item: TypeAlias = Part | Stretch | int | tuple[Part, int] | tuple[QWidget, Qt.AlignmentFlag]
"""A widget or layout, alone, with its share of the spare room, or with its alignment; room that stays empty;
or an additional space in pixels."""

Margins: TypeAlias = int | tuple[int, int, int, int]
"""Of all sides, or of the left, upper, right and lower one, in pixels."""

Box = TypeVar("Box", bound=QBoxLayout)


def row_of(
    *items: Item, on: QWidget | None = None, margins: Margins | None = None, spacing: int | None = None
) -> QHBoxLayout:
    """Items beside each other.

    Args:
        on: the widget that they fill; None for a part of another layout.
        margins, spacing: None for those of the style.
    """
    return _filled(QHBoxLayout(on) if on is not None else QHBoxLayout(), items, margins, spacing)


def column_of(
    *items: Item, on: QWidget | None = None, margins: Margins | None = None, spacing: int | None = None
) -> QVBoxLayout:
    """Items below each other, as `row_of`."""
    return _filled(QVBoxLayout(on) if on is not None else QVBoxLayout(), items, margins, spacing)


def _filled(layout: Box, items: tuple[Item, ...], margins: Margins | None, spacing: int | None) -> Box:
    if margins is not None:
        layout.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    if spacing is not None:
        layout.setSpacing(spacing)
    for item in items:
        if isinstance(item, Stretch):
            layout.addStretch(item.share)
        elif isinstance(item, int):
            layout.addSpacing(item)
        else:
            part, how = item if isinstance(item, tuple) else (item, 0)
            if isinstance(part, QLayout):
                layout.addLayout(part, int(how))
            elif isinstance(how, Qt.AlignmentFlag):
                layout.addWidget(part, 0, how)
            else:
                layout.addWidget(part, how)
    return layout
