"""The model families that a person can bring, and what each network wants: one table, each number with its
source.

A model that was added has an id that begins with its family's, as in `arcface-3f2a91c0`.
"""

from __future__ import annotations

from typing import NamedTuple

EMBEDDER, DETECTOR = "embedder", "detector"

RANGES = {
    "raw": (0.0, 1.0),
    "unit": (0.0, 255.0),
    "signed": (127.5, 127.5),
    "signed-128": (127.5, 128.0),
}
"""How a network wants its pixels, (x − mean) / divisor: 0 to 255, 0 to 1, −1 to 1, and nearly that."""

COLOURS = ("rgb", "bgr")

ARCFACE_TEMPLATE = (
    (38.2946, 51.6963),
    (73.5318, 51.5014),
    (56.0252, 71.7366),
    (41.5493, 92.3655),
    (70.7299, 92.2041),
)
"""Where the five landmarks lie in 112 × 112 pixels: `arcface_src` of insightface/utils/face_align.py.
OpenCV's face_recognize.cpp (SFace) has the same numbers."""


class Thresholds(NamedTuple):
    """What a slider offers: lowest, highest and default similarity."""

    lowest: float
    highest: float
    default: float


class Family(NamedTuple):
    """What is known of networks of one kind.

    Attributes:
        kind: EMBEDDER or DETECTOR.
        range: of `RANGES`, unless the graph itself shows that it scales its pixels.
        colour: of `COLOURS`.
        sources: where the range, the colours and the other numbers are from.
        thresholds: of an embedder's similarities.
        confidence, overlap: from which a detector's face is one, and from which two are the same.
        smallest_px: the smallest face that a detector is made for, in pixels of its input.
    """

    id: str
    title: str
    kind: str
    range: str
    colour: str
    sources: str
    thresholds: Thresholds | None = None
    confidence: float = 0.0
    overlap: float = 0.0
    smallest_px: float = 0.0


ARCFACE = Family(
    "arcface",
    "ArcFace",
    EMBEDDER,
    "signed",
    "rgb",
    "insightface/model_zoo/arcface_onnx.py: mean and divisor 127.5, colours swapped from BGR, but 0 to 255 "
    "where the graph begins with Sub and Mul. Threshold: deepface/config/threshold.py, cosine distance 0.68.",
    Thresholds(0.10, 0.80, 0.32),
)
SFACE = Family(
    "sface",
    "SFace",
    EMBEDDER,
    "raw",
    "rgb",
    "opencv face_recognize.cpp: scale 1, mean 0, colours swapped from BGR (so RGB, whatever is often said). "
    "Threshold: 0.363 in OpenCV's tutorial_dnn_face, for the pairs of LFW, to the slider's next step.",
    Thresholds(0.10, 0.80, 0.365),
)
FACENET_SHAPED = Family(
    "facenet160",
    "FaceNet-shaped",
    EMBEDDER,
    "signed-128",
    "rgb",
    "facenet-pytorch's fixed_image_standardization: (x − 127.5) / 128. Threshold: for Facenet512 in "
    "deepface/config/threshold.py, cosine distance 0.30.",
    Thresholds(0.30, 0.95, 0.70),
)
SCRFD = Family(
    "scrfd",
    "SCRFD / RetinaFace",
    DETECTOR,
    "signed-128",
    "rgb",
    "insightface/model_zoo/retinaface.py: mean 127.5, divisor 128, colours swapped from BGR, det_thresh 0.5, "
    "nms_thresh 0.4. Smallest face: half of the smallest anchor, 16 px at stride 8 (scrfd's configs).",
    confidence=0.5,
    overlap=0.4,
    smallest_px=8.0,
)
YUNET = Family(
    "yunet",
    "YuNet",
    DETECTOR,
    "raw",
    "bgr",
    "opencv face_detect.cpp: pixels as they are, BGR; overlap 0.3 (its default). Smallest face: 10 px "
    "(opencv_zoo's README). Confidence: measured (`python -m benchmarks.detectors`); OpenCV has 0.9.",
    confidence=0.7,
    overlap=0.3,
    smallest_px=10.0,
)
FAMILIES = {family.id: family for family in (ARCFACE, SFACE, FACENET_SHAPED, SCRFD, YUNET)}
"""By id."""


def family_of(model_id: str) -> Family | None:
    """The family that an added model's id names."""
    return FAMILIES.get(model_id.partition("-")[0]) if "-" in model_id else None
