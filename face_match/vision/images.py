"""Photo files and folders to photos."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np

from face_match.durable import read_file
from face_match.errors import ImageUnreadableError
from face_match.image_files import MAX_PIXELS, decode_image
from face_match.image_kinds import HEAD_BYTES, kind_of
from face_match.memory_budget import MemoryBudget
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

MAX_FILE_BYTES = 1_000_000_000
"""Of a TIFF, a BMP or a portable map, which may not be packed: 166 megapixels of 16 bits."""

MAX_PACKED_FILE_BYTES = 512_000_000
"""Of all other kinds: no JPEG of 200 megapixels is larger, nor a PNG of 16 bits and 100 megapixels."""
_NOT_PACKED = ("TIFF", "PPM", "BMP")

LARGE_FILE_BYTES = 32_000_000
"""Files from here on share a budget while they are read and decoded, and are not kept after that."""
_BUDGET = MemoryBudget(MAX_PACKED_FILE_BYTES)

ENOUGH_PIXELS = 2_000_000
"""To look at a photo, and to find faces in: only the search for small faces uses more."""


def load_photo(path: Path) -> Photo:
    """Read a photo upright, in sRGB, alpha over white, the first frame of an animation.

    Raises:
        ImageUnreadableError: not an image, damaged, too large or not to be read; the reason named.
    """
    with _room_for(path):
        return _loaded(path)


def digest_of(path: Path) -> str:
    """`Photo.digest` of a file, without decoding it; raises ImageUnreadableError."""
    with _room_for(path):
        return hashlib.sha256(_content(path)).hexdigest()


def _loaded(path: Path) -> Photo:
    """A photo, which keeps no more than a small file."""
    data = _content(path)
    photo = decode_photo(data, path.name)
    if len(data) < LARGE_FILE_BYTES:
        return photo
    digest = photo.digest

    def decode_whole() -> Pixels:
        with _room_for(path):
            return _decoded_again(path, digest)

    return replace(photo, decode_whole=decode_whole)


def _decoded_again(path: Path, digest: str) -> Pixels:
    """At its full size; raises ImageUnreadableError, also for a file that has changed."""
    data = _content(path)
    if hashlib.sha256(data).hexdigest() != digest:
        raise ImageUnreadableError(path.name, "it has changed")
    return decode_image(data, path.name).pixels


def _room_for(path: Path) -> AbstractContextManager[None]:
    """Holds memory for a file while it is in use; decoding has a budget of its own, asked for after this."""
    size = _size(path)
    return _BUDGET.use(min(size, MAX_FILE_BYTES)) if size >= LARGE_FILE_BYTES else nullcontext()


def _size(path: Path) -> int:
    """0 for what is not there."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):  # which `_content` words
        return 0


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ImageUnreadableError(path.name, "it is a folder")
        if path.exists() and not path.is_file():  # a pipe would block, a device never end
            raise ImageUnreadableError(path.name, "it is not a file")
        size = path.stat().st_size
        most = MAX_PACKED_FILE_BYTES if size <= MAX_PACKED_FILE_BYTES else _most_bytes(path)
        if size > most:
            raise ImageUnreadableError(path.name, f"over {most / 1e6:,.0f} MB")
        return read_file(path, size) if size else b""  # what Linux shows of itself may have no end
    except FileNotFoundError as exc:
        raise ImageUnreadableError(path.name, "there is no such file") from exc
    except PermissionError as exc:
        raise ImageUnreadableError(path.name, "no permission to read it") from exc
    except (OSError, ValueError) as exc:  # ValueError: a null byte in the path
        raise ImageUnreadableError(path.name, str(exc) or type(exc).__name__) from exc


def _most_bytes(path: Path) -> int:
    """Of a file of this kind, by its content."""
    with path.open("rb") as file:
        return MAX_FILE_BYTES if kind_of(file.read(HEAD_BYTES)) in _NOT_PACKED else MAX_PACKED_FILE_BYTES


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
