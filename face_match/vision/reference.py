"""The reference engine: the original packages mtcnn and keras-facenet on TensorFlow.

Tests compare the ONNX engine with it, benchmarks measure both.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from typing import Any

import numpy as np

from face_match.core.current_folder import away_from_current_folder
from face_match.core.errors import EngineLacksError, EngineMissingError, ModelMissingError
from face_match.core.types import Box, Crop, Embeddings, Face, Landmarks, Pixels
from face_match.vision.detectors.image_pyramid import P_NET_CELL_PX
from face_match.vision.detectors.mtcnn import MIN_FACE_PX
from face_match.vision.embedders import Embedder, align_for_facenet
from face_match.vision.graphs import FACENET_PX
from face_match.vision.models.registry import FACENET, load_embedder

PACKAGES = ("tensorflow", "mtcnn", "keras_facenet", "cv2")
"""keras-facenet imports cv2 without declaring it as a dependency."""


def require_packages() -> None:
    """Raise EngineMissingError for the first package that is not installed."""
    for package in PACKAGES:
        if importlib.util.find_spec(package) is None:
            raise EngineMissingError("reference", package)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


class ReferenceDetector:
    """The detector of mtcnn 1.0.0 with its default arguments."""

    confidence_shows_quality = True

    def __init__(self) -> None:
        require_packages()
        with away_from_current_folder():
            from mtcnn import MTCNN

            self._mtcnn: Any = MTCNN()

    def detect(self, pixels: Pixels) -> list[Face]:
        if min(pixels.shape[:2]) < P_NET_CELL_PX:  # the package fails on smaller images
            return []
        # xyxy and numpy, because the default result is rounded to whole pixels
        rows = self._mtcnn.detect_faces(pixels, box_format="xyxy", output_type="numpy")
        faces = []
        for row in np.asarray(rows, float).reshape(-1, 16):
            left, top, right, bottom, confidence = row[1:6].tolist()
            points = Landmarks.of(np.stack([row[6:11], row[11:16]], axis=1).tolist())
            faces.append(Face(Box(left, top, right - left, bottom - top), points, confidence))
        return sorted(faces, key=lambda face: face.box.area * face.confidence, reverse=True)

    def face_in_box(self, pixels: Pixels, box: Box) -> Face:
        raise EngineLacksError("reference", "find a face in a drawn box")

    def smallest_face_px(self, width: int, height: int) -> float:
        return MIN_FACE_PX


class ReferenceFaceNet:
    """FaceNet in Keras, with the ONNX engine's aligned faces as input."""

    model_id = FACENET.id

    def __init__(self) -> None:
        require_packages()
        weights_file = FACENET.weights_file()
        if not weights_file.is_file():  # its own constructor would start a download
            raise ModelMissingError(FACENET.id)
        with away_from_current_folder():
            from keras_facenet.inception_resnet_v1 import InceptionResNetV1

        self._model: Any = InceptionResNetV1(
            input_shape=(FACENET_PX, FACENET_PX, 3), classes=FACENET.dimensions
        )
        self._model.load_weights(str(weights_file))

    def embed(self, crops: Sequence[Crop]) -> Embeddings:
        if not crops:
            return np.zeros((0, FACENET.dimensions), np.float32)
        aligned = np.stack([align_for_facenet(crop) for crop in crops]).astype(np.float32)
        embeddings = np.asarray(self._model.predict((aligned - 127.5) / 127.5, verbose=0))
        unit: Embeddings = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
        return unit.astype(np.float32)


def reference_embedder(model_id: str) -> Embedder:
    """FaceNet on TensorFlow; for another model, its ONNX embedder."""
    return ReferenceFaceNet() if model_id == FACENET.id else load_embedder(model_id)
