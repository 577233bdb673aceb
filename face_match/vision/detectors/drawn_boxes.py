"""Boxes that a user draws around a face which the detector missed.

O-Net, the last network of MTCNN, finds the landmarks in such a box. It knows upright faces that fill their
box, so it is given several views of the box: turned, and in three sizes. The constants were measured with
`python -m benchmarks.drawn`.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from face_match.core.errors import BoxUnusableError
from face_match.core.types import MIN_BOX_PX, Box, Photo, Pixels

Floats = npt.NDArray[np.float32]

O_NET_PX = 48
"""Side of O-Net's input."""

VIEW_SCALES = (0.8, 1.0, 1.25)
"""Sides of the squares given to O-Net, in longer sides of the drawn box. With one square the landmarks are
off where the box is too large. More squares, or shifted ones, are no better."""

VIEW_DEGREES = (0, 45, -45, 90, -90, 135, -135, 180)
"""Rotations of the photo, the most likely first."""

VIEW_MARGIN = 1.0
"""Part of the photo around the box that a view shows, in longer sides of the box, on each side."""

AVERAGE_LANDMARKS = ((0.274, 0.372), (0.726, 0.372), (0.5, 0.579), (0.294, 0.747), (0.706, 0.747))
"""Landmarks as parts of a box's width and height: medians over labelled photos, made symmetric."""


def clip_drawn_box(photo: Photo, box: Box) -> Box:
    """The part of a drawn box inside the photo, in pixels of the photo.

    Raises:
        BoxUnusableError: that part is too small for a face.
    """
    visible_part = box.clipped_to(photo.width, photo.height)
    if min(visible_part.width, visible_part.height) < MIN_BOX_PX:
        raise BoxUnusableError(photo.name, box, visible_part)
    return visible_part


class View(NamedTuple):
    """The surroundings of a drawn box, scaled down and rotated.

    Attributes:
        pixels: uint8 RGB, black beyond the photo.
        squares: O-Net's inputs around the middle of the view, float32, shape (n, 4): left, top, right,
            bottom.
        start: the photo's point at the view's first pixel, as x + iy.
        step: from there to the photo's point at the next pixel to the right, as x + iy.
    """

    pixels: Pixels
    squares: Floats
    start: complex
    step: complex

    def points_in_photo(self, points: Floats) -> list[tuple[float, float]]:
        """Points of the view, shape (n, 2), in pixels of the photo."""
        return [(point.real, point.imag) for point in (self.start + self.step * (points @ (1, 1j))).tolist()]

    def box_in_photo(self, box: Box) -> Box:
        """The upright box, in pixels of the photo, around the ellipse in a box of the view."""
        middle = self.start + self.step * complex(box.x + box.width / 2, box.y + box.height / 2)
        width = math.hypot(self.step.real * box.width, self.step.imag * box.height)
        height = math.hypot(self.step.imag * box.width, self.step.real * box.height)
        return Box(middle.real - width / 2, middle.imag - height / 2, width, height)


def views_of(pixels: Pixels, box: Box) -> Iterator[View]:
    """Views of a drawn box, one for each of `VIEW_DEGREES`.

    Args:
        pixels: uint8 RGB, shape (height, width, 3).
        box: in pixels of the image.
    """
    height, width = pixels.shape[:2]
    reach = (0.5 + VIEW_MARGIN) * math.sqrt(2) * box.longer_side  # of a square in any direction
    middle = complex(box.x + box.width / 2, box.y + box.height / 2)
    left, top = max(0, math.floor(middle.real - reach)), max(0, math.floor(middle.imag - reach))
    right, bottom = min(width, math.ceil(middle.real + reach)), min(height, math.ceil(middle.imag + reach))
    surroundings = Image.fromarray(np.ascontiguousarray(pixels[top:bottom, left:right]))
    times = max(1, int(box.longer_side) // (2 * O_NET_PX))
    surroundings = surroundings.reduce(times)
    corner, middle = complex(left, top), (middle - complex(left, top)) / times
    side = box.longer_side / times
    size = math.ceil((1 + 2 * VIEW_MARGIN) * side)
    for degrees in VIEW_DEGREES:
        turn = cmath.rect(1.0, math.radians(degrees))
        start = middle - turn * size / 2 * (1 + 1j)
        if not degrees:
            start = complex(round(start.real), round(start.imag))  # so that no pixel is interpolated
        to_photo = (turn.real, -turn.imag, start.real, turn.imag, turn.real, start.imag)
        view = surroundings.transform(
            (size, size), Image.Transform.AFFINE, to_photo, Image.Resampling.BILINEAR
        )
        centre = (middle - start) / turn
        squares = [
            (centre.real - half, centre.imag - half, centre.real + half, centre.imag + half)
            for half in (scale * side / 2 for scale in VIEW_SCALES)
        ]
        yield View(np.asarray(view), np.array(squares, np.float32), corner + times * start, times * turn)
