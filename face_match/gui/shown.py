"""What the session gives the window to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from face_match.types import EmbeddedFace, FaceRecord, Match, Photo


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


class Found(NamedTuple):
    """The faces of a photo: those that were detected, then those that were drawn or are known."""

    faces: list[EmbeddedFace]
    detected_count: int


class Ranking(NamedTuple):
    """Matches for a face, best first, how long the search took, and the face's record, if it has one."""

    face: EmbeddedFace
    matches: list[Match]
    seconds: float
    record: FaceRecord | None
