"""Photo files and folders to photos."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from face_match.durable import read_file
from face_match.errors import ImageUnreadableError
from face_match.image_files import MAX_PIXELS, decode_image
from face_match.photo_folders import PHOTO_SUFFIXES, natural_key, photo_files
from face_match.types import Photo, Pixels

__all__ = [
    "ENOUGH_PIXELS",
    "MAX_FILE_BYTES",
    "MAX_PIXELS",
    "PHOTO_SUFFIXES",
    "decode_photo",
    "digest_of",
    "load_photo",
    "natural_key",
    "photo_files",
    "photo_of_pixels",
]

MAX_FILE_BYTES = 1 << 30
"""No photo of 200 megapixels is larger; what is larger is not worth reading into memory to find out."""

ENOUGH_PIXELS = 2_000_000
"""To look at a photo, and to find faces in: only the search for small faces uses more."""


def load_photo(path: Path) -> Photo:
    """Read a photo upright, in sRGB, alpha over white, the first frame of an animation.

    Raises:
        ImageUnreadableError: not an image, damaged, too large or not to be read; the reason named.
    """
    return decode_photo(_content(path), path.name)


def digest_of(path: Path) -> str:
    """`Photo.digest` of a file, without decoding it; raises ImageUnreadableError."""
    return hashlib.sha256(_content(path)).hexdigest()


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ImageUnreadableError(path.name, "it is a folder")
        if path.exists() and not path.is_file():  # a pipe would block, a device never end
            raise ImageUnreadableError(path.name, "it is not a file")
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise ImageUnreadableError(path.name, "over 1 GB")
        return read_file(path, MAX_FILE_BYTES) if size else b""  # what Linux shows of itself may have no end
    except FileNotFoundError as exc:
        raise ImageUnreadableError(path.name, "there is no such file") from exc
    except PermissionError as exc:
        raise ImageUnreadableError(path.name, "no permission to read it") from exc
    except (OSError, ValueError) as exc:  # ValueError: a null byte in the path
        raise ImageUnreadableError(path.name, str(exc) or type(exc).__name__) from exc


def decode_photo(data: bytes, name: str) -> Photo:
    """A photo of a file's bytes; `name` is used in messages. Raises as `load_photo`."""
    found = decode_image(data, name, enough_pixels=ENOUGH_PIXELS)

    def decode_whole() -> Pixels:
        return decode_image(data, name).pixels

    digest = hashlib.sha256(data).hexdigest()
    return Photo(found.pixels, found.width, found.height, name, digest, decode_whole, found.orientation)


def photo_of_pixels(pixels: Pixels, name: str) -> Photo:
    """A photo that has no file, such as one pasted; uint8 RGB, shape (height, width, 3)."""
    digest = hashlib.sha256(repr(pixels.shape).encode() + pixels.tobytes()).hexdigest()
    pixels = np.ascontiguousarray(pixels)
    return Photo(pixels, pixels.shape[1], pixels.shape[0], name, digest, lambda: pixels)
