"""All models: the built-in ones and the added ones, where their files are, and how they are loaded.

Packages that only carry weights (mtcnn, keras-facenet, face_recognition_models) are located, never imported.
Two of them would import TensorFlow, the third needs pkg_resources.
"""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from face_match.core.errors import FaceMatchError, ModelDamagedError, ModelFailedError, ModelMissingError
from face_match.core.model_families import DETECTOR, EMBEDDER
from face_match.core.translation import marked
from face_match.core.types import Box, Embeddings, Face, Pixels
from face_match.vision.detectors.detector import Detector
from face_match.vision.detectors.mtcnn import MtcnnDetector, MtcnnNetworks
from face_match.vision.detectors.single_stage import SingleStageDetector
from face_match.vision.embedders import (
    DLIB_ALIGNERS,
    Aligner,
    EmbedCrops,
    Embedder,
    OnnxEmbedder,
    align_for_facenet,
    aligner_for,
)
from face_match.vision.graphs import DLIB_PX, FACENET_PX
from face_match.vision.models.added import AddedModel, added_model, added_models
from face_match.vision.models.sandboxed_network import SandboxedNetwork
from face_match.vision.onnx.input_format import EmbeddingNetwork, InputFormat
from face_match.vision.onnx.sessions import THREADS, cached_network

FACENET_KEY = "20180402-114759"
"""keras-facenet's key of the model trained on VGGFace2, with 512 dimensions."""


@dataclass(frozen=True)
class Download:
    """Source of a download; `sha256` in hex, "" if unknown."""

    url: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class ModelInfo:
    """An embedder's description.

    Attributes:
        id: used in a gallery's records.
        title: shown to the user.
        dimensions: length of an embedding.
        crop_px: side of the aligned faces that the network takes.
        licence: of the weights.
        aligners: align a crop as the model was trained; with several, their embeddings are averaged.
        weights_file: returns the path of the weights, whether they are there or not.
        download: returns the source of the weights; None if they come with the program.
        added: its description, if the user added it.
    """

    id: str
    title: str
    dimensions: int
    crop_px: int
    licence: str
    aligners: Sequence[Aligner]
    weights_file: Callable[[], Path]
    download: Callable[[], Download] | None = None
    added: AddedModel | None = None

    @property
    def is_installed(self) -> bool:
        return self.weights_file().is_file()


def _package_folder(package: str) -> Path:
    """The folder of a package, found without importing it; a path that does not exist if it is not
    installed."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return Path(package).absolute() / "is not installed"
    return Path(next(iter(spec.submodule_search_locations)))


def _dlib_weights() -> Path:
    folder = _package_folder("face_recognition_models")
    return folder / "models" / "dlib_face_recognition_resnet_model_v1.dat"


def facenet_weights() -> Path:
    """FaceNet's weights in keras-facenet's own cache, which the reference engine reads too."""
    return Path.home() / ".keras-facenet" / FACENET_KEY / f"{FACENET_KEY}-weights.h5"


def _facenet_download() -> Download:
    """FaceNet's entry in keras-facenet's table of models. The table is executed as a file, because importing
    the package would import TensorFlow."""
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
    aligners=(align_for_facenet,),
    weights_file=facenet_weights,
    download=_facenet_download,
)
DLIB = ModelInfo(
    id="dlib",
    title="built-in (dlib)",
    dimensions=128,
    crop_px=DLIB_PX,
    licence="CC0 (dlib-models)",
    aligners=DLIB_ALIGNERS,
    weights_file=_dlib_weights,
)
MODELS = {model.id: model for model in (FACENET, DLIB)}
"""The built-in models, by id, the preferred first."""

UNIT_SLACK = 0.01

MTCNN = "mtcnn"
"""Id of the built-in detector."""
MTCNN_NETWORKS = ("p_net", "r_net", "o_net")


def all_models() -> dict[str, ModelInfo]:
    """All embedders by id: the built-in ones, then the added ones."""
    return MODELS | {model.id: _info_of(model) for model in added_models(EMBEDDER)}


def all_detectors() -> dict[str, str]:
    """The titles of all detectors, by id."""
    return {MTCNN: "MTCNN"} | {model.id: model.title for model in added_models(DETECTOR)}


def _info_of(model: AddedModel) -> ModelInfo:
    return ModelInfo(
        id=model.id,
        title=model.title,
        dimensions=model.verdict.dimensions,
        crop_px=model.verdict.width,
        licence=model.licence,
        aligners=(aligner_for(model.family),),
        weights_file=lambda: model.file,
        added=model,
    )


def preferred_model() -> str:
    """The id of the best built-in model whose weights are installed."""
    return next((model.id for model in MODELS.values() if model.is_installed), DLIB.id)


def load_detector(name: str = MTCNN, *, small_faces: bool = False, threads: int = THREADS) -> Detector:
    """Load a detector.

    Args:
        name: MTCNN, or the id or title of an added one.
        small_faces: find small faces in large photos too.
        threads: threads per photo.
    Raises:
        ModelMissingError, ModelDamagedError, ModelFailedError.
    """
    if name == MTCNN:
        return _load_mtcnn(small_faces=small_faces, threads=threads)
    model = added_model(name)
    if model is None or model.kind != DETECTOR:
        raise ModelMissingError(name, "unknown")
    network = _sandboxed_network(model, threads)
    verdict = model.verdict
    size = (verdict.width, verdict.height) if verdict.width else None

    def face_in_box(pixels: Pixels, box: Box) -> Face:
        return _load_mtcnn(small_faces=small_faces, threads=threads).face_in_box(pixels, box)

    form, title = _input_format(model), model.title
    return SingleStageDetector(
        network, model.family, form, size, small_faces=small_faces, face_in_box=face_in_box, title=title
    )


def detector_id(name: str) -> str:
    """The id of the detector with that id or title; raises ModelMissingError."""
    if name == MTCNN:
        return MTCNN
    model = added_model(name)
    if model is None or model.kind != DETECTOR:
        raise ModelMissingError(name, "unknown")
    return model.id


def weights_files(model_id: str, detector: str) -> list[Path]:
    """The weights of an embedder and a detector, whether they are there or not; raises ModelMissingError."""
    if detector == MTCNN:
        return [model_info(model_id).weights_file(), *_mtcnn_weights()]
    added = added_model(detector_id(detector))
    return [model_info(model_id).weights_file(), *([added.file] if added is not None else [])]


def _mtcnn_weights() -> list[Path]:
    folder = _package_folder("mtcnn") / "assets" / "weights"
    return [folder / f"{name.replace('_', '')}.lz4" for name in MTCNN_NETWORKS]


def _load_mtcnn(*, small_faces: bool, threads: int) -> MtcnnDetector:
    files = _mtcnn_weights()
    if not all(file.is_file() for file in files):
        raise ModelMissingError("mtcnn")

    def builder(name: str) -> Callable[[Path], bytes]:
        def build(file: Path) -> bytes:
            from face_match.vision.graphs import mtcnn

            graph: bytes = getattr(mtcnn, name)(file)
            return graph

        return build

    with _as_model_damaged("mtcnn"):
        networks = [
            cached_network(name, file, builder(name), threads)
            for name, file in zip(MTCNN_NETWORKS, files, strict=True)
        ]
    return MtcnnDetector(MtcnnNetworks(*networks), small_faces=small_faces)


def load_embedder(model_id: str, *, threads: int = THREADS) -> Embedder:
    """Load an embedder.

    Args:
        threads: threads per batch of crops.
    Raises:
        ModelMissingError, ModelDamagedError, ModelFailedError.
    """
    model = model_info(model_id)
    if model.added is not None:
        return OnnxEmbedder(
            model.id, model.dimensions, _checked_embedding(model.added, threads), model.aligners
        )

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
    with _as_model_damaged(model.id):
        network = cached_network(model.id, weights_file, build, threads)
        (embedding,) = network(np.zeros((1, model.crop_px, model.crop_px, 3), np.uint8))[0]
        if embedding.shape != (model.dimensions,) or not np.isfinite(embedding).all():
            raise ValueError("its embeddings are not those of this model")
    return OnnxEmbedder(model.id, model.dimensions, network, model.aligners)


def _checked_embedding(model: AddedModel, threads: int) -> EmbedCrops:
    network = _sandboxed_network(model, threads)
    embedding = EmbeddingNetwork(network, _input_format(model), takes_batches=model.verdict.takes_batches)

    def embed(crops: npt.NDArray[Any]) -> list[Embeddings]:
        try:
            (embeddings,) = embedding(crops)
        except (ValueError, IndexError) as exc:
            raise ModelFailedError(model.title, marked("its output has the wrong shape")) from exc
        if embeddings.shape != (len(crops), model.verdict.dimensions):
            raise ModelFailedError(model.title, marked("its output has the wrong shape"))
        if (np.abs(np.linalg.norm(embeddings, axis=1) - 1) > UNIT_SLACK).any():
            raise ModelFailedError(model.title, marked("it made no embedding of a face"))
        return [embeddings]

    return embed


def _sandboxed_network(model: AddedModel, threads: int) -> SandboxedNetwork:
    if not model.file.is_file():
        raise ModelMissingError(model.title, "added")
    if not model.is_unchanged:
        raise ModelDamagedError(model.title, marked("the file is not the one that was added"))
    return SandboxedNetwork(model.title, model.file, threads)


def _input_format(model: AddedModel) -> InputFormat:
    return InputFormat(model.verdict.range, model.verdict.colour, model.verdict.is_channels_last)


def model_info(name: str) -> ModelInfo:
    """The embedder with that id, or the added one with that title; raises ModelMissingError if there is
    none."""
    if name in MODELS:
        return MODELS[name]
    added = added_model(name)
    if added is None or added.kind != EMBEDDER:
        raise ModelMissingError(name, "unknown")
    return _info_of(added)


@contextlib.contextmanager
def _as_model_damaged(model_id: str) -> Iterator[None]:
    """Raise any error of the block as a ModelDamagedError.

    A damaged file shows in different ways in h5py, lz4, NumPy or ONNX Runtime, whose errors share no base
    class.
    """
    try:
        yield
    except (MemoryError, FaceMatchError):
        raise
    except Exception as exc:
        raise ModelDamagedError(model_id, str(exc).splitlines()[0] if str(exc) else "") from exc
