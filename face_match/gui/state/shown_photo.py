"""A decoded photo with its images for the screen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from face_match.core.types import Photo
from face_match.gui.images import PREVIEW_PX, image_of, preview_of


@dataclass(frozen=True, eq=False)
class ShownPhoto:
    """A photo, its image, and a smaller preview of that."""

    photo: Photo
    image: QImage
    preview: QImage

    @classmethod
    def of(cls, photo: Photo) -> ShownPhoto:
        """A photo with its images; slow for a large one."""
        image = image_of(photo.pixels)
        return cls(photo, image, preview_of(image, PREVIEW_PX))

    @property
    def size(self) -> QSize:
        """Of the photo itself; the image may be smaller."""
        return QSize(self.photo.width, self.photo.height)
