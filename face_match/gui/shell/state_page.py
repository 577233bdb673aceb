"""A page about the state of the gallery: an icon, a sentence, what it means, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from face_match.gui import theme
from face_match.gui.widgets.icon_label import IconLabel
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
        self.column = QVBoxLayout(middle)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.MARGIN_PX)
        self.column.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(self.title)
        self.column.addWidget(self.text)
        held = QWidget()
        across = QHBoxLayout(held)
        across.setContentsMargins(*[theme.WIDE_MARGIN_PX] * 4)
        across.addStretch(1)
        across.addWidget(middle, 100)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(PageArea(held))
        across.setAlignment(middle, Qt.AlignmentFlag.AlignVCenter)


def centred_text(size: float = 1.0, *, bold: bool = False, faint: bool = False) -> PlainLabel:
    """A text in the middle of its column, which wraps."""
    label = PlainLabel()
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    theme.set_type(label, size, bold=bold, faint=faint)
    return label


def keep_place(widget: QWidget) -> None:
    """Keep the place of a widget while it is hidden, so that nothing moves."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
