"""Face quality: how well a face can be recognised, from its crop and its landmarks.

Ten measures with eleven limits, each with a reason in plain words. The limits were measured: `python -m
benchmarks.quality` degrades photos in steps and counts how many are still recognised.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from face_match.core.translation import marked
from face_match.core.types import Crop, Face, FaceQuality, Verdict
from face_match.vision.alignment import LANDMARK_WEIGHTS, similarity_transform

Grey = npt.NDArray[np.float32]

ALIGNED_FACE_PX = 48
"""Side of the aligned square, without hair and background, on which sharpness, light and contrast are
measured. Faces with less than 25 pixels between the eyes lose detail here as they do in a model."""

TEMPLATE = ((11.4, 10.5), (36.2, 10.5), (23.8, 24.7), (12.8, 36.6), (34.8, 36.6))
"""Landmarks in the aligned square: the middle of the built-in model's template, scaled."""

FEATURES = (
    (slice(6, 16), slice(5, 18)),
    (slice(6, 16), slice(30, 43)),
    (slice(31, 43), slice(12, 36)),
)
"""Rows and columns of the left eye, the right eye and the mouth in the aligned square."""

CLIPPED_LEVEL = 250.0


class Measures(NamedTuple):
    """The measures of a face.

    Attributes:
        eyes_px: distance between the eyes in pixels of the photo.
        sharpness: variance of the Laplacian divided by the variance, so that contrast does not count as
            sharpness.
        brightness: mean, 0..255.
        overexposed: share of overexposed pixels, 0..1.
        contrast: standard deviation, in levels of 0..255.
        length: distance from the eyes to the mouth, in distances between the eyes. It is about 1.06, and more
            if the head is turned aside. (It is less if the head is tilted, but short faces have less too.)
        nose_aside: distance of the nose from the line between eyes and mouth, in distances between the eyes.
        nose_height: position of the nose on the way from the eyes to the mouth, about 0.54.
        features: contrast of the eyes and the mouth, for the weakest of the three: the mean difference
            between rows, divided by that of the whole face.
        confidence: of the detector, 0..1.
    """

    eyes_px: float
    sharpness: float
    brightness: float
    overexposed: float
    contrast: float
    length: float
    nose_aside: float
    nose_height: float
    features: float
    confidence: float


class Limit(NamedTuple):
    """The values of a measure at which a face is poor, unusable, or as good as possible."""

    measure: str
    reason: str
    unusable: float
    poor: float
    best: float

    def is_exceeded_by(self, value: float, limit: float) -> bool:
        """Whether a value is worse than a limit."""
        return value < limit if self.unusable < self.best else value > limit

    def score_factor(self, value: float) -> float:
        """Factor of the quality score, 0..1: about the share of photos with this value that are recognised.

        It is 1 from `best` on, 0.85 at `poor`, 0.5 at `unusable`, and 0 beyond that by half the step from
        `poor` to `unusable`; linear between these.
        """
        sign = 1.0 if self.unusable < self.best else -1.0
        zero = self.unusable - (self.poor - self.unusable) / 2
        places = [sign * place for place in (zero, self.unusable, self.poor, self.best)]
        return float(np.interp(sign * value, places, (0.0, 0.5, 0.85, 1.0)))


COVERED = marked("partly covered")
UNCLEAR = marked("unclear")
"""The detector is not sure that it is a face."""
OTHER_REASONS_FOR_COVERED = {"blurred", "turned away", "tilted up or down"}
"""These also weaken eyes and mouth. With one of them, the face need not be covered."""

LIMITS = (
    Limit("eyes_px", marked("too small"), unusable=8.5, poor=12.5, best=24.0),
    Limit("sharpness", marked("blurred"), unusable=0.02, poor=0.08, best=0.22),
    Limit("brightness", marked("too dark"), unusable=8.0, poor=13.5, best=40.0),
    Limit("overexposed", marked("too bright"), unusable=0.8, poor=0.6, best=0.2),
    Limit("contrast", marked("low in contrast"), unusable=3.5, poor=5.0, best=12.0),
    Limit("length", marked("turned away"), unusable=1.4, poor=1.27, best=1.05),
    Limit("nose_aside", marked("turned away"), unusable=0.5, poor=0.3, best=0.1),
    Limit("nose_height", marked("tilted up or down"), unusable=0.9, poor=0.8, best=0.7),
    Limit("nose_height", marked("tilted up or down"), unusable=0.17, poor=0.3, best=0.42),
    Limit("features", COVERED, unusable=0.2, poor=1.0, best=1.4),
    Limit("confidence", UNCLEAR, unusable=0.81, poor=0.97, best=0.995),
)
"""A face is poor where the FNMR of the built-in model reaches 0.15, five times that of unchanged photos, and
unusable where it reaches 0.5. Rounded from `python -m benchmarks.quality` on 19 people of three sets (LFW,
ORL, stills of a series). Three limits are chosen differently. For nose_height above 0.7, because people who
smile into the camera reach it. For length, because the fit is held up to 1.7 by a few photos. For features,
because MTCNN finds hardly any face at 0.5: the limit is where it begins to fail."""


def measure_face(crop: Crop, face: Face) -> Measures:
    """The measures of a face: its size in the photo, light and sharpness in the crop, pose by the landmarks.

    Args:
        face: in pixels of the photo.
    """
    grey = _aligned(crop)
    length, nose_aside, nose_height = _pose(face)
    return Measures(
        eyes_px=math.dist(face.landmarks.left_eye, face.landmarks.right_eye),
        sharpness=_sharpness(grey),
        brightness=float(grey.mean()),
        overexposed=float((grey >= CLIPPED_LEVEL).mean()),
        contrast=float(grey.std()),
        length=length,
        nose_aside=nose_aside,
        nose_height=nose_height,
        features=_features(grey),
        confidence=face.confidence,
    )


def assess(crop: Crop, face: Face, *, confidence_shows_quality: bool = True) -> FaceQuality:
    """The quality of a face, from its size, sharpness, light and pose, and whether anything covers it.

    Args:
        face: in pixels of the photo.
        confidence_shows_quality: whether the confidence is MTCNN's, for which the limits hold; otherwise it
            is ignored.
    """
    measures = measure_face(crop, face)
    return judge_measures(measures if confidence_shows_quality else measures._replace(confidence=1.0))


def judge_measures(measures: Measures) -> FaceQuality:
    """The quality for given measures: the worst verdict, and the product of all score factors.

    The product is unweighted. On other people than those of the limits, weights by logistic regression found
    no more of the photos that are missed. Isotonic regression for each factor, and boosted trees over all,
    found fewer. More measures did not help either: symmetry of the face, similarity to a mean face.
    """
    verdict, score, reasons = Verdict.GOOD, 1.0, []
    for limit in LIMITS:
        value = getattr(measures, limit.measure)
        score *= limit.score_factor(value)
        if limit.is_exceeded_by(value, limit.poor):
            reasons.append(limit.reason)
            verdict = Verdict.UNUSABLE if limit.is_exceeded_by(value, limit.unusable) else verdict
            verdict = Verdict.POOR if verdict is Verdict.GOOD else verdict
    if COVERED in reasons and not OTHER_REASONS_FOR_COVERED.isdisjoint(reasons):
        reasons.remove(COVERED)
    return FaceQuality(verdict, round(score, 3), tuple(dict.fromkeys(reasons)))


def _aligned(crop: Crop) -> Grey:
    """The aligned face in grey: float32, shape (ALIGNED_FACE_PX, ALIGNED_FACE_PX), 0..255, black beyond the
    crop."""
    to_template = similarity_transform(crop.landmarks, TEMPLATE, LANDMARK_WEIGHTS)
    back = np.linalg.inv(np.vstack([to_template, [0, 0, 1]]))[:2]
    corners = back @ [
        [0, ALIGNED_FACE_PX, 0, ALIGNED_FACE_PX],
        [0, 0, ALIGNED_FACE_PX, ALIGNED_FACE_PX],
        [1, 1, 1, 1],
    ]
    height, width = crop.pixels.shape[:2]
    left, top = (np.floor(corners.min(axis=1)) - 2).clip(0, (width - 1, height - 1)).astype(int)
    right, bottom = (np.ceil(corners.max(axis=1)) + 2).clip((left + 1, top + 1), (width, height)).astype(int)
    image = Image.fromarray(crop.pixels[top:bottom, left:right]).convert("L")
    # Bilinear sampling skips pixels when it scales down: take means of some before, and of four after it.
    times = math.floor(math.sqrt(abs(np.linalg.det(back[:, :2]))))
    times = max(1, min(times, right - left, bottom - top))
    back[:, 2] -= left, top
    coefficients = (back / times / (2, 2, 1)).ravel().tolist()
    size = (2 * ALIGNED_FACE_PX, 2 * ALIGNED_FACE_PX)
    image = image.reduce(times) if times > 1 else image
    fine = image.transform(size, Image.Transform.AFFINE, coefficients, Image.Resampling.BILINEAR)
    return np.asarray(fine.reduce(2), np.float32)


def _sharpness(grey: Grey) -> float:
    """Variance of the Laplacian (Pech-Pacheco et al., 2000, doi:10.1109/ICPR.2000.903548), divided by the
    variance."""
    laplacian = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:] - 4 * grey[1:-1, 1:-1]
    return float(laplacian.var() / max(1.0, float(grey.var())))


def _pose(face: Face) -> tuple[float, float, float]:
    """Length, nose_aside and nose_height of `Measures`; infinite if both eyes are in one point, or the mouth
    is above them."""
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
    """The contrast of the weakest of `FEATURES`, divided by that of the whole face."""
    steps = np.abs(np.diff(grey, axis=0))
    whole = float(steps.mean())
    return min(float(steps[place].mean()) for place in FEATURES) / max(0.05, whole)
