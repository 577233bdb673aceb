"""Pixels to Qt images and back. Images may be made on any thread, pixmaps on the GUI thread only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from face_match.core.types import Box, Crop, Landmarks, Photo, Pixels

PREVIEW_PX = 2048
"""The longer side of the copy of a photo that is drawn until the user zooms in."""

SIDE_BY_SIDE_PX = 192
SIDE_BY_SIDE = ((66.0, 78.0), (126.0, 78.0), (96.0, 112.0), (70.0, 140.0), (122.0, 140.0))
"""Where the five landmarks are put, in pixels, as in an average face, with room for hair and chin."""


def image_of(pixels: Pixels) -> QImage:
    """A QImage with a copy of uint8 RGB pixels of shape (height, width, 3)."""
    height, width = pixels.shape[:2]
    rows = np.ascontiguousarray(pixels)
    return QImage(rows.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def pixels_of(image: QImage) -> Pixels:
    """The uint8 RGB pixels of an image, shape (height, width, 3), with transparency over white."""
    flat = QImage(image.size(), QImage.Format.Format_RGB888)
    flat.fill(Qt.GlobalColor.white)
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    rows = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), flat.bytesPerLine())
    pixels: Pixels = rows[:, : 3 * flat.width()].reshape(flat.height(), flat.width(), 3).copy()
    return pixels


def preview_of(image: QImage, longest_px: int) -> QImage:
    """The image, scaled down if its longer side is over a limit in pixels."""
    if max(image.width(), image.height()) <= longest_px:
        return image
    return image.scaled(
        longest_px,
        longest_px,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def face_image(pixels: Pixels, box: Box | None) -> QImage:
    """A square around the face of a crop; without a box, the centre of the crop."""
    image = image_of(pixels)
    if box is None:
        side = min(image.width(), image.height())
        centre_x, centre_y = image.width() / 2, image.height() / 2
    else:
        side = min(round(1.3 * box.longer_side), image.width(), image.height())
        centre_x, centre_y = box.x + box.width / 2, box.y + box.height / 2
    left = round(min(max(0, centre_x - side / 2), image.width() - side))
    top = round(min(max(0, centre_y - side / 2), image.height() - side))
    return image.copy(QRect(left, top, max(1, side), max(1, side)))


def aligned_image(pixels: Pixels, box: Box, landmarks: Landmarks) -> QImage:
    """The face of a crop, aligned to `SIDE_BY_SIDE`, so that two faces can be compared."""
    from face_match.vision.alignment import align_face  # slow to import, and rarely needed

    return image_of(align_face(Crop(pixels, box, landmarks), SIDE_BY_SIDE, SIDE_BY_SIDE_PX))


def scaled_pixmap(image: QImage, side_px: int, ratio: float) -> QPixmap:
    """A pixmap of at most side_px by side_px, for a screen with a device pixel ratio."""
    side = round(side_px * ratio)
    pixmap = QPixmap.fromImage(
        image.scaled(
            side,
            side,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    )
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


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
        """The size of the photo; the image may be smaller."""
        return QSize(self.photo.width, self.photo.height)
