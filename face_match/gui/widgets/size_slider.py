"""A slider for the size of pictures, between a small picture and a large one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider, QWidget

from face_match.gui import theme
from face_match.gui.widgets.icon_label import IconLabel
from face_match.gui.widgets.layouts import row_of

SLIDER_PX = 120
SMALL_PX, LARGE_PX = 12, 20


class SizeSlider(QWidget):
    """The slider is `slider`. The mouse moves it and leaves the focus where it is: with the pictures."""

    def __init__(self, object_name: str, name: str, tip: str, *, icon: str) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName(object_name)
        self.slider.setAccessibleName(name)
        self.slider.setToolTip(tip)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setFixedSize(SLIDER_PX, theme.WIDE_MARGIN_PX)
        row_of(
            *(IconLabel(icon, SMALL_PX, "faint"), self.slider, IconLabel(icon, LARGE_PX, "faint")),
            on=self,
            margins=(theme.MARGIN_PX, 0, 0, 0),  # apart from what stands before it
            spacing=theme.GRID_PX,
        )
