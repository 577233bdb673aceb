"""The models: a table of all there are, and which one a gallery uses."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from face_match.core.model_families import DETECTOR, EMBEDDER
from face_match.gallery.gallery import Gallery
from face_match.vision.models.added import AddedModel, added_models
from face_match.vision.models.downloadable import DOWNLOADABLE_MODELS, DownloadableModel
from face_match.vision.models.registry import MODELS, MTCNN, all_models, preferred_model

FACENET_BYTES, MTCNN_BYTES = 92_000_000, 2_000_000
"""The sizes of the weights of models that are not installed, or are part of a package."""


class BuiltInModel(NamedTuple):
    """A model of the program itself.

    Attributes:
        dimensions: of the embeddings; None for a detector.
        file: the weights; None if they are part of a package.
    """

    id: str
    title: str
    kind: str
    dimensions: int | None
    licence: str
    size_bytes: int
    is_installed: bool
    is_downloadable: bool
    file: Path | None


class ModelTable(NamedTuple):
    """All models. `downloadable` lists those that are not installed; `in_use` has the ids of embedder and
    detector."""

    built_in: list[BuiltInModel]
    added: list[AddedModel]
    downloadable: list[DownloadableModel]
    in_use: frozenset[str]


def list_models(model_id: str, detector: str) -> ModelTable:
    """All models, built in, added and downloadable. Reads files.

    Args:
        model_id: the embedder in use.
        detector: the detector in use; MTCNN for "" and for one that has been removed.
    """
    built_in = [
        BuiltInModel(
            model.id,
            model.title,
            EMBEDDER,
            model.dimensions,
            model.licence,
            model.weights_file().stat().st_size if model.is_installed else FACENET_BYTES,
            model.is_installed,
            model.download is not None,
            model.weights_file(),
        )
        for model in MODELS.values()
    ]
    mtcnn = BuiltInModel(MTCNN, "MTCNN", DETECTOR, None, "MIT (mtcnn)", MTCNN_BYTES, True, False, None)
    added = added_models()
    detectors = {model.id for model in added if model.kind == DETECTOR}
    digests = {model.sha256 for model in added}
    return ModelTable(
        [*built_in, mtcnn],
        added,
        [model for model in DOWNLOADABLE_MODELS if model.download.sha256 not in digests],
        frozenset({model_id, detector if detector in detectors else MTCNN}),
    )


def model_for_gallery(gallery: Gallery, chosen: str) -> str:
    """The id of the model to use: the chosen one if installed, else the one with the most named faces of the
    gallery, else the preferred one."""
    models = all_models()
    if chosen in models and models[chosen].is_installed:
        return chosen
    faces_by_model = Counter(gallery.named_count_by_model())
    usable = [id_ for id_, _ in faces_by_model.most_common() if id_ in models and models[id_].is_installed]
    return usable[0] if usable else preferred_model()
