"""What the session gives the window to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from face_match.types import EmbeddedFace, Match, Photo


@dataclass(frozen=True, eq=False)
class ShownPhoto:
    """A photo with its pictures for the screen."""

    photo: Photo
    image: QImage
    preview: QImage

    @property
    def size(self) -> QSize:
        """Of the photo itself; the image may be smaller."""
        return QSize(self.photo.width, self.photo.height)


class Ranking(NamedTuple):
    """Matches for a face, best first, and how long the search took."""

    face: EmbeddedFace
    matches: list[Match]
    seconds: float
