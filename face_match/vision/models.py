"""The models there are, where their files lie, and how they are loaded or fetched.

Packages that only carry weights (mtcnn, keras-facenet, face_recognition_models) are located, never
imported: two of them would import TensorFlow, the third needs pkg_resources.
"""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from face_match.errors import ModelDamagedError, ModelMissingError
from face_match.vision.detection import MtcnnDetector, MtcnnNetworks
from face_match.vision.embedding import (
    DLIB_ALIGNS,
    Align,
    Embedder,
    OnnxEmbedder,
    aligned_for_facenet,
)
from face_match.vision.graphs import DLIB_PX, FACENET_PX
from face_match.vision.sessions import THREADS, cached_network

FACENET_KEY = "20180402-114759"
"""Of keras-facenet's models: trained on VGGFace2, 512 dimensions."""


@dataclass(frozen=True)
class Download:
    """Where a file is to be had; sha256 in hex."""

    url: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class ModelInfo:
    """A model that makes vectors.

    Attributes:
        id: what the records of a gallery call it.
        title: what a person reads.
        crop_px: side of the square crops that the network takes.
        licence: of the weights.
        aligns: ways to make of a crop what the model was trained on; the vectors of several are averaged.
        weights_file: where its weights are, or should be.
        download: where to get them; None for what comes with the program.
    """

    id: str
    title: str
    dimensions: int
    crop_px: int
    licence: str
    aligns: Sequence[Align]
    weights_file: Callable[[], Path]
    download: Callable[[], Download] | None = None

    @property
    def is_installed(self) -> bool:
        return self.weights_file().is_file()


def _package_folder(package: str) -> Path:
    """Where a package lies, without importing it; a folder that is not there if it is not."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return Path(package).absolute() / "is not installed"
    return Path(next(iter(spec.submodule_search_locations)))


def _dlib_weights() -> Path:
    folder = _package_folder("face_recognition_models")
    return folder / "models" / "dlib_face_recognition_resnet_model_v1.dat"


def facenet_weights() -> Path:
    """In keras-facenet's own cache, which the reference engine reads too."""
    return Path.home() / ".keras-facenet" / FACENET_KEY / f"{FACENET_KEY}-weights.h5"


def _facenet_download() -> Download:
    """What keras-facenet's own table says; executed as a file, since the package imports TensorFlow."""
    path = _package_folder("keras_facenet") / "metadata.py"
    spec = importlib.util.spec_from_file_location("_keras_facenet_metadata", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise ModelMissingError("facenet", "keras-facenet")
    table = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(table)
    entry: dict[str, Any] = table.MODEL_METADATA[FACENET_KEY]
    return Download(entry["keras_weights_url"], entry["keras_weights_sha256"], 92_000_000)


FACENET = ModelInfo(
    id="facenet",
    title="FaceNet",
    dimensions=512,
    crop_px=FACENET_PX,
    licence="MIT (davidsandberg/facenet, keras-facenet)",
    aligns=(aligned_for_facenet,),
    weights_file=facenet_weights,
    download=_facenet_download,
)
DLIB = ModelInfo(
    id="dlib",
    title="built-in (dlib)",
    dimensions=128,
    crop_px=DLIB_PX,
    licence="CC0 (dlib-models)",
    aligns=DLIB_ALIGNS,
    weights_file=_dlib_weights,
)
MODELS = {model.id: model for model in (FACENET, DLIB)}
"""By id, the preferred first."""


def preferred_model() -> str:
    """The id of the best model whose weights are on this machine."""
    return next((model.id for model in MODELS.values() if model.is_installed), DLIB.id)


def load_detector(*, small_faces: bool = False, threads: int = THREADS) -> MtcnnDetector:
    """MTCNN, ready to run.

    Args:
        small_faces: as MtcnnDetector takes it.
        threads: that one photo may use.
    Raises:
        ModelMissingError, ModelDamagedError.
    """
    folder = _package_folder("mtcnn") / "assets" / "weights"
    names = ("p_net", "r_net", "o_net")
    files = [folder / f"{name.replace('_', '')}.lz4" for name in names]
    if not all(file.is_file() for file in files):
        raise ModelMissingError("mtcnn")

    def builder(name: str) -> Callable[[Path], bytes]:
        def build(file: Path) -> bytes:
            from face_match.vision.graphs import mtcnn

            graph: bytes = getattr(mtcnn, name)(file)
            return graph

        return build

    with _damage("mtcnn"):
        networks = [
            cached_network(name, file, builder(name), threads)
            for name, file in zip(names, files, strict=True)
        ]
    return MtcnnDetector(MtcnnNetworks(*networks), small_faces=small_faces)


def load_embedder(model_id: str, *, threads: int = THREADS) -> Embedder:
    """A model, ready to run.

    Args:
        threads: that one batch of crops may use.
    Raises:
        ModelMissingError, ModelDamagedError.
    """
    model = model_info(model_id)

    def build(file: Path) -> bytes:
        # Imported here: the onnx package is needed once, when the graph is not in the cache.
        if model.id == FACENET.id:
            from face_match.vision.graphs.facenet import facenet

            return facenet(file)
        from face_match.vision.graphs.dlib_resnet import dlib_resnet

        return dlib_resnet(file)

    weights_file = model.weights_file()
    if not weights_file.is_file():
        raise ModelMissingError(model.id)
    with _damage(model.id):
        network = cached_network(model.id, weights_file, build, threads)
        (vector,) = network(np.zeros((1, model.crop_px, model.crop_px, 3), np.uint8))[0]
        if vector.shape != (model.dimensions,) or not np.isfinite(vector).all():
            raise ValueError("its vectors are not those of this model")
    return OnnxEmbedder(model.id, model.dimensions, network, model.aligns)


def model_info(model_id: str) -> ModelInfo:
    """Raises ModelMissingError for an id that no model has."""
    try:
        return MODELS[model_id]
    except KeyError:
        raise ModelMissingError(model_id, "unknown") from None


@contextlib.contextmanager
def _damage(model_id: str) -> Iterator[None]:
    """Weights that do not make the network that they should make are a ModelDamagedError.

    Whatever is wrong with a file shows in another way in h5py, joblib, NumPy or ONNX Runtime, whose kinds of
    error share no base.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as exc:
        raise ModelDamagedError(model_id, str(exc).splitlines()[0] if str(exc) else "") from exc
