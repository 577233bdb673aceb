"""What somebody draws around a face that was not found."""

from __future__ import annotations

from face_match.core.errors import BoxUnusableError
from face_match.core.types import MIN_BOX_PX, Box, Photo


def drawn_within(photo: Photo, box: Box) -> Box:
    """The part of a box that lies in a photo.

    Raises:
        BoxUnusableError: it is too small to be a face.
    """
    seen = box.clipped_to(photo.width, photo.height)
    if min(seen.width, seen.height) < MIN_BOX_PX:
        raise BoxUnusableError(photo.name, box, seen)
    return seen
