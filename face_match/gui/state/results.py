"""What the session gives the window to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from face_match.core.matches import Match
from face_match.core.records import Person
from face_match.core.types import EmbeddedFace, Photo


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
    """Matches for a face, best first, how long the search took, and whose face it is."""

    face: EmbeddedFace
    matches: list[Match]
    seconds: float
    owner: Person | None

    def is_of(self, person: Person) -> bool:
        """Whether the face is a person's."""
        return self.owner is not None and self.owner.folder == person.folder
