"""The slider for the size of the photos of a grid."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSlider

from face_match.gui.photo_grid.grid import MAX_PX, MIN_PX, STEP_PX, PhotoGrid
from face_match.gui.translation import tr

SLIDER_PX = 140


def size_slider(grid: PhotoGrid) -> QSlider:
    """A slider for the size of the photos of a grid."""
    made = QSlider(Qt.Orientation.Horizontal)
    made.setObjectName("photoSizeSlider")
    made.setAccessibleName(tr("Size of the photos"))
    made.setToolTip(tr("Size of the photos (Ctrl + mouse wheel, + and −)"))
    made.setRange(MIN_PX, MAX_PX)
    made.setSingleStep(STEP_PX)
    made.setPageStep(2 * STEP_PX)
    made.setFixedSize(QSize(SLIDER_PX, made.sizeHint().height()))
    made.setValue(grid.photo_px)
    made.valueChanged.connect(grid.set_photo_px)
    grid.size_changed.connect(made.setValue)
    return made
