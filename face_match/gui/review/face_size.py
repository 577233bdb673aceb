"""The size of the faces of the review: as many columns as the slider says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from face_match.gui.review.faces_grid import CROP_PX, FacesGrid
from face_match.gui.translation import tr
from face_match.gui.widgets.filled_grid import PAD_PX
from face_match.gui.widgets.size_slider import SizeSlider

SMALLEST_PX, LARGEST_PX, LARGEST_SHARE = 128, 300, 0.4
"""Sizes of faces: the largest is a share of the width where that is more."""
USUAL_SHARE = 0.15
"""A larger window shows larger faces, until their size is chosen."""


class FaceSize(QObject):
    """The slider is `slider`. The grid's pictures fill its width, so each position of the slider is a number
    of columns, and the slider has as many positions as the width has room for.

    Signals: `chosen` has the side of a face in pixels.
    """

    chosen = Signal(int)

    def __init__(self, grid: FacesGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._chosen_px = 0
        self._most_columns = 1
        self.bar = SizeSlider(
            "faceSizeSlider",
            tr("Size of the faces"),
            tr("Size of the faces (Ctrl++, Ctrl+−; Ctrl + mouse wheel)"),
            icon="user-round",
        )
        self.slider = self.bar.slider
        self.slider.setPageStep(1)
        self.slider.valueChanged.connect(self._on_moved)
        grid.resized.connect(self._fit)
        grid.zoomed.connect(self.change)
        self._fit()

    def show_px(self, side_px: int) -> None:
        """Show faces of about this size, whatever the width; 0 for the usual one."""
        self._chosen_px = side_px
        self._fit()

    def key_actions(self) -> dict[str, Callable[[], object]]:
        """The actions of its keys, by name."""
        return {"larger": lambda: self.change(1), "smaller": lambda: self.change(-1)}

    def change(self, steps: int) -> None:
        """Show larger faces, or smaller ones: a step is a column."""
        self.slider.setValue(self.slider.value() + steps)

    def _fit(self) -> None:
        """Show the number of columns for the wanted size in the width that there is."""
        grid, width = self._grid, self._grid.width()
        grid.set_crop_px(self._chosen_px or max(CROP_PX, round(USUAL_SHARE * width)))
        self._most_columns = grid.columns_for(SMALLEST_PX)
        fewest = grid.columns_for(max(LARGEST_PX, round(LARGEST_SHARE * width)))
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, self._most_columns - fewest)
            self.slider.setValue(self._most_columns - grid.columns)

    def _on_moved(self, value: int) -> None:
        self._chosen_px = self._grid.room_px // (self._most_columns - value) - 2 * PAD_PX
        self._grid.set_crop_px(self._chosen_px)
        self.chosen.emit(self._chosen_px)
