"""Photo files and folders to photos."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from face_match.core.atomic_files import open_file
from face_match.core.errors import ImageUnreadableError
from face_match.core.images.decoding import DecodedImage, ImageHeader, decode_image, read_header
from face_match.core.images.kinds import HEAD_BYTES, kind_of
from face_match.core.images.pixels import BLOCK_PIXELS, stored_view, upright_view
from face_match.core.memory_budget import MemoryBudget
from face_match.core.orientation import SIDEWAYS_ORIENTATIONS
from face_match.core.types import Photo, PhotoFileInfo, Pixels
from face_match.vision.content_digest import content_digest

MAX_FILE_BYTES = 1_000_000_000
"""Of a TIFF, a BMP or a portable map, which may not be packed: 166 megapixels of 16 bits."""

MAX_PACKED_FILE_BYTES = 512_000_000
"""Of all other kinds: no JPEG of 200 megapixels is larger, nor a PNG of 16 bits and 100 megapixels."""
_NOT_PACKED = ("TIFF", "PPM", "BMP")

LARGE_FILE_BYTES = 32_000_000
"""Files from here on share a budget while they are read and decoded, and are not kept after that."""
_BUDGET = MemoryBudget(MAX_PACKED_FILE_BYTES)

PREVIEW_PIXELS = 2_000_000
"""To look at a photo, and to find faces in: only the search for small faces uses more."""


class _Content(NamedTuple):
    """The bytes of a file, and its size and time of change when they were read."""

    data: bytes
    size: int
    modified_ns: int


def load_photo(path: Path) -> Photo:
    """Read a photo upright, in sRGB, alpha over white, the first frame of an animation.

    Raises:
        ImageUnreadableError: not an image, damaged, too large or not to be read; the reason named.
    """
    with _room_for(path):
        return _loaded(path)


def identify_photo(path: Path) -> PhotoFileInfo:
    """Recognise a photo by one reading of its file; raises ImageUnreadableError.

    Only what cannot be parsed is decoded. What is not an image, or damaged so that it can neither be parsed
    nor decoded, is no photo and has no digest.
    """
    with _room_for(path):
        data, size, modified_ns = _content(path)
        digest, header = content_digest(data), _header(data, path.name)
        if digest is None:
            found = decode_image(data, path.name)
            digest, header = pixel_digest(found), ImageHeader(*found[1:])
        file_digest = hashlib.sha256(data).hexdigest()
        return PhotoFileInfo(
            *(digest, file_digest, size, modified_ns),
            *(header.orientation, header.width, header.height, header.taken),
        )


def _header(data: bytes, name: str) -> ImageHeader:
    try:
        return read_header(data, name)
    except ImageUnreadableError:  # such as HEIC where it cannot be decoded
        return ImageHeader(0, 0, 1)


def _loaded(path: Path) -> Photo:
    """A photo, which keeps no more than a small file."""
    data, size, modified_ns = _content(path)
    photo = replace(decode_photo(data, path.name), size=size, modified_ns=modified_ns)
    if len(data) < LARGE_FILE_BYTES:
        return photo
    digest, file_digest, orientation = photo.digest, photo.file_digest, photo.orientation

    def decode_full() -> Pixels:
        with _room_for(path):
            return _decoded_again(path, digest, orientation)

    return replace(photo, decode_full=decode_full, hash_file=lambda: file_digest)


def _decoded_again(path: Path, digest: str, orientation: int) -> Pixels:
    """At its full size; raises ImageUnreadableError, also for a file that has become another photo.

    Another rating does not make it another photo, but another orientation moves all that is known in it.
    """
    data = _content(path).data
    parsed = content_digest(data)
    if parsed not in (digest, None):
        raise ImageUnreadableError(path.name, "it has changed")
    found = decode_image(data, path.name)
    if found.orientation != orientation or (parsed or pixel_digest(found)) != digest:
        raise ImageUnreadableError(path.name, "it has changed")
    return found.pixels


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


def _content(path: Path) -> _Content:
    try:
        if path.is_dir():
            raise ImageUnreadableError(path.name, "it is a folder")
        if path.exists() and not path.is_file():  # a pipe would block, a device never end
            raise ImageUnreadableError(path.name, "it is not a file")
        size = path.stat().st_size
        most = MAX_PACKED_FILE_BYTES if size <= MAX_PACKED_FILE_BYTES else _most_bytes(path)
        if size > most:
            raise ImageUnreadableError(path.name, f"over {most / 1e6:,.0f} MB")
        if not size:  # what Linux shows of itself may have no end
            return _Content(b"", 0, path.stat().st_mtime_ns)
        return _read(path, max(size, LARGE_FILE_BYTES - 1))  # more than memory was set aside for
    except FileNotFoundError as exc:
        raise ImageUnreadableError(path.name, "there is no such file") from exc
    except PermissionError as exc:
        raise ImageUnreadableError(path.name, "no permission to read it") from exc
    except (OSError, ValueError) as exc:  # ValueError: a null byte in the path
        raise ImageUnreadableError(path.name, str(exc) or type(exc).__name__) from exc


def _read(path: Path, most: int) -> _Content:
    """What a file holds, read once more where another program wrote to it meanwhile.

    Size and time are those of the open file before it was read, so that they tell of any change after that.

    Raises:
        OSError: as `open_file` does, and for more bytes than `most`.
    """
    content, is_whole = _read_once(path, most)
    if not is_whole:
        del content  # the memory that is set aside is for one
        content, _ = _read_once(path, most)
    return content


def _read_once(path: Path, most: int) -> tuple[_Content, bool]:
    """What a file holds, and whether it stayed as it was while it was read."""
    with open_file(path) as file:
        before = os.fstat(file.fileno())
        if before.st_size > most:
            raise OSError(errno.EFBIG, "it is too large")
        data = file.read(before.st_size + 1)
        after = os.fstat(file.fileno())
    size, modified_ns = before.st_size, before.st_mtime_ns
    is_whole = (len(data), size, modified_ns) == (size, after.st_size, after.st_mtime_ns)
    return _Content(data, size, modified_ns), is_whole


def _most_bytes(path: Path) -> int:
    """Of a file of this kind, by its content."""
    with path.open("rb") as file:
        return MAX_FILE_BYTES if kind_of(file.read(HEAD_BYTES)) in _NOT_PACKED else MAX_PACKED_FILE_BYTES


def decode_photo(data: bytes, name: str) -> Photo:
    """A photo of a file's bytes; `name` is used in messages. Raises as `load_photo`."""
    found = decode_image(data, name, min_pixels=PREVIEW_PIXELS)

    def decode_full() -> Pixels:
        return decode_image(data, name).pixels

    digest = content_digest(data)
    if digest is None:
        is_whole = found.pixels.shape[:2] == (found.height, found.width)
        digest = pixel_digest(found if is_whole else decode_image(data, name))
    return Photo(
        found.pixels,
        found.width,
        found.height,
        name,
        digest,
        decode_full,
        found.orientation,
        size=len(data),
        taken=found.taken,
        hash_file=lambda: hashlib.sha256(data).hexdigest(),
    )


def reorient_photo(photo: Photo, orientation: int) -> Photo:
    """The same photo, upright as another EXIF orientation has it."""

    def turned(pixels: Pixels) -> Pixels:
        return np.ascontiguousarray(upright_view(stored_view(pixels, photo.orientation), orientation))

    is_swapped = (orientation in SIDEWAYS_ORIENTATIONS) != (photo.orientation in SIDEWAYS_ORIENTATIONS)
    width, height = (photo.height, photo.width) if is_swapped else (photo.width, photo.height)
    return replace(
        photo,
        pixels=turned(photo.pixels),
        width=width,
        height=height,
        decode_full=lambda: turned(photo.decode_full()),
        orientation=orientation,
    )


def pixel_digest(image: DecodedImage) -> str:
    """The content digest of an image that is decoded whole because its file cannot be parsed.

    Of the pixels as they are stored, so that the orientation does not count here either. The embedded
    profile does, which they have been brought to sRGB with.
    """
    pixels = stored_view(image.pixels, image.orientation)
    digest = hashlib.sha256(b"Face Match pixels 1\0" + repr(pixels.shape).encode())
    rows = max(1, BLOCK_PIXELS // max(1, pixels.shape[1]))
    for top in range(0, len(pixels), rows):  # a copy of the whole would take as much memory again
        digest.update(pixels[top : top + rows].tobytes())
    return digest.hexdigest()


def photo_from_pixels(pixels: Pixels, name: str) -> Photo:
    """A photo that has no file, such as one pasted; uint8 RGB, shape (height, width, 3)."""
    digest = hashlib.sha256(repr(pixels.shape).encode() + pixels.tobytes()).hexdigest()
    pixels = np.ascontiguousarray(pixels)
    return Photo(pixels, pixels.shape[1], pixels.shape[0], name, digest, lambda: pixels)
