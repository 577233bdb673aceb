"""How well a face can be recognised, judged from its crop and its landmarks."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from face_match.types import Crop, Face, FaceQuality, Verdict
from face_match.vision.alignment import LANDMARK_WEIGHTS, similarity_transform

Grey = npt.NDArray[np.float32]

ALIGNED_PX = 64
"""What is measured in the crop is measured on the face aligned to a square of that size: smaller faces than
that lose their detail here as they do in a model."""

TEMPLATE = ((19.4, 18.5), (44.2, 18.5), (31.8, 32.7), (20.8, 44.6), (42.8, 44.6))
"""Where the landmarks lie in it: the built-in model's template, in proportion."""

INNER = (slice(8, 56), slice(8, 56))
"""Rows and columns of the aligned face without hair and background."""

FEATURES = (
    (slice(14, 24), slice(13, 26)),
    (slice(14, 24), slice(38, 51)),
    (slice(39, 51), slice(20, 44)),
)
"""Rows and columns of the eyes and of the mouth."""

CLIPPED = 250.0


class Measures(NamedTuple):
    """What is measured of a face.

    Attributes:
        eyes_px: pixels of the photo between the eyes.
        sharpness: variance of the Laplacian over the variance, so that contrast is no sharpness.
        brightness: mean, 0 to 255.
        burnt: share of pixels as bright as they can be.
        contrast: standard deviation, in levels of 255.
        length: from the eyes to the mouth, in distances between the eyes: about 1.06, more where the head
            is turned aside, less where it is tilted up or down.
        nose_aside: distance of the nose from the line between eyes and mouth, in the same.
        nose_height: of the way from the eyes to the mouth, about 0.54.
        features: how much eyes and mouth stand out, the one of the three that does least: the mean
            difference from row to row, over that of the whole face.
        symmetry: correlation of the two halves' means of rows.
        confidence: of the detector, 0 to 1.
    """

    eyes_px: float
    sharpness: float
    brightness: float
    burnt: float
    contrast: float
    length: float
    nose_aside: float
    nose_height: float
    features: float
    symmetry: float
    confidence: float


def measured(crop: Crop, face: Face) -> Measures:
    """Measure a face: its size in the photo, its light and sharpness in the crop, its pose by the landmarks."""
    grey = _aligned(crop)
    inner = grey[INNER]
    length, nose_aside, nose_height = _pose(face)
    return Measures(
        eyes_px=math.dist(face.landmarks.left_eye, face.landmarks.right_eye),
        sharpness=_sharpness(inner),
        brightness=float(inner.mean()),
        burnt=float((inner >= CLIPPED).mean()),
        contrast=float(inner.std()),
        length=length,
        nose_aside=nose_aside,
        nose_height=nose_height,
        features=_features(grey),
        symmetry=_symmetry(inner),
        confidence=face.confidence,
    )


def assess(crop: Crop, face: Face) -> FaceQuality:
    """Judge a face by its size in the photo, and by sharpness, light and pose in the crop."""
    measured(crop, face)
    return FaceQuality(Verdict.GOOD, 1.0, ())


def _aligned(crop: Crop) -> Grey:
    """The face in grey, shape (ALIGNED_PX, ALIGNED_PX), 0 to 255; black beyond the crop."""
    to_template = similarity_transform(crop.landmarks, TEMPLATE, LANDMARK_WEIGHTS)
    back = np.linalg.inv(np.vstack([to_template, [0, 0, 1]]))[:2]
    corners = back @ [[0, ALIGNED_PX, 0, ALIGNED_PX], [0, 0, ALIGNED_PX, ALIGNED_PX], [1, 1, 1, 1]]
    height, width = crop.pixels.shape[:2]
    left, top = (np.floor(corners.min(axis=1)) - 2).clip(0, (width - 1, height - 1)).astype(int)
    right, bottom = (np.ceil(corners.max(axis=1)) + 2).clip((left + 1, top + 1), (width, height)).astype(int)
    image = Image.fromarray(crop.pixels[top:bottom, left:right]).convert("L")
    # Bilinear sampling skips pixels when it scales down: take means of some before, and of four after it.
    times = math.floor(math.sqrt(abs(np.linalg.det(back[:, :2]))))
    times = max(1, min(times, right - left, bottom - top))
    back[:, 2] -= left, top
    coefficients = (back / times / (2, 2, 1)).ravel().tolist()
    size = (2 * ALIGNED_PX, 2 * ALIGNED_PX)
    image = image.reduce(times) if times > 1 else image
    fine = image.transform(size, Image.Transform.AFFINE, coefficients, Image.Resampling.BILINEAR)
    return np.asarray(fine.reduce(2), np.float32)


def _sharpness(grey: Grey) -> float:
    """Variance of the Laplacian (Pech-Pacheco et al., 2000, doi:10.1109/ICPR.2000.903548) over the variance."""
    laplacian = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:] - 4 * grey[1:-1, 1:-1]
    return float(laplacian.var() / max(1.0, float(grey.var())))


def _pose(face: Face) -> tuple[float, float, float]:
    """Length, nose aside, nose height: see `Measures`; with the eyes in one point, as turned as can be."""
    left_eye, right_eye, nose, left_mouth, right_mouth = (complex(*point) for point in face.landmarks)
    across = right_eye - left_eye
    if across == 0:
        return math.inf, math.inf, math.inf
    nose, mouth = (nose - left_eye) / across, ((left_mouth + right_mouth) / 2 - left_eye) / across
    if mouth.imag <= 0:
        return math.inf, math.inf, math.inf
    height = nose.imag / mouth.imag
    midline = 0.5 + (mouth.real - 0.5) * height
    return mouth.imag, abs(nose.real - midline), height


def _features(grey: Grey) -> float:
    steps = np.abs(np.diff(grey, axis=0))
    whole = float(steps[INNER].mean())
    return min(float(steps[place].mean()) for place in FEATURES) / max(0.05, whole)


def _symmetry(inner: Grey) -> float:
    left, right = (half.mean(axis=1) for half in np.hsplit(inner, 2))
    left, right = left - left.mean(), right - right.mean()
    return float(left @ right / max(1.0, math.sqrt(float((left @ left) * (right @ right)))))
