"""Reading one photo of a scan: a pure function of its file and the pipeline, wherever it runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from face_match.core.types import EmbeddedFace, PhotoFileInfo
from face_match.vision.photo_loading import identify_photo, load_photo, reorient_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.batch import WORKERS


class PhotoWithFaces(NamedTuple):
    """What is known of a photo's file, turned if that is needed to see its faces, and the faces."""

    photo: PhotoFileInfo
    faces: Sequence[EmbeddedFace]


class PhotoReader(Protocol):
    """Reads photos, in this process or elsewhere. Safe to use from several threads."""

    @property
    def at_once(self) -> int:
        """The number of photos that it reads at a time."""
        ...

    def identify(self, path: Path) -> PhotoFileInfo:
        """The photo's digests and size, as `identify_photo`."""
        ...

    def find_faces(self, path: Path, turn: int | None) -> PhotoWithFaces:
        """As the function below."""
        ...


def find_faces(path: Path, turn: int | None, pipeline: FacePipeline) -> PhotoWithFaces:
    """The faces of a photo, with their embeddings.

    Args:
        turn: the orientation under which the gallery has the photo; None for that of its file.
    Raises:
        ImageUnreadableError, ModelFailedError.
    """
    photo = load_photo(path)
    upright, faces = pipeline.faces_upright(photo if turn is None else reorient_photo(photo, turn))
    return PhotoWithFaces(PhotoFileInfo.from_photo(upright), faces)


class LocalReader:
    """Reads photos in this process, on all cores."""

    at_once = WORKERS

    def __init__(self, pipeline: FacePipeline) -> None:
        self._pipeline = pipeline

    def identify(self, path: Path) -> PhotoFileInfo:
        return identify_photo(path)

    def find_faces(self, path: Path, turn: int | None) -> PhotoWithFaces:
        return find_faces(path, turn, self._pipeline)
