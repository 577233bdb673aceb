"""Photos as the gallery shows them: turned as the user said, or as a scan has found faces in them."""

from __future__ import annotations

from pathlib import Path

from face_match.core.types import Face, Photo
from face_match.gallery.gallery import Gallery
from face_match.vision.photo_loading import load_photo, reorient_photo
from face_match.vision.pipeline import FacePipeline


def load_upright(path: Path, gallery: Gallery) -> Photo:
    """The photo of a file, turned as the gallery has it; raises ImageUnreadableError."""
    photo = load_photo(path)
    record = gallery.photo_of(photo)
    return photo if record is None or record.turn is None else reorient_photo(photo, record.turn)


def detect_upright(photo: Photo, gallery: Gallery, pipeline: FacePipeline) -> tuple[Photo, list[Face]]:
    """The photo, turned if it has faces only on its side or upside down, and its faces. A photo that the user
    turned stays as it is."""
    record = gallery.photo_of(photo)
    if record is not None and record.turned is not None:
        return photo, pipeline.detect(photo)
    return pipeline.detect_upright(photo)
