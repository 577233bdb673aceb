"""Embeddings for the faces of a gallery that have none under a model, from their crops."""

from __future__ import annotations

from typing import NamedTuple

from face_match.core.errors import CancelledError, FaceMatchError
from face_match.core.images.decoding import memory_errors
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.records import FaceRecord
from face_match.core.types import Embedding
from face_match.gallery.gallery import Gallery
from face_match.vision.photo_loading import photo_from_pixels
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.batch import run_batch


class EmbedResult(NamedTuple):
    """The number of faces embedded, and each face that could not be, with the error."""

    done: int
    failed: list[tuple[FaceRecord, FaceMatchError]]


def embed_faces(
    gallery: Gallery,
    pipeline: FacePipeline,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
    *,
    named: bool = True,
) -> EmbedResult:
    """Embed every named, or every unnamed, face that has no embedding under the pipeline's model.

    The embeddings are stored in one commit at the end if the gallery is writable, else kept in memory.
    Embeddings of other models stay.

    Raises:
        CancelledError: nothing has changed.
    """
    embeddings: dict[str, Embedding] = {}
    failed: list[tuple[FaceRecord, FaceMatchError]] = []

    def embed(face: FaceRecord) -> Embedding:
        name = face.file.rsplit("/", 1)[-1]
        if face.box is not None and face.landmarks is not None:
            with memory_errors(name):
                return pipeline.embed_crop(gallery.crop_of(face))
        return pipeline.embed_main_face(photo_from_pixels(gallery.pixels_of(face), name))

    def handle(face: FaceRecord, result: Embedding | FaceMatchError) -> None:
        if isinstance(result, FaceMatchError):
            failed.append((face, result))
        else:
            embeddings[face.id] = result

    faces = gallery.without_embedding(pipeline.model_id, named=named)
    stopped_by = run_batch(faces, embed, handle, on_progress=on_progress, is_cancelled=is_cancelled)
    if stopped_by is not None:
        raise stopped_by
    if is_cancelled():
        raise CancelledError
    gallery.add_embeddings(pipeline.model_id, embeddings, store=gallery.is_writable)
    return EmbedResult(len(embeddings), failed)
