"""The families of models that a user can add, and what each network needs: one table, with the source of each
number.

An added model's id begins with its family's, as in `arcface-3f2a91c0`.
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
"""Pixel ranges, as (x − mean) / divisor: 0..255, 0..1, −1..1, and nearly that."""

COLOURS = ("rgb", "bgr")

ARCFACE_TEMPLATE = (
    (38.2946, 51.6963),
    (73.5318, 51.5014),
    (56.0252, 71.7366),
    (41.5493, 92.3655),
    (70.7299, 92.2041),
)
"""The five landmarks in 112 × 112 pixels: `arcface_src` of insightface/utils/face_align.py. OpenCV's
face_recognize.cpp (SFace) has the same numbers."""


class ThresholdRange(NamedTuple):
    """The range of the threshold slider and its default: similarities, −1..1."""

    lowest: float
    highest: float
    default: float


class Family(NamedTuple):
    """A family of networks.

    Attributes:
        kind: EMBEDDER or DETECTOR.
        range: one of `RANGES`, used unless the graph scales its pixels itself.
        colour: one of `COLOURS`.
        sources: sources of the range, the channel order and the other numbers.
        thresholds: of an embedder's similarities.
        cluster_threshold: lowest mean similarity at which two clusters of unnamed faces are merged.
        confidence: lowest confidence of a detected face, 0..1.
        overlap: highest overlap of two detected faces, 0..1.
        smallest_px: smallest face that a detector finds, in pixels of its input.
    """

    id: str
    title: str
    kind: str
    range: str
    colour: str
    sources: str
    thresholds: ThresholdRange | None = None
    cluster_threshold: float = 0.0
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
    "where the graph begins with Sub and Mul. Thresholds: estimated, not measured. The 0.32 of "
    "deepface/config/threshold.py (cosine distance 0.68) is for pairs of LFW; a gallery compares each face "
    "with everybody. Of pairs of strangers 0.1 % reach 0.28 on LFW (ronny3050/AdvFaces, issue 7); if "
    "0.3 to 0.8 % reach 0.32, as is reported of other people, and they are normally distributed around 0, "
    "0.13 % at most reach 0.40, and 0.04 % reach 0.45, from which unnamed faces are one group.",
    ThresholdRange(0.10, 0.80, 0.40),
    cluster_threshold=0.45,
)
SFACE = Family(
    "sface",
    "SFace",
    EMBEDDER,
    "raw",
    "rgb",
    "opencv face_recognize.cpp: scale 1, mean 0, colours swapped from BGR (so RGB, whatever is often said). "
    "Thresholds: scaled, not measured. 0.363 in OpenCV's tutorial_dnn_face is for the pairs of LFW. It is "
    "raised as ArcFace's is: from 0.32 to 0.40, and to 0.45 for groups.",
    ThresholdRange(0.10, 0.80, 0.45),
    cluster_threshold=0.51,
)
SFACE_SHA256 = "0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79"
"""SHA-256 of opencv_zoo's face_recognition_sface_2021dec.onnx. Nothing else distinguishes it from an ArcFace
with embeddings of length 128, such as InsightFace's MobileFaceNet, which also scales its pixels in the
graph."""

FACENET_SHAPED = Family(
    "facenet160",
    "FaceNet-shaped",
    EMBEDDER,
    "signed-128",
    "rgb",
    "facenet-pytorch's fixed_image_standardization: (x − 127.5) / 128. Thresholds: not measured. 0.70 is "
    "that of Facenet512 in deepface/config/threshold.py (cosine distance 0.30). It stays: FaceNet tells the "
    "pairs of LFW apart at 0.38 already (a squared distance of 1.24; davidsandberg/facenet, issue 640). For "
    "groups it is lower, since the mean similarity of two groups of one person is lower than that of their "
    "best pair.",
    ThresholdRange(0.30, 0.95, 0.70),
    cluster_threshold=0.65,
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
"""The families by id."""


def family_of(model_id: str) -> Family | None:
    """The family of an added model, by the model's id; None for another id."""
    return FAMILIES.get(model_id.partition("-")[0]) if "-" in model_id else None
