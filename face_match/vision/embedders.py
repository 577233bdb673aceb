"""Embedders: from crops to embeddings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from face_match.core.model_families import ARCFACE_TEMPLATE, FACENET_SHAPED, Family
from face_match.core.types import Crop, Embeddings, Pixels
from face_match.vision.alignment import align_face, resize_face
from face_match.vision.graphs import DLIB_PX, FACENET_PX

BATCH = 32
"""Aligned faces per run of the network. Larger batches are no faster and take more memory."""

DLIB_TEMPLATE = (
    (45.48, 43.38),
    (103.52, 43.38),
    (74.5, 76.69),
    (48.72, 104.49),
    (100.28, 104.49),
)
"""MTCNN's landmarks in a face as dlib's predictor aligns it (`get_face_chip` with 150 px and padding 0.25):
medians over 338 labelled photos, made symmetric. They are moved apart by 8 %, which measured best (`python -m
benchmarks.alignment`)."""


class View(NamedTuple):
    """A variant of an aligned face.

    Attributes:
        scale, turn: relative to the template; the turn in degrees.
        is_mirrored: left and right are exchanged.
        is_smoothed: each pixel is the mean of 3 × 3, which takes away noise and what JPEG adds.
    """

    scale: float = 1.0
    turn: float = 0.0
    is_mirrored: bool = False
    is_smoothed: bool = False


PLAIN_VIEW = View()
DLIB_VIEWS = (View(is_smoothed=True), View(1.05, -4.0), View(0.95, 4.0, is_mirrored=True))
"""The views of a face whose embeddings are averaged, as dlib does with jittered copies (`num_jitters`): three
that are unlike each other miss fewer people than three that are alike (docs/accuracy.md, *The views of a
face*). Embeddings of version 0.1, whose views were neither mirrored nor smoothed, can be compared with
these."""

FACENET_MARGIN = 0.125
"""Margin on each side, as a part of the box: 16 of the 128 pixels that the box fills of 160.
davidsandberg/facenet's LFW protocol (`--image_size 160 --margin 32`) and keras-facenet's `crop` add as much
to faces of LFW's size."""


ARCFACE_PX = 112


class Embedder(Protocol):
    """An embedder. Embeddings with the same `model_id` can be compared."""

    @property
    def model_id(self) -> str: ...

    def embed(self, crops: Sequence[Crop]) -> Embeddings:
        """Embeddings of the crops: float32, shape (n, dimensions), each row of unit L2 norm."""
        ...


Aligner = Callable[[Crop], Pixels]


def align_for_dlib(crop: Crop, view: View = PLAIN_VIEW) -> Pixels:
    """A view of the face, aligned as dlib's ResNet was trained on it: uint8 RGB, shape (150, 150, 3)."""
    middle = DLIB_PX / 2 * (1 + 1j)
    points = np.asarray(DLIB_TEMPLATE) @ (1, 1j)
    points = (points - middle) * view.scale * np.exp(1j * np.radians(view.turn)) + middle
    pixels = align_face(crop, [(point.real, point.imag) for point in points.tolist()], DLIB_PX)
    if view.is_smoothed:
        pixels = np.asarray(Image.fromarray(pixels).filter(ImageFilter.BoxBlur(1)))
    return np.ascontiguousarray(pixels[:, ::-1]) if view.is_mirrored else pixels


DLIB_ALIGNERS: tuple[Aligner, ...] = tuple(partial(align_for_dlib, view=view) for view in DLIB_VIEWS)


def align_for_facenet(crop: Crop) -> Pixels:
    """The face as FaceNet was trained on it: uint8 RGB, shape (160, 160, 3), the box with a margin, not
    rotated."""
    return resize_face(crop, FACENET_MARGIN, FACENET_PX)


def align_for_arcface(crop: Crop) -> Pixels:
    """The face as InsightFace aligns it, with equal weights of the landmarks: uint8 RGB, shape (112, 112, 3).
    (`norm_crop` of insightface/utils/face_align.py.)"""
    return align_face(crop, ARCFACE_TEMPLATE, ARCFACE_PX, (1.0,) * 5)


def aligner_for(family: Family) -> Aligner:
    """The function that aligns a crop for embedders of a family."""
    return align_for_facenet if family is FACENET_SHAPED else align_for_arcface


EmbedCrops = Callable[[npt.NDArray[Any]], Sequence[npt.NDArray[np.float32]]]
"""A network that takes aligned faces, uint8 RGB, shape (n, size, size, 3), and returns their embeddings
first."""


class OnnxEmbedder:
    """An embedder that runs an ONNX network.

    If several aligners are given, a crop's embedding is the normalised mean of the embeddings of its
    variants.
    """

    def __init__(
        self, model_id: str, dimensions: int, network: EmbedCrops, aligners: Sequence[Aligner]
    ) -> None:
        """Make an embedder.

        Args:
            dimensions: length of an embedding.
            network: takes aligned faces, returns embeddings of unit norm.
            aligners: make the variants of a crop.
        """
        self._model_id = model_id
        self._dimensions = dimensions
        self._network = network
        self._aligns = aligners

    @property
    def model_id(self) -> str:
        return self._model_id

    def embed(self, crops: Sequence[Crop]) -> Embeddings:
        views = [align(crop) for crop in crops for align in self._aligns]
        batches = [np.stack(views[i : i + BATCH]) for i in range(0, len(views), BATCH)]
        if not batches:
            return np.zeros((0, self._dimensions), np.float32)
        of_views = np.concatenate([self._network(batch)[0] for batch in batches])
        if len(self._aligns) == 1:
            return of_views
        embeddings: Embeddings = of_views.reshape(len(crops), len(self._aligns), -1).mean(axis=1)
        embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
        return embeddings
