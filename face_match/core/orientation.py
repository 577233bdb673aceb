"""EXIF orientations of boxes: where a place in a photo is once the photo is turned otherwise."""

from __future__ import annotations

from face_match.core.types import Box, Face, Landmarks

SIDEWAYS_ORIENTATIONS = (5, 6, 7, 8)
"""Orientations whose rows are columns."""

_INVERSE = {6: 8, 8: 6}
"""What turns back; the others turn back themselves."""


def reorient_box(box: Box, width: float, height: float, before: int, after: int) -> Box:
    """A box of a photo that was upright under one orientation, where it is under another one.

    Args:
        width, height: of the photo as it is upright `after`, in pixels.
        before, after: EXIF orientations, 1 to 8.
    """
    if before == after:
        return box
    is_as_wide = (before in SIDEWAYS_ORIENTATIONS) == (after in SIDEWAYS_ORIENTATIONS)
    upright = (width, height) if is_as_wide else (height, width)
    stored, size = _reoriented(box, *upright, _INVERSE.get(before, before))
    return _reoriented(stored, *size, after)[0]


def reorient_face(face: Face, width: float, height: float, before: int, after: int) -> Face:
    """The same for a face with its landmarks."""
    points = (reorient_box(Box(x, y, 0, 0), width, height, before, after) for x, y in face.landmarks)
    landmarks = Landmarks.of([(point.x, point.y) for point in points])
    return Face(reorient_box(face.box, width, height, before, after), landmarks, face.confidence)


def _reoriented(box: Box, width: float, height: float, orientation: int) -> tuple[Box, tuple[float, float]]:
    """A box of an image of that size, and the size, as the image is turned by an orientation."""
    x, y, w, h = box
    right, below = width - x - w, height - y - h
    found = {
        2: Box(right, y, w, h),
        3: Box(right, below, w, h),
        4: Box(x, below, w, h),
        5: Box(y, x, h, w),
        6: Box(below, x, h, w),
        7: Box(below, right, h, w),
        8: Box(y, right, h, w),
    }.get(orientation, box)
    return found, (height, width) if orientation in SIDEWAYS_ORIENTATIONS else (width, height)
