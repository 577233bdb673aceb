"""Checks what workers answer, as records from outside are checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from face_match.core.dates import is_photo_date
from face_match.core.errors import FaceMatchError, ImageUnreadableError, ModelFailedError
from face_match.core.translation import marked
from face_match.core.types import Crop, EmbeddedFace, Face, FaceQuality, PhotoFileInfo, Verdict
from face_match.core.visible_text import shortened
from face_match.gallery.records.fields import (
    READ_ERRORS,
    as_list,
    parse_box,
    parse_count,
    parse_float,
    parse_landmarks,
    parse_list,
    parse_text,
    unit_vector,
)
from face_match.workflows.photo_reading import PhotoWithFaces

MAX_FACES = 10_000
MAX_CROP_SIDE_PX = 2_000
"""Crops are made with 512 pixels a side and, turned upright, not many more."""
MAX_REASON_CHARS = 300


def photo_in(reply: Any, path: Path) -> PhotoFileInfo:
    """The digests and size of a photo; raises FaceMatchError."""
    try:
        _raise_failure(reply, path)
        return _photo(reply["photo"])
    except READ_ERRORS as exc:
        raise _invalid(path) from exc


def photo_with_faces_in(reply: Any, path: Path, model_id: str) -> PhotoWithFaces:
    """A photo and its faces; raises FaceMatchError."""
    try:
        _raise_failure(reply, path)
        faces = as_list(reply["faces"])
        if len(faces) > MAX_FACES:
            raise ValueError("too many faces")
        found = parse_list(faces, lambda face: _face(face, model_id))
        if len({len(face.embedding) for face in found}) > 1:
            raise ValueError("embeddings of several lengths")
        return PhotoWithFaces(_photo(reply["photo"]), found)
    except READ_ERRORS as exc:
        raise _invalid(path) from exc


def _raise_failure(reply: Any, path: Path) -> None:
    if "unreadable" in reply:
        raise ImageUnreadableError(path.name, _reason(reply["unreadable"]))
    if "model_failed" in reply:
        model, detail = reply["model_failed"]
        raise ModelFailedError(_reason(model), _reason(detail))


def _reason(text: object) -> str:
    return shortened(parse_text(text), MAX_REASON_CHARS)


def _invalid(path: Path) -> FaceMatchError:
    return ImageUnreadableError(path.name, marked("a worker’s answer is invalid"))


def _photo(values: Any) -> PhotoFileInfo:
    digest, file_digest, size, modified_ns, orientation, width, height, taken, turned_from = as_list(values)
    if not all(len(one) in (0, 64) and set(one) <= set("0123456789abcdef") for one in (digest, file_digest)):
        raise ValueError("not a digest")
    if not is_photo_date(parse_text(taken)):
        raise ValueError("not a date")
    return PhotoFileInfo(
        digest,
        file_digest,
        *(parse_count(size), parse_count(modified_ns)),
        *(_orientation(orientation), parse_count(width), parse_count(height)),
        taken,
        None if turned_from is None else _orientation(turned_from),
    )


def _orientation(value: object) -> int:
    if value not in range(1, 9):
        raise ValueError("not an orientation")
    return parse_count(value)


def _face(value: Any, model_id: str) -> EmbeddedFace:
    crop = value["crop"]
    height, width, channels = (parse_count(side) for side in _of_length(crop["shape"], 3))
    if channels != 3 or not (0 < height <= MAX_CROP_SIDE_PX and 0 < width <= MAX_CROP_SIDE_PX):
        raise ValueError("not the shape of a crop")
    pixels = np.frombuffer(crop["pixels"], np.uint8).reshape(height, width, 3)
    verdict, score, reasons = _of_length(value["quality"], 3)
    return EmbeddedFace(
        Face(parse_box(value["box"]), parse_landmarks(value["landmarks"]), parse_float(value["confidence"])),
        Crop(pixels, parse_box(crop["box"]), parse_landmarks(crop["landmarks"])),
        FaceQuality(Verdict(verdict), parse_float(score), tuple(parse_list(reasons, parse_text))),
        unit_vector(np.frombuffer(value["embedding"], np.float32)),
        model_id,
    )


def _of_length(values: object, count: int) -> Sequence[Any]:
    if len(as_list(values)) != count:
        raise ValueError("of another length")
    return as_list(values)
