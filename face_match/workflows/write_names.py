"""Write the names of faces into the sidecars of their photos, for other photo programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from face_match.core.errors import FaceMatchError, without_frames
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.types import Photo
from face_match.gallery.gallery import Gallery
from face_match.metadata.region_edits import FacePlace
from face_match.metadata.sidecar_files import SidecarFiles
from face_match.metadata.sidecar_writer import write_regions
from face_match.vision.photo_loading import load_photo
from face_match.workflows.batch import run_batch


@dataclass
class WriteResult:
    """The result of writing sidecars.

    Attributes:
        photos: the number of photos with named faces.
        names, known: the numbers of names written, and of names that the sidecars had already.
        removed: the number of regions removed because the user said that the face is someone else.
        unplaced: the number of faces without a known place in the photo (records before version 2).
        failed: unreadable photos, and sidecars that cannot be read or written, with the error.
        left: the number of photos not written because the work ended early.
        stopped_by: why it ended before the last photo; None if it did not.
    """

    photos: int = 0
    names: int = 0
    known: int = 0
    removed: int = 0
    unplaced: int = 0
    failed: list[tuple[Path, FaceMatchError]] = field(default_factory=list)
    left: int = 0
    stopped_by: FaceMatchError | None = None


class _PhotoNames(NamedTuple):
    """The names to write for one photo; `unplaced` is the number of named faces without a known place."""

    places: list[FacePlace]
    unplaced: int
    width: int
    height: int
    orientation: int


def write_names(
    photos: Sequence[Path],
    gallery: Gallery,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> WriteResult:
    """Write the names of named faces into the sidecars of their photos. The photos themselves do not
    change."""
    result, files = WriteResult(), SidecarFiles()
    done = 0

    def collect(path: Path) -> _PhotoNames:
        photo = load_photo(path)
        return _PhotoNames(*_places(gallery, photo), photo.width, photo.height, photo.orientation)

    def handle(path: Path, names: _PhotoNames | FaceMatchError) -> None:
        nonlocal done
        done += 1
        if isinstance(names, FaceMatchError):
            result.failed.append((path, names))
            return
        result.unplaced += names.unplaced
        if not names.places:
            return
        result.photos += any(place.name is not None for place in names.places)
        try:
            written = write_regions(
                files.to_write(path)[0], names.places, names.width, names.height, names.orientation
            )
        except FaceMatchError as exc:
            result.failed.append((path, without_frames(exc)))
            return
        result.names += written.added + written.renamed
        result.removed += written.removed
        result.known += written.kept

    result.stopped_by = run_batch(
        photos, collect, handle, on_progress=on_progress, is_cancelled=is_cancelled, in_order=True
    )
    result.left = len(photos) - done
    return result


def _places(gallery: Gallery, photo: Photo) -> tuple[list[FacePlace], int]:
    """The places of faces that have, or lost, a name; and the number of named faces without a known place."""
    places, unplaced = [], 0
    for face in gallery.faces_in_file(photo):
        person = gallery.person_by_folder(face.person)
        if face.place is None:
            unplaced += person is not None
        elif person is not None:
            places.append(FacePlace(face.place, person.name))
        elif face.is_unnamed:
            places.append(FacePlace(face.place, None))
        elif face.rejections:
            places.append(FacePlace(face.place, None, tuple(r.name for r in face.rejections)))
    return places, unplaced
