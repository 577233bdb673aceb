"""How well a face can be recognised, judged from its crop.

The limits are first ones, set by looking at faces; measured ones come with the evaluation.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PIL import Image

from face_match.types import Crop, Face, FaceQuality, Verdict

MEASURED_PX = 112
"""Sharpness and light are measured on the face scaled to this height."""

# Below the first a face is unusable, below the second poor; from the third on it is as good as it gets.
EYE_DISTANCE_PX = (8.0, 20.0, 45.0)
SHARPNESS = (2.0, 12.0, 80.0)
CONTRAST = (4.0, 14.0, 35.0)
BRIGHTNESS = (12.0, 35.0, 80.0)
HEADROOM = (3.0, 20.0, 50.0)
FRONTALITY = (0.0, 0.45, 0.8)
CONFIDENCE = (0.0, 0.9, 0.99)

_MEASURES = (
    ("too small", EYE_DISTANCE_PX),
    ("blurred", SHARPNESS),
    ("flat light", CONTRAST),
    ("too dark", BRIGHTNESS),
    ("too bright", HEADROOM),
    ("turned away", FRONTALITY),
    ("perhaps not a face", CONFIDENCE),
)


def assess(crop: Crop, face: Face) -> FaceQuality:
    """Judge a face by its size in the photo, and by sharpness, light and pose in the crop."""
    grey = _grey_face(crop)
    values = (
        math.dist(face.landmarks.left_eye, face.landmarks.right_eye),
        _sharpness(grey),
        float(grey.std()),
        float(grey.mean()),
        255.0 - float(grey.mean()),
        _frontality(face),
        face.confidence,
    )
    verdict, score, reasons = Verdict.GOOD, 1.0, []
    for value, (reason, (unusable, poor, best)) in zip(values, _MEASURES, strict=True):
        score = min(score, max(0.0, min(1.0, (value - unusable) / (best - unusable))))
        if value < poor:
            reasons.append(reason)
            verdict = Verdict.UNUSABLE if value < unusable else verdict
            verdict = Verdict.POOR if verdict is Verdict.GOOD else verdict
    return FaceQuality(verdict, round(score, 3), tuple(reasons))


def _grey_face(crop: Crop) -> npt.NDArray[np.float32]:
    height, width = crop.pixels.shape[:2]
    left, top = max(0.0, crop.box.x), max(0.0, crop.box.y)
    right = min(float(width), crop.box.x + crop.box.width)
    bottom = min(float(height), crop.box.y + crop.box.height)
    if right - left < 1 or bottom - top < 1:
        left, top, right, bottom = 0.0, 0.0, float(width), float(height)
    columns = max(1, round(MEASURED_PX * (right - left) / (bottom - top)))
    image = Image.fromarray(crop.pixels).convert("L")
    size = (columns, MEASURED_PX)
    box = (left, top, right, bottom)
    return np.asarray(image.resize(size, Image.Resampling.BILINEAR, box=box), np.float32)


def _sharpness(grey: npt.NDArray[np.float32]) -> float:
    """Variance of the Laplacian: Pech-Pacheco et al., 2000, doi:10.1109/ICPR.2000.903548."""
    if min(grey.shape) < 3:
        return 0.0
    laplacian = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:] - 4 * grey[1:-1, 1:-1]
    return float(laplacian.var())


def _frontality(face: Face) -> float:
    """1 where the nose lies midway between the eyes, 0 where it is level with one of them."""
    left, right, nose = face.landmarks.left_eye, face.landmarks.right_eye, face.landmarks.nose
    span = (right.x - left.x, right.y - left.y)
    length = span[0] ** 2 + span[1] ** 2
    if length == 0:
        return 0.0
    along = ((nose.x - left.x) * span[0] + (nose.y - left.y) * span[1]) / length
    return max(0.0, 1.0 - abs(2.0 * along - 1.0))
