"""A page about the state of the gallery: an icon, a sentence, what it means, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from face_match.gui import theme
from face_match.gui.widgets.icon_label import IconLabel
from face_match.gui.widgets.layouts import Stretch, column_of, row_of
from face_match.gui.widgets.page_area import PageArea
from face_match.gui.widgets.plain_text import PlainLabel

ICON_PX = 48
WIDTH_PX = 520


class StatePage(QWidget):
    """A centred column, which scrolls where the window is too small. Subclasses add to `column`."""

    def __init__(self, object_name: str, icon: str, role: str = "accent") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.icon = IconLabel(icon, ICON_PX, role)
        self.title = centred_text(theme.TITLE, bold=True)
        self.text = centred_text(faint=True)
        middle = QWidget()
        middle.setMaximumWidth(round(theme.text_scale(self) * WIDTH_PX))
        icon_part = (self.icon, Qt.AlignmentFlag.AlignHCenter)
        self.column = column_of(
            icon_part, self.title, self.text, on=middle, margins=0, spacing=theme.MARGIN_PX
        )
        held = QWidget()
        across = row_of(Stretch(), (middle, 100), Stretch(), on=held, margins=theme.WIDE_MARGIN_PX)
        column_of(PageArea(held), on=self, margins=0)
        across.setAlignment(middle, Qt.AlignmentFlag.AlignVCenter)


def centred_text(size: float = 1.0, *, bold: bool = False, faint: bool = False) -> PlainLabel:
    """A text in the middle of its column, which wraps."""
    label = theme.set_type(PlainLabel(), size, bold=bold, faint=faint)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    return label


def keep_place(widget: QWidget) -> None:
    """Keep the place of a widget while it is hidden, so that nothing moves."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
