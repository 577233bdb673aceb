"""One photo as the window and commands show it: upright, its faces, and the names in its metadata."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from face_match.core.box_overlap import face_in_box, left_to_right
from face_match.core.errors import BoxUnusableError, CancelledError, ImageUnreadableError
from face_match.core.matches import Match
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.records import FaceRecord, Origin
from face_match.core.types import Box, EmbeddedFace, Face, Photo
from face_match.gallery.gallery import Gallery
from face_match.vision.alignment import face_of_crop
from face_match.vision.models.registry import all_detectors
from face_match.vision.photo_loading import load_photo, reorient_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.hinted_names import PhotoHints
from face_match.workflows.match import matches
from face_match.workflows.read_names import name_sources

MOST_BOXES = 500
"""Boxes of the gallery that are looked at in one photo. A gallery from elsewhere may have 40,000 there, each
of which would be embedded, compared with the others, and painted."""


class FoundFaces(NamedTuple):
    """The faces of a photo from left to right.

    Attributes:
        photo: turned, if it has faces only on its side or upside down.
        drawn: which of them were not detected, but are in boxes.
        records: what the gallery has of each; None where it has nothing.
        other_detectors: titles of the installed detectors that could look again, by id; empty where faces
            were found.
    """

    photo: Photo
    faces: list[EmbeddedFace]
    drawn: list[bool]
    records: list[FaceRecord | None]
    other_detectors: Mapping[str, str] = {}


def load_upright(path: Path, gallery: Gallery | None) -> Photo:
    """The photo of a file, turned as the user said, or as a scan has found faces in it; raises
    ImageUnreadableError."""
    photo = load_photo(path)
    record = gallery.photo_of(photo) if gallery is not None else None
    return photo if record is None or record.turn is None else reorient_photo(photo, record.turn)


def detect_upright(photo: Photo, gallery: Gallery, pipeline: FacePipeline) -> tuple[Photo, list[Face]]:
    """The photo, turned if it has faces only on its side or upside down, and its faces. A photo that the user
    turned stays as it is."""
    record = gallery.photo_of(photo)
    if record is not None and record.turned is not None:
        return photo, pipeline.detect(photo)
    return pipeline.detect_upright(photo)


def find_faces(
    photo: Photo,
    pipeline: FacePipeline,
    drawn: Sequence[Box],
    gallery: Gallery | None,
    *,
    may_turn: bool = True,
) -> FoundFaces:
    """Detect and embed the faces of a photo, and those in boxes that were drawn or that the gallery has.

    Args:
        may_turn: turn a photo that has faces only on its side or upside down.
    """
    if gallery is not None and may_turn and not drawn:
        photo, detected = detect_upright(photo, gallery, pipeline)
    else:
        detected = pipeline.detect(photo)
    faces = list(detected)
    if gallery is not None:
        for record in _faces_to_show(gallery, photo):
            assert record.place is not None
            look = partial(face_of_record, record, record.place, photo, gallery, pipeline)
            _add_face_in_box(faces, record.place, look)
    for box in drawn:
        _add_face_in_box(faces, box, partial(pipeline.face_in_box, photo, box))
    if not faces:
        return FoundFaces(photo, [], [], [], _other_detectors(pipeline))
    order = sorted(range(len(faces)), key=lambda index: left_to_right(faces[index].box))
    embedded = pipeline.embed(photo, [faces[index] for index in order])
    records: list[FaceRecord | None] = [None] * len(faces)
    if gallery is not None:
        records = gallery.faces_at(photo, [face.face.box for face in embedded])
    return FoundFaces(photo, embedded, [index >= len(detected) for index in order], records)


def free_hints(gallery: Gallery, photo: Photo, path: Path | None) -> tuple[str, ...]:
    """The names in a photo's metadata that no face of the photo has."""
    return PhotoHints.of(gallery, photo, path, name_sources([], [path] if path is not None else [])).free


def best_matches(
    gallery: Gallery,
    photo: Photo,
    path: Path | None,
    faces: Sequence[tuple[EmbeddedFace, FaceRecord | None]],
    *,
    model_id: str,
    is_cancelled: IsCancelled = never_cancelled,
) -> list[Match | None]:
    """The best match of each face of a photo; None where it has a name, or nobody is similar.

    Args:
        faces: each with what the gallery has of it.
    Raises:
        CancelledError.
    """
    found: list[Match | None] = []
    hints = free_hints(gallery, photo, path)
    for face, record in faces:
        if is_cancelled():
            raise CancelledError
        best: Sequence[Match] = []
        if (record is None or record.person is None) and face.model_id == model_id:
            best = matches(gallery, face.embedding, model_id, 1, record, taken=photo.taken, hints=hints)
        found.append(best[0] if best else None)
    return found


def _other_detectors(pipeline: FacePipeline) -> dict[str, str]:
    in_use = pipeline.scan_settings.split(",")[0]
    return {key: title for key, title in all_detectors().items() if key != in_use}


def face_of_record(
    record: FaceRecord, place: Box, photo: Photo, gallery: Gallery, pipeline: FacePipeline
) -> Face:
    """A face as the gallery has it, so that its embedding stays the same; as the detector sees it, where
    its crop cannot be used.

    Args:
        place: in pixels of the photo as it is now.
    Raises:
        BoxUnusableError, EngineLacksError.
    """
    face = None
    with contextlib.suppress(ImageUnreadableError):
        face = face_of_crop(gallery.crop_of(record), place, photo, record.confidence or 0.0)
    return face if face is not None else pipeline.face_at(photo, place)


def _add_face_in_box(faces: list[Face], box: Box, look: Callable[[], Face]) -> None:
    """Add the face of a box that is around none of some faces; nothing where the box is unusable."""
    if face_in_box(box, faces) is None:
        with contextlib.suppress(BoxUnusableError):
            face = look()
            if face_in_box(face.box, faces) is None:
                faces.append(face)


def _faces_to_show(gallery: Gallery, photo: Photo) -> list[FaceRecord]:
    """Faces with a place that are named or were drawn: they are shown even if the detector misses them."""
    found = (
        face
        for face in gallery.faces_in_file(photo)
        if face.place is not None and face.file and (face.person or face.origin is Origin.DRAWN)
    )
    return [*itertools.islice(found, MOST_BOXES)]
