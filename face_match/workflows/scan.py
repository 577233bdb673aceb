"""Scan photos for faces, on all cores or on a cluster, and record every face detected, to be named.

Each photo is recorded as soon as it is scanned, so that a scan can be cancelled, or killed, at any time and
resumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from face_match.core.errors import ClusterError, FaceMatchError
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.records import PhotoRecord
from face_match.core.types import EmbeddedFace, PhotoFileInfo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.photo_copies import is_copy, is_unchanged_at
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.batch import BatchResult, crop_bytes, run_batch
from face_match.workflows.photo_reading import LocalReader, PhotoReader
from face_match.workflows.read_names import name_sources, read_photo_metadata


@dataclass
class ScanResult(BatchResult):
    """The result of a scan.

    Attributes:
        photos: the number of photos; `done` of them were scanned before the scan ended.
        seen: the number of photos scanned before this scan; `moved` of these have another path now.
        faces: the number of new, unnamed faces.
        hinted: the number of new photos whose metadata name people without a place.
        records: the records of all readable photos, by path.
        empty: photos without a face.
    """

    photos: int
    done: int = 0
    seen: int = 0
    moved: int = 0
    faces: int = 0
    hinted: int = 0
    empty: list[Path] = field(default_factory=list)
    records: dict[Path, PhotoRecord] = field(default_factory=dict)


class _ScannedPhoto(NamedTuple):
    """One photo, read.

    Attributes:
        record: the gallery's record of the photo; None for a new photo.
        file: what was read of the file; None for a file that is unchanged since it was recorded.
        faces: the faces detected; None for a photo that was scanned before.
        hints: names in its metadata that have no place; None if there are none, or they were not read.
    """

    record: PhotoRecord | None
    file: PhotoFileInfo | None
    faces: Sequence[EmbeddedFace] | None
    hints: tuple[str, ...] | None = None


def scan(
    photos: Sequence[Path],
    gallery: Gallery,
    pipeline: FacePipeline,
    *,
    reader: PhotoReader | None = None,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> ScanResult:
    """Record every face of every photo, and who is in it according to its metadata. Faces that the gallery
    has, named or ignored, stay as they are.

    Photos that were scanned before with this detector and these settings are skipped.

    Args:
        reader: reads the photos with an equal pipeline; by default, in this process.
    """
    reader = LocalReader(pipeline) if reader is None else reader
    photos = [path.absolute() for path in photos]
    result = ScanResult(len(photos))
    scanner = _Scanner(gallery, pipeline, reader, photos)

    def handle(path: Path, scanned: _ScannedPhoto | FaceMatchError) -> None:
        if isinstance(scanned, ClusterError):
            raise scanned
        if isinstance(scanned, FaceMatchError):
            result.failed.append((path, scanned))
        else:
            _record(path, scanned, gallery, pipeline, result)
        result.done += 1

    result.stopped_by = run_batch(
        photos,
        scanner.scan_photo,
        handle,
        on_progress=on_progress,
        is_cancelled=is_cancelled,
        bytes_of=lambda scanned: crop_bytes(scanned.faces),
        at_once=reader.at_once,
    )
    _sort(result, photos)
    return result


class _Scanner:
    """Looks at photos that may be in the gallery already."""

    def __init__(
        self, gallery: Gallery, pipeline: FacePipeline, reader: PhotoReader, photos: Sequence[Path]
    ) -> None:
        self._gallery = gallery
        self._pipeline = pipeline
        self._reader = reader
        recorded = gallery.photos_at([str(path) for path in photos])
        self._has_photos = gallery.has_photos()
        self._known = {record.path: record for record in recorded}
        self._sources = name_sources([], photos)

    def scan_photo(self, path: Path) -> _ScannedPhoto:
        """The faces of a photo, unless it is known; raises FaceMatchError."""
        record = self._known.get(str(path))
        if record is not None and not record.digest:  # of version 0.1, which noted neither digest nor date
            record = None
        if record is not None and is_scanned(record, self._pipeline) and is_unchanged_at(record, path):
            return _ScannedPhoto(record, None, None)
        if self._has_photos:
            file = self._reader.identify(path)
            record = self._gallery.photo_by_digest(file.digest, file.file_digest)
            if record is not None and is_scanned(record, self._pipeline) and file.width:
                return _ScannedPhoto(record, file, None)
        turn = None if record is None else record.turn
        photo, faces = self._reader.find_faces(path, turn)  # raises for a damaged file, also of a known photo
        if record is not None and is_scanned(record, self._pipeline):
            return _ScannedPhoto(record, photo, None)
        metadata = read_photo_metadata(path, photo, self._sources, self._gallery)
        return _ScannedPhoto(
            record, photo._replace(taken=photo.taken or metadata.taken), faces, metadata.hints
        )


def is_scanned(record: PhotoRecord, pipeline: FacePipeline) -> bool:
    """Whether a photo was scanned with the pipeline's detector and settings, or with stricter ones."""
    return any(scan in record.scans for scan in pipeline.equivalent_scan_settings)


def _record(
    path: Path, scanned: _ScannedPhoto, gallery: Gallery, pipeline: FacePipeline, result: ScanResult
) -> None:
    """Record a photo and its new faces in the gallery; raises GalleryError."""
    if scanned.file is None:
        if scanned.record is not None:
            result.records[path] = scanned.record
        result.seen += 1
        return
    before = gallery.photo_by_digest(scanned.file.digest, scanned.file.file_digest)
    is_known = before is not None and is_scanned(before, pipeline)  # perhaps from a copy in this scan
    if before is not None and before.path and before.path != str(path):
        result.moved += is_known and not is_copy(before, path, gallery.folder)
    faces = [] if is_known else scanned.faces or []
    recorded = gallery.record_photo(
        scanned.file,
        path,
        scan="" if is_known else pipeline.scan_settings,
        faces=[NewFace.of(face) for face in faces],
        hints=scanned.hints,
    )
    result.records[path] = recorded.photo
    result.seen += is_known
    result.faces += len(recorded.new_faces)
    result.hinted += bool(scanned.hints)
    if not is_known and not faces:
        result.empty.append(path)


def _sort(result: ScanResult, photos: Sequence[Path]) -> None:
    """Put the lists of a result, which are in order of completion, into the order of the photos."""
    place = {path: number for number, path in enumerate(photos)}
    result.empty.sort(key=place.__getitem__)
    result.failed.sort(key=lambda pair: place[pair[0]])
    result.records = {path: result.records[path] for path in sorted(result.records, key=place.__getitem__)}
