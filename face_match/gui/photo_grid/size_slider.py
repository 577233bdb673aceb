"""The slider for the size of the photos of a grid."""

from __future__ import annotations

from face_match.gui.photo_grid.grid import MAX_PX, MIN_PX, STEP_PX, PhotoGrid
from face_match.gui.translation import tr
from face_match.gui.widgets.size_slider import SizeSlider


def size_slider(grid: PhotoGrid) -> SizeSlider:
    """A slider for the size of the photos of a grid."""
    made = SizeSlider(
        "photoSizeSlider",
        tr("Size of the photos"),
        tr("Size of the photos (Ctrl + mouse wheel, + and −)"),
        icon="image",
    )
    slider = made.slider
    slider.setRange(MIN_PX, MAX_PX)
    slider.setSingleStep(STEP_PX)
    slider.setPageStep(2 * STEP_PX)
    slider.setValue(grid.photo_px)
    slider.valueChanged.connect(grid.set_photo_px)
    grid.size_changed.connect(slider.setValue)
    return made
