"""Boxes and faces of a photo under another EXIF orientation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from face_match.core.types import Box, EmbeddedFace, Face, Landmarks, Photo

SIDEWAYS_ORIENTATIONS = (5, 6, 7, 8)
"""Orientations that swap rows and columns."""

TURNED_ORIENTATIONS, MIRRORED_ORIENTATIONS = (1, 3, 6, 8), (2, 4, 5, 7)
"""Orientations of a photo that was turned, and of one that was mirrored as well."""

UPRIGHT_ORIENTATIONS = (1, 2, 3, 4)
"""Orientations that keep rows and columns."""

_QUARTER_TURNS = ((1, 6, 3, 8), (2, 7, 4, 5))
"""Orientations, each a quarter turn to the right from the one before: as photographed, and mirrored."""

_INVERSE = {6: 8, 8: 6}
"""Inverse orientations; the others are their own inverse."""


def turned_right(orientation: int, quarters: int) -> int:
    """The orientation of a photo after some quarter turns to the right, or with a negative number to the
    left."""
    turns = next(turns for turns in _QUARTER_TURNS if orientation in turns)
    return turns[(turns.index(orientation) + quarters) % len(turns)]


def inverse(orientation: int) -> int:
    """The orientation that undoes another one."""
    return _INVERSE.get(orientation, orientation)


def mirrored(orientation: int) -> int:
    """The orientation of a photo of which left and right are then exchanged."""
    return {1: 2, 2: 1, 3: 4, 4: 3, 5: 6, 6: 5, 7: 8, 8: 7}[orientation]


def reoriented_size(width: int, height: int, before: int, after: int) -> tuple[int, int]:
    """The size under orientation `after` of a photo that has this size under orientation `before`."""
    is_as_wide = (before in SIDEWAYS_ORIENTATIONS) == (after in SIDEWAYS_ORIENTATIONS)
    return (width, height) if is_as_wide else (height, width)


def reorient_box(box: Box, width: float, height: float, before: int, after: int) -> Box:
    """A box of a photo that is upright under orientation `before`, under orientation `after`.

    Args:
        width, height: of the photo that is upright under `after`, in pixels.
        before, after: EXIF orientations, 1..8.
    """
    if before == after:
        return box
    is_as_wide = (before in SIDEWAYS_ORIENTATIONS) == (after in SIDEWAYS_ORIENTATIONS)
    upright = (width, height) if is_as_wide else (height, width)
    stored, size = _reoriented(box, *upright, inverse(before))
    return _reoriented(stored, *size, after)[0]


def reorient_face(face: Face, width: float, height: float, before: int, after: int) -> Face:
    """A face and its landmarks under another orientation; see `reorient_box`."""
    points = (reorient_box(Box(x, y, 0, 0), width, height, before, after) for x, y in face.landmarks)
    landmarks = Landmarks.of([(point.x, point.y) for point in points])
    return Face(reorient_box(face.box, width, height, before, after), landmarks, face.confidence)


def reorient_faces(faces: Sequence[EmbeddedFace], before: Photo, after: Photo) -> list[EmbeddedFace]:
    """The faces of a photo in pixels of the photo when it is turned."""
    size, turn = (after.width, after.height), (before.orientation, after.orientation)
    return [replace(face, face=reorient_face(face.face, *size, *turn)) for face in faces]


def _reoriented(box: Box, width: float, height: float, orientation: int) -> tuple[Box, tuple[float, float]]:
    """A box of an image and the image's size, after an orientation is applied to the image."""
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
