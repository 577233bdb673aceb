"""The crops of samples, one PNG file each: lossless, so that a kept crop gives the same vector again."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path, PurePosixPath

import numpy as np
from PIL import Image, ImageOps

from face_match.durable import write_file
from face_match.errors import ImageUnreadableError, gallery_writes
from face_match.types import Pixels, Sample

CROPS_FOLDER = "faces_db"
PNG_EFFORT = 1
"""zlib's level: 6 makes crops 6 % smaller and takes four times as long."""


def crop_file(folder: str, sample_id: str) -> str:
    """Where a crop is kept, relative to the gallery, with forward slashes."""
    return str(PurePosixPath(CROPS_FOLDER, folder, f"{sample_id}.png"))


def write_crop(gallery_folder: Path, file: str, pixels: Pixels) -> None:
    """Raises GalleryWriteError."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=PNG_EFFORT)
    path = gallery_folder / file
    with gallery_writes(path):
        write_file(path, buffer.getvalue(), by_way_of=gallery_folder)


def read_pixels(gallery_folder: Path, sample: Sample) -> Pixels:
    """A sample's file: its crop, or the whole photo, upright, that the original demo kept.

    Raises:
        ImageUnreadableError.
    """
    path = gallery_folder / sample.file
    try:
        with Image.open(path) as image:
            return np.array(ImageOps.exif_transpose(image).convert("RGB"))
    except FileNotFoundError as exc:
        raise ImageUnreadableError(path.name, "there is no such file") from exc
    except Exception as exc:  # Pillow's decoders raise any kind on damaged files
        raise ImageUnreadableError(path.name, "damaged") from exc


def delete_crop(gallery_folder: Path, file: str) -> None:
    """Remove a crop, and its person's folder when that is empty; only ever within the gallery."""
    crops = (gallery_folder / CROPS_FOLDER).resolve()
    path = (gallery_folder / file).resolve()
    if crops not in path.parents:
        return
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
        path.parent.rmdir()
