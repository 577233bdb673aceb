"""A folder of photos looked through, on all cores, for faces to be named: each that is found waits for that.

What is found is kept photo by photo, so that it can be stopped, or cut off, at any time and gone on with.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from face_match.batch import in_parallel
from face_match.errors import CancelledError, FaceMatchError, GalleryError
from face_match.gallery.contents import SAME_FACE_OVERLAP
from face_match.gallery.gallery import Gallery
from face_match.gallery.waiting import Waiting
from face_match.gallery.waiting_file import SeenPhoto, WaitingFace
from face_match.shares import is_elsewhere
from face_match.types import EmbeddedFace, IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.vision.images import load_photo
from face_match.vision.pipeline import FacePipeline


@dataclass
class Collected:
    """What came of it.

    Attributes:
        photos: how many there are.
        seen: how many of them were looked through before; `moved` of these lie elsewhere than then.
        faces: how many were found that wait for a name now.
        digests: of the photos that could be read, by where they lie.
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
    digests: dict[Path, str] = field(default_factory=dict)
    failed: list[tuple[Path, FaceMatchError]] = field(default_factory=list)
    stopped_by: FaceMatchError | None = None


class _Found(NamedTuple):
    """What is in a photo; None for one that was looked through before."""

    digest: str
    faces: list[EmbeddedFace] | None


def collect(
    photos: Sequence[Path],
    gallery: Gallery,
    waiting: Waiting,
    pipeline: FacePipeline,
    *,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Collected:
    """Keep every face of every photo that is neither a sample, nor waits, nor is ignored already."""
    photos = [path.absolute() for path in photos]
    result = Collected(len(photos))

    def read(path: Path) -> _Found | FaceMatchError:
        try:
            seen = waiting.photo_at(path)
            if seen is not None and _is_accounted_for(seen, gallery):
                return _Found(seen.digest, None)
            photo = load_photo(path)
            seen = waiting.photo(photo.digest)
            if seen is not None and _is_accounted_for(seen, gallery):
                return _Found(photo.digest, None)
            return _Found(photo.digest, pipeline.faces(photo))
        except FaceMatchError as exc:
            return exc

    try:
        with closing(in_parallel(read, photos, is_cancelled)) as pairs:
            for path, found in pairs:
                on_progress(result.done, len(photos))
                if isinstance(found, FaceMatchError):
                    result.failed.append((path, found))
                else:
                    _keep(path, found, gallery, waiting, result)
                result.done += 1
    except (CancelledError, GalleryError) as exc:
        result.stopped_by = exc
    on_progress(len(photos), len(photos))
    return result


def _keep(path: Path, found: _Found, gallery: Gallery, waiting: Waiting, result: Collected) -> None:
    result.digests[path] = found.digest
    seen = waiting.photo(found.digest)
    if seen is not None and (found.faces is None or _is_accounted_for(seen, gallery)):
        result.seen += 1
        is_unknown = is_elsewhere(seen.path, (path, gallery.folder))  # its server is not asked
        if is_unknown or not seen.is_at(seen.path):  # else it is a copy of that one
            result.moved += is_unknown or not seen.path.is_file()
            waiting.found_at(seen, path)
        return
    faces = found.faces or []
    before = [face for face in seen.faces if _is_settled(face, gallery)] if seen is not None else []
    new = [face for face in faces if not any(_is_same(face, one) for one in before)]
    photo = waiting.add(path, found.digest, new, before, lambda face: gallery.has_face(face.key))
    result.faces += sum(face.is_kept for face in photo.faces[len(before) :])
    if not faces:
        result.empty.append(path)


def _is_same(face: EmbeddedFace, before: WaitingFace) -> bool:
    return before.place.overlap(face.face.box) >= SAME_FACE_OVERLAP


def _is_accounted_for(photo: SeenPhoto, gallery: Gallery) -> bool:
    """Whether each of its faces waits, is ignored, or is a sample still."""
    return all(_is_settled(face, gallery) for face in photo.faces)


def _is_settled(face: WaitingFace, gallery: Gallery) -> bool:
    return face.is_kept or face.is_ignored or gallery.has_face(face.key)
