"""Alignment: from a face in a photo to the pixels that a model was trained on.

`extract_crop` takes the face with a wide margin out of the photo. The gallery stores that crop. `align_face`
or `resize_face` then makes of the crop what a model takes. Embeddings are always made from a crop, so a
stored crop gives bit for bit the embedding that its photo gave.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

from face_match.core.images.pixels import upright_view
from face_match.core.orientation import reorient_face
from face_match.core.types import Box, Crop, Face, Landmarks, Photo, Pixels, Point

CROP_MARGIN = 0.5
"""Margin on each side, in longer sides of the box: enough for every template here at any rotation."""

MAX_FACE_PX = 256
"""A larger face is scaled down in its crop: no model uses more than about 200 pixels of it."""

MAX_SUPERSAMPLING = 8
"""Limit for landmarks that are far apart. A crop has about 512 pixels at most, and no alignment needs
more."""

MIN_SCALE = 1e-6
"""Smallest scale of a similarity transform. Landmarks that need less belong to no real face."""

MAX_STRETCH = 1.2
"""Ratio of the scales across and down between a photo and a crop, at most: pixels are rounded."""

UPRIGHT_ROTATIONS = (1, 3, 6, 8)
"""EXIF orientations without a mirror."""

LANDMARK_WEIGHTS = (2.0, 2.0, 1.0, 1.0, 1.0)
"""Weights of the landmarks. Eyes count double, because nose and mouth move with pose and expression."""


def extract_crop(pixels: Pixels, face: Face) -> Crop:
    """The crop of a face: its box with a margin, cut off at the photo's edges, about 512 pixels wide at most.

    Args:
        pixels: the photo, uint8 RGB, shape (height, width, 3).
        face: in pixels of the photo.
    """
    height, width = pixels.shape[:2]
    box = face.box
    margin = CROP_MARGIN * box.longer_side
    left, top = max(0, round(box.x - margin)), max(0, round(box.y - margin))
    right = max(left + 1, min(width, round(box.x + box.width + margin)))
    bottom = max(top + 1, min(height, round(box.y + box.height + margin)))
    region = pixels[top:bottom, left:right]
    scale = min(1.0, MAX_FACE_PX / max(1.0, box.longer_side))
    if scale < 1.0:
        size = (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale)))
        image = Image.fromarray(np.ascontiguousarray(region))
        region = np.asarray(image.resize(size, Image.Resampling.BILINEAR, reducing_gap=3.0))
    x_scale, y_scale = region.shape[1] / (right - left), region.shape[0] / (bottom - top)
    return Crop(
        region.copy(),  # a view would hold the whole photo
        Box(
            (box.x - left) * x_scale,
            (box.y - top) * y_scale,
            box.width * x_scale,
            box.height * y_scale,
        ),
        Landmarks.of([((x - left) * x_scale, (y - top) * y_scale) for x, y in face.landmarks]),
    )


def rotate_upright(crop: Crop) -> Crop:
    """The crop rotated by a multiple of 90° so that the mouth is below the eyes."""
    left_eye, right_eye, _, left_mouth, right_mouth = crop.landmarks
    x = left_mouth.x + right_mouth.x - left_eye.x - right_eye.x
    y = left_mouth.y + right_mouth.y - left_eye.y - right_eye.y
    if abs(x) <= y:
        return crop
    orientation = 3 if abs(x) <= -y else 6 if x > 0 else 8
    pixels = np.ascontiguousarray(upright_view(crop.pixels, orientation))
    height, width = pixels.shape[:2]
    face = reorient_face(Face(crop.box, crop.landmarks, 1.0), width, height, 1, orientation)
    return Crop(pixels, face.box, face.landmarks)


def face_of_crop(crop: Crop, place: Box, photo: Photo, confidence: float = 0.0) -> Face | None:
    """The face that a crop was taken of, with the same landmarks, in pixels of the photo; None where the box
    in the crop is not one of that place.

    The crop may have been rotated since, by `rotate_upright`, so it is compared with the photo.

    Args:
        place: of the face, in pixels of the photo.
    """
    wanted = _thumbnail(photo.pixels, Box(*(value / photo.scale for value in place)))
    differences, faces = list[float](), list[Face]()
    for orientation in UPRIGHT_ROTATIONS:
        pixels = upright_view(crop.pixels, orientation)
        size = pixels.shape[1], pixels.shape[0]
        face = reorient_face(Face(crop.box, crop.landmarks, confidence), *size, 1, orientation)
        differences.append(float(np.abs(_thumbnail(pixels, face.box) - wanted).mean()))
        faces.append(face)
    face = faces[int(np.argmin(differences))]
    if min(face.box.width, face.box.height) < 1:
        return None
    x_scale, y_scale = place.width / face.box.width, place.height / face.box.height
    if not 1 / MAX_STRETCH <= x_scale / y_scale <= MAX_STRETCH:
        return None
    points = [
        Point(place.x + (x - face.box.x) * x_scale, place.y + (y - face.box.y) * y_scale)
        for x, y in face.landmarks
    ]
    return Face(place, Landmarks(*points), confidence)


def _thumbnail(pixels: Pixels, box: Box) -> npt.NDArray[np.float32]:
    """Part of an image, small enough to be compared: shape (8, 8, 3), 0..255."""
    height, width = pixels.shape[:2]
    left, top = min(max(0, int(box.x)), width - 1), min(max(0, int(box.y)), height - 1)
    right = min(width, max(left + 1, round(box.x + box.width)))
    bottom = min(height, max(top + 1, round(box.y + box.height)))
    image = Image.fromarray(np.ascontiguousarray(pixels[top:bottom, left:right]))
    return np.asarray(image.resize((8, 8), Image.Resampling.BOX), np.float32)


def align_face(
    crop: Crop,
    template: Sequence[Sequence[float]],
    size_px: int,
    weights: Sequence[float] = LANDMARK_WEIGHTS,
) -> Pixels:
    """The face rotated, scaled and shifted so that its landmarks match a template.

    Args:
        template: five points in pixels of the result, in the order of `Landmarks`.
        size_px: side of the result.
        weights: of the five points.
    Returns:
        uint8 RGB, shape (size_px, size_px, 3); black beyond the crop.
    """
    to_template = similarity_transform(crop.landmarks, template, weights)
    back = np.linalg.inv(np.vstack([to_template, [0, 0, 1]]))
    # Bilinear sampling skips pixels when it scales down: sample more finely, then average.
    fineness = max(1, round(min(MAX_SUPERSAMPLING, float(np.sqrt(abs(np.linalg.det(back[:2, :2])))))))
    size = (size_px * fineness, size_px * fineness)
    coefficients = (back[:2] / (fineness, fineness, 1)).ravel().tolist()
    image = Image.fromarray(crop.pixels).transform(
        size, Image.Transform.AFFINE, coefficients, Image.Resampling.BILINEAR
    )
    return np.asarray(image.reduce(fineness) if fineness > 1 else image)


def resize_face(crop: Crop, margin: float, size_px: int) -> Pixels:
    """The face's box with a margin, resized to a square without rotation.

    Args:
        margin: on each side, as a part of the box's width and height.
        size_px: side of the result.
    Returns:
        uint8 RGB, shape (size_px, size_px, 3).
    """
    height, width = crop.pixels.shape[:2]
    box = crop.box
    left, top = max(0.0, box.x - margin * box.width), max(0.0, box.y - margin * box.height)
    right = min(float(width), box.x + (1 + margin) * box.width)
    bottom = min(float(height), box.y + (1 + margin) * box.height)
    region = (left, top, max(right, left + 1), max(bottom, top + 1))
    image = Image.fromarray(crop.pixels)
    if region[2] > width or region[3] > height:  # the box is outside its crop
        region = (0.0, 0.0, float(width), float(height))
    return np.asarray(image.resize((size_px, size_px), Image.Resampling.BILINEAR, box=region))


def similarity_transform(
    points: Sequence[Sequence[float]],
    onto: Sequence[Sequence[float]],
    weights: Sequence[float],
) -> npt.NDArray[np.float64]:
    """The rotation, scale and shift that bring points nearest to others, by weighted least squares.

    With points as complex numbers it is u = a·z + b, where a is the weighted regression coefficient. It never
    mirrors (cf. Umeyama, 1991, doi:10.1109/34.88573).

    Args:
        points: shape (n, 2).
        onto: shape (n, 2).
        weights: shape (n,), not negative.
    Returns:
        The matrix, float64, shape (2, 3), that maps (x, y, 1) to (x, y).
    """
    z, u = np.asarray(points, float) @ (1, 1j), np.asarray(onto, float) @ (1, 1j)
    w = np.asarray(weights, float) / np.sum(weights)
    z_mean, u_mean = w @ z, w @ u
    spread = w @ np.abs(z - z_mean) ** 2
    a = w @ ((u - u_mean) * np.conj(z - z_mean)) / max(spread, 1e-12)
    a = a if abs(a) > MIN_SCALE else MIN_SCALE + 0j
    b = u_mean - a * z_mean
    return np.array([[a.real, -a.imag, b.real], [a.imag, a.real, b.imag]])
