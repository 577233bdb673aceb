"""The faces of a photo: those that the detector finds, those in drawn boxes, and those in the gallery."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from face_match.core.errors import BoxUnusableError
from face_match.core.orientation import reorient_face
from face_match.core.records import FaceRecord, Origin
from face_match.core.types import SAME_FACE_OVERLAP, Box, EmbeddedFace, Face, Photo

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.vision.pipeline import FacePipeline


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
        from face_match.workflows.upright_photos import detect_upright

        photo, detected = detect_upright(photo, gallery, pipeline)
    else:
        detected = pipeline.detect(photo)
    boxes = [*drawn, *(boxes_to_show(gallery, photo) if gallery is not None else [])]
    faces = add_faces_in_boxes(detected, boxes, photo, pipeline)
    if not faces:
        return FoundFaces(photo, [], [], [], _other_detectors(pipeline))
    order = sorted(range(len(faces)), key=lambda index: left_to_right(faces[index].box))
    embedded = pipeline.embed(photo, [faces[index] for index in order])
    records: list[FaceRecord | None] = [None] * len(faces)
    if gallery is not None:
        records = records_in_boxes(gallery, photo, [face.face.box for face in embedded])
    return FoundFaces(photo, embedded, [index >= len(detected) for index in order], records)


def reorient_faces(faces: Sequence[EmbeddedFace], before: Photo, after: Photo) -> list[EmbeddedFace]:
    """The faces of a photo in pixels of the photo when it is turned."""
    size, turn = (after.width, after.height), (before.orientation, after.orientation)
    return [replace(face, face=reorient_face(face.face, *size, *turn)) for face in faces]


def left_to_right(box: Box) -> tuple[float, float]:
    """Sorts boxes by their middles, from left to right."""
    return box.x + box.width / 2, box.y


def _other_detectors(pipeline: FacePipeline) -> dict[str, str]:
    from face_match.vision.models.registry import all_detectors

    in_use = pipeline.scan_settings.split(",")[0]
    return {key: title for key, title in all_detectors().items() if key != in_use}


def add_faces_in_boxes(
    detected: Sequence[Face], boxes: Sequence[Box], photo: Photo, pipeline: FacePipeline
) -> list[Face]:
    """Detected faces, then one for each box that is around none of them; unusable boxes are skipped."""
    faces = list(detected)
    for box in boxes:
        if face_in_box(box, faces) is None:
            with contextlib.suppress(BoxUnusableError):
                face = pipeline.face_in_box(photo, box)
                if face_in_box(face.box, faces) is None:
                    faces.append(face)
    return faces


def face_in_box(box: Box, faces: Sequence[Face]) -> int | None:
    """The index of the face that a box is around; None where there is none."""
    overlaps = [box.overlap(face.box) for face in faces]
    best = max(range(len(faces)), key=overlaps.__getitem__, default=None)
    return best if best is not None and overlaps[best] >= SAME_FACE_OVERLAP else None


def boxes_to_show(gallery: Gallery, photo: Photo) -> list[Box]:
    """Boxes of faces that are named or were drawn: they are shown even if the detector misses them."""
    return [
        face.place
        for face in gallery.faces_in_file(photo)
        if face.place is not None and face.file and (face.person or face.origin is Origin.DRAWN)
    ]


def records_in_boxes(gallery: Gallery, photo: Photo, boxes: Sequence[Box]) -> list[FaceRecord | None]:
    """The record of the face in each box of a photo, None where there is none; may wait for the disk."""
    records = gallery.faces_in_file(photo)
    return [_record_in(box, records) for box in boxes]


def free_hints(gallery: Gallery, photo: Photo, path: Path | None) -> tuple[str, ...]:
    """The names in a photo's metadata that no face of the photo has; may wait for the disk."""
    from face_match.workflows.hinted_names import PhotoHints
    from face_match.workflows.read_names import name_sources

    return PhotoHints.of(gallery, photo, path, name_sources([], [path] if path is not None else [])).free


def _record_in(box: Box, records: Sequence[FaceRecord]) -> FaceRecord | None:
    """The record of the face in a box; of several the one that overlaps it most."""
    in_box = [record for record in records if record.is_at(box)]
    return max(in_box, key=lambda record: box.overlap(record.place or box), default=None)
