"""What runs on the workers of a cluster: pure functions of a photo's path and the pipeline's description.

Dask itself is not imported. Answers are plain values, which `replies` checks.
"""

from __future__ import annotations

import functools
import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from face_match.core.errors import FaceMatchError, ModelError, ModelFailedError
from face_match.core.messages import error_message
from face_match.core.progress import cancellable
from face_match.core.types import EmbeddedFace
from face_match.core.version import __version__
from face_match.vision.models.registry import weights_files
from face_match.vision.photo_loading import identify_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.photo_reading import find_faces

PHOTO_S = 600
"""Seconds after which a worker gives a photo up: the storage or a decoder hangs."""

Reply = dict[str, Any]
Read = Callable[[Path, int | None, FacePipeline], Reply]


class PipelineSpec(NamedTuple):
    """The description of a pipeline, from which every worker makes an equal one.

    Attributes:
        version: of the program.
        weights: SHA-256 of each weights file, in hex.
    """

    version: str
    model: str
    engine: str
    detector: str
    small_faces: bool
    weights: tuple[str, ...]

    @classmethod
    def of(cls, model: str, engine: str, detector: str, *, small_faces: bool) -> PipelineSpec:
        """The description of a pipeline here; raises ModelError."""
        weights = []
        for file in weights_files(model, detector):
            try:
                weights.append(hashlib.sha256(file.read_bytes()).hexdigest())
            except OSError:
                weights.append("")
        return cls(__version__, model, engine, detector, small_faces, tuple(weights))


def refusal(spec: PipelineSpec) -> str:
    """Why this process cannot work for a scan, to be read after a colon; "" if it can. Loads the
    pipeline."""
    return "" if isinstance(made := _pipeline(spec), FacePipeline) else made


def other_version(version: str) -> str:
    """Why this process cannot work for a computer with a version; "" if it can."""
    return "" if version == __version__ else f"it has version {__version__} of Face Match, not {version}"


def identify(spec: PipelineSpec, path: str) -> Reply:
    """The digests and size of a photo."""

    def read(file: Path, turn: int | None, pipeline: FacePipeline) -> Reply:
        return {"photo": [*identify_photo(file)]}

    return _reply(spec, path, None, read)


def faces_of(spec: PipelineSpec, path: str, turn: int | None) -> Reply:
    """The photo and its faces."""

    def read(file: Path, turn: int | None, pipeline: FacePipeline) -> Reply:
        photo, faces = find_faces(file, turn, pipeline)
        return {"photo": [*photo], "faces": [_plain(face) for face in faces]}

    return _reply(spec, path, turn, read)


def _reply(spec: PipelineSpec, path: str, turn: int | None, read: Read) -> Reply:
    """The answer of a reading, or why there is none."""
    pipeline, file = _pipeline(spec), Path(path)
    if not isinstance(pipeline, FacePipeline):
        return {"refused": pipeline}
    replies: list[Reply] = []
    is_given_up = threading.Event()

    def run() -> None:
        with cancellable(is_given_up.is_set):
            try:
                replies.append(read(file, turn, pipeline))
            except ModelFailedError as exc:
                replies.append({"model_failed": [exc.model, exc.detail]})
            except FaceMatchError as exc:
                replies.append({"unreadable": getattr(exc, "reason", type(exc).__name__)})
            except Exception as exc:  # noqa: BLE001 - one photo must not end the scan of millions
                replies.append({"unreadable": f"unexpected {type(exc).__name__}"})

    # a thread of its own, which is left behind if it never returns: Dask's thread goes on to the next photo
    reading = threading.Thread(target=run, name="Face Match photo", daemon=True)
    reading.start()
    reading.join(PHOTO_S)
    if not replies:
        is_given_up.set()
        return {"unreadable": f"it took longer than {PHOTO_S} seconds"}
    return replies[0]


def _plain(face: EmbeddedFace) -> Reply:
    crop, quality = face.crop, face.quality
    return {
        "box": [*face.face.box],
        "landmarks": [[*point] for point in face.face.landmarks],
        "confidence": float(face.face.confidence),
        "crop": {
            "shape": [*crop.pixels.shape],
            "pixels": crop.pixels.tobytes(),
            "box": [*crop.box],
            "landmarks": [[*point] for point in crop.landmarks],
        },
        "quality": [quality.verdict.value, float(quality.score), [*quality.reasons]],
        "embedding": face.embedding.tobytes(),
    }


_making = threading.Lock()


def _pipeline(spec: PipelineSpec) -> FacePipeline | str:
    """The pipeline of this process, made once, with one thread for each photo; or why there is none."""
    with _making:
        return _made(spec)


@functools.lru_cache(maxsize=4)
def _made(spec: PipelineSpec) -> FacePipeline | str:
    if other := other_version(spec.version):
        return other
    try:
        own = PipelineSpec.of(spec.model, spec.engine, spec.detector, small_faces=spec.small_faces)
        if own != spec:
            return "its files of the model or detector are not those of this computer"
        return FacePipeline.load(
            spec.model, spec.engine, detector=spec.detector, small_faces=spec.small_faces, threads=1
        )
    except ModelError as exc:
        return error_message(exc)
