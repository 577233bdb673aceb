"""Installation of model files: copied, tried in a sandbox, and added once the user has accepted the licence.

A file is copied before the trial, so the file that is used is the file that was tried.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

from face_match.core.atomic_files import make_folder, open_new_file
from face_match.core.errors import CancelledError, ModelRefusedError
from face_match.core.installation import MODEL_SANDBOX
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.sandbox.client import DIED, Sandbox, SandboxError
from face_match.core.translation import marked
from face_match.core.types import Crop
from face_match.vision.models.added import (
    CHUNK_BYTES,
    DEFAULT_PIXELS,
    AddedModel,
    PixelOptions,
    TrialResult,
    added_model,
    id_of,
    models_dir,
)
from face_match.vision.models.registry import MODELS, MTCNN
from face_match.vision.models.trial_faces import NO_FACES, TrialFaces
from face_match.vision.onnx.file_inspection import MAX_FILE_BYTES

TIME_LIMIT_S = 300.0
"""Limit of a trial. ResNet-100 embeds three faces a second on two cores, and a trial needs about a
hundred."""

STALE_COPY_S = 24 * 3600
"""Age of a copy that a killed program must have left."""


@dataclass(frozen=True)
class ModelCandidate:
    """A file that was copied and tried, and is neither installed nor discarded yet.

    Attributes:
        folder: holds the copy.
        name: the original file's name.
        gallery_faces: faces of a gallery, used in the trial.
    """

    folder: Path
    name: str
    sha256: str
    verdict: TrialResult
    gallery_faces: TrialFaces = NO_FACES

    @property
    def title(self) -> str:
        """The default title."""
        return Path(self.name).stem

    def retried_with(
        self, pixel_options: PixelOptions, is_cancelled: IsCancelled = never_cancelled
    ) -> ModelCandidate:
        """The candidate tried with another pixel format; raises ModelRefusedError, CancelledError."""
        verdict = try_model(
            self.folder / "model.onnx",
            self.name,
            pixel_options,
            self.gallery_faces,
            is_cancelled=is_cancelled,
        )
        return replace(self, verdict=verdict)

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def keep(self, *, title: str, licence: str, source: str) -> AddedModel:
        """Add the model. A model made of the same file is replaced.

        Raises:
            ModelRefusedError: it could not be written, or another model has that title.
        """
        model_id = id_of(self.sha256, self.verdict)
        title = " ".join(title.split()) or self.title
        other = added_model(title)
        if other is not None and other.id != model_id:
            raise ModelRefusedError(self.name, f"another model is called {other.title}")
        if title.casefold() in (*MODELS, MTCNN):
            raise ModelRefusedError(self.name, f"{title} is the name of one of the program’s own models")
        stat = (self.folder / "model.onnx").stat()
        now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        model = AddedModel(
            model_id,
            title,
            " ".join(licence.split()),
            " ".join(source.split()),
            self.sha256,
            stat.st_size,
            stat.st_mtime_ns,
            now,
            self.verdict,
        )
        target = models_dir() / model_id
        try:
            model.save(self.folder)
            if target.exists():
                away = target.with_name(f".{uuid.uuid4().hex}.tmp")
                target.rename(away)
                shutil.rmtree(away, ignore_errors=True)
            self.folder.rename(target)
        except OSError as exc:
            raise ModelRefusedError(self.name, f"it could not be saved ({exc.strerror or exc})") from exc
        return model


def examine_model(
    path: Path,
    *,
    pixel_options: PixelOptions = DEFAULT_PIXELS,
    people: Sequence[Sequence[Crop]] = (),
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> ModelCandidate:
    """Copy a file and try it. The caller then keeps or discards the candidate.

    Args:
        pixel_options: pixel format chosen by the user.
        people: crops of a gallery's faces, person by person, for the trial.
        on_progress: called with the bytes copied and the bytes in all.
    Raises:
        ModelRefusedError, CancelledError.
    """
    _remove_stale_copies()
    folder = models_dir() / f".{uuid.uuid4().hex}.tmp"
    with ExitStack() as on_failure:
        on_failure.callback(shutil.rmtree, folder, ignore_errors=True)
        try:
            make_folder(folder)
            digest = _copy(path, folder / "model.onnx", on_progress, is_cancelled)
            gallery_faces = TrialFaces.of(people)
            verdict = try_model(
                folder / "model.onnx", path.name, pixel_options, gallery_faces, is_cancelled=is_cancelled
            )
        except OSError as exc:
            raise ModelRefusedError(path.name, f"it could not be read ({exc.strerror or exc})") from exc
        on_failure.pop_all()
    return ModelCandidate(folder, path.name, digest, verdict, gallery_faces)


def try_model(
    path: Path,
    name: str,
    pixel_options: PixelOptions = DEFAULT_PIXELS,
    gallery_faces: TrialFaces = NO_FACES,
    *,
    is_cancelled: IsCancelled = never_cancelled,
    time_limit_s: float = TIME_LIMIT_S,
) -> TrialResult:
    """Try a file in a sandbox process, which a hostile file may crash.

    Args:
        name: the file's name in errors.
        gallery_faces: faces of a gallery, for the trial.
    Raises:
        ModelRefusedError, CancelledError.
    """
    request = {
        "what": "try",
        "file": str(path.absolute()),
        **pixel_options._asdict(),
        "people": gallery_faces.people,
    }
    faces = [*gallery_faces.aligned.values()]
    sandbox = Sandbox(MODEL_SANDBOX)
    try:
        message = sandbox.ask(request, faces, seconds=time_limit_s, is_cancelled=is_cancelled).message
    except TimeoutError as exc:
        raise ModelRefusedError(name, f"its trial took more than {time_limit_s:g} s") from exc
    except SandboxError as exc:
        reason = "it takes more memory than a face network needs"
        if exc.kind == DIED:
            reason = f"the process that tried it died (status {exc.status})"
        raise ModelRefusedError(name, reason) from exc
    finally:
        sandbox.close()
    if "refused" in message:
        raise ModelRefusedError(name, str(message["refused"]))
    return TrialResult.of_record(message["verdict"])


def _copy(path: Path, target: Path, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
    """Copy a file; returns its SHA-256 in hex. Raises OSError, ModelRefusedError, CancelledError."""
    if not path.is_file():
        raise ModelRefusedError(
            path.name, marked("there is no such file") if not path.exists() else marked("it is not a file")
        )
    total, done = path.stat().st_size, 0
    digest = hashlib.sha256()
    with path.open("rb") as source, open_new_file(target) as copy:
        while chunk := source.read(CHUNK_BYTES):
            done += len(chunk)
            if max(done, total) > MAX_FILE_BYTES:
                raise ModelRefusedError(path.name, f"it is larger than {MAX_FILE_BYTES / 1e9:g} GB")
            if is_cancelled():
                raise CancelledError
            digest.update(chunk)
            copy.write(chunk)
            on_progress(done, total)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest()


def _remove_stale_copies() -> None:
    """Delete copies that killed programs have left."""
    with suppress(OSError):
        for folder in models_dir().glob(".*.tmp"):
            if time.time() - folder.stat().st_mtime > STALE_COPY_S:
                shutil.rmtree(folder, ignore_errors=True)
