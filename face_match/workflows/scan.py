"""Photos scanned for faces, on all cores: each face that is detected is kept, to be named.

What is found is kept photo by photo, so that a scan can be stopped, or interrupted, at any time and resumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from face_match.core.errors import CancelledError, FaceMatchError, GalleryError
from face_match.core.network_drives import is_on_foreign_share
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.records import PhotoRecord
from face_match.core.types import EmbeddedFace, PhotoInfo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.vision.photo_loading import identify_photo, load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.batch import in_parallel


@dataclass
class ScanResult:
    """What came of a scan.

    Attributes:
        photos: how many there are.
        seen: how many of them were scanned before; `moved` of these were elsewhere then.
        faces: how many were detected that have no name, and were not known.
        records: of the photos that could be read, by their paths.
        empty: photos without a face.
        failed: those that cannot be read.
        stopped_by: why it ended before the last photo, if it did; `done` says after how many.
    """

    photos: int
    done: int = 0
    seen: int = 0
    moved: int = 0
    faces: int = 0
    empty: list[Path] = field(default_factory=list)
    records: dict[Path, PhotoRecord] = field(default_factory=dict)
    failed: list[tuple[Path, FaceMatchError]] = field(default_factory=list)
    stopped_by: FaceMatchError | None = None


class _Found(NamedTuple):
    """What is in a photo.

    Attributes:
        facts: None for a photo that is known to be as it was, where it was.
        faces: None for one that was scanned before.
    """

    record: PhotoRecord | None
    facts: PhotoInfo | None
    faces: list[EmbeddedFace] | None


def scan(
    photos: Sequence[Path],
    gallery: Gallery,
    pipeline: FacePipeline,
    *,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> ScanResult:
    """Keep every face of every photo; those that are known, named or ignored stay as they are.

    A photo that was scanned with this detector and these settings before is not scanned again.
    """
    photos = [path.absolute() for path in photos]
    result = ScanResult(len(photos))
    known = {record.path: record for record in gallery.photos() if record.path}

    def read(path: Path) -> _Found | FaceMatchError:
        try:
            record = known.get(str(path))
            is_whole = record is not None and record.digest  # of 0.1, neither date nor digest is known
            if (
                record is not None
                and is_whole
                and is_scanned(record, pipeline)
                and is_unchanged_at(record, path)
            ):
                return _Found(record, None, None)
            if known:
                seen = identify_photo(path)
                record = gallery.photo_by_digest(seen.digest, seen.file_digest)
                if record is not None and is_scanned(record, pipeline) and seen.width:
                    return _Found(record, seen, None)
            photo = load_photo(path)  # also of a known photo, where the rest of its file is damaged
            if record is not None and is_scanned(record, pipeline):
                return _Found(record, photo, None)
            return _Found(record, photo, pipeline.faces(photo))
        except FaceMatchError as exc:
            return exc

    try:
        with closing(in_parallel(read, photos, is_cancelled)) as pairs:
            for path, found in pairs:
                on_progress(result.done, len(photos))
                if isinstance(found, FaceMatchError):
                    result.failed.append((path, found))
                else:
                    _keep(path, found, gallery, pipeline, result)
                result.done += 1
    except (CancelledError, GalleryError) as exc:
        result.stopped_by = exc
    on_progress(len(photos), len(photos))
    return result


def is_scanned(record: PhotoRecord, pipeline: FacePipeline) -> bool:
    """Whether a photo was scanned as a pipeline would scan it, or with more care."""
    return any(scan in record.scans for scan in pipeline.equivalent_scans)


def is_unchanged_at(record: PhotoRecord, path: Path) -> bool:
    """Whether a file is, by all that can be told without reading it, a photo as it was seen last."""
    try:
        about = path.stat()
    except (OSError, ValueError):  # ValueError: no name that a file can have here
        return False
    return (str(path), about.st_size, about.st_mtime_ns) == (record.path, record.size, record.modified_ns)


def _keep(path: Path, found: _Found, gallery: Gallery, pipeline: FacePipeline, result: ScanResult) -> None:
    if found.facts is None:
        if found.record is not None:
            result.records[path] = found.record
        result.seen += 1
        return
    before = gallery.photo_by_digest(found.facts.digest, found.facts.file_digest)
    is_known = before is not None and is_scanned(before, pipeline)  # a copy of it may have come before
    is_copy = False
    if before is not None and before.path and before.path != str(path):
        is_asked = not is_on_foreign_share(
            Path(before.path), (path, gallery.folder)
        )  # else its server would be
        is_copy = is_asked and is_unchanged_at(before, Path(before.path))
        result.moved += is_known and not is_copy
    faces = [] if is_known else found.faces or []
    seen = gallery.record_photo(
        found.facts,
        path,
        scan="" if is_known else pipeline.scan,
        faces=[NewFace.of(face) for face in faces],
        keep_path=is_copy,
    )
    result.records[path] = seen.photo
    result.seen += is_known
    result.faces += len(seen.new)
    if not is_known and not faces:
        result.empty.append(path)
