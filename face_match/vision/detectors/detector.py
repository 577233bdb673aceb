"""The protocol of face detectors."""

from __future__ import annotations

from typing import Protocol

from face_match.core.types import Box, Face, Pixels


class Detector(Protocol):
    """A face detector. Safe to call from several threads.

    Attributes:
        confidence_shows_quality: whether a low confidence means a poor face, on the scale of MTCNN's
            confidence.
    """

    confidence_shows_quality: bool

    def detect(self, pixels: Pixels) -> list[Face]:
        """The faces of an upright image, largest and most confident first.

        Args:
            pixels: uint8 RGB, shape (height, width, 3).
        Returns:
            Faces in pixels of the image.
        """
        ...

    def face_in_box(self, pixels: Pixels, box: Box) -> Face:
        """The face in a box that the user drew.

        Args:
            pixels: uint8 RGB, shape (height, width, 3), upright.
            box: in pixels of the image, inside it.
        Raises:
            EngineLacksError: this detector cannot be given a box.
        """
        ...

    def smallest_face_px(self, width: int, height: int) -> float:
        """The longer side, in pixels, of the smallest faces that `detect` finds in an image of that size."""
        ...
