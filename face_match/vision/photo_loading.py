"""Loading of photos from files."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from face_match.core.atomic_files import open_file
from face_match.core.dates import modified_ns
from face_match.core.errors import ImageUnreadableError
from face_match.core.images.decoding import (
    DecodedImage,
    ImageHeader,
    decode_image,
    memory_errors,
    read_header,
    require_size,
)
from face_match.core.images.kinds import HEAD_BYTES, kind_of
from face_match.core.images.pixels import BLOCK_PIXELS, stored_view, upright_view
from face_match.core.images.raw import is_raw, preview_jpeg
from face_match.core.memory_budget import MemoryBudget
from face_match.core.orientation import reoriented_size
from face_match.core.translation import marked
from face_match.core.types import Photo, PhotoFileInfo, Pixels
from face_match.vision.content_digest import content_digest

MAX_FILE_BYTES = 1_000_000_000
"""Largest TIFF, BMP or portable map, which may be uncompressed: 166 megapixels of 16 bits."""

MAX_COMPRESSED_FILE_BYTES = 512_000_000
"""Largest file of another format: no JPEG of 200 megapixels is larger, nor a PNG of 16 bits and 100
megapixels."""
_UNCOMPRESSED = ("TIFF", "PPM", "BMP")

LARGE_FILE_BYTES = 32_000_000
"""Files of this size or more share a memory budget while they are read and decoded, and are not kept
afterwards."""
_BUDGET = MemoryBudget(MAX_COMPRESSED_FILE_BYTES)

PREVIEW_PIXELS = 2_000_000
"""Pixels of a decoded photo: enough to show it and to find faces. Only the search for small faces uses
more."""


class _FileContent(NamedTuple):
    """A file's bytes, with its size and modification time when they were read."""

    data: bytes
    size: int
    modified_ns: int

    def image(self, name: str) -> bytes:
        """The image in the file: all of it, or the preview of a RAW photo; raises ImageUnreadableError."""
        return preview_jpeg(self.data, name) if is_raw(self.data, name) else self.data


def load_photo(path: Path) -> Photo:
    """Load a photo: upright, sRGB, alpha over white, the first frame of an animation.

    Raises:
        ImageUnreadableError: not an image, damaged, too large or unreadable, with the reason.
    """
    with _memory_for(path):
        return _load(path)


def load_small(path: Path, min_pixels: int, orientation: int | None = None) -> Pixels:
    """The pixels of a photo for a thumbnail: upright uint8 RGB, with at least `min_pixels` pixels, where the
    photo has them, and often not many more.

    Args:
        orientation: under which it is upright; None for that of its file.
    Raises:
        ImageUnreadableError.
    """
    with _memory_for(path):
        image = decode_image(_read_photo_file(path).image(path.name), path.name, min_pixels)
        if orientation in (None, image.orientation):
            return image.pixels
        return upright_view(stored_view(image.pixels, image.orientation), orientation or 1)


def identify_photo(path: Path) -> PhotoFileInfo:
    """Read a photo's digests and size without decoding it; raises ImageUnreadableError.

    A file is decoded only if it cannot be parsed. A file that can be neither parsed nor decoded has no
    digest.
    """
    with _memory_for(path):
        file = _read_photo_file(path)
        image = file.image(path.name)
        digest, header = content_digest(image), _header(image, path.name)
        if digest is None:
            found = decode_image(image, path.name)
            digest, header = pixel_digest(found), ImageHeader(*found[1:])
        file_digest = hashlib.sha256(file.data).hexdigest()
        return PhotoFileInfo(
            *(digest, file_digest, file.size, file.modified_ns),
            *(header.orientation, header.width, header.height, header.taken),
        )


def _header(data: bytes, name: str) -> ImageHeader:
    try:
        return read_header(data, name)
    except ImageUnreadableError:  # such as HEIC where it cannot be decoded
        return ImageHeader(0, 0, 1)


def _load(path: Path) -> Photo:
    """The photo of a file. It holds the file's bytes only if they are few."""
    file = _read_photo_file(path)
    image = file.image(path.name)
    photo = replace(decode_photo(image, path.name), size=file.size, modified_ns=file.modified_ns)
    if image is not file.data:
        file_digest = hashlib.sha256(file.data).hexdigest()
        photo = replace(photo, hash_file=lambda: file_digest)
    if len(image) < LARGE_FILE_BYTES:
        return photo
    digest, file_digest, orientation = photo.digest, photo.file_digest, photo.orientation

    def decode_full() -> Pixels:
        with _memory_for(path):
            return _decode_again(path, digest, orientation)

    return replace(photo, decode_full=decode_full, hash_file=lambda: file_digest)


def _decode_again(path: Path, digest: str, orientation: int) -> Pixels:
    """The photo's pixels at full size, read from its file again.

    A new rating leaves the photo the same. A new orientation does not, because it moves all known boxes.

    Raises:
        ImageUnreadableError: also if the file is another photo now.
    """
    data = _read_photo_file(path).image(path.name)
    parsed = content_digest(data)
    if parsed not in (digest, None):
        raise ImageUnreadableError(path.name, marked("the file has changed"))
    found = decode_image(data, path.name)
    if found.orientation != orientation or (parsed or pixel_digest(found)) != digest:
        raise ImageUnreadableError(path.name, marked("the file has changed"))
    return found.pixels


@contextmanager
def _memory_for(path: Path) -> Iterator[None]:
    """Reserve memory for a large file in use. Decoding has a budget of its own, reserved after this one.

    Raises:
        ImageUnreadableError: there is not enough memory.
    """
    size = _file_size(path)
    is_large = size >= LARGE_FILE_BYTES
    with memory_errors(path.name), _BUDGET.use(min(size, MAX_FILE_BYTES)) if is_large else nullcontext():
        yield


def _file_size(path: Path) -> int:
    """Bytes of a file; 0 if it does not exist."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):  # which `_read_photo_file` words
        return 0


def _read_photo_file(path: Path) -> _FileContent:
    try:
        if path.is_dir():
            raise ImageUnreadableError(path.name, marked("it is a folder"))
        if path.exists() and not path.is_file():  # a pipe would block, a device never end
            raise ImageUnreadableError(path.name, marked("it is not a file"))
        size = path.stat().st_size
        max_bytes = MAX_COMPRESSED_FILE_BYTES if size <= MAX_COMPRESSED_FILE_BYTES else _max_bytes(path)
        if size > max_bytes:
            raise ImageUnreadableError(path.name, f"over {max_bytes / 1e6:,.0f} MB")
        if not size:  # what Linux shows of itself may have no end
            return _FileContent(b"", 0, modified_ns(path.stat()))
        return _read(path, max(size, LARGE_FILE_BYTES - 1))  # more than memory was set aside for
    except FileNotFoundError as exc:
        raise ImageUnreadableError(path.name, marked("there is no such file")) from exc
    except PermissionError as exc:
        raise ImageUnreadableError(path.name, marked("no permission to read it")) from exc
    except (OSError, ValueError) as exc:  # ValueError: a null byte in the path
        reason = exc.strerror if isinstance(exc, OSError) else str(exc)
        raise ImageUnreadableError(path.name, reason or type(exc).__name__) from exc


def _read(path: Path, max_bytes: int) -> _FileContent:
    """A file's content, read a second time if another program wrote to it meanwhile.

    Size and time are those before reading, so they reveal any later change.

    Raises:
        OSError: as `open_file` does, and for more than `max_bytes` bytes.
    """
    content, is_whole = _read_once(path, max_bytes)
    if not is_whole:
        del content  # the memory that is set aside is for one
        content, _ = _read_once(path, max_bytes)
    return content


def _read_once(path: Path, max_bytes: int) -> tuple[_FileContent, bool]:
    """A file's content, and whether it stayed the same while it was read."""
    with open_file(path) as file:
        before = os.fstat(file.fileno())
        if before.st_size > max_bytes:
            raise OSError(errno.EFBIG, "it is too large")
        data = file.read(before.st_size + 1)
        after = os.fstat(file.fileno())
    size = before.st_size
    is_whole = (len(data), size, before.st_mtime_ns) == (size, after.st_size, after.st_mtime_ns)
    return _FileContent(data, size, modified_ns(before)), is_whole


def _max_bytes(path: Path) -> int:
    """The largest size allowed for a file, by its format."""
    with path.open("rb") as file:
        return (
            MAX_FILE_BYTES if kind_of(file.read(HEAD_BYTES)) in _UNCOMPRESSED else MAX_COMPRESSED_FILE_BYTES
        )


def decode_photo(data: bytes, name: str) -> Photo:
    """Decode the photo in a file's bytes; `name` is for error messages. Raises as `load_photo`."""
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
    """The photo turned to another orientation, whatever its file says."""
    if orientation == photo.orientation:
        return photo

    def turned(pixels: Pixels) -> Pixels:
        return np.ascontiguousarray(upright_view(stored_view(pixels, photo.orientation), orientation))

    width, height = reoriented_size(photo.width, photo.height, photo.orientation, orientation)
    of_file = photo.orientation if photo.turned_from is None else photo.turned_from
    return replace(
        photo,
        pixels=turned(photo.pixels),
        width=width,
        height=height,
        decode_full=lambda: turned(photo.decode_full()),
        orientation=orientation,
        turned_from=None if orientation == of_file else of_file,
    )


def pixel_digest(image: DecodedImage) -> str:
    """SHA-256 of a decoded image, in hex: the content digest of a photo whose file cannot be parsed.

    It is made of the pixels as stored, so the orientation does not count. The embedded profile does, because
    it was applied to the pixels.
    """
    pixels = stored_view(image.pixels, image.orientation)
    digest = hashlib.sha256(b"Face Match pixels 1\0" + repr(pixels.shape).encode())
    rows = max(1, BLOCK_PIXELS // max(1, pixels.shape[1]))
    for top in range(0, len(pixels), rows):  # a copy of the whole would take as much memory again
        digest.update(pixels[top : top + rows].tobytes())
    return digest.hexdigest()


def photo_from_pixels(pixels: Pixels, name: str) -> Photo:
    """A photo without a file, such as a pasted one.

    Args:
        pixels: uint8 RGB, shape (height, width, 3).
        name: for display.
    Raises:
        ImageUnreadableError: too large.
    """
    require_size(pixels.shape[1], pixels.shape[0], name)
    digest = hashlib.sha256(repr(pixels.shape).encode() + pixels.tobytes()).hexdigest()
    pixels = np.ascontiguousarray(pixels)
    return Photo(pixels, pixels.shape[1], pixels.shape[0], name, digest, lambda: pixels)
