"""Find photos again that were moved or renamed, by their image data, and record where they are now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from face_match.core.errors import FaceMatchError
from face_match.core.network_drives import is_on_foreign_share
from face_match.core.photo_folders import PhotoWalk, is_file
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.records import PhotoRecord
from face_match.core.types import PhotoFileInfo
from face_match.gallery.gallery import Gallery
from face_match.vision.photo_loading import identify_photo
from face_match.workflows.batch import BatchResult, run_batch


@dataclass
class LocateResult(BatchResult):
    """The result of a search for missing photos.

    Attributes:
        missing: the number of photos whose files were missing.
        found: their new paths, by photo id.
    """

    missing: int
    found: dict[str, Path] = field(default_factory=dict)


def locate_photos(
    photos: Sequence[PhotoRecord],
    place: Path,
    gallery: Gallery,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> LocateResult:
    """Search for those of the photos that are not at their last known path.

    Files that have the name or the size of a missing photo are read. A file counts if its image data is that
    of the photo, whatever its name.

    Args:
        place: a folder, searched with those below it; or a file, where the other photos of its old folder are
            looked for beside it.
    Raises:
        CancelledError: nothing was recorded.
    """
    missing = {photo.id: photo for photo in photos if _is_missing(photo, place, gallery)}
    result = LocateResult(len(missing))

    def record(path: Path, seen: PhotoFileInfo | FaceMatchError) -> None:
        if isinstance(seen, FaceMatchError):
            result.failed.append((path, seen))
            return
        photo = gallery.photo_by_digest(seen.digest, seen.file_digest)
        if photo is not None and photo.id in missing and photo.id not in result.found:
            gallery.record_photo(seen, path)
            result.found[photo.id] = path

    result.stopped_by = run_batch(
        _candidates(list(missing.values()), place, is_cancelled),
        identify_photo,
        record,
        on_progress=on_progress,
        is_cancelled=is_cancelled,
        in_order=True,
    )
    return result


def _is_missing(photo: PhotoRecord, place: Path, gallery: Gallery) -> bool:
    """Whether there is no file at the photo's path. A path on a server elsewhere is not accessed."""
    path = Path(photo.path)
    if not photo.path:
        return True
    return not is_on_foreign_share(path, (place, gallery.folder)) and not is_file(path)


def _candidates(missing: Sequence[PhotoRecord], place: Path, is_cancelled: IsCancelled) -> list[Path]:
    """The files that may be one of the photos, the likeliest first."""
    names = {Path(photo.path).name.casefold() for photo in missing if photo.path}
    sizes = {photo.size for photo in missing if photo.size}
    if place.is_dir():
        files = PhotoWalk(is_cancelled).photos([place])
        by_name = [path for path in files if path.name.casefold() in names]
        by_size = [path for path in files if path.name.casefold() not in names and _size(path) in sizes]
        return [*by_name, *by_size]
    beside = (place.with_name(name) for photo in missing if (name := Path(photo.path).name))
    return [place, *(path for path in dict.fromkeys(beside) if path != place and is_file(path))]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return -1
