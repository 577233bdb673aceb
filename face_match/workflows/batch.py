"""What takes more than one wing: jobs over many faces, and which model a gallery goes with."""

from __future__ import annotations

import os
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from typing import NamedTuple, TypeVar

from face_match.core.errors import CancelledError, FaceMatchError
from face_match.core.progress import (
    IsCancelled,
    OnProgress,
    cancellable,
    current_cancellation,
    never_cancelled,
    no_progress,
)
from face_match.core.records import FaceRecord
from face_match.core.types import Embedding
from face_match.gallery.gallery import Gallery
from face_match.vision.models.registry import all_models, preferred_model
from face_match.vision.photo_loading import photo_from_pixels
from face_match.vision.pipeline import FacePipeline

WORKERS = max(2, min(8, os.cpu_count() or 1))
AHEAD = 3 * WORKERS
"""So many items are begun before the first of them is wanted."""


def model_for(gallery: Gallery, chosen: str) -> str:
    """The id of the model chosen; else the one that knows most of the gallery; else the best there is."""
    models = all_models()
    if chosen in models and models[chosen].is_installed:
        return chosen
    known = Counter(gallery.named_count_by_model())
    usable = [id_ for id_, _ in known.most_common() if id_ in models and models[id_].is_installed]
    return usable[0] if usable else preferred_model()


class Embedded(NamedTuple):
    """How many faces got an embedding, and which could not, with the reason."""

    done: int
    failed: list[tuple[FaceRecord, FaceMatchError]]


def embed_faces(
    gallery: Gallery,
    pipeline: FacePipeline,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
    *,
    named: bool = True,
) -> Embedded:
    """Give every named, or every unnamed, face an embedding of the pipeline's model, from its crop.

    All are written at once at the end, where the gallery can be written to; the embeddings of other models
    stay.

    Raises:
        CancelledError: nothing has been changed.
    """

    def embedded(face: FaceRecord) -> Embedding | FaceMatchError:
        try:
            return _embedding(gallery, pipeline, face)
        except FaceMatchError as exc:
            return exc

    faces = gallery.without_embedding(pipeline.model_id, named=named)
    embeddings: dict[str, Embedding] = {}
    failed: list[tuple[FaceRecord, FaceMatchError]] = []
    with closing(in_parallel(embedded, faces, is_cancelled)) as results:
        for done, (face, result) in enumerate(results):
            on_progress(done, len(faces))
            if isinstance(result, FaceMatchError):
                failed.append((face, result))
            else:
                embeddings[face.id] = result
    if is_cancelled():
        raise CancelledError
    gallery.add_embeddings(pipeline.model_id, embeddings, store=gallery.is_writable)
    on_progress(len(faces), len(faces))
    return Embedded(len(embeddings), failed)


def _embedding(gallery: Gallery, pipeline: FacePipeline, face: FaceRecord) -> Embedding:
    if face.box is not None and face.landmarks is not None:
        return pipeline.embed_crop(gallery.crop_of(face))
    return pipeline.embed_main_face(photo_from_pixels(gallery.pixels_of(face), face.file.rsplit("/", 1)[-1]))


Item = TypeVar("Item")
Result = TypeVar("Result")


def in_parallel(
    work: Callable[[Item], Result], items: Iterable[Item], is_cancelled: IsCancelled = never_cancelled
) -> Generator[tuple[Item, Result], None, None]:
    """Each item with what the work makes of it, in their order, on all cores.

    Only some items are under way at a time, so that memory stays flat however many there are. (What
    `Executor.map` has a parameter for from Python 3.14 on.) Who may not come to the end closes it: the
    garbage collector could do so in one of the very threads that it waits for.

    Raises:
        CancelledError: nothing more is begun.
    """
    begun: deque[tuple[Item, Future[tuple[Result, bool]]]] = deque()
    rest = iter(items)
    is_over = threading.Event()
    asked = current_cancellation()

    def is_stopped() -> bool:
        return is_cancelled() or asked()

    def done(item: Item) -> tuple[Result, bool]:
        told = threading.Event()

        def is_unwanted() -> bool:
            if is_over.is_set() or is_stopped():
                told.set()
            return told.is_set()

        with cancellable(is_unwanted):
            return work(item), told.is_set()

    with ThreadPoolExecutor(WORKERS) as pool:
        try:
            while True:
                if is_stopped():
                    raise CancelledError
                begun.extend((item, pool.submit(done, item)) for item in islice(rest, AHEAD - len(begun)))
                if not begun:
                    return
                item, future = begun.popleft()
                result, was_told = future.result()
                if was_told:  # that it is cancelled, and may have made a failure of that
                    raise CancelledError
                yield item, result
        finally:
            is_over.set()  # nobody waits for what is under way
            pool.shutdown(cancel_futures=True)
